import Documents

/// The parts of a printed name, as an NM1 segment has them; names are printed `SMITH, JOHN A` or `John A. Smith Jr.`.
struct NameParts: Hashable {
    private static let suffixes: Set<String> = ["JR", "SR", "II", "III", "IV"]

    var last: String
    var first: String?
    var middle: String?
    var suffix: String?

    /// Without a comma the last word is the surname: what nobody says cannot be known better.
    init(_ printed: String) {
        let halves = printed.split(separator: ",").map { half in
            half.split(whereSeparator: \.isWhitespace).map(String.init)
        }
        func isSuffix(_ word: String) -> Bool { NameParts.suffixes.contains(word.filter { $0 != "." }.uppercased()) }
        let all = halves.flatMap { $0 }
        suffix = all.count > 1 ? all.dropFirst().first(where: isSuffix)?.filter { $0 != "." } : nil
        let words = suffix == nil ? halves : halves.map { $0.filter { !isSuffix($0) } }.filter { !$0.isEmpty }
        var given: [String]
        if words.count > 1 {
            last = words[0].joined(separator: " ")
            given = words[1...].flatMap { $0 }
        } else {
            given = words.first ?? []
            last = given.popLast() ?? NormalForm.foldWhiteSpace(printed)
        }
        first = given.first
        middle = given.count > 1 ? given[1...].joined(separator: " ") : nil
    }
}
