import Documents

/// One box of a form.
enum FormCell: Sendable {
    /// A label and what was filled in; empty when nothing was, and both where nothing is asked. `weight` is its share of the row.
    case field(label: String, value: [Span], weight: Double)
    /// One or several options to tick; the label may be empty.
    case choices(label: String, options: [FormOption], weight: Double)
    /// A line to sign on, signed or not; its label is printed for it.
    case signature(label: String, tag: Tag?, signed: Bool, signer: String, weight: Double)

    var weight: Double {
        switch self {
        case .field(_, _, let weight), .choices(_, _, let weight), .signature(_, _, _, _, let weight): weight
        }
    }

    var hasLabel: Bool {
        switch self {
        case .field(let label, _, _), .choices(let label, _, _), .signature(let label, _, _, _, _): !label.isEmpty
        }
    }

    /// The cell with another share of its row.
    func weighing(_ weight: Double) -> FormCell {
        switch self {
        case .field(let label, let value, _): .field(label: label, value: value, weight: weight)
        case .choices(let label, let options, _): .choices(label: label, options: options, weight: weight)
        case .signature(let label, let tag, let signed, let signer, _):
            .signature(label: label, tag: tag, signed: signed, signer: signer, weight: weight)
        }
    }
}

/// An option beside its checkbox; ticked, it is the value of `tag`.
struct FormOption: Sendable {
    var label: String
    var checked: Bool
    var tag: Tag?

    init(label: String, checked: Bool, tag: Tag? = nil) {
        self.label = label
        self.checked = checked
        self.tag = tag
    }
}

/// How a family draws its forms.
enum FormLook: String, CaseIterable, Sendable {
    case labelInBox, labelOnLine, labelLeftBox, combs
}

extension Composer {
    /// The headings of sections that stand side by side, each over its share of the width.
    func sectionHeads(_ texts: [String]) {
        need(sectionFont.lineHeight * 4)
        let (start, end, top) = (left, right, y)
        let share = width / Double(texts.count)
        var bottom = y
        for (index, text) in texts.enumerated() {
            (left, right, y) = (start + share * Double(index), start + share * Double(index + 1), top)
            sectionHead(text)
            bottom = max(bottom, y)
        }
        (left, right, y) = (start, end, bottom)
    }

    private var sectionFont: Font { body.bold.sized(style.number("section head size", 0.9...1.4)) }

    /// The heading of a form's section.
    func sectionHead(_ text: String) {
        let font = sectionFont
        need(font.lineHeight * 4)
        let isCentred = style.chance("section heads centred", 0.35)
        let room = (right - left - measure.width(style.cased(text), font)) / 2
        let x = left + (isCentred ? max(4, room) : 4)
        switch style.pick("section head", [0, 1, 2, 3]) {
        case 0:
            fill(Box(left: left, top: y, right: right, bottom: y + font.lineHeight + 3), style.accent)
            place([Span(style.cased(text))], font, x: x, baseline: y + font.size * 1.12, ink: .white)
            y += font.lineHeight + 3
        case 1:
            let box = Box(left: left, top: y, right: right, bottom: y + font.lineHeight + 3)
            fill(box, .grey(0.87))
            frame(box, width: 0.6)
            place([Span(style.cased(text))], font, x: x, baseline: y + font.size * 1.12)
            y += font.lineHeight + 3
        case 2:
            y += 4
            print([Span(style.cased(text))], font, align: isCentred ? .centre : .left)
            rule(width: 1)
        default:
            y += 5
            print([Span(text.uppercased())], font, align: isCentred ? .centre : .left)
        }
    }

    /// Rows of boxes at the cursor.
    ///
    /// With `numbering` each box that has a label is numbered, from the number on.
    func form(_ rows: [[FormCell]], look: FormLook, numbering: inout Int?) {
        for row in rows {
            let total = row.reduce(0) { $0 + $1.weight }
            let height = row.map { self.height($0, look, room: width * $0.weight / total) }.max() ?? 0
            need(height)
            var x = left
            for cell in row {
                let room = width * cell.weight / total
                let box = Box(left: x, top: y, right: x + room, bottom: y + height)
                let number = cell.hasLabel ? numbering : nil
                draw(cell, in: box, look, numbered: number.map { "\($0). " } ?? "")
                if let number { numbering = number + 1 }
                x += room
            }
            y += height
        }
        y += look == .labelOnLine ? 6 : 4
    }

    private func height(_ cell: FormCell, _ look: FormLook, room: Double) -> Double {
        let air = style.number("air in a box", 0...9)
        let one = (look == .labelOnLine ? body.lineHeight + 5 : body.lineHeight + style.small.lineHeight + 3) + air
        switch cell {
        case .field: return look == .labelLeftBox ? body.lineHeight + 5 + air : one
        case .choices(_, let options, _):
            let lines = optionLines(options, room: room - 8).count
            let label = look == .labelLeftBox || look == .labelOnLine ? body.lineHeight : style.small.lineHeight
            return label + Double(lines) * (body.lineHeight + 1) + 4
        case .signature: return one + 8
        }
    }

    private func draw(_ cell: FormCell, in box: Box, _ look: FormLook, numbered: String) {
        if look != .labelOnLine { frame(box, width: 0.5) }
        switch cell {
        case .field(let label, let value, _):
            field(numbered + label, value.map { $0.filledIn() }, in: box, look)
        case .choices(let label, let options, _):
            choices(numbered + label, options, in: box, look)
        case .signature(let label, let tag, let signed, let signer, _):
            signature(numbered + label, tag, signed: signed, signer: signer, in: box, boxed: look != .labelOnLine)
        }
    }

    private func field(_ label: String, _ value: [Span], in box: Box, _ look: FormLook) {
        switch look {
        case .labelInBox, .combs:
            place([Span(label)], style.small.sized(0.86), x: box.left + 2.5, baseline: box.top + style.small.size)
            let baseline = box.bottom - body.size * 0.4
            let font = fitting(value, room: box.width - 7)
            if look == .combs, let text = comb(value) {
                combed(value, text, in: box, baseline: baseline)
            } else {
                place(value, font, x: box.left + 5, baseline: baseline)
            }
        case .labelLeftBox, .labelOnLine:
            let baseline = box.bottom - body.size * 0.45
            guard !(label.isEmpty && value.isEmpty) else { return }
            let text = label.isEmpty ? Span("") : style.ended(label)
            let font = fitting([text, Span("  ")] + value, room: box.width - 8)
            let end = place([text], font, x: box.left + 2, baseline: baseline)
            if look == .labelOnLine {
                line(end + 2, baseline + 2, box.right - 6, baseline + 2, width: 0.5)
            }
            place(value, font, x: end + 5, baseline: baseline)
        }
    }

    /// The body's font, smaller where the text would not fit.
    private func fitting(_ spans: [Span], room: Double) -> Font {
        var font = body
        while width(spans, font) > room, font.size > 4.5 { font = font.sized(0.94) }
        return font
    }

    /// The characters of a comb: only numbers without spaces are written one to a box.
    private func comb(_ value: [Span]) -> [Character]? {
        guard value.count == 1, let span = value.first, (6...14).contains(span.text.count),
            span.text.allSatisfy({ $0.isNumber || $0.isUppercase })
        else { return nil }
        return Array(span.text)
    }

    private func combed(_ value: [Span], _ text: [Character], in box: Box, baseline: Double) {
        let font = self.font(body, for: value[0])
        let tooth = min(font.size * 0.92, (box.width - 8) / Double(text.count))
        let top = baseline - font.size
        let combs = Box(
            left: box.left + 4, top: top, right: box.left + 4 + tooth * Double(text.count), bottom: box.bottom - 1)
        frame(combs, width: 0.3, ink: .grey(0.5))
        for index in text.indices.dropFirst() {
            let x = combs.left + tooth * Double(index)
            line(x, combs.bottom - 4, x, combs.bottom, width: 0.3, ink: .grey(0.5))
        }
        placeSpaced(value[0], text, font, x: combs.left, step: tooth, baseline: baseline)
    }

    /// Prints one word with its characters set at a fixed step.
    private func placeSpaced(
        _ span: Span, _ text: [Character], _ font: Font, x: Double, step: Double, baseline: Double
    ) {
        for (index, character) in text.enumerated() {
            let advance = measure.glyph(character, font.face).advance * font.size
            let start = x + step * Double(index) + (step - advance) / 2
            draw(.text(String(character), font, x: start, baseline: baseline, style.filledInk))
        }
        noteWord(
            span,
            box: Box(
                left: x, top: baseline - font.size * 0.72, right: x + step * Double(text.count), bottom: baseline))
    }

    private func optionLines(_ options: [FormOption], room: Double) -> [[FormOption]] {
        var lines: [[FormOption]] = [[]]
        var used = 0.0
        for option in options {
            let wide = optionWidth(option)
            if used + wide > room, used > 0 {
                lines.append([])
                used = 0
            }
            lines[lines.count - 1].append(option)
            used += wide
        }
        return lines
    }

    private func optionWidth(_ option: FormOption) -> Double {
        measure.width(option.label, body) + body.size * 2.4
    }

    private func choices(_ label: String, _ options: [FormOption], in box: Box, _ look: FormLook) {
        let inside = look == .labelInBox || look == .combs
        let font = inside ? style.small.sized(0.86) : body
        var baseline = box.top + body.size * 1.2
        if !label.isEmpty {
            place(
                [inside ? Span(label) : style.ended(label)], font, x: box.left + 2.5,
                baseline: box.top + font.size * 1.1)
            baseline = box.top + font.lineHeight + body.size
        }
        for line in optionLines(options, room: box.width - 8) {
            var x = box.left + 5
            for option in line {
                place(option, x: x, baseline: baseline)
                x += optionWidth(option)
            }
            baseline += body.lineHeight + 1
        }
    }

    /// A checkbox with its words; a ticked one is noted as the value of its tag.
    func place(_ option: FormOption, x: Double, baseline: Double) {
        let side = body.size * 0.78
        let square = Box(left: x, top: baseline - side, right: x + side, bottom: baseline)
        tick(square, checked: option.checked)
        let start = square.right + body.size * 0.35
        let end = place([Span(option.label)], body, x: start, baseline: baseline)
        if option.checked, let tag = option.tag {
            note(
                tag, text: option.label,
                box: square.union(Box(left: start, top: square.top, right: end, bottom: baseline)))
        }
    }

    private func tick(_ square: Box, checked: Bool) {
        frame(square, width: 0.7)
        noteCheckbox(square, checked: checked)
        guard checked else { return }
        let ink = style.filledInk
        switch style.pick("tick", [0, 1, 2]) {
        case 0:
            line(square.left + 1, square.top + 1, square.right - 1, square.bottom - 1, width: 1.1, ink: ink)
            line(square.right - 1, square.top + 1, square.left + 1, square.bottom - 1, width: 1.1, ink: ink)
        case 1:
            draw(
                .scribble(
                    [
                        .init(x: square.left + 1, y: square.midY), .init(x: square.midX - 0.5, y: square.bottom - 1),
                        .init(x: square.right + 2, y: square.top - 2),
                    ], width: 1.2, ink))
        default: fill(square.grown(by: -1.4), ink)
        }
    }

    private func signature(
        _ label: String, _ tag: Tag?, signed: Bool, signer: String, in box: Box, boxed: Bool
    ) {
        let font = style.small
        let lineY = boxed ? box.bottom - 4 : box.bottom - font.lineHeight
        let start = box.left + 3
        let area = Box(left: start, top: box.top + (boxed ? font.lineHeight : 2), right: box.right - 10, bottom: lineY)
        let baseline = boxed ? box.top + font.size : lineY + font.size
        place([Span(label)], font, x: start, baseline: baseline)
        if !boxed { line(start, lineY, box.right - 10, lineY, width: 0.6) }
        if signed { sign(signer, in: area) }
        if let tag { note(tag, text: label, box: area) }
    }

    /// A signature: a pen's stroke, or the name in a script face.
    func sign(_ signer: String, in area: Box) {
        if style.chance("typed signature", 0.25) {
            place(
                [Span(signer)], Font("Z003", min(area.height * 0.9, 17)), x: area.left + 6, baseline: area.bottom - 3,
                ink: style.filledInk)
            return
        }
        var x = area.left + dice.double(4...16)
        let reach = min(area.width - 24, dice.double(60...130))
        let end = x + reach
        var points: [Mark.Point] = []
        while x < end {
            let high = dice.chance(0.25) || points.isEmpty
            let up = area.height * dice.double(high ? 0.7...1.1 : 0.25...0.55)
            points.append(.init(x: x, y: area.bottom - 2 - up))
            points.append(.init(x: x + dice.double(-3...5), y: area.bottom - dice.double(-2...5)))
            x += dice.double(4...11)
        }
        draw(.scribble(points, width: dice.double(0.9...1.7), style.filledInk))
    }
}
