import Documents

/// A run of lines with their columns, on one page.
struct Table: Sendable {
    struct Line: Sendable {
        var row: Int
        var cells: [TableCell]
        /// Whether the line sums others up.
        var isTotal: Bool
    }

    var page: Int
    var columns: [TableColumn]
    var lines: [Line]

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
    let scopes: Set<DocumentScope>
    /// Whether a line needs a date or a procedure code to count (service lines), or an amount alone will do (invoices).
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
            let line = Table.Line(row: row, cells: cells, isTotal: kind == .total)
            if top - lastBottom < 4 * page.lineHeight, !runs.isEmpty {
                runs[runs.count - 1].append(line)
            } else if kind == .line {
                runs.append([line])
            } else {
                continue
            }
            lastBottom = cells.map(\.box.bottom).max() ?? top
        }
        let columnReader = ColumnReader(page: page, lexicon: lexicon, scopes: scopes)
        return runs.map { lines in
            let body = lines.filter { !$0.isTotal }
            let columns = columnReader.columns(of: body.map(\.cells))
            return Table(
                page: pageIndex, columns: columnReader.named(columns, above: lines[0].row), lines: lines)
        }
    }

    private enum LineKind { case line, total }

    private func kind(_ cells: [TableCell], row: Int) -> LineKind? {
        let amounts = cells.count { $0.kind == .money }
        let words = page.tokens[page.rows[row]].prefix(5).map {
            String(decoding: $0.plain, as: UTF8.self)
        }
        let saysTotal = words.contains {
            $0.hasPrefix("TOTAL") || $0.hasPrefix("SUBTOTAL") || $0 == "TOTALS" || $0 == "BALANCE"
        }
        if saysTotal { return amounts >= 1 ? .total : nil }
        let hasService = cells.contains { $0.kind == .date || $0.kind == .code }
        if needsService { return hasService && amounts >= 2 ? .line : nil }
        let hasWords = cells.contains { $0.kind == .words && $0.text.contains(where: \.isLetter) }
        let isSum = words.contains {
            ["TAX", "SUB", "SHIPPING", "DUE", "SALES", "VAT", "DISCOUNT", "PAID", "AMOUNT"].contains($0)
        }
        return amounts >= 1 && (hasWords || hasService) && !isSum && cells.count >= 2 ? .line : nil
    }

    /// Whether a line is the head of a table: no amounts, and several columns' labels.
    private func isHead(_ row: Int) -> Bool {
        let line = page.rows[row]
        return line.count > 4 && page.tokens[line].allSatisfy { $0.digitCount < 2 }
            && Set(page.tokens[line].map(\.segment)).count > 3
    }
}
