/// How far two words are apart, as reading errors see it.
package enum EditDistance {
    /// Insertions, deletions and replacements between two words, or nil when there are more than `limit`.
    package static func between(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        var previous = Array(0...right.count)
        var current = previous
        for (row, byte) in left.enumerated() {
            current[0] = row + 1
            var best = current[0]
            for (column, other) in right.enumerated() {
                let replaced = previous[column] + (byte == other ? 0 : 1)
                current[column + 1] = min(replaced, previous[column + 1] + 1, current[column] + 1)
                best = min(best, current[column + 1])
            }
            if best > limit { return nil }
            swap(&previous, &current)
        }
        return previous[right.count] <= limit ? previous[right.count] : nil
    }

    /// The letters and digits of a word as the bits of a number: an error brings in one of them at most, so that words
    /// whose letters differ by more than the errors allowed need no closer look.
    static func letters(of word: [UInt8]) -> UInt64 { word.reduce(0) { $0 | 1 << UInt64($1 & 63) } }

    /// Whether words of these `letters` may be as few as `limit` errors apart.
    static func mayBeNear(_ left: UInt64, _ right: UInt64, limit: Int) -> Bool {
        (left & ~right).nonzeroBitCount <= limit && (right & ~left).nonzeroBitCount <= limit
    }

    /// The likeness of two words in 0…1: 1 equal, 0 for more than one error in five letters; short words only equal.
    package static func likeness(_ left: [UInt8], _ right: [UInt8]) -> Double {
        if left == right { return 1 }
        let length = min(left.count, right.count)
        guard length >= 4 else { return 0 }
        guard let distance = between(left, right, limit: length >= 9 ? 2 : 1) else { return 0 }
        return max(0, 1 - 0.8 * Double(distance) / Double(length))
    }
}
