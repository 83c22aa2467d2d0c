import Foundation

/// A person's name in words that can be compared, as books (`SMITH, JOHN A`) and paper (`John A. Smith Jr.`) write it.
package struct PersonName: Hashable, Sendable {
    /// The words in capitals, without marks over letters, titles and generations.
    package let words: [String]
    /// How many of the words, from the first, are the surname; nil where no comma says.
    package let surnameCount: Int?
    /// Which of those who have the name, as `SR`, `JR` (also for `II`), `III`; nil where none is written.
    package let generation: String?

    private static let titles: Set<String> = ["MR", "MRS", "MS", "MISS", "DR"]
    private static let generations = ["JR": "JR", "SR": "SR", "II": "JR", "III": "III", "IV": "IV"]

    package init(_ text: String) {
        let parts = text.split(separator: ",").map { PersonName.words($0) }
        let named = parts.map { $0.filter { !PersonName.titles.contains($0) && PersonName.generations[$0] == nil } }
        // A name of nothing but a title is somebody's name.
        let isBare = named.allSatisfy(\.isEmpty)
        let kept = (isBare ? parts : named).filter { !$0.isEmpty }
        words = kept.flatMap { $0 }
        surnameCount = kept.count > 1 ? kept[0].count : nil
        generation = isBare ? nil : parts.joined().lazy.compactMap { PersonName.generations[$0] }.first
    }

    /// Whether both say a generation and another: father and son.
    package func isOtherGeneration(than other: PersonName) -> Bool {
        guard let generation, let theirs = other.generation else { return false }
        return generation != theirs
    }

    /// Whether both may be spellings of one person's name: the same words in any order, but for a middle name that one
    /// leaves out or shortens.
    package func maySpell(_ other: PersonName) -> Bool {
        guard !isOtherGeneration(than: other) else { return false }
        let (mine, theirs) = (Set(words), Set(other.words))
        guard mine != theirs else { return true }
        guard mine.intersection(theirs).count > 1 else { return false }
        let (left, right) = (mine.subtracting(theirs), theirs.subtracting(mine))
        guard let first = left.first, let second = right.first else { return true }
        return left.count == 1 && right.count == 1
            && (first.unicodeScalars.count == 1 && second.hasPrefix(first)
                || second.unicodeScalars.count == 1 && first.hasPrefix(second))
    }

    /// A word of a name in capitals, without marks over its letters and signs within it.
    package static func fold(_ word: some StringProtocol) -> String {
        let scalars = word.uppercased().decomposedStringWithCanonicalMapping.unicodeScalars.filter {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func words(_ text: Substring) -> [String] {
        text.split { $0.isWhitespace || $0 == "-" }.map { fold($0) }.filter { !$0.isEmpty }
    }
}
