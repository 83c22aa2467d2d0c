import Foundation

/// A person's name in words that can be compared, as books (`SMITH, JOHN A`) and paper (`John A. Smith Jr.`) write it.
package struct PersonName: Hashable, Sendable {
    /// The words in capitals, without marks over letters, titles and generations.
    package let words: [String]
    /// How many of the words, from the first, are the surname; nil where no comma says.
    package let surnameCount: Int?

    private static let titles: Set<String> = ["MR", "MRS", "MS", "MISS", "DR", "JR", "SR", "II", "III", "IV"]

    package init(_ text: String) {
        let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false).map {
            PersonName.words(String($0))
        }
        let surname = parts.first ?? []
        let given = parts.dropFirst().flatMap { $0 }
        words = surname + given
        surnameCount = surname.isEmpty || given.isEmpty ? nil : surname.count
    }

    /// A word of a name in capitals, without marks over its letters and signs within it.
    package static func fold(_ word: some StringProtocol) -> String {
        let scalars = word.uppercased().decomposedStringWithCanonicalMapping.unicodeScalars.filter {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func words(_ text: String) -> [String] {
        let all = text.split { $0.isWhitespace || $0 == "-" || $0 == "," }.map { fold($0) }.filter { !$0.isEmpty }
        let named = all.filter { !titles.contains($0) }
        return named.isEmpty ? all : named
    }
}
