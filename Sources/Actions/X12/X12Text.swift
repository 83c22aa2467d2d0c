import Documents
import Foundation

/// How values are written in X12 (X12.6; TR3 005010X221A1 appendix B.1.1.2).
///
/// X12 has no escape: a sign that separates cannot stand within a value. The rule, in this order: marks over letters fall
/// away, typographic quotes, dashes and letters without a base (Ø, ß) become their usual spelling in ASCII, every other
/// sign outside the basic and extended character sets and the four separators `* ~ : ^` become a space, runs of spaces
/// become one, and those at both ends fall away.
enum X12Text {
    static let elementSeparator: Character = "*"
    static let componentSeparator: Character = ":"
    static let repetitionSeparator: Character = "^"
    static let segmentTerminator: Character = "~"

    private static let spellings: [Character: String] = [
        "\u{2018}": "'", "\u{2019}": "'", "\u{201C}": "\"", "\u{201D}": "\"", "\u{2013}": "-", "\u{2014}": "-",
        "\u{2010}": "-", "\u{2011}": "-", "\u{2212}": "-", "\u{2026}": "...", "\u{00DF}": "ss", "\u{00C6}": "AE",
        "\u{00E6}": "ae", "\u{00D8}": "O", "\u{00F8}": "o", "\u{0141}": "L", "\u{0142}": "l", "\u{0152}": "OE",
        "\u{0153}": "oe",
    ]
    /// What the basic and extended character sets have beside letters and digits, without the separators.
    private static let signs = Set("!\"&'()+,-./;?= %@[]_{}\\|<>#$")

    /// A value as an element of at most `length` signs; empty when nothing of it can be written.
    static func element(_ text: String, length: Int) -> String {
        let spelled = text.reduce(into: "") { $0 += spellings[$1] ?? String($1) }
        let plain = spelled.decomposedStringWithCanonicalMapping.unicodeScalars.filter {
            $0.properties.generalCategory != .nonspacingMark
        }
        let words = plain.map { scalar -> Character in
            let character = Character(scalar)
            let isWritten = character.isASCII && (character.isLetter || character.isNumber || signs.contains(character))
            return isWritten ? character : " "
        }
        let folded = String(words).split(separator: " ").joined(separator: " ")
        return String(folded.prefix(length)).trimmingCharacters(in: .whitespaces)
    }

    /// An amount of type R: a point only where there are cents, no zeros that say nothing (X12.6, 3.5.1.2).
    static func amount(_ amount: Money) -> String {
        var text = amount.description
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        if text.hasPrefix("0.") { text.removeFirst() }
        if text.hasPrefix("-0.") { text = "-" + text.dropFirst(2) }
        return text.isEmpty || text == "-" ? "0" : text
    }

    /// The amount that an element of type R says; nil for what is none, or has parts of a cent.
    static func amount(in text: String) -> Money? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.contains(where: \.isNumber),
            digits.allSatisfy({ $0 == "." || $0.isASCII && $0.isNumber }), let amount = Money(String(digits))
        else { return nil }
        return text.hasPrefix("-") ? -amount : amount
    }

    /// A date of the form CCYYMMDD.
    static func date(_ date: CalendarDate) -> String { date.description.filter { $0 != "-" } }

    /// A whole number with zeros before it up to `length` digits.
    static func number(_ number: Int, length: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, length - digits.count)) + digits
    }
}
