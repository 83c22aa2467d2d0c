import Documents

/// Amounts of a table whose point was not read, `11232` for `112.32`, `141:51`, `0:.00`.
///
/// Only where a number stands under and over amounts that have their points, and its line has no other amount there.
struct PointlessAmounts {
    private let lines: [Table.Line]
    private let cells: [TableCell]
    private static let neighbourCountMin = 2
    private static let digitCounts = 3...8

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
        func count(_ kind: TableCell.Kind) -> Int {
            cells.count {
                $0.kind == kind && $0.box.horizontalOverlap(cell.box) > 0.5 * min($0.box.width, cell.box.width)
            }
        }
        let amountCount = count(.money)
        return amountCount >= Self.neighbourCountMin && amountCount >= count(cell.kind)
    }

    private func amount(_ cell: TableCell) -> TableCell? {
        let signs = cell.text.drop { $0 == "$" }.filter { !".,:; ".contains($0) }
        let digits = ConfusedSigns.digits(for: signs.replacing("C", with: "0")) ?? signs
        guard Self.digitCounts.contains(digits.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            2 * signs.count(where: \.isNumber) > signs.count,
            let value = Money("\(digits.dropLast(2)).\(digits.suffix(2))")
        else { return nil }
        var cell = cell
        cell.kind = .money
        cell.value = value.description
        return cell
    }
}
