import Documents

/// A label and its value, as a reference block or a banner has them.
struct Pair: Sendable {
    var label: Span
    var value: [Span]

    init(_ label: Span, _ value: [Span]) {
        self.label = label
        self.value = value
    }
}

/// The ways in which pairs of label and value are arranged.
enum PairArrangement: String, CaseIterable, Sendable {
    case running, aligned, twoColumns, labelAbove, boxedRows, headedRow, boxedGrid, rightAligned
}

extension Composer {
    /// A block of labelled values at the cursor, over the column between `left` and `right`.
    func pairs(_ pairs: [Pair], arrangement: PairArrangement, font: Font? = nil) {
        guard !pairs.isEmpty else { return }
        let font = font ?? body
        switch arrangement {
        case .running: for pair in pairs { print([pair.label, Span(" ")] + pair.value, font) }
        case .aligned: aligned(pairs, font, rightLabels: false)
        case .rightAligned: aligned(pairs, font, rightLabels: true)
        case .twoColumns: twoColumns(pairs, font)
        case .labelAbove: labelAbove(pairs, font, boxed: false)
        case .boxedGrid: labelAbove(pairs, font, boxed: true)
        case .boxedRows: boxedRows(pairs, font)
        case .headedRow: headedRow(pairs, font)
        }
        y += 4
    }

    private func aligned(_ pairs: [Pair], _ font: Font, rightLabels: Bool) {
        let labels = pairs.map { width([$0.label], font) }
        let column = (labels.max() ?? 0) + font.size * style.number("label gap", 0.6...2.4)
        for (pair, labelWidth) in zip(pairs, labels) {
            need(font.lineHeight)
            y += font.lineHeight
            let baseline = y - font.size * 0.26
            place([pair.label], font, x: rightLabels ? left + column - labelWidth - 5 : left, baseline: baseline)
            place(pair.value, font, x: left + column, baseline: baseline)
        }
    }

    private func twoColumns(_ pairs: [Pair], _ font: Font) {
        let (start, end) = (left, right)
        let middle = start + (end - start) * style.number("pair middle", 0.48...0.56)
        let half = (pairs.count + 1) / 2
        let down = style.chance("pairs run down", 0.5)
        need(Double(half) * font.lineHeight)
        let top = y
        for column in 0...1 {
            left = column == 0 ? start : middle
            right = column == 0 ? middle - 8 : end
            y = top
            let mine =
                down
                ? (column == 0 ? Array(pairs.prefix(half)) : Array(pairs.dropFirst(half)))
                : pairs.indices.filter { $0 % 2 == column }.map { pairs[$0] }
            if style.chance("pairs aligned", 0.6) {
                aligned(mine, font, rightLabels: false)
            } else {
                for pair in mine { print([pair.label, Span(" ")] + pair.value, font) }
            }
        }
        (left, right) = (start, end)
        y = top + Double(half) * font.lineHeight
    }

    /// Cells in rows, each with a small label over its value.
    private func labelAbove(_ pairs: [Pair], _ font: Font, boxed: Bool) {
        let small = font.sized(0.78)
        let minimum = pairs.map { max(width([$0.label], small), width($0.value, font)) + 14 }
        var rows: [[Int]] = [[]]
        let most = Int(style.number("cells in a row", 2...4.99))
        for index in pairs.indices {
            let used = rows[rows.count - 1].reduce(0) { $0 + minimum[$1] }
            if rows[rows.count - 1].count >= most || used > 0 && used + minimum[index] > width { rows.append([]) }
            rows[rows.count - 1].append(index)
        }
        let height = small.lineHeight + font.lineHeight + 4
        for row in rows {
            need(height)
            let spare = max(0, width - row.reduce(0) { $0 + minimum[$1] }) / Double(row.count)
            var x = left
            for index in row {
                let cell = Box(left: x, top: y, right: x + minimum[index] + spare, bottom: y + height)
                if boxed { frame(cell, width: 0.5) }
                place([pairs[index].label], small, x: x + 3, baseline: y + small.size * 1.1)
                place(pairs[index].value, font, x: x + 3, baseline: y + small.lineHeight + font.size)
                x = cell.right
            }
            y += height
        }
    }

    private func boxedRows(_ pairs: [Pair], _ font: Font) {
        let labelWidth = (pairs.map { width([$0.label], font) }.max() ?? 0) + 10
        let valueWidth = (pairs.map { width($0.value, font) }.max() ?? 0) + 16
        let shade = style.chance("shaded labels", 0.6)
        let height = font.lineHeight + 3
        for pair in pairs {
            need(height)
            let label = Box(left: left, top: y, right: left + labelWidth, bottom: y + height)
            let value = Box(
                left: label.right, top: y, right: min(right, label.right + max(valueWidth, 120)), bottom: y + height)
            if shade { fill(label, .grey(0.9)) }
            frame(label, width: 0.5)
            frame(value, width: 0.5)
            place([pair.label], font, x: label.left + 4, baseline: y + font.size * 1.08)
            place(pair.value, font, x: value.left + 4, baseline: y + font.size * 1.08)
            y += height
        }
    }

    /// The labels as a table's head, the values in its only row; several such rows when they do not fit in one.
    private func headedRow(_ pairs: [Pair], _ font: Font) {
        var rest = pairs[...]
        while !rest.isEmpty {
            var row: [Pair] = []
            var used = 0.0
            while let pair = rest.first {
                let room = max(width([pair.label], font), width(pair.value, font)) + 14
                if used + room > width, !row.isEmpty { break }
                used += room
                row.append(rest.removeFirst())
            }
            let columns = row.map { TableColumn(head: [$0.label.text], align: .left) }
            table(TableContent(columns: columns, rows: [TableRow(row.map { TableCell($0.value) })]), font: font)
        }
    }

    /// Pairs one after the other on as few lines as they fit on: the heading of a claim.
    func banner(_ pairs: [Pair], font: Font, separator: String = "   ", shade: Ink? = nil) {
        var lines: [[Span]] = [[]]
        for pair in pairs {
            let spans = [pair.label, Span(" ")] + pair.value
            let line = lines[lines.count - 1]
            if !line.isEmpty, width(line + [Span(separator)] + spans, font) > width - 6 {
                lines.append(spans)
            } else {
                lines[lines.count - 1] += (line.isEmpty ? [] : [Span(separator)]) + spans
            }
        }
        let height = Double(lines.count) * font.lineHeight + 3
        need(height + font.lineHeight * 2)
        if let shade { fill(Box(left: left, top: y, right: right, bottom: y + height), shade) }
        for line in lines {
            y += font.lineHeight
            place(line, font, x: left + 3, baseline: y - font.size * 0.22)
        }
        y += 3
    }
}
