import Documents

/// A column of a table: where it stands, what stands in it, and which value its head says it is.
struct TableColumn: Sendable {
    var left: Double
    var right: Double
    var kind: TableCell.Kind
    /// The words of its head, in the form that labels are compared in.
    var head: [[UInt8]] = []
    /// Where these words stand, by their places among the page's, and that page's number.
    var headTokens: [Int] = []
    var headPage = 0
    /// What its head may say, by the place in the lexicon, each with the likeness of a label to it, in 0…1.
    var readings: [Int: Double] = [:]
    /// The place in the lexicon of what it holds; nil when it holds nothing known.
    var target: Int?
    /// How far it holds that and nothing else, in 0…1.
    var likeness = 0.0

    var stretch: Range<Double> { left..<max(left, right) }

    func overlap(_ box: Box) -> Double { overlap(box.left..<max(box.left, box.right)) }

    /// The width that the column shares with a stretch of the page's width.
    func overlap(_ stretch: Range<Double>) -> Double {
        max(0, min(right, stretch.upperBound) - max(left, stretch.lowerBound))
    }

    /// The gap between the column and a box, 0 when they share some width.
    func distance(_ box: Box) -> Double { max(0, max(left - box.right, box.left - right)) }

    /// Whether cells of the column's kind can hold values of a definition.
    func fits(_ definition: FieldDefinition) -> Bool {
        if !definition.parts.isEmpty { return kind == .money || kind == .count }
        return switch kind {
        case .money: definition.kind == .money
        case .date: definition.kind == .date
        case .code: definition.kind == .procedureCode || definition.kind == .identifier
        case .count: [.number, .modifier, .identifier, .remarkCode].contains(definition.kind)
        case .identifier: definition.kind == .identifier
        case .words: [.name, .text, .identifier, .modifier, .number].contains(definition.kind)
        case .adjustment, .remark: false
        }
    }
}

/// Finds the columns of a run of lines and reads their heads.
struct ColumnReader {
    let page: PageText
    let lexicon: LabelLexicon
    let hits: [LabelHit]

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
            if let index = fitting.max(by: { columns[$0].overlap(cell.box) < columns[$1].overlap(cell.box) }) {
                columns[index].left = min(columns[index].left, cell.box.left)
                columns[index].right = max(columns[index].right, cell.box.right)
            } else {
                columns.append(TableColumn(left: cell.box.left, right: cell.box.right, kind: cell.kind))
            }
        }
        return columns.sorted { $0.left < $1.left }
    }

    /// The columns with what their heads, over the line `row`, may say of them.
    func withReadings(_ columns: [TableColumn], above row: Int) -> [TableColumn] {
        var words = [[Int]](repeating: [], count: columns.count)
        for unit in units(headTokens(above: row), columns) {
            let box = page.box(unit)
            let near = columns.indices.min { left, right in
                let a = columns[left]
                let b = columns[right]
                return (a.distance(box), -a.overlap(box), abs((a.left + a.right) / 2 - box.midX))
                    < (b.distance(box), -b.overlap(box), abs((b.left + b.right) / 2 - box.midX))
            }
            if let near, columns[near].distance(box) < 4 * page.lineHeight { words[near] += Array(unit) }
        }
        return columns.indices.map { index in
            var column = columns[index]
            let canonical = words[index].map { TradeWords.canonical(page.tokens[$0].plain) }.filter { !$0.isEmpty }
            column.head = canonical
            column.headTokens = words[index].sorted()
            column.headPage = page.number
            if !canonical.isEmpty { column.readings = readings(canonical, of: column) }
            return column
        }
    }

    /// The paper between two lines of a head, or over such a line, at most, in heights of a line.
    private static let gapOfLines = 1.8
    private static let gapAroundBand = 3.0

    /// The words of up to six lines above, near enough and without amounts.
    ///
    /// Between a head and its lines may stand whose claim they are: up to three lines of labels with their values.
    private func headTokens(above row: Int) -> [Int] {
        var tokens: [Int] = []
        var last = page.tokens[page.rows[row].lowerBound].box.top
        var bandCount = 0
        for above in stride(from: row - 1, through: max(0, row - 9), by: -1) {
            let line = page.rows[above]
            let words = page.tokens[line]
            // Specks and bits of rules are no line of text.
            if words.reduce(0, { $0 + $1.plain.count }) < 2 { continue }
            let bottom = words.map(\.box.bottom).max() ?? 0
            let top = words.map(\.box.top).min() ?? 0
            // Whose claim the lines are may stand between, with paper over it.
            let gap = tokens.isEmpty && bandCount > 0 ? ColumnReader.gapAroundBand : ColumnReader.gapOfLines
            if last - bottom > gap * page.lineHeight || words.contains(where: ColumnReader.isAmount) { break }
            if tokens.isEmpty, bandCount < 3, words.contains(where: { endsLabel($0) || $0.digitCount > 3 }) {
                bandCount += 1
                last = top
                continue
            }
            let isHead = words.count { $0.digitCount > 1 } * 3 <= line.count
            if !isHead || row - above - bandCount > 6 { break }
            if words.contains(where: endsLabel) { break }
            tokens += line.filter { !page.tokens[$0].plain.isEmpty }
            last = top
        }
        return tokens.sorted()
    }

    /// Whether a colon follows on letters or digits; one that stands alone is more often a speck.
    private func endsLabel(_ token: Token) -> Bool { token.endsWithColon && !token.plain.isEmpty }

    /// Whether a word ends in a point and two digits.
    private static func isAmount(_ token: Token) -> Bool {
        let end = token.text.utf8.suffix(3)
        return end.count == 3 && end.first == UInt8(ascii: ".") && token.digitCount > 2
            && end.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The words that belong together: labels of several words that stand over one column, and words alone.
    private func units(_ tokens: [Int], _ columns: [TableColumn]) -> [Range<Int>] {
        let heads = Set(tokens)
        let labels = hits.filter { hit in
            hit.tokens.count > 1 && hit.likeness > 0.85 && heads.contains(hit.tokens.lowerBound)
                && page.tokens[hit.tokens.lowerBound].segment == page.tokens[hit.tokens.upperBound - 1].segment
                && Set(hit.tokens.compactMap { over($0, columns) }).count < 2
        }
        .sorted { ($1.tokens.count, $0.tokens.lowerBound) < ($0.tokens.count, $1.tokens.lowerBound) }
        var taken: Set<Int> = []
        var units: [Range<Int>] = []
        for label in labels where !label.tokens.contains(where: taken.contains) {
            taken.formUnion(label.tokens)
            units.append(label.tokens)
        }
        units += tokens.filter { !taken.contains($0) }.map { $0..<$0 + 1 }
        return units.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// The column that a word stands right over.
    private func over(_ token: Int, _ columns: [TableColumn]) -> Int? {
        let box = page.tokens[token].box
        let best = columns.indices.max { columns[$0].overlap(box) < columns[$1].overlap(box) }
        return best.flatMap { index in
            // A column of single digits is narrower than its head.
            let width = min(box.width, columns[index].right - columns[index].left)
            return columns[index].overlap(box) > 0.3 * width ? index : nil
        }
    }

    /// What a head may say: each target whose label it holds, by how much of label and head agree.
    private func readings(_ head: [[UInt8]], of column: TableColumn) -> [Int: Double] {
        let known = head.map { lexicon.matches($0) }
        var best: [Int: Double] = [:]
        for phrase in lexicon.phrases {
            let target = lexicon.targets[phrase.target]
            guard target.scope != .document, column.fits(target.definition) else { continue }
            var matched = 0.0
            for word in phrase.words {
                matched += known.lazy.compactMap { $0.first { $0.word == word }?.likeness }.max() ?? 0
            }
            let precision = matched / Double(phrase.words.count)
            let recall = min(1, matched / Double(max(1, head.count)))
            guard precision > 0.7 else { continue }
            best[phrase.target] = max(best[phrase.target] ?? 0, precision * (0.4 + 0.6 * recall))
        }
        return best
    }
}
