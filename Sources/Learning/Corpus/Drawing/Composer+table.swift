import Documents

/// A column of a table: its head on one or more lines.
struct TableColumn: Sendable {
    var head: [String]
    var align: Alignment = .right

    /// The column with each word of its head on a line of its own, but for short ones.
    var stacked: TableColumn {
        var lines: [String] = []
        for word in head.flatMap({ $0.split(separator: " ").map(String.init) }) {
            if let last = lines.last, last.count + word.count < 8 {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(word)
            }
        }
        return TableColumn(head: lines, align: align)
    }
}

/// A cell of one or more lines.
struct TableCell: Sendable {
    var lines: [[Span]]

    init(_ spans: [Span] = []) { lines = spans.isEmpty ? [] : [spans] }
    init(lines: [[Span]]) { self.lines = lines }
    init(_ text: String) { lines = text.isEmpty ? [] : [[Span(text)]] }
}

/// A row of a table: cells, or pairs that run across all columns.
struct TableRow: Sendable {
    var cells: [TableCell] = []
    var banner: [Pair] = []
    var bold = false
    var ruledAbove = false

    init(_ cells: [TableCell], bold: Bool = false, ruledAbove: Bool = false) {
        self.cells = cells
        self.bold = bold
        self.ruledAbove = ruledAbove
    }

    init(banner: [Pair]) { self.banner = banner }
}

struct TableContent: Sendable {
    var columns: [TableColumn]
    var rows: [TableRow]
}

/// How a family draws its tables.
struct TableLook: Sendable {
    enum Rules: Sendable {
        case none, head, rows, grid, dashes
    }

    var rules: Rules
    var shadedHead: Bool
    var invertedHead: Bool
    var striped: Bool
    var boldHead: Bool
    var stretched: Bool
    var padding: Double

    init(_ style: Style) {
        rules =
            style.isTypewriter && style.chance("dashed", 0.7)
            ? .dashes : style.pick("table rules", [.none, .head, .head, .rows, .grid, .grid])
        invertedHead = rules != .dashes && style.chance("inverted head", 0.14)
        shadedHead = rules != .dashes && !invertedHead && style.chance("shaded head", 0.45)
        striped = rules != .grid && rules != .dashes && style.chance("striped", 0.2)
        boldHead = style.chance("bold head", 0.65)
        stretched = style.chance("stretched", 0.8)
        padding = style.number("cell padding", 2...5)
    }
}

extension Composer {
    /// A table at the cursor; its head is repeated on each page that it goes on to.
    func table(_ content: TableContent, look: TableLook? = nil, font: Font? = nil) {
        let look = look ?? TableLook(style)
        var font = font ?? body
        var content = content
        var widths = columnWidths(content, font, look)
        if widths.reduce(0, +) > width {
            content.columns = content.columns.map(\.stacked)
            widths = columnWidths(content, font, look)
        }
        while widths.reduce(0, +) > width, font.size > 5.2 {
            font = font.sized(0.95)
            widths = columnWidths(content, font, look)
        }
        let spare = width - widths.reduce(0, +)
        if spare > 0, look.stretched, widths.count > 2 { widths = widths.map { $0 + spare / Double(widths.count) } }
        let layout = TableLayout(columns: content.columns, widths: widths, look: look, font: font)
        need(layout.headHeight + 3 * font.lineHeight)
        head(layout)
        for (index, row) in content.rows.enumerated() {
            let keeps = row.banner.isEmpty ? 0 : 2 * font.lineHeight
            if need(layout.height(row) + keeps) { head(layout) }
            draw(row, index: index, layout)
        }
        if look.rules == .rows || look.rules == .head { rule(layout, width: 0.6) }
        if look.rules == .dashes { rule(layout, width: 0.6) }
        y += 6
    }

    private func columnWidths(_ content: TableContent, _ font: Font, _ look: TableLook) -> [Double] {
        content.columns.indices.map { index in
            var widest =
                content.columns[index].head.map { measure.width($0, look.boldHead ? font.bold : font) }.max() ?? 0
            for row in content.rows where index < row.cells.count {
                for line in row.cells[index].lines {
                    widest = max(widest, width(line, row.bold ? font.bold : font))
                }
            }
            return widest + 2 * look.padding
        }
    }

    private func rule(_ layout: TableLayout, width lineWidth: Double) {
        let end = left + layout.widths.reduce(0, +)
        if layout.look.rules == .dashes {
            let dash = measure.width("-", layout.font)
            y += layout.font.size * 0.7
            place(
                [Span(String(repeating: "-", count: max(1, Int((end - left) / dash))))], layout.font, x: left,
                baseline: y)
            y += layout.font.size * 0.25
        } else {
            line(left, y, end, y, width: lineWidth)
        }
    }

    private func head(_ layout: TableLayout) {
        let look = layout.look
        if look.rules == .dashes { rule(layout, width: 0.6) }
        let top = y
        let end = left + layout.widths.reduce(0, +)
        let box = Box(left: left, top: top, right: end, bottom: top + layout.headHeight)
        if look.invertedHead { fill(box, style.accent) } else if look.shadedHead { fill(box, .grey(0.88)) }
        let font = look.boldHead ? layout.font.bold : layout.font
        var x = left
        for (column, width) in zip(layout.columns, layout.widths) {
            let skipped = layout.headLines - column.head.count
            for (index, text) in column.head.enumerated() {
                let baseline = top + Double(skipped + index) * font.lineHeight + font.size * 1.05
                let spans = [Span(text)]
                place(
                    spans, font, x: start(spans, font, x, width, column.align, look.padding), baseline: baseline,
                    ink: look.invertedHead ? .white : .black)
            }
            if look.rules == .grid {
                frame(Box(left: x, top: top, right: x + width, bottom: box.bottom), width: 0.5)
            }
            x += width
        }
        y = box.bottom
        if look.rules == .head || look.rules == .rows || look.rules == .dashes { rule(layout, width: 0.9) }
    }

    private func start(
        _ spans: [Span], _ font: Font, _ x: Double, _ width: Double, _ align: Alignment, _ padding: Double
    ) -> Double {
        switch align {
        case .left: x + padding
        case .centre: x + (width - self.width(spans, font)) / 2
        case .right: x + width - padding - self.width(spans, font)
        }
    }

    private func draw(_ row: TableRow, index: Int, _ layout: TableLayout) {
        guard row.banner.isEmpty else {
            banner(row.banner, font: layout.font, shade: layout.look.shadedHead ? .grey(0.95) : nil)
            return
        }
        let font = row.bold ? layout.font.bold : layout.font
        let height = layout.height(row)
        let top = y
        if layout.look.striped, index % 2 == 1 {
            fill(Box(left: left, top: top, right: left + layout.widths.reduce(0, +), bottom: top + height), .grey(0.94))
        }
        if row.ruledAbove, layout.look.rules != .grid {
            line(left, top, left + layout.widths.reduce(0, +), top, width: 0.5)
        }
        var x = left
        for (cell, (column, width)) in zip(row.cells, zip(layout.columns, layout.widths)) {
            for (number, spans) in cell.lines.enumerated() {
                place(
                    spans, font, x: start(spans, font, x, width, column.align, layout.look.padding),
                    baseline: top + Double(number) * font.lineHeight + font.size * 1.05)
            }
            if layout.look.rules == .grid {
                frame(Box(left: x, top: top, right: x + width, bottom: top + height), width: 0.4)
            }
            x += width
        }
        y = top + height
        if layout.look.rules == .rows { rule(layout, width: 0.3) }
    }
}

/// A table with its columns measured.
private struct TableLayout {
    let columns: [TableColumn]
    let widths: [Double]
    let look: TableLook
    let font: Font

    var headLines: Int { columns.map(\.head.count).max() ?? 1 }
    var headHeight: Double { Double(headLines) * font.lineHeight + 3 }

    func height(_ row: TableRow) -> Double {
        Double(max(1, row.cells.map(\.lines.count).max() ?? 1)) * font.lineHeight
            + (look.rules == .grid || look.rules == .rows ? 3 : 1.5)
    }
}
