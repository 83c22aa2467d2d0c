import Documents
import Foundation

extension MarkDrawer {
    static let handFonts = ["DkgHandwriting", "femkeklaver", "Rufscript"]

    mutating func name() -> String {
        let person = source.person()
        return dice.pick(["\(person.first) \(person.last)", "\(person.first.prefix(1)). \(person.last)", person.last])
    }

    /// A signature: a name in a hand, or a stroke that hints at one; gives its box.
    @discardableResult
    mutating func sign(at start: Mark.Point, room: Double, name: String) -> Box {
        let ink = penInk()
        if dice.chance(0.35) {
            var font = Font(dice.pick(MarkDrawer.handFonts), dice.double(14...24), italic: dice.chance(0.3))
            while composer.measure.width(name, font) > room { font = font.sized(0.9) }
            let end = composer.place([Span(name)], font, x: start.x, baseline: start.y + noise(2), ink: ink)
            return Box(left: start.x, top: start.y - font.size * 0.8, right: end, bottom: start.y + font.size * 0.25)
        }
        let height = dice.double(10...26)
        let slant = dice.double(-0.2...0.6)
        var points: [Mark.Point] = []
        var x = start.x
        let end = start.x + room * dice.double(0.5...1)
        let rise = noise(0.12)
        while x < end {
            let isTall = points.isEmpty || dice.chance(0.22)
            let up = height * (isTall ? dice.double(0.7...1.15) : dice.double(0.2...0.5))
            let base = start.y - (x - start.x) * rise
            points.append(.init(x: x + slant * up, y: base - up))
            if dice.chance(0.3) { points.append(.init(x: x + slant * up + dice.double(1...6), y: base - up * 0.6)) }
            points.append(.init(x: x + noise(4), y: base + (dice.chance(0.15) ? dice.double(3...10) : noise(2.5))))
            x += dice.double(3...12)
        }
        if dice.chance(0.3) {
            points.append(.init(x: end + dice.double(5...20), y: start.y - dice.double(0...6)))
            if dice.chance(0.5) { points.append(.init(x: start.x, y: start.y + dice.double(1...5))) }
        }
        let width = dice.double(0.7...1.9)
        composer.draw(.scribble(points, width: width, ink))
        let boxes = points.map { Box(left: $0.x, top: $0.y, right: $0.x, bottom: $0.y) }
        return (Box.enclosing(boxes) ?? Box(left: 0, top: 0, right: 0, bottom: 0)).grown(by: width / 2)
    }

    /// Places to sign: signed, empty, or filled with what is no signature.
    mutating func drawSignatures() {
        composer.print([Span(phrase(), bold: true)])
        composer.gap(10)
        while composer.y < composer.pageHeight - 120 {
            if dice.chance(0.45) { composer.paragraph(sentence()) }
            if dice.chance(0.15) { filledLine() }
            signaturePlace()
            composer.gap(dice.double(8...30))
        }
        if dice.chance(0.4) { stamp() }
    }

    /// A printed label with a value on a line, by hand or machine: a date, a name, a number.
    private mutating func filledLine() {
        composer.y += 22
        let end = composer.place(
            [Span(dice.pick(["Date:", "Name:", "Phone:", "Printed name:"]))], composer.body, x: composer.left,
            baseline: composer.y)
        composer.line(end + 4, composer.y + 2, end + 180, composer.y + 2, width: 0.6)
        composer.place([Span(name())], composer.body, x: end + 12, baseline: composer.y)
        composer.y += 8
    }

    /// A box of a form with its label at the top, as 12 and 31 of the CMS-1500 are.
    private mutating func signatureBox(_ label: String) {
        let (x, top) = (composer.left, composer.y)
        let (right, bottom) = (x + dice.double(220...320), top + dice.double(36...48))
        for y in [top, bottom] { composer.line(x, y, right, y, width: 0.8) }
        for edge in [x, right] { composer.line(edge, top, edge, bottom, width: 0.8) }
        let number = dice.chance(0.5) ? "\(dice.int(1...33)). " : ""
        composer.place(
            [Span(number + label)], composer.style.small, x: x + 4, baseline: top + 2 + composer.style.small.size)
        let baseline = bottom - dice.double(4...9)
        switch dice.below(10) {
        case 0...4:
            let box = sign(at: .init(x: x + dice.double(6...20), y: baseline), room: 150, name: name())
            signatures.append(Signature(box: box, confidence: 1.0))
        case 5: composer.place([Span(name())], composer.body, x: x + 8, baseline: baseline)
        default: break
        }
        composer.y = bottom + 4
    }

    private mutating func signaturePlace() {
        let label = dice.pick([
            "Signature", "Provider signature", "Signature of patient or guardian", "Signed", "Authorized signature",
            "Physician's signature", "Applicant signature", "Sign here",
        ])
        if dice.chance(0.3) { return signatureBox(label) }
        let height = dice.double(22...40)
        let isUnder = dice.chance(0.5)
        composer.y += height
        let baseline = composer.y
        var x = composer.left + dice.double(0...20)
        if !isUnder {
            x = composer.place([Span(label + dice.pick([":", "", " X"]))], composer.body, x: x, baseline: baseline) + 5
        }
        let room = dice.double(130...220)
        if dice.chance(0.9) { composer.line(x, baseline + 2, x + room, baseline + 2, width: dice.double(0.4...1.1)) }
        if isUnder {
            composer.place(
                [Span(label)], composer.style.small, x: x + dice.double(0...20),
                baseline: baseline + 3 + composer.style.small.size)
        }
        switch dice.below(10) {
        case 0...4:
            let box = sign(at: .init(x: x + dice.double(3...20), y: baseline - 1), room: room * 0.8, name: name())
            signatures.append(Signature(box: box, confidence: 1.0))
        case 5: composer.place([Span(name())], composer.body, x: x + 8, baseline: baseline - 1)
        default: break
        }
        if dice.chance(0.5), x + room + 130 < composer.pageWidth - 20 {
            let after = x + room + 15
            let end = composer.place([Span("Date:")], composer.body, x: after, baseline: baseline)
            composer.line(end + 3, baseline + 2, end + 80, baseline + 2, width: 0.6)
            if dice.chance(0.5) {
                composer.place([Span(source.formats.date(source.day()))], composer.body, x: end + 8, baseline: baseline)
            }
        }
        composer.y += isUnder ? 14 : 4
    }

    private mutating func stamp() {
        let font = Font(dice.pick(["Liberation Sans", "FreeSans", "Liberation Serif"]), 12, bold: true)
        let text = dice.pick(["RECEIVED", "SCANNED", "APPROVED", "MAIL ROOM"])
        let (left, top) = (dice.double(330...440), dice.double(60...650))
        composer.frame(Box(left: left, top: top, right: left + 110, bottom: top + 22), width: 1.4, ink: .grey(0.2))
        composer.place([Span(text)], font, x: left + 8, baseline: top + 15, ink: .grey(0.2))
    }

    /// Rows of boxes with a character in each: closed cells, or a frame with low ticks.
    mutating func drawCombs() {
        composer.print([Span(phrase(), bold: true)])
        while composer.y < composer.pageHeight - 100 {
            composer.gap(dice.double(6...16))
            if dice.chance(0.2) { composer.paragraph(sentence()) }
            composer.print(phrase(), composer.style.small)
            comb()
        }
    }

    private mutating func comb() {
        let text = source.shaped(
            dice.pick(["#########", "##########", "@@#######", "@##.##", "########", "@@@@@@", "######"]))
        let characters = text.filter { $0 != "." }
        let step = dice.double(11...22)
        let height = step * dice.double(0.9...1.5)
        let left = composer.left + dice.double(0...40)
        let count = characters.count + (dice.chance(0.4) ? dice.int(1...4) : 0)
        let right = left + step * Double(count)
        let (width, ink) = (dice.double(0.4...1), dice.pick([Ink.black, .grey(0.2), .grey(0.4)]))
        let top = composer.y + 3
        composer.frame(Box(left: left, top: top, right: right, bottom: top + height), width: width, ink: ink)
        let isClosed = dice.chance(0.6)
        for index in 1..<count {
            let x = left + step * Double(index)
            composer.line(
                x, isClosed ? top : top + height * dice.double(0.5...0.7), x, top + height, width: width, ink: ink)
        }
        let family = dice.pick(
            ["Liberation Sans", "Liberation Mono", "DejaVu Sans", "Nimbus Mono PS", "FreeSans"]
                + MarkDrawer.handFonts.prefix(1))
        let font = Font(family, min(step * 0.95, height * 0.75))
        let baseline = top + height * 0.5 + font.size * 0.36
        let penInk = penInk()
        for (index, character) in characters.enumerated() {
            let wide = composer.measure.glyph(character, font.face).advance * font.size
            composer.draw(
                .text(
                    String(character), font, x: left + step * (Double(index) + 0.5) - wide / 2 + noise(0.6),
                    baseline: baseline + noise(0.4), penInk))
        }
        words.append(
            Word(
                text: String(characters), box: Box(left: left, top: top, right: right, bottom: top + height),
                confidence: 1.0, line: words.count))
        composer.y = top + height
    }

    /// Labels in print, values by hand or by machine.
    mutating func drawHandwriting() {
        composer.print([Span(phrase(), bold: true)], composer.body.sized(1.3))
        while composer.y < composer.pageHeight - 80 {
            composer.gap(dice.double(2...8))
            if dice.chance(0.25) { printed(String(sentence().prefix(90)), composer.body) }
            composer.y += 20
            let baseline = composer.y
            let label = String(phrase().prefix(24))
            let start = composer.left
            let end = composer.place([Span(label + ":")], composer.body, x: start, baseline: baseline)
            note(label + ":", composer.body, x: start, baseline: baseline, isHandwritten: false)
            if dice.chance(0.6) { composer.line(end + 3, baseline + 3, composer.right - 40, baseline + 3, width: 0.5) }
            let value = value()
            if dice.chance(0.55) {
                let font = Font(
                    dice.pick(MarkDrawer.handFonts), dice.double(12...20), bold: dice.chance(0.1),
                    italic: dice.chance(0.25))
                var x = end + 10
                // A hand keeps no baseline.
                for word in value.split(separator: " ").map(String.init) {
                    let level = baseline + noise(1.2)
                    let after = composer.place([Span(word)], font, x: x, baseline: level, ink: penInk())
                    note(word, font, x: x, baseline: level, isHandwritten: true)
                    x = after + dice.double(4...9)
                }
            } else {
                let font = Font(
                    dice.pick([
                        "Liberation Mono", "Liberation Sans", "Nimbus Mono PS", "DejaVu Sans", "FreeSerif", "C059",
                        "P052",
                    ]),
                    dice.double(8...13), bold: dice.chance(0.2), italic: dice.chance(0.2))
                composer.place([Span(value)], font, x: end + 10, baseline: baseline)
                note(value, font, x: end + 10, baseline: baseline, isHandwritten: false)
            }
        }
    }

    private mutating func value() -> String {
        switch dice.below(5) {
        case 0: return name()
        case 1: return source.formats.date(source.day())
        case 2: return source.shaped("### ###-####")
        case 3: return String(phrase().prefix(30))
        default:
            return dice.pick(["post to acct", "see attached", "second request", "call patient", "sent to billing"])
        }
    }

    private mutating func printed(_ text: String, _ font: Font) {
        composer.y += font.lineHeight
        composer.place([Span(text)], font, x: composer.left, baseline: composer.y)
        note(text, font, x: composer.left, baseline: composer.y, isHandwritten: false)
    }

    /// Notes the words of a text that was placed, each with its box.
    mutating func note(_ text: String, _ font: Font, x: Double, baseline: Double, isHandwritten: Bool) {
        var cursor = x
        for part in text.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
            let wide = composer.measure.width(part, font)
            if !part.isEmpty {
                words.append(
                    Word(
                        text: part,
                        box: Box(
                            left: cursor, top: baseline - font.size * 0.75, right: cursor + wide, bottom: baseline),
                        confidence: 1.0, line: words.count, handwritten: isHandwritten ? true : nil))
            }
            cursor += wide + composer.measure.width(" ", font)
        }
    }

    /// Headings, cells and notes in light letters on dark.
    mutating func drawInverse() {
        composer.print([Span(phrase(), bold: true)], composer.body.sized(1.3))
        while composer.y < composer.pageHeight - 110 {
            composer.gap(dice.double(4...12))
            composer.paragraph(sentence())
            let font = composer.body.sized(dice.double(0.9...1.6))
            let text = String(dice.chance(0.4) ? sentence().prefix(50) : phrase().prefix(40))
            let isWide = dice.chance(0.5)
            let high = font.size * dice.double(1.3...2.2)
            let left = isWide ? composer.left : composer.left + dice.double(0...150)
            let room = composer.measure.width(text, font) + dice.double(8...40)
            let right = isWide ? composer.right : min(composer.pageWidth - 20, left + room)
            let box = Box(left: left, top: composer.y, right: right, bottom: composer.y + high)
            composer.fill(box, dice.pick([.black, .grey(0.2), .grey(0.35), Ink(red: 0.05, green: 0.2, blue: 0.5)]))
            let x = left + dice.double(3...8)
            let baseline = box.midY + font.size * 0.35
            composer.place([Span(text)], font, x: x, baseline: baseline, ink: .white)
            note(text, font, x: x, baseline: baseline, isHandwritten: false)
            composer.y = box.bottom
        }
    }
}
