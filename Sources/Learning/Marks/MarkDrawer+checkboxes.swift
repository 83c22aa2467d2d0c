import Documents
import Foundation

/// How the squares of one group look, and how they are marked.
private struct BoxManner {
    let side: Double
    let wall: Double
    let ink: Ink
    let pen: Ink
    let penWidth: Double
    /// Marked by a machine, not by hand.
    let isTyped: Bool

    init(_ drawer: inout MarkDrawer) {
        side = drawer.dice.double(9...16)
        wall = drawer.dice.chance(0.5) ? drawer.dice.double(0.45...0.9) : drawer.dice.double(0.9...2.2)
        ink = drawer.dice.pick([.black, .black, .grey(0.2), .grey(0.35)])
        isTyped = drawer.dice.chance(0.35)
        pen = drawer.penInk()
        penWidth = drawer.dice.double(0.8...1.9)
    }
}

extension MarkDrawer {
    /// Groups of squares among text and tables, and much that looks like squares and is none.
    mutating func drawCheckboxes() {
        composer.print([Span(phrase(), bold: true)], composer.body.sized(dice.double(1...1.6)))
        composer.gap(dice.double(4...14))
        while composer.y < composer.pageHeight - 110 {
            switch dice.pick(weighted: [(0, 0.3), (1, 0.2), (2, 0.2), (3, 0.08), (4, 0.08), (5, 0.07), (6, 0.07)]) {
            case 0: inlineGroup()
            case 1: listGroup()
            case 2: tableGroup()
            case 3: squareCells()
            case 4: squareLetters()
            case 5: frames()
            default: composer.paragraph(sentence())
            }
            composer.gap(dice.double(3...12))
        }
    }

    private mutating func inlineGroup() {
        let manner = BoxManner(&self)
        let height = max(manner.side, composer.body.lineHeight) + dice.double(2...8)
        composer.print(phrase())
        var x = composer.left + dice.double(0...30)
        let isRight = dice.chance(0.2)
        for _ in 0..<dice.int(2...5) {
            let label = phrase()
            let wide = composer.measure.width(label, composer.body) + manner.side + dice.double(14...40)
            guard x + wide < composer.right else { break }
            let baseline = composer.y + height - 5
            let gap = dice.double(2.5...7)
            let top = baseline - manner.side + dice.double(0...max(0.5, manner.side - 8))
            if isRight {
                let end = composer.place([Span(label)], composer.body, x: x, baseline: baseline)
                square(left: end + gap, top: top, manner)
            } else {
                square(left: x, top: top, manner)
                composer.place([Span(label)], composer.body, x: x + manner.side + gap, baseline: baseline)
            }
            x += wide
        }
        composer.y += height + 4
    }

    private mutating func listGroup() {
        let manner = BoxManner(&self)
        let step = max(manner.side + dice.double(3...10), composer.body.lineHeight)
        let indent = composer.left + dice.double(0...60)
        for _ in 0..<dice.int(2...6) {
            square(left: indent + noise(0.3), top: composer.y + (step - manner.side) / 2, manner)
            composer.place(
                [Span(phrase())], composer.body, x: indent + manner.side + dice.double(3...8),
                baseline: composer.y + step / 2 + composer.body.size * 0.35)
            composer.y += step
        }
    }

    /// Questions in rows, a square in the cell of each answer.
    private mutating func tableGroup() {
        let manner = BoxManner(&self)
        let rows = dice.int(2...5)
        let answers = dice.int(2...4)
        let height = manner.side + dice.double(5...12)
        let cell = dice.double(max(30, manner.side + 12)...60)
        let labels = composer.width - cell * Double(answers)
        let rule = dice.double(0.3...1)
        for row in 0...rows {
            let y = composer.y + Double(row) * height
            composer.line(composer.left, y, composer.right, y, width: rule)
        }
        let bottom = composer.y + Double(rows) * height
        for column in 0...answers {
            let x = composer.left + labels + Double(column) * cell
            composer.line(x, composer.y, x, bottom, width: rule)
        }
        for row in 0..<rows {
            let top = composer.y + Double(row) * height
            composer.place(
                [Span(String(phrase().prefix(40)))], composer.body, x: composer.left + 4,
                baseline: top + height / 2 + 3)
            for column in 0..<answers {
                let x = composer.left + labels + Double(column) * cell + (cell - manner.side) / 2
                square(left: x, top: top + (height - manner.side) / 2, manner)
            }
        }
        composer.y = bottom
    }

    /// Cells as square as checkboxes, some with a character: a grid of dates, a comb.
    private mutating func squareCells() {
        let side = dice.double(9...20)
        let columns = dice.int(4...16)
        let rows = dice.chance(0.6) ? 1 : dice.int(2...4)
        let width = dice.double(0.4...1.2)
        let left = composer.left + dice.double(0...80)
        for row in 0...rows {
            let y = composer.y + Double(row) * side
            composer.line(left, y, left + side * Double(columns), y, width: width)
        }
        for column in 0...columns {
            let x = left + side * Double(column)
            composer.line(x, composer.y, x, composer.y + side * Double(rows), width: width)
        }
        for row in 0..<rows {
            for column in 0..<columns where dice.chance(0.5) {
                let text = String(dice.pick(Array("0123456789ABDOQXHL")))
                composer.place(
                    [Span(text)], composer.body.sized(side * 0.7 / composer.body.size),
                    x: left + side * (Double(column) + 0.25), baseline: composer.y + side * (Double(row) + 0.78))
            }
        }
        composer.y += side * Double(rows)
    }

    private mutating func squareLetters() {
        let text = (0..<dice.int(3...7)).map { _ in
            String((0..<dice.int(1...6)).map { _ in dice.pick(Array("OD0QB8HUNMECG6")) })
        }
        composer.print(
            [Span(text.joined(separator: " "), bold: dice.chance(0.5))],
            Font(dice.pick(["Liberation Sans", "DejaVu Sans", "FreeMono", "Liberation Mono"]), dice.double(9...18)))
    }

    /// Frames too large or too long to tick, and small bullets.
    private mutating func frames() {
        var x = composer.left
        for _ in 0..<dice.int(2...5) {
            let wide = dice.double(30...90)
            let height = dice.double(8...26)
            composer.frame(
                Box(left: x, top: composer.y, right: x + wide, bottom: composer.y + height),
                width: dice.double(0.4...1.5))
            x += wide + dice.double(0...20)
        }
        composer.y += 32
        let bullet = dice.double(2...4.5)
        composer.fill(
            Box(left: composer.left, top: composer.y, right: composer.left + bullet, bottom: composer.y + bullet),
            .black)
        composer.place([Span(phrase())], composer.body, x: composer.left + 10, baseline: composer.y + 5)
        composer.y += 12
    }

    private mutating func square(left: Double, top: Double, _ manner: BoxManner) {
        let box = Box(left: left, top: top, right: left + manner.side, bottom: top + manner.side)
        let state = dice.pick(weighted: [
            (Checkbox.State.empty, 0.28), (.crossed, 0.18), (.ticked, 0.18), (.filled, 0.18), (.circled, 0.18),
        ])
        composer.frame(box, width: manner.wall, ink: manner.ink)
        checkboxes.append(Checkbox(box: box, state: state, confidence: 1.0))
        switch state {
        case .empty: break
        case .crossed: cross(box, manner)
        case .ticked: tick(box, manner)
        case .filled: fill(box, manner)
        case .circled: ring(box, manner)
        }
    }

    private mutating func cross(_ box: Box, _ manner: BoxManner) {
        let out = manner.isTyped ? -manner.wall - dice.double(0.3...1.5) : dice.double(-2...3)
        let waver = manner.isTyped ? 0 : 1.2
        let frame = box.grown(by: out)
        for isFalling in [true, false] {
            let (from, to) =
                isFalling
                ? ((frame.left, frame.top), (frame.right, frame.bottom))
                : ((frame.right, frame.top), (frame.left, frame.bottom))
            let start = Mark.Point(x: from.0 + noise(waver), y: from.1 + noise(waver))
            let end = Mark.Point(x: to.0 + noise(waver), y: to.1 + noise(waver))
            let middle = Mark.Point(
                x: (start.x + end.x) / 2 + noise(waver * 0.6), y: (start.y + end.y) / 2 + noise(waver * 0.6))
            composer.draw(.scribble([start, middle, end], width: manner.penWidth, manner.pen))
        }
    }

    private mutating func tick(_ box: Box, _ manner: BoxManner) {
        let reach = manner.isTyped ? -1.5 : dice.double(-1...5)
        let waver = manner.isTyped ? 0.4 : 1
        composer.draw(
            .scribble(
                [
                    .init(x: box.left + box.width * 0.18 + noise(waver), y: box.midY + noise(waver)),
                    .init(
                        x: box.left + box.width * 0.42 + noise(waver),
                        y: box.bottom - (manner.isTyped ? 2 : dice.double(-0.5...2.5))),
                    .init(x: box.right + reach, y: box.top - reach + noise(waver)),
                ], width: manner.penWidth, manner.pen))
    }

    private mutating func fill(_ box: Box, _ manner: BoxManner) {
        guard !manner.isTyped else {
            return composer.fill(box.grown(by: -dice.double(0...max(0.5, manner.side * 0.2))), manner.pen)
        }
        // A pen goes to and fro until little white is left.
        var points: [Mark.Point] = []
        var y = box.top + 1
        while y < box.bottom - 0.5 {
            points.append(.init(x: box.left + 1 + noise(1), y: y + noise(0.4)))
            points.append(.init(x: box.right - 1 + noise(1), y: y + noise(0.4)))
            y += manner.penWidth * dice.double(0.7...1.5)
        }
        composer.draw(.scribble(points, width: manner.penWidth, manner.pen))
    }

    private mutating func ring(_ box: Box, _ manner: BoxManner) {
        let reach = dice.double(0.72...1.15) * manner.side
        let wide = reach * dice.double(0.95...1.4)
        let middle = Mark.Point(x: box.midX + noise(1.2), y: box.midY + noise(1.2))
        let start = dice.double(0...(2 * Double.pi))
        let count = dice.int(9...14)
        let points = (0...count).map { step in
            let angle = start + 2 * Double.pi * dice.double(1...1.05) * Double(step) / Double(count)
            return Mark.Point(
                x: middle.x + wide * cos(angle) + noise(0.7), y: middle.y + reach * sin(angle) + noise(0.7))
        }
        composer.draw(.scribble(points, width: manner.penWidth, manner.pen))
    }
}
