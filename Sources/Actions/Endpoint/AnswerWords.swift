import Foundation

/// What another system says of a message, without what the message says of patients.
enum AnswerWords {
    private static let characterCountMax = 300
    /// Members whose texts are names, numbers and sentences from paper.
    private static let personalKeys: Set<String> = [
        "display", "value", "valueString", "text", "payer", "reference",
    ]

    /// `said` with an ellipsis for each word with a digit, and for each that stands in the names and texts of `sent`, a
    /// JSON.
    static func words(_ said: String, sent: Data) -> String {
        var personal: Set<String> = []
        if let json = try? JSONSerialization.jsonObject(with: sent) { collect(json, isPersonal: false, &personal) }
        var kept = ""
        for token in tokens(said.prefix(4 * characterCountMax)) {
            kept += token.contains(where: \.isNumber) || personal.contains(token.lowercased()) ? "…" : token
        }
        return String(kept.prefix(characterCountMax))
    }

    private static func collect(_ json: Any, isPersonal: Bool, _ words: inout Set<String>) {
        switch json {
        case let object as [String: Any]:
            for (key, value) in object {
                collect(value, isPersonal: personalKeys.contains(key), &words)
            }
        case let list as [Any]:
            for value in list { collect(value, isPersonal: isPersonal, &words) }
        case let text as String where isPersonal:
            words.formUnion(
                tokens(text[...]).filter { $0.first?.isLetter == true }.map {
                    $0.lowercased()
                })
        default: break
        }
    }

    /// Runs of letters and digits, and what stands between them sign by sign; control characters are spaces.
    private static func tokens(_ text: Substring) -> [String] {
        var tokens: [String] = []
        var isOpen = false
        for character in text {
            let isSign = character.isLetter || character.isNumber
            if isSign, isOpen, let last = tokens.indices.last {
                tokens[last].append(character)
            } else {
                tokens.append(
                    character.isNewline || character.isASCII && character.asciiValue ?? 32 < 32
                        ? " " : String(character))
            }
            isOpen = isSign
        }
        return tokens
    }
}
