import Documents

/// A column of a table: where it stands, what stands in it, and which value its head says it is.
struct TableColumn: Sendable {
    var left: Double
    var right: Double
    var kind: TableCell.Kind
    /// The place in the lexicon of what it holds; nil when its head says nothing known.
    var target: Int?
    /// The likeness of its head to a label of the target, in 0…1.
    var likeness = 0.0

    var middle: Double { (left + right) / 2 }

    func overlap(_ box: Box) -> Double { max(0, min(right, box.right) - max(left, box.left)) }
}

/// Finds the columns of a run of lines and reads their heads.
struct ColumnReader {
    let page: PageText
    let lexicon: LabelLexicon
    /// The scopes whose values the columns may hold.
    let scopes: Set<DocumentScope>

    /// Columns by the cells of the body: cells of one kind over one another.
    func columns(of lines: [[TableCell]]) -> [TableColumn] {
        var columns: [TableColumn] = []
        let cells = lines.joined().sorted { ($0.box.left, $0.box.top) < ($1.box.left, $1.box.top) }
        for cell in cells where cell.kind != .adjustment && cell.kind != .remark {
            let fitting = columns.indices.filter { index in
                let column = columns[index]
                return column.kind == cell.kind
                    && column.overlap(cell.box) > 0.3 * min(cell.box.width, column.right - column.left)
            }
            if let index = fitting.max(by: {
                columns[$0].overlap(cell.box) < columns[$1].overlap(cell.box)
            }) {
                columns[index].left = min(columns[index].left, cell.box.left)
                columns[index].right = max(columns[index].right, cell.box.right)
            } else {
                columns.append(TableColumn(left: cell.box.left, right: cell.box.right, kind: cell.kind))
            }
        }
        return columns.sorted { $0.left < $1.left }
    }

    /// The columns with what their heads, over the line `row`, say of them.
    func named(_ columns: [TableColumn], above row: Int) -> [TableColumn] {
        let heads = headTokens(above: row)
        var words = [[Int]](repeating: [], count: columns.count)
        for index in heads {
            if let column = nearest(index, columns) { words[column].append(index) }
        }
        var offers: [(column: Int, target: Int, likeness: Double)] = []
        for (place, column) in columns.enumerated() where !words[place].isEmpty {
            let canonical = words[place].map { TradeWords.canonical(page.tokens[$0].plain) }.filter {
                !$0.isEmpty
            }
            for (target, likeness) in readings(canonical, kind: column.kind) {
                offers.append((place, target, likeness))
            }
        }
        var named = columns
        var used: Set<Int> = []
        let order = offers.indices.sorted {
            (offers[$1].likeness, offers[$0].column, offers[$0].target) < (
                offers[$0].likeness, offers[$1].column, offers[$1].target
            )
        }
        for offer in order.map({ offers[$0] })
        where named[offer.column].target == nil && used.insert(offer.target).inserted {
            named[offer.column].target = offer.target
            named[offer.column].likeness = offer.likeness
        }
        return named
    }

    /// The words of up to four lines above, near enough and without amounts.
    private func headTokens(above row: Int) -> [Int] {
        var tokens: [Int] = []
        var last = page.tokens[page.rows[row].lowerBound].box.top
        for above in stride(from: row - 1, through: max(0, row - 6), by: -1) {
            let line = page.rows[above]
            let bottom = page.tokens[line].map(\.box.bottom).max() ?? 0
            let top = page.tokens[line].map(\.box.top).min() ?? 0
            let isHead = page.tokens[line].count { $0.digitCount > 1 } * 3 <= line.count
            if !isHead || last - bottom > 2.2 * page.lineHeight { break }
            tokens += line
            last = top
        }
        return tokens.sorted {
            (page.tokens[$0].row, page.tokens[$0].box.left) < (
                page.tokens[$1].row, page.tokens[$1].box.left
            )
        }
    }

    private func nearest(_ token: Int, _ columns: [TableColumn]) -> Int? {
        let box = page.tokens[token].box
        let byOverlap = columns.indices.max { columns[$0].overlap(box) < columns[$1].overlap(box) }
        if let byOverlap, columns[byOverlap].overlap(box) > 0 { return byOverlap }
        let byDistance = columns.indices.min { distance(columns[$0], box) < distance(columns[$1], box) }
        return byDistance.flatMap { distance(columns[$0], box) < 3 * page.lineHeight ? $0 : nil }
    }

    private func distance(_ column: TableColumn, _ box: Box) -> Double {
        max(0, max(column.left - box.right, box.left - column.right))
    }

    /// What a head may say: each target whose label it holds, by how much of label and head agree.
    private func readings(_ head: [[UInt8]], kind: TableCell.Kind) -> [(
        target: Int, likeness: Double
    )] {
        let known = head.map { lexicon.matches($0) }
        var best: [Int: Double] = [:]
        for phrase in lexicon.phrases {
            let target = lexicon.targets[phrase.target]
            guard scopes.contains(target.scope), ColumnReader.fits(target.definition, kind) else {
                continue
            }
            var matched = 0.0
            for word in phrase.words {
                matched += known.lazy.compactMap { $0.first { $0.word == word }?.likeness }.max() ?? 0
            }
            let precision = matched / Double(phrase.words.count)
            let recall = matched / Double(max(1, head.count))
            guard precision > 0.7 else { continue }
            best[phrase.target] = max(
                best[phrase.target] ?? 0, precision * (0.45 + 0.55 * min(1, recall)))
        }
        return best.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Whether cells of a kind can hold values of a definition.
    static func fits(_ definition: FieldDefinition, _ kind: TableCell.Kind) -> Bool {
        if !definition.parts.isEmpty { return kind == .money }
        return switch kind {
        case .money: definition.kind == .money
        case .date: definition.kind == .date
        case .code: definition.kind == .procedureCode || definition.kind == .identifier
        case .count:
            definition.kind == .number || definition.kind == .modifier || definition.kind == .identifier
        case .words: [.name, .text, .identifier, .modifier, .number].contains(definition.kind)
        case .adjustment, .remark: false
        }
    }
}
