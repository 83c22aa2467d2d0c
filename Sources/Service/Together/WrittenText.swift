import Foundation

/// What a person wrote to others: plain text of limited length.
enum WrittenText {
    /// The longest text, in characters.
    static let lengthMax = 2000

    /// The text without surrounding white space and control characters; throws `ReviewError` when nothing is left or it
    /// is too long.
    ///
    /// - Parameter what: what the text is, at the begin of a sentence: `The note`.
    static func checked(_ text: String, _ what: String) throws -> String {
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let plain = String(
            String.UnicodeScalarView(
                lines.unicodeScalars.filter { $0 == "\n" || $0 == "\t" || $0.properties.generalCategory != .control }
            )
        ).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !plain.isEmpty else { throw ReviewError(.noReason, "\(what) is empty. Write it, then send it.") }
        guard plain.count <= lengthMax else {
            throw ReviewError(
                .notPossible, "\(what) has \(plain.count) characters. Shorten it to \(lengthMax) at most.")
        }
        return plain
    }
}
