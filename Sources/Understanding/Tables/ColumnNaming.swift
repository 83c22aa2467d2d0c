import Documents

/// Names the columns of a table: together the likeliest, and such that the lines add up.
///
/// Each column and value have log-odds of their own (`ColumnModel`); a column without a name adds nothing, a value has one
/// column. What the lines then say by their arithmetic is weighed with that, so that a table whose heads cannot be read
/// is named by its sums.
struct ColumnNaming {
    let lexicon: LabelLexicon
    let model: ColumnModel
    /// Whether what the lines say by their arithmetic counts.
    var heedsSums = true

    /// - Parameters:
    ///   - lines: the cells of each line, without totals.
    ///   - remembered: what is known of a column and a value beforehand, in log-odds.
    func named(
        _ columns: [TableColumn], lines: [[TableCell]], allowed: (Int) -> Bool,
        remembered: (TableColumn, LabelLexicon.Target) -> Double = { _, _ in 0 }
    ) -> [TableColumn] {
        let features = ColumnFeatures(columns, lines: lines, lexicon: lexicon)
        let targets = lexicon.targets.indices.filter(allowed)
        let scores = columns.indices.map { column in
            var known: [Int: Double] = [:]
            for target in targets where columns[column].fits(lexicon.targets[target].definition) {
                // A value that repeats may have a column of each kind: a reason and its amount.
                let isRepeated = lexicon.targets[target].definition.repeats
                let name = target + (isRepeated ? columns[column].kind.rawValue * lexicon.targets.count : 0)
                known[name] =
                    model.score(features.hashes(column: column, target: target))
                    + remembered(columns[column], lexicon.targets[target])
            }
            return known
        }
        let sums = LineSums(columns, lines: heedsSums ? lines : [], lexicon: lexicon)
        var search = ColumnSearch(scores: scores, sums: sums)
        search.settle()
        return columns.indices.map { index in
            var column = columns[index]
            column.target = search.names[index].map { $0 % lexicon.targets.count }
            column.likeness = column.target == nil ? 0 : Calibration.logistic(search.lead(of: index))
            return column
        }
    }
}

/// A search for the best names: from the best one by one, by the best change of one or two columns.
private struct ColumnSearch {
    let scores: [[Int: Double]]
    let sums: LineSums
    private(set) var names: [Int?]
    private var worth = 0.0

    /// Every change that a column may see, in an order that is always the same.
    private let changes: [(column: Int, name: Int?)]

    init(scores: [[Int: Double]], sums: LineSums) {
        self.scores = scores
        self.sums = sums
        var names = [Int?](repeating: nil, count: scores.count)
        var used: Set<Int> = []
        let offers = scores.enumerated().flatMap { column, known in known.map { (column, $0.key, $0.value) } }
            .sorted { ($1.2, $0.0, $0.1) < ($0.2, $1.0, $1.1) }
        for (column, name, score) in offers where score > 0 && names[column] == nil && used.insert(name).inserted {
            names[column] = name
        }
        self.names = names
        // A name that is all but impossible is not tried: no sum should win it a column.
        changes = scores.enumerated().flatMap { column, known in
            [(column, nil)] + known.filter { $0.value > -6 }.keys.sorted().map { (column, $0) }
        }
        worth = worth(of: names)
    }

    /// What names are worth together.
    private func worth(of names: [Int?]) -> Double {
        var worth = sums.evidence(names)
        for (column, name) in names.enumerated() {
            if let name { worth += scores[column][name] ?? 0 }
        }
        return worth
    }

    /// The names after a change: the column that had the name takes the other's, or none.
    private func changed(_ names: [Int?], _ change: (column: Int, name: Int?)) -> [Int?] {
        var names = names
        if let name = change.name, let holder = names.firstIndex(of: name), holder != change.column {
            let old = names[change.column]
            names[holder] = old.flatMap { scores[holder][$0] != nil ? $0 : nil }
        }
        names[change.column] = change.name
        return names
    }

    mutating func settle() {
        for _ in 0..<2 * scores.count {
            var best: (names: [Int?], worth: Double)?
            func offer(_ names: [Int?]) {
                let worth = worth(of: names)
                if worth > (best?.worth ?? self.worth) + 1e-9 { best = (names, worth) }
            }
            for change in changes { offer(changed(names, change)) }
            if best == nil, !sums.holds(names) {
                for (index, first) in changes.enumerated() {
                    let one = changed(names, first)
                    for second in changes[(index + 1)...] where second.column != first.column {
                        offer(changed(one, second))
                    }
                }
            }
            guard let best else { return }
            (names, worth) = best
        }
    }

    /// By how much a column's name is better than the next best for it, in log-odds.
    func lead(of column: Int) -> Double {
        let others = changes.filter { $0.column == column && $0.name != names[column] }
        let rival = others.map { worth(of: changed(names, $0)) }.max() ?? worth - 4
        return worth - rival
    }
}
