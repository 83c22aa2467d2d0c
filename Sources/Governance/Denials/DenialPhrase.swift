/// Words of payers' prose that speak for a category, in the way that `Config/denials.yaml` writes them.
package struct DenialPhrase: Hashable, Sendable {
    /// How many words may stand where the phrase has a gap.
    private static let gapWordCountMax = 5

    private enum Part: Hashable, Sendable {
        case word(String)
        /// A word that begins so.
        case beginning(String)
        case gap
    }

    /// As written.
    package let text: String
    private let parts: [Part]

    /// Nil when there is no word in it, or a gap that is not between words.
    package init?(_ text: String) {
        self.text = text
        var parts: [Part] = []
        for token in text.split(separator: " ") {
            if token == ".." {
                parts.append(.gap)
            } else if token.hasSuffix("*") {
                parts += DenialPhrase.words(String(token.dropLast())).map(Part.beginning)
            } else {
                parts += DenialPhrase.words(String(token)).map(Part.word)
            }
        }
        guard let first = parts.first, let last = parts.last, first != .gap, last != .gap else { return nil }
        self.parts = parts
    }

    /// What the phrase counts where it is found: its words.
    package var wordCount: Int { parts.count { $0 != .gap } }

    /// The words of a text as phrases are looked for in it: letters and digits in small letters; what is owned loses its
    /// `'s`, for letters print both.
    package static func words(_ text: String) -> [String] {
        text.lowercased().replacing("’", with: "'").replacing("'s", with: "")
            .split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// Whether the words have the phrase.
    package func isFound(in words: [String]) -> Bool {
        words.indices.contains { matches(words[$0...], parts[...]) }
    }

    private func matches(_ words: ArraySlice<String>, _ parts: ArraySlice<Part>) -> Bool {
        guard let part = parts.first else { return true }
        let rest = parts.dropFirst()
        if part == .gap {
            return (0...min(DenialPhrase.gapWordCountMax, words.count)).contains { matches(words.dropFirst($0), rest) }
        }
        guard let word = words.first else { return false }
        let isSame =
            switch part {
            case .word(let wanted): word == wanted
            case .beginning(let wanted): word.hasPrefix(wanted)
            case .gap: false
            }
        return isSame && matches(words.dropFirst(), rest)
    }
}
