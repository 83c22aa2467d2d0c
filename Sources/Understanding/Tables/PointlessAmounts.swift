import Documents

/// Amounts of a table whose point was not read, `11232` for `112.32`, `141:51`, `0:.00`.
///
/// Only where amounts that have their points stand in its column, twice as many as all that has none, or one at least where
/// its line's other amounts come to it, and its line has no other amount there. Five digits, which may be a procedure code,
/// must be alone of their kind, on a line with its code, or come to what is told.
struct PointlessAmounts {
    private let lines: [Table.Line]
    private let cells: [TableCell]
    private static let neighbourCountMin = 2
    private static let digitCounts = 3...8
    private static let trust = 0.7
    /// Other amounts of a line that may tell one.
    private static let otherCounts = 2...12

    init(_ lines: [Table.Line]) {
        self.lines = lines
        cells = lines.flatMap(\.cells)
    }

    /// The lines with these numbers as the amounts that they are.
    func mended() -> [Table.Line] {
        lines.map { line in
            var line = line
            line.cells = line.cells.map { cell in
                guard mayBeAmount(cell, of: line), let amount = amount(cell),
                    isAmongAmounts(cell, of: line) || hasOtherCode(cell, on: line) && isTold(amount, by: line)
                else { return cell }
                return amount
            }
            return line
        }
    }

    private func mayBeAmount(_ cell: TableCell, of line: Table.Line) -> Bool {
        cell.tokens.count == 1 && [.count, .code, .identifier, .words].contains(cell.kind)
            && !line.cells.contains { $0.kind == .money && $0.box.horizontalOverlap(cell.box) > 0 }
    }

    /// Whether a cell that looks like a procedure code is not the line's only one.
    private func hasOtherCode(_ cell: TableCell, on line: Table.Line) -> Bool {
        cell.kind != .code || line.cells.count { $0.kind == .code } > 1
    }

    /// The cells of a cell's column.
    private func column(of cell: TableCell) -> [TableCell] {
        cells.filter { $0.box.horizontalOverlap(cell.box) > 0.5 * min($0.box.width, cell.box.width) }
    }

    /// Whether an amount, in a column that has amounts, is one of its line's others, or one less one or two of them.
    private func isTold(_ amount: TableCell, by line: Table.Line) -> Bool {
        let others = line.cells.filter { $0.kind == .money }.compactMap { Money($0.value) }.filter { $0 != .zero }
        guard Self.otherCounts.contains(others.count), let value = Money(amount.value), value != .zero,
            column(of: amount).contains(where: { $0.kind == .money && $0.tokens != amount.tokens })
        else { return false }
        let places = others.indices
        return places.contains { whole in
            let rest = others[whole] - value
            return rest == .zero
                || places.contains { first in
                    first != whole
                        && (others[first] == rest
                            || places.contains {
                                $0 != whole && $0 != first && others[$0] + others[first] == rest
                            })
                }
        }
    }

    private func isAmongAmounts(_ cell: TableCell, of line: Table.Line) -> Bool {
        let column = column(of: cell)
        let amountCount = column.count { $0.kind == .money }
        // The cell itself is one of them.
        let otherCount = column.count - amountCount
        guard amountCount >= Self.neighbourCountMin, amountCount >= 2 * otherCount else { return false }
        return cell.kind != .code || otherCount == 1 && hasOtherCode(cell, on: line)
    }

    private func amount(_ cell: TableCell) -> TableCell? {
        // A comma or point before three digits parts thousands: whole dollars, which miss no point.
        guard
            cell.text.split(omittingEmptySubsequences: false, whereSeparator: { ",.".contains($0) })
                .dropFirst().last?.count != 3
        else { return nil }
        let signs = cell.text.drop { $0 == "$" }.filter { !".,:; ".contains($0) }
        let digits = ConfusedSigns.amount(for: signs) ?? signs
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
