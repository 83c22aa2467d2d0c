/// A payer's name as it can be compared, whatever its paper, its contract and a scanner make of it.
package struct PayerName: Hashable, Sendable {
    /// The words that tell one payer from another, in capitals.
    package let words: [String]

    /// Words of company law, which some papers print and others leave out.
    private static let idle: Set<String> = [
        "INC", "LLC", "CO", "COMPANY", "CORP", "CORPORATION", "LTD", "OF", "THE", "AND",
    ]

    package init(_ name: String) {
        let all = name.split { !$0.isLetter && !$0.isNumber }.map { PersonName.fold($0) }.filter { !$0.isEmpty }
        let telling = all.filter { !PayerName.idle.contains($0) }
        words = telling.isEmpty ? all : telling
    }

    /// What the store finds the payer by.
    package var key: String { words.joined(separator: " ") }

    /// Whether both may be one name, of which one was read with an error or two.
    package func maySpell(_ other: PayerName) -> Bool {
        if self == other { return true }
        let (left, right) = (Array(words.joined().utf8), Array(other.words.joined().utf8))
        let errorCountMax = min(left.count, right.count) / 8
        return errorCountMax > 0 && PayerName.errors(left, right, most: errorCountMax) <= errorCountMax
    }

    /// Whether both may be of one payer: spellings of one name, or one with fewer words than the other.
    package func mayBe(_ other: PayerName) -> Bool {
        let (mine, theirs) = (Set(words), Set(other.words))
        guard !mine.isEmpty, !theirs.isEmpty else { return true }
        return mine.isSubset(of: theirs) || theirs.isSubset(of: mine) || maySpell(other)
    }

    /// How many signs are put in, left out or exchanged (Levenshtein 1966); anything above `most` for more than that.
    private static func errors(_ left: [UInt8], _ right: [UInt8], most: Int) -> Int {
        guard abs(left.count - right.count) <= most else { return most + 1 }
        var row = Array(0...right.count)
        for (index, sign) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for place in right.indices {
                let above = row[place + 1]
                row[place + 1] = min(min(above, row[place]) + 1, diagonal + (sign == right[place] ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
