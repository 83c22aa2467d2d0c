import Documents

/// Finds squares to tick on the ink of a page.
///
/// A square is looked for from its upper or lower wall, not from its outline: a tick or cross that leaves the square hides
/// at most one of them, and the square is then found from the other. What is drawn inside and around it says its state.
struct CheckboxFinder {
    private let ink: InkMap
    private let pen: InkMap
    private let closed: InkMap?
    private let dpi: Double

    /// Sides of a checkbox in inches, its walls included.
    private static let sides = 0.103...0.28
    /// The share of a wall that must be ink: of an upper or lower one, and of those at the sides.
    private static let wallShareMin = 0.75
    private static let sideWallShareMin = 0.72
    /// How far a square may be from square.
    private static let slack = 0.2

    /// - Parameters:
    ///   - ink: the page's ink.
    ///   - pen: the same without long rules.
    ///   - closed: the ink with small gaps closed.
    init(ink: InkMap, pen: InkMap, closed: InkMap?, dpi: Double) {
        (self.ink, self.pen, self.closed, self.dpi) = (ink, pen, closed, dpi)
    }

    /// The checkboxes of a page, in the pixels of its frame.
    ///
    /// - Parameters:
    ///   - scale: pixels of the page frame for each pixel of the ink.
    ///   - words: what was read on the page; a square inside a plain word is one of its letters.
    func checkboxes(scale: Double, words: [Word]) -> [Checkbox] {
        let letters = words.filter { word in
            let letterCount = word.text.filter { $0.isLetter || $0.isNumber }.count
            return word.confidence > 0.6 && letterCount >= 2 && letterCount * 2 > word.text.count
                && !word.text.contains(where: "[]|_\u{25A1}\u{2610}\u{2751}".contains)
        }
        return marks().compactMap { mark in
            let box = mark.square.box.scaled(scale)
            guard !mark.isSnug || !letters.contains(where: { $0.box.holds(box) }) else { return nil }
            let (state, probability) = mark.state
            return Checkbox(box: box, state: state, confidence: Confidence(probability))
        }
    }

    /// The squares of the page with what is drawn on them.
    func marks() -> [CheckboxMark] { squares().map { CheckboxMark($0, ink: ink, pen: pen) } }

    /// The squares of the ink as it is, and those of which only ink with its gaps closed shows the walls.
    private func squares() -> [InkBox] {
        let clear = squares(beside: [])
        guard let closed else { return clear }
        return CheckboxFinder(ink: closed, pen: pen, closed: nil, dpi: dpi).squares(beside: clear)
    }

    private func squares(beside known: [InkBox]) -> [InkBox] {
        let lengths = Int(CheckboxFinder.sides.lowerBound * dpi)...Int(CheckboxFinder.sides.upperBound * dpi + 4)
        var found = known
        for y in 0..<ink.height {
            for run in ink.runs(in: y, lengths: lengths) {
                guard !found.contains(where: { $0.columns.overlaps(run) && $0.top - 3 <= y && y <= $0.bottom + 3 })
                else {
                    continue
                }
                let isTop = ink.rowShare(y - 1, run) < 0.5
                let isBottom = ink.rowShare(y + 1, run) < 0.5
                if let square = isTop ? square(from: run, wall: y, down: true) : nil { found.append(square) }
                if let square = isBottom ? square(from: run, wall: y, down: false) : nil,
                    !found.contains(where: { $0.columns.overlaps(square.columns) && $0.rows.overlaps(square.rows) })
                {
                    found.append(square)
                }
            }
        }
        return found
    }

    /// The square of which `run` in row `wall` is the outer edge of the upper (`down`) or lower wall.
    ///
    /// A pen that crosses a corner lengthens the run, so that the walls at the sides may stand a little inside it.
    private func square(from run: Range<Int>, wall: Int, down: Bool) -> InkBox? {
        let reach = max(2, run.count / 5)
        let least = Int(Double(run.count) * (1 - CheckboxFinder.slack))
        let most = Int((Double(run.count) * (1 + CheckboxFinder.slack)).rounded(.up))
        let heights = (least...most).sorted { abs($0 - run.count) < abs($1 - run.count) }
        for (height, isClear) in heights.map({ ($0, true) }) + heights.map({ ($0, false) }) {
            let rows = down ? wall..<wall + height : wall - height + 1..<wall + 1
            let opposite = down ? rows.upperBound - 1 : rows.lowerBound
            let outside = down ? opposite + 1 : opposite - 1
            // A ring may lie so close that the wall has no clear outer edge.
            guard ink.rowShare(opposite, run) >= CheckboxFinder.wallShareMin,
                !isClear || ink.rowShare(outside, run) < 0.6
            else { continue }
            guard let left = (run.lowerBound - 1..<run.lowerBound + reach).first(where: { isSideWall($0, rows) }),
                let right = (run.upperBound - reach..<run.upperBound + 1).last(where: { isSideWall($0, rows) }),
                right > left
            else { continue }
            let box = InkBox(left: left, top: rows.lowerBound, right: right + 1, bottom: rows.upperBound)
            guard isSquare(box), hasCorners(box), !isCell(box) else { continue }
            return box
        }
        return nil
    }

    private func isSideWall(_ x: Int, _ rows: Range<Int>) -> Bool {
        ink.columnShare(x, rows) >= CheckboxFinder.sideWallShareMin
    }

    private func isSquare(_ box: InkBox) -> Bool {
        let (wide, high) = (Double(box.width), Double(box.height))
        return CheckboxFinder.sides.contains(wide / dpi) && CheckboxFinder.sides.contains(high / dpi)
            && abs(wide - high) <= max(2, CheckboxFinder.slack * max(wide, high))
    }

    /// Whether walls reach each corner from both sides, as they do not in round letters.
    private func hasCorners(_ box: InkBox) -> Bool {
        let length = max(3, box.width / 5)
        let lines = (left: box.left..<box.left + length, right: box.right - length..<box.right)
        let stacks = (top: box.top..<box.top + length, bottom: box.bottom - length..<box.bottom)
        func hasRow(_ rows: Range<Int>, _ columns: Range<Int>) -> Bool {
            rows.contains { ink.rowShare($0, columns) >= 0.6 }
        }
        func hasColumn(_ columns: Range<Int>, _ rows: Range<Int>) -> Bool {
            columns.contains { ink.columnShare($0, rows) >= 0.6 }
        }
        let (above, below) = (box.top - 1..<box.top + 2, box.bottom - 2..<box.bottom + 1)
        let (before, behind) = (box.left - 1..<box.left + 2, box.right - 2..<box.right + 1)
        return hasRow(above, lines.left) && hasRow(above, lines.right) && hasRow(below, lines.left)
            && hasRow(below, lines.right) && hasColumn(before, stacks.top) && hasColumn(before, stacks.bottom)
            && hasColumn(behind, stacks.top) && hasColumn(behind, stacks.bottom)
    }

    /// Whether opposite walls both go on beyond the same corner pair: a cell of a table or a comb.
    private func isCell(_ box: InkBox) -> Bool {
        let length = max(4, box.width * 2 / 5)
        let depth = max(2, box.width / 8)
        func rowGoesOn(_ rows: Range<Int>, _ columns: Range<Int>) -> Bool {
            rows.contains { ink.rowShare($0, columns) >= 0.9 }
        }
        func columnGoesOn(_ columns: Range<Int>, _ rows: Range<Int>) -> Bool {
            columns.contains { ink.columnShare($0, rows) >= 0.9 }
        }
        let beside = [box.left - length - 1..<box.left - 1, box.right + 1..<box.right + 1 + length]
        let beyond = [box.top - length - 1..<box.top - 1, box.bottom + 1..<box.bottom + 1 + length]
        return beside.contains { columns in
            rowGoesOn(box.top - 1..<box.top + depth, columns) && rowGoesOn(box.bottom - depth..<box.bottom + 1, columns)
        }
            || beyond.contains { rows in
                columnGoesOn(box.left - 1..<box.left + depth, rows)
                    && columnGoesOn(box.right - depth..<box.right + 1, rows)
            }
    }
}

extension InkBox {
    var box: Box { Box(left: Double(left), top: Double(top), right: Double(right), bottom: Double(bottom)) }
}
