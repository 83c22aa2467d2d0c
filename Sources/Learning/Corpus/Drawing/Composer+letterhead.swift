import Documents

/// Who a paper comes from, as its head says.
struct Sender: Sendable {
    var name: [Span]
    var address: Address
    var phone: String
    var web: String
}

extension Composer {
    /// The head of a letter or form: a mark, the sender's name, the address, in one of six arrangements, or the name beside a
    /// notice.
    func letterhead(_ sender: Sender, notice: [Span] = []) {
        let name = sender.name.map { style.chance("sender in capitals", 0.25) ? $0.uppercased() : $0 }
        let font = Font(
            style.headFamily, (style.number("sender size", 12...20) * 10).rounded() / 10,
            bold: style.chance("bold sender", 0.75))
        guard notice.isEmpty else { return head(name, font, beside: notice) }
        let lines = contactLines(sender)
        let small = style.small
        let top = y
        switch style.pick("letterhead", [0, 1, 2, 3, 4, 5]) {
        case 0:
            logo(x: left, y: y, size: 34)
            fitted(name, font, x: left + 42, room: width - 42)
            for text in lines.prefix(2) { place([Span(text)], small, x: left + 42, baseline: advance(small)) }
            y = max(y, top + 38)
        case 1:
            print(name, fitting(name, font, width), align: .centre, ink: style.accent)
            for text in lines { print([Span(text)], small, align: .centre) }
        case 2:
            fitted(name, font, x: left, room: width * 0.6)
            let under = y
            y = top
            for text in lines { print([Span(text)], small, align: .right) }
            y = max(y, under)
        case 3:
            let small = style.body.sized(0.9)
            print(name, fitting(name, small.bold, width), ink: style.accent)
            for text in lines { print([Span(text)], small) }
        case 4:
            let bar = Box(left: left, top: y, right: right, bottom: y + font.size * 1.7)
            fill(bar, style.accent == .black ? .grey(0.2) : style.accent)
            let fit = fitting(name, font, width - 16)
            place(name, fit, x: left + 8, baseline: y + font.size * 1.2, ink: .white)
            y = bar.bottom + 2
            print([Span(lines.joined(separator: "  |  "))], small.sized(0.92))
        default:
            logo(x: right - 34, y: y, size: 34)
            fitted(name, font, x: left, room: width - 42)
            for text in lines.prefix(3) { place([Span(text)], small, x: left, baseline: advance(small)) }
            y = max(y, top + 38)
        }
        y += 4
        if style.chance("rule under the head", 0.5) { rule(width: 1.2, ink: style.accent) }
        y += 6
    }

    /// The name alone at the left, and at its right a few lines to the reader.
    private func head(_ name: [Span], _ font: Font, beside notice: [Span]) {
        let (font, small, top) = (fitting(name, font, width * 0.35), style.small, y)
        let start = left + width(name, font) + 26
        for line in wrap(notice, small, width: right - start) {
            place(line, small, x: start, baseline: advance(small))
        }
        place(name, font, x: left, baseline: top + max(font.size, (y - top + font.size * 0.7) / 2), ink: style.accent)
        y = max(y, top + font.lineHeight) + 8
    }

    private func advance(_ font: Font) -> Double {
        y += font.lineHeight
        return y - font.size * 0.26
    }

    private func fitting(_ spans: [Span], _ font: Font, _ room: Double) -> Font {
        var font = font
        while width(spans, font) > room, font.size > 8 { font = font.sized(0.93) }
        return font
    }

    private func fitted(_ spans: [Span], _ font: Font, x: Double, room: Double) {
        let font = fitting(spans, font, room)
        y += font.lineHeight
        place(spans, font, x: x, baseline: y - font.size * 0.26, ink: style.accent)
    }

    private func contactLines(_ sender: Sender) -> [String] {
        var lines = [sender.address.street, sender.address.place]
        if style.chance("head on one line", 0.4) { lines = [lines.joined(separator: ", ")] }
        if style.chance("head has a phone", 0.6) { lines.append("Phone " + style.formats.phone(sender.phone)) }
        if style.chance("head has a site", 0.4) { lines.append(sender.web) }
        return lines
    }

    /// A family's mark: simple shapes in its colour.
    func logo(x: Double, y: Double, size: Double) {
        let ink = style.accent
        let middle = size / 2
        switch style.pick("logo", [0, 1, 2, 3, 4, 5]) {
        case 0:
            fill(Box(left: x + size * 0.36, top: y, right: x + size * 0.64, bottom: y + size), ink)
            fill(Box(left: x, top: y + size * 0.36, right: x + size, bottom: y + size * 0.64), ink)
        case 1:
            draw(.disc(x: x + middle, y: y + middle, radius: middle, ink))
            draw(.disc(x: x + middle, y: y + middle, radius: middle * 0.6, .white))
        case 2:
            for step in 0..<3 {
                let top = y + Double(step) * size * 0.34
                fill(
                    Box(left: x, top: top, right: x + size * (1 - 0.25 * Double(step)), bottom: top + size * 0.22), ink)
            }
        case 3:
            frame(Box(left: x + 2, top: y + 2, right: x + size - 2, bottom: y + size - 2), width: 3, ink: ink)
            draw(.disc(x: x + middle, y: y + middle, radius: middle * 0.4, ink))
        case 4:
            draw(.disc(x: x + middle * 0.7, y: y + middle, radius: middle * 0.65, ink))
            draw(.disc(x: x + middle * 1.3, y: y + middle, radius: middle * 0.65, .grey(0.7)))
        default:
            let points = stride(from: 0.0, through: 1.0, by: 0.25).map {
                Mark.Point(
                    x: x + $0 * size, y: y + ($0 * 4).truncatingRemainder(dividingBy: 2) * size * 0.6 + size * 0.2)
            }
            draw(.scribble(points, width: 4, ink))
        }
    }

    /// The window of an envelope: who the paper goes to.
    func addressBlock(_ lines: [[Span]], font: Font? = nil) {
        for line in lines { print(line, font) }
        y += 6
    }

    /// What stands at the foot of every page.
    func footers(note: String?, total: Int? = nil) {
        let kind = style.pick("footer", [0, 1, 2, 3, 4])
        let font = style.small.sized(0.9)
        let count = total ?? pages.count
        onEveryPage { composer, index in
            composer.left = style.sideMargin
            composer.right = composer.pageWidth - style.sideMargin
            let baseline = composer.pageHeight - 24
            let number = pageNumber(index + 1, of: count)
            if let note, kind != 3 {
                composer.place([Span(note)], font, x: composer.left, baseline: baseline)
            }
            guard let number else { return }
            let wide = composer.width([Span(number)], font)
            let x = kind == 1 ? composer.pageWidth / 2 - wide / 2 : composer.right - wide
            composer.place([Span(number)], font, x: x, baseline: kind == 1 && note != nil ? baseline + 10 : baseline)
        }
    }

    private func pageNumber(_ page: Int, of count: Int) -> String? {
        switch style.pageNumberShape {
        case 0: "Page \(page) of \(count)"
        case 1: "\(page)"
        case 2: "Page \(page)"
        case 3: "\(page)/\(count)"
        default: nil
        }
    }
}
