import Documents

/// A run of lines with their columns, on one page.
struct Table: Sendable {
    enum LineKind: Sendable {
        case line
        /// It sums other lines up.
        case total
        /// It goes on with the line before: more adjustments of the same service.
        case more
    }

    struct Line: Sendable {
        var row: Int
        var cells: [TableCell]
        var kind: LineKind
    }

    var page: Int
    var columns: [TableColumn]
    var lines: [Line]

    /// The cells of its lines, without totals and without lines that go on with others.
    var serviceLines: [[TableCell]] { lines.filter { $0.kind == .line }.map(\.cells) }

    /// The column that a cell stands in.
    func column(of cell: TableCell) -> TableColumn? {
        columns.filter { $0.kind == cell.kind && $0.overlap(cell.box) > 0 }
            .max { $0.overlap(cell.box) < $1.overlap(cell.box) }
    }
}

/// Finds the tables of a page: lines with amounts under one another.
struct TableFinder {
    let page: PageText
    let pageIndex: Int
    let lexicon: LabelLexicon
    let hits: [LabelHit]
    /// Whether a line needs a date, a code or a number to count (service lines), or an amount alone will do (invoices).
    let needsService: Bool

    func tables() -> [Table] {
        let reader = CellReader(page: page)
        var runs: [[Table.Line]] = []
        var lastBottom = -Double.infinity
        for row in page.rows.indices {
            let cells = reader.cells(row: row)
            guard let kind = kind(cells, row: row) else {
                if isHead(row) { lastBottom = -Double.infinity }
                continue
            }
            let top = cells.map(\.box.top).min() ?? 0
            let isNear = top - lastBottom < 4 * page.lineHeight && !runs.isEmpty
            guard isNear || kind == .line else { continue }
            if isNear {
                runs[runs.count - 1].append(Table.Line(row: row, cells: cells, kind: kind))
            } else {
                runs.append([Table.Line(row: row, cells: cells, kind: kind)])
            }
            lastBottom = cells.map(\.box.bottom).max() ?? top
        }
        let columnReader = ColumnReader(page: page, lexicon: lexicon, hits: hits)
        return runs.map { run in
            let lines = page.isExact ? run : PointlessAmounts(run).mended()
            let columns = columnReader.columns(of: lines.filter { $0.kind == .line }.map(\.cells))
            return Table(
                page: pageIndex, columns: columnReader.withReadings(columns, above: lines[0].row), lines: lines)
        }
    }

    /// Words of sums as they may be misread: `Totais`, `Tolals`.
    private static let totals = ["TOTAL", "TOTALS", "SUBTOTAL"].map { Array($0.utf8) }

    private func kind(_ cells: [TableCell], row: Int) -> Table.LineKind? {
        let amounts = cells.count { $0.kind == .money }
        let words = page.tokens[page.rows[row]].prefix(5).map { String(decoding: $0.plain, as: UTF8.self) }
        let saysTotal = words.contains { word in
            ["TOTAL", "SUBTOTAL", "BALANCE"].contains { word.hasPrefix($0) }
                || TableFinder.totals.contains { EditDistance.likeness(Array(word.utf8), $0) > 0.8 }
        }
        // `Total charges, all claims` sums up what no claim comes to.
        if saysTotal { return amounts >= 1 && !words.contains("CLAIMS") ? .total : nil }
        let hasService = cells.contains { $0.kind == .date || $0.kind == .code }
        let hasWords = cells.contains { $0.kind == .words && $0.text.contains(where: \.isLetter) }
        if needsService {
            let hasNumber = cells.contains { $0.kind == .identifier }
            if !hasService, !hasNumber, amounts <= 1, isContinuation(cells) { return .more }
            if !hasService, !hasNumber, !hasWords, amounts >= 3 { return .total }
            return (hasService || hasNumber) && amounts >= 2 || hasWords && amounts >= 4 ? .line : nil
        }
        let sums: Set = ["TAX", "SUB", "SHIPPING", "DUE", "SALES", "VAT", "DISCOUNT", "PAID", "AMOUNT", "FREIGHT"]
        // "Freight and handling" with a price and an amount is a line; with an amount alone it belongs to the totals.
        let isSum = amounts == 1 && words.contains(where: sums.contains)
        return amounts >= 1 && (hasWords || hasService) && !isSum && cells.count >= 2 ? .line : nil
    }

    /// Whether cells go on with a line: adjustments, remarks with hardly a word beside them, an amount with its reason or
    /// alone.
    private func isContinuation(_ cells: [TableCell]) -> Bool {
        if cells.contains(where: { $0.kind == .adjustment }) { return true }
        let wordCount = cells.reduce(0) { $0 + ($1.kind == .words ? $1.tokens.count : 0) }
        if cells.contains(where: { $0.kind == .remark }) { return wordCount <= 2 }
        return cells.contains { $0.kind == .money } && cells.allSatisfy { $0.kind == .money || $0.kind == .count }
    }

    /// Whether a line is the head of a table: no amounts, and several columns' labels.
    private func isHead(_ row: Int) -> Bool {
        let line = page.rows[row]
        return line.count > 4 && page.tokens[line].allSatisfy { $0.digitCount < 2 }
            && Set(page.tokens[line].map(\.segment)).count > 3
    }
}
