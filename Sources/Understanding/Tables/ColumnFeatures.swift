import Documents

/// What the columns of a table look like, hashed: the words of their heads, their cells, and where they stand among the
/// others.
///
/// Heads say most, and are what reading loses first: printed white on dark, small, over several lines. So the cells and
/// the order of the columns speak too.
struct ColumnFeatures {
    private let columns: [TableColumn]
    private let lexicon: LabelLexicon
    private let own: [[UInt64]]

    private enum Fact: UInt64 {
        case kind, headCount, word, pair, letters, fromLeft, fromRight, place, zeros, rank, negative, ones, leftKind,
            rightKind, leftWord, rightWord, likeness, isBestOfColumn, isBestOfTarget
    }

    /// - Parameter lines: the cells of each line, without totals.
    init(_ columns: [TableColumn], lines: [[TableCell]], lexicon: LabelLexicon) {
        self.columns = columns
        self.lexicon = lexicon
        let amounts = columns.indices.map { column in
            columns[column].kind != .money
                ? []
                : lines.flatMap { line in
                    line.filter { $0.kind == .money && columns[column].overlap($0.box) > 0 }.compactMap {
                        Money($0.value)
                    }
                }
        }
        let money = columns.indices.filter { columns[$0].kind == .money }
        let sums = amounts.map { $0.reduce(0) { $0 + abs($1.cents) } }
        let ranks = money.sorted { (sums[$1], $0) < (sums[$0], $1) }
        own = columns.indices.map { index in
            var hashes = ColumnFeatures.head(columns[index].head)
            func add(_ fact: Fact, _ first: Int, _ second: Int = 0) {
                hashes.append(
                    ColumnFeatures.hash(fact, UInt64(bitPattern: Int64(first)), UInt64(bitPattern: Int64(second))))
            }
            add(.kind, columns[index].kind.rawValue)
            add(.headCount, min(3, columns[index].head.count))
            add(.leftKind, index > 0 ? columns[index - 1].kind.rawValue : -1)
            add(.rightKind, index + 1 < columns.count ? columns[index + 1].kind.rawValue : -1)
            if index > 0 { hashes += columns[index - 1].head.map { ColumnFeatures.hash(.leftWord, StableHash.of($0)) } }
            if index + 1 < columns.count {
                hashes += columns[index + 1].head.map { ColumnFeatures.hash(.rightWord, StableHash.of($0)) }
            }
            if let place = money.firstIndex(of: index), let rank = ranks.firstIndex(of: index) {
                add(.fromLeft, place)
                add(.fromRight, money.count - place)
                add(.place, place, money.count)
                add(.rank, rank, place)
                add(.rank, rank, -1)
                let zeros = amounts[index].count { $0 == .zero }
                add(.zeros, zeros == amounts[index].count ? 4 : 3 * zeros / amounts[index].count)
                if amounts[index].contains(where: { $0 < .zero }) { add(.negative, 1) }
            } else if columns[index].kind == .count {
                let cells = lines.flatMap { $0.filter { $0.kind == .count && columns[index].overlap($0.box) > 0 } }
                // One fact for two: 0 to 4 for how many are ones, from 5 on for how many digits the longest has.
                add(.ones, 4 * cells.count { $0.value == "1" } / max(1, cells.count))
                add(.ones, 5 + (cells.map(\.text.count).max() ?? 0))
            }
            return hashes
        }
    }

    /// The facts about a column as a holder of the value at a place in the lexicon.
    func hashes(column: Int, target: Int) -> [UInt64] {
        let known = lexicon.targets[target]
        let key = StableHash.of(known.key, UInt64(known.scope.rawValue))
        let likeness = columns[column].readings[target] ?? 0
        let pair = [
            ColumnFeatures.hash(.likeness, UInt64(max(0, likeness) * 5)),
            ColumnFeatures.hash(.isBestOfColumn, columns[column].readings.values.contains { $0 > likeness } ? 0 : 1),
            ColumnFeatures.hash(
                .isBestOfTarget, columns.contains { ($0.readings[target] ?? 0) > likeness } ? 0 : 1),
        ]
        return pair + (own[column] + pair).map { FieldModel.crossed($0, with: key) }
    }

    private static func head(_ words: [[UInt8]]) -> [UInt64] {
        var hashes: [UInt64] = []
        for (index, word) in words.enumerated() {
            let own = StableHash.of(word)
            hashes.append(hash(.word, own))
            if index > 0 { hashes.append(hash(.pair, StableHash.of(words[index - 1]), own)) }
            let padded = [UInt8(ascii: "<")] + word + [UInt8(ascii: ">")]
            guard padded.count > 4 else { continue }
            for start in 0...(padded.count - 4) {
                hashes.append(hash(.letters, StableHash.of(padded[start..<start + 4])))
            }
        }
        return hashes
    }

    private static func hash(_ fact: Fact, _ first: UInt64, _ second: UInt64 = 0) -> UInt64 {
        var hash = StableHash(seed: 60 + fact.rawValue)
        hash.combine(first)
        hash.combine(second)
        return hash.value
    }
}
