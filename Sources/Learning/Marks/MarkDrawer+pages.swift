import Documents

extension MarkSheets {
    /// By turns a sheet with nothing on it but what scanning adds, and one with very little.
    func drawBlank(_ drawer: inout MarkDrawer, number: Int) throws(LearningError) {
        drawer.isBlank = number.isMultiple(of: 2)
        if !drawer.isBlank { drawer.littleContent() }
        if drawer.dice.chance(drawer.isBlank ? 0.4 : 0.2) {
            let back = try anyPage(&drawer.dice)
            drawer.composer.draw(
                .showThrough(back.marks, pageWidth: back.width, strength: drawer.dice.double(0.03...0.22)))
        }
        drawer.dirt()
    }

    /// A page of a drawn document, of few words, or of figures, fed in one of the four ways.
    func turned(_ drawer: inout MarkDrawer, number: Int) throws(LearningError) -> MarkSheet {
        let turn = (number % 4) * 90
        switch drawer.dice.below(10) {
        case 0, 1: drawer.fewWords()
        case 2: drawer.tableOfFigures()
        default:
            var page = try anyPage(&drawer.dice)
            // A page without words has no way up.
            while page.words.count < 5 { page = try anyPage(&drawer.dice) }
            return MarkSheet(
                kind: .orientation,
                truth: PageReading(
                    page: Page(
                        number: 1, source: .ocr, width: page.width, height: page.height, dpi: 72, rotation: turn)),
                page: page)
        }
        return drawer.sheet(.orientation, turn: turn)
    }
}

extension MarkDrawer {
    fileprivate mutating func littleContent() {
        let (x, y) = (dice.double(50...350), dice.double(60...700))
        switch dice.below(3) {
        case 0:
            let text =
                dice.chance(0.3) ? "Page \(dice.int(2...9)) of \(dice.int(9...12))" : String(sentence().prefix(60))
            composer.place([Span(text)], composer.body, x: min(x, 200), baseline: y)
        case 1: sign(at: Mark.Point(x: x, y: y), room: dice.double(80...170), name: name())
        default:
            let font = Font("Liberation Sans", dice.double(9...13), bold: true)
            let text = dice.pick(["RECEIVED", "COPY", "VOID", "SCANNED", "PAID"])
            let wide = composer.measure.width(text, font) + 12
            let ink = dice.pick([
                Ink(red: 0.6, green: 0.1, blue: 0.1), Ink(red: 0.1, green: 0.15, blue: 0.5), .grey(0.2),
            ])
            composer.frame(Box(left: x, top: y, right: x + wide, bottom: y + 24), width: 1.2, ink: ink)
            composer.place([Span(text)], font, x: x + 6, baseline: y + 17, ink: ink)
        }
    }

    /// What paper and scanner leave on any sheet: holes, edges, folds, streaks of the roller, staples.
    fileprivate mutating func dirt() {
        let (width, height) = (composer.pageWidth, composer.pageHeight)
        if dice.chance(0.3) {
            let atTop = dice.chance(0.4)
            let level = dice.double(0...0.5)
            for place in atTop || dice.chance(0.3) ? [0.37, 0.63] : [0.14, 0.5, 0.86] {
                composer.draw(
                    .disc(
                        x: atTop ? width * place : dice.double(18...26),
                        y: atTop ? dice.double(18...26) : height * place,
                        radius: dice.double(7...10), .grey(level)))
            }
        }
        if dice.chance(0.35) {
            for _ in 0..<dice.int(1...3) { dirtyEdge() }
        }
        if dice.chance(0.25) {
            for place in dice.pick([[0.33, 0.67], [0.5]]) {
                let y = height * (place + noise(0.02))
                composer.line(
                    0, y, width, y + noise(3), width: dice.double(0.4...1.5), ink: .grey(dice.double(0.5...0.9)))
            }
        }
        if dice.chance(0.2) {
            for _ in 0..<dice.int(1...2) {
                let x = dice.double(20...(width - 20))
                let from = dice.chance(0.6) ? 0 : dice.double(0...300)
                composer.line(x, from, x, height, width: dice.double(0.2...0.8), ink: .grey(dice.double(0...0.7)))
            }
        }
        if dice.chance(0.15) {
            let x = dice.double(20...60)
            composer.line(x, 24, x + 12, 24 + noise(8), width: 1, ink: .grey(0.4))
        }
    }

    /// A shadow or a black bar where the sheet lay askew, ragged on its inner side.
    private mutating func dirtyEdge() {
        let (width, height) = (composer.pageWidth, composer.pageHeight)
        let side = dice.below(4)
        let level = dice.double(0...0.6)
        let length = side < 2 ? height : width
        var at = dice.chance(0.5) ? 0 : dice.double(0...length / 2)
        let end = dice.chance(0.5) ? length : dice.double(at...length)
        let depth = dice.double(2...14)
        while at < end {
            let step = dice.double(4...30)
            let deep = max(0.5, depth + noise(2))
            let box =
                switch side {
                case 0: Box(left: 0, top: at, right: deep, bottom: at + step)
                case 1: Box(left: width - deep, top: at, right: width, bottom: at + step)
                case 2: Box(left: at, top: 0, right: at + step, bottom: deep)
                default: Box(left: at, top: height - deep, right: at + step, bottom: height)
                }
            composer.fill(box, .grey(level))
            at += step
        }
    }

    fileprivate mutating func fewWords() {
        composer.y = dice.double(60...350)
        for _ in 0..<dice.int(2...4) {
            composer.print(
                [Span(String(phrase().prefix(40)), bold: dice.chance(0.3))], composer.body.sized(dice.double(1...2.2)),
                align: dice.pick([.left, .centre]))
            composer.gap(dice.double(2...30))
        }
        if dice.chance(0.5) { composer.print(String(sentence().prefix(70))) }
    }

    fileprivate mutating func tableOfFigures() {
        let columns = dice.int(4...8)
        let step = composer.width / Double(columns)
        composer.print([Span("Date"), Span("   Amount")], composer.body.bold)
        for _ in 0..<dice.int(12...40) {
            composer.y += composer.body.lineHeight * 1.1
            for column in 0..<columns {
                let text =
                    column == 0
                    ? source.formats.date(source.day())
                    : source.shaped(dice.pick(["###.##", "#,###.##", "##.#", "####"]))
                composer.place(
                    [Span(text)], composer.body, x: composer.left + Double(column) * step, baseline: composer.y)
            }
        }
    }
}
