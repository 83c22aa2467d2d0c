import Documents

/// A paper drawn from an outline, one step a line: those of `Corpus/words/others.txt` are none of ours.
///
/// A step is a verb and what it needs: `letterhead suppliers`, `title A | B`, `pairs Label={date} ; Label={id:####}`,
/// `table Head|Head ; 3-8 ; {date}|{money}`, `prose rule`, `say text`, `big text`, `address`, `boxes Label={person} ; …`,
/// `ticks Label ; option|option`, `sign Label`, `rule`, `gap 20`, `bars`, `narrow 0.4-0.6` (of the column's width).
/// `?0.5` before it: only half of the families have it. Of several labels, `Member|Name={person}`, a family has one.
/// A value that belongs to the truth names its field: `{person>member_name}`, `letterhead payers>payer_name`.
struct OutlinedPaper {
    let composer: Composer
    let style: Style
    private var numbering: Int?

    static func draw(_ steps: [String], _ composer: Composer, _ source: inout Source) {
        var paper = OutlinedPaper(composer: composer, style: composer.style)
        for (index, step) in steps.enumerated() {
            paper.perform(step, index, &source)
        }
        composer.footers(note: nil)
    }

    private init(composer: Composer, style: Style) {
        self.composer = composer
        self.style = style
    }

    private mutating func perform(_ step: String, _ index: Int, _ source: inout Source) {
        var words = step.split(separator: " ", maxSplits: 1).map(String.init)
        if words[0].hasPrefix("?"), let share = Double(words[0].dropFirst()) {
            guard style.chance("step \(index)", share), words.count == 2 else { return }
            words = words[1].split(separator: " ", maxSplits: 1).map(String.init)
        }
        let rest = words.count > 1 ? words[1] : ""
        switch words[0] {
        case "letterhead": letterhead(rest, &source)
        case "title": title(rest, index)
        case "pairs": pairs(rest, index, &source)
        case "table": table(rest, index, &source)
        case "prose": composer.paragraph(source.phrase("others", rest, facts(&source)))
        case "say": composer.paragraph(source.spans(rest))
        case "big":
            composer.print(source.spans(rest).map { $0.emphasised() }, style.head.sized(2.2), align: .centre)
        case "narrow": narrow(rest, index)
        case "address": address(&source)
        case "boxes": boxes(rest, &source)
        case "ticks": ticks(rest, &source)
        case "sign": sign(rest, &source)
        case "rule": composer.rule()
        case "bars": bars(&source)
        default: composer.gap(Double(rest) ?? 12)
        }
    }

    private func facts(_ source: inout Source) -> Facts {
        var facts = source.commonFacts()
        for name in [
            "person", "physician", "payer", "provider", "facility", "supplier", "drug", "diagnosis", "procedure",
            "money", "date", "longdate", "phone", "member", "account",
        ] {
            facts[name] = Span(source.filled("{\(name)}"))
        }
        return facts
    }

    private func narrow(_ rest: String, _ index: Int) {
        let limits = rest.split(separator: "-").compactMap { Double($0) }
        guard let low = limits.first, let high = limits.last, low <= high else { return }
        composer.right = composer.left + composer.width * style.number("narrow \(index)", low...high)
    }

    private func letterhead(_ rest: String, _ source: inout Source) {
        let parts = rest.split(separator: ">").map(String.init)
        let names =
            switch parts.first {
            case "payers": source.words.payers
            case "providers": source.words.providers
            case "suppliers": source.words.suppliers
            default: source.words.facilities
            }
        composer.letterhead(
            Sender(
                name: [Span(style.pick("sender", names), parts.dropFirst().map { Tag($0, .name) })],
                address: source.senderAddress(), phone: source.senderPhone(),
                web: style.pick("site", ["www.example.org", "www.patients.example", "info@office.example"])))
    }

    private func title(_ rest: String, _ index: Int) {
        let titles = OutlinedPaper.parts(rest, "|")
        composer.paragraph(
            [Span(style.pick("title \(index)", titles))], style.head.sized(style.number("title size", 1.2...1.9)).bold,
            align: style.pick("title's place", [.left, .centre, .centre]))
    }

    private func labelled(_ text: String, _ source: inout Source) -> [(label: String, value: [Span])] {
        OutlinedPaper.parts(text, ";").compactMap { part in
            let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
            let labels = OutlinedPaper.parts(sides.first ?? "", "|")
            guard let first = sides.first, !labels.isEmpty else { return nil }
            return (style.pick("label among \(first)", labels), sides.count > 1 ? source.spans(sides[1]) : [])
        }
    }

    private func pairs(_ rest: String, _ index: Int, _ source: inout Source) {
        let pairs = labelled(rest, &source).map {
            Pair(style.ended(style.cased($0.label)), $0.value.map { style.value($0) })
        }
        composer.pairs(pairs, arrangement: style.pick("pairs \(index)", PairArrangement.allCases))
        composer.gap(4)
    }

    private func table(_ rest: String, _ index: Int, _ source: inout Source) {
        let parts = OutlinedPaper.parts(rest, ";")
        guard parts.count == 3 else { return }
        let limits = parts[1].split(separator: "-").compactMap { Int($0) }
        let count = source.dice.int((limits.min() ?? 1)...(limits.max() ?? 1))
        let shapes = OutlinedPaper.parts(parts[2], "|")
        let rows = (0..<count).map { _ in TableRow(shapes.map { TableCell(source.filled($0)) }) }
        let heads = zip(OutlinedPaper.parts(parts[0], "|"), shapes).map {
            TableColumn(head: [style.cased($0)], align: $1.contains("{money") ? .right : .left)
        }
        composer.table(TableContent(columns: heads, rows: rows))
    }

    private func address(_ source: inout Source) {
        let address = source.address()
        composer.gap(8)
        composer.addressBlock([
            [Span(source.formats.name(source.person()))], [Span(address.street)], [Span(address.place)],
        ])
    }

    private mutating func boxes(_ rest: String, _ source: inout Source) {
        let cells = labelled(rest, &source).map {
            FormCell.field(label: style.cased($0.label), value: $0.value, weight: 1)
        }
        composer.form([cells], look: style.pick("form look", FormLook.allCases), numbering: &numbering)
    }

    private mutating func ticks(_ rest: String, _ source: inout Source) {
        let parts = OutlinedPaper.parts(rest, ";")
        guard parts.count == 2 else { return }
        let options = OutlinedPaper.parts(parts[1], "|").map {
            FormOption(label: $0, checked: source.dice.chance(0.35), tag: nil)
        }
        composer.form(
            [[.choices(label: style.cased(parts[0]), options: options, weight: 1)]],
            look: style.pick("form look", FormLook.allCases), numbering: &numbering)
    }

    private mutating func sign(_ label: String, _ source: inout Source) {
        let person = source.person()
        composer.form(
            [
                [
                    .signature(
                        label: style.cased(label), tag: nil, signed: source.dice.chance(0.85),
                        signer: "\(person.first) \(person.last)", weight: 1)
                ]
            ],
            look: .labelOnLine, numbering: &numbering)
    }

    /// A separator sheet's bars: broad and narrow strokes side by side.
    private func bars(_ source: inout Source) {
        composer.need(70)
        var x = composer.left + composer.width * 0.2
        while x < composer.right - composer.width * 0.2 {
            let width = source.dice.pick([1.2, 1.2, 3.0])
            composer.fill(Box(left: x, top: composer.y, right: x + width, bottom: composer.y + 50), .black)
            x += width + source.dice.pick([1.2, 1.2, 3.0])
        }
        composer.gap(58)
    }

    private static func parts(_ text: String, _ separator: Character) -> [String] {
        text.split(separator: separator).map { NormalForm.foldWhiteSpace(String($0)) }
    }
}
