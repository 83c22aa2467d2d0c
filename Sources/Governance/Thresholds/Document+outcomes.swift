package import Documents

extension Document {
    /// What a person's `settled` document says of each value of this one, which the machine read: right where the same
    /// value is left in its place, wrong where it is another or gone.
    ///
    /// Rows of tables are paired in order, so that most values are right: a row that the person took away or added does
    /// not make those behind it wrong. Values of fields that `vocabulary` does not have were shown to nobody and have no
    /// outcome. What the machine missed has none either: thresholds are about the values that are there.
    package func judged(by settled: Document, vocabulary: Vocabulary) -> [(located: LocatedField, isRight: Bool)] {
        var right: Set<FieldPath> = []
        fields.collectRight(in: settled.fields, under: [], &right)
        for (index, other) in claims.map(\.fields).paired(with: settled.claims.map(\.fields)) {
            let place = FieldPath.Step("claims", index)
            claims[index].fields.collectRight(in: settled.claims[other].fields, under: [place], &right)
            let (lines, otherLines) = (claims[index].serviceLines, settled.claims[other].serviceLines)
            for (line, otherLine) in lines.paired(with: otherLines) {
                lines[line].collectRight(
                    in: otherLines[otherLine], under: [place, FieldPath.Step("service_lines", line)], &right)
            }
        }
        for (index, other) in lineItems.paired(with: settled.lineItems) {
            lineItems[index].collectRight(
                in: settled.lineItems[other], under: [FieldPath.Step("line_items", index)], &right)
        }
        return locatedFields.filter { vocabulary.rule(of: $0.path, in: type) != nil }.map {
            ($0, right.contains($0.path))
        }
    }
}

extension Row {
    /// Adds the paths, under `prefix`, of the values that stand in `settled` too.
    fileprivate func collectRight(in settled: Row, under prefix: [FieldPath.Step], _ right: inout Set<FieldPath>) {
        for (name, leaf) in self {
            switch (leaf, settled[name]) {
            case (.one(let field), .one(let other)?):
                if field.value == other.value { right.insert(FieldPath(prefix + [.init(name)])) }
            case (.many(let fields), .many(let others)?):
                var left = others.map(\.value)
                for (index, field) in fields.enumerated() {
                    guard let found = left.firstIndex(of: field.value) else { continue }
                    left.remove(at: found)
                    right.insert(FieldPath(prefix + [.init(name, index)]))
                }
            case (.groups(let groups), .groups(let others)?):
                let (rows, otherRows) = (groups.map(Row.init(group:)), others.map(Row.init(group:)))
                for (index, other) in rows.paired(with: otherRows) {
                    rows[index].collectRight(in: otherRows[other], under: prefix + [.init(name, index)], &right)
                }
            default: break
            }
        }
    }

    fileprivate init(group: [String: Field]) { self = group.mapValues { .one($0) } }

    /// How many leaves have the same values in both rows.
    fileprivate func likeness(to other: Row) -> Int {
        reduce(into: 0) { count, entry in
            if let leaf = other[entry.key], entry.value.fields.map(\.value) == leaf.fields.map(\.value) { count += 1 }
        }
    }
}

extension Array where Element == Row {
    /// The pairs of places, in order, that give the most like leaves altogether: the longest common subsequence, weighed
    /// by likeness.
    ///
    /// Lists of one length are paired place by place: a person mostly corrects in place.
    fileprivate func paired(with others: [Row]) -> [(Int, Int)] {
        guard count != others.count else { return indices.map { ($0, $0) } }
        // What is alike at the start needs no search, which takes the product of both lengths.
        let start = zip(self, others).prefix { $0.count == $1.count && $0.likeness(to: $1) == $0.count }.count
        let (rows, columns) = (count - start, others.count - start)
        var best = [[Int]](repeating: [Int](repeating: 0, count: columns + 1), count: rows + 1)
        var likeness = [[Int]](repeating: [Int](repeating: 0, count: columns), count: rows)
        for row in stride(from: rows - 1, through: 0, by: -1) {
            for column in stride(from: columns - 1, through: 0, by: -1) {
                likeness[row][column] = self[start + row].likeness(to: others[start + column])
                best[row][column] = Swift.max(
                    best[row + 1][column], best[row][column + 1],
                    best[row + 1][column + 1] + likeness[row][column])
            }
        }
        var pairs = (0..<start).map { ($0, $0) }
        var (row, column) = (0, 0)
        while row < rows, column < columns {
            if best[row][column] == best[row + 1][column + 1] + likeness[row][column] {
                pairs.append((start + row, start + column))
                row += 1
                column += 1
            } else if best[row][column] == best[row + 1][column] {
                row += 1
            } else {
                column += 1
            }
        }
        return pairs
    }
}
