import Documents

/// Amounts of a table whose point was not read, `11232` for `112.32`, `141:51`, `0:.00`.
///
/// Only where amounts that have their points stand in its column, twice as many as all that has none, and its line has no
/// other amount there. Five digits, which may be a procedure code, must be alone of their kind, on a line with its code.
struct PointlessAmounts {
    private let lines: [Table.Line]
    private let cells: [TableCell]
    private static let neighbourCountMin = 2
    private static let digitCounts = 3...8
    private static let trust = 0.7

    init(_ lines: [Table.Line]) {
        self.lines = lines
        cells = lines.flatMap(\.cells)
    }

    /// The lines with these numbers as the amounts that they are.
    func mended() -> [Table.Line] {
        lines.map { line in
            var line = line
            line.cells = line.cells.map { cell in isAmongAmounts(cell, of: line) ? amount(cell) ?? cell : cell }
            return line
        }
    }

    private func isAmongAmounts(_ cell: TableCell, of line: Table.Line) -> Bool {
        guard cell.tokens.count == 1, [.count, .code, .identifier, .words].contains(cell.kind),
            !line.cells.contains(where: { $0.kind == .money && $0.box.horizontalOverlap(cell.box) > 0 })
        else { return false }
        let column = cells.filter {
            $0.box.horizontalOverlap(cell.box) > 0.5 * min($0.box.width, cell.box.width)
        }
        let amountCount = column.count { $0.kind == .money }
        // The cell itself is one of them.
        let otherCount = column.count - amountCount
        guard amountCount >= Self.neighbourCountMin, amountCount >= 2 * otherCount else { return false }
        return cell.kind != .code || otherCount == 1 && line.cells.count { $0.kind == .code } > 1
    }

    private func amount(_ cell: TableCell) -> TableCell? {
        // A comma or point before three digits parts thousands: whole dollars, which miss no point.
        guard
            cell.text.split(omittingEmptySubsequences: false, whereSeparator: { ",.".contains($0) })
                .dropFirst().last?.count != 3
        else { return nil }
        let signs = cell.text.drop { $0 == "$" }.filter { !".,:; ".contains($0) }
        let digits = ConfusedSigns.digits(for: signs.replacing("C", with: "0")) ?? signs
        guard Self.digitCounts.contains(digits.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            2 * signs.count(where: \.isNumber) > signs.count,
            let value = Money("\(digits.dropLast(2)).\(digits.suffix(2))")
        else { return nil }
        var cell = cell
        cell.kind = .money
        cell.value = value.description
        cell.alternatives = [Money("\(digits).00")].compactMap { $0?.description }
        cell.confidence *= Self.trust
        return cell
    }
}
