import Documents

/// A paper that is none of ours, drawn from an outline of `Corpus/words/others.txt`: one step a line.
///
/// A step is a verb and what it needs: `letterhead suppliers`, `title A | B`, `pairs Label={date} ; Label={id:####}`,
/// `table Head|Head ; 3-8 ; {date}|{money}`, `prose rule`, `say text`, `big text`, `address`, `boxes Label={person} ; …`,
/// `ticks Label ; option|option`, `sign Label`, `rule`, `gap 20`, `bars`. `?0.5` before it: only half of the families have it.
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
        case "say": composer.paragraph(source.filled(rest))
        case "big": composer.print([Span(source.filled(rest), bold: true)], style.head.sized(2.2), align: .centre)
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

    private func letterhead(_ list: String, _ source: inout Source) {
        let names =
            switch list {
            case "payers": source.words.payers
            case "providers": source.words.providers
            case "suppliers": source.words.suppliers
            default: source.words.facilities
            }
        composer.letterhead(
            Sender(
                name: [Span(style.pick("sender", names))], address: source.senderAddress(), phone: source.senderPhone(),
                web: style.pick("site", ["www.example.org", "www.patients.example", "info@office.example"])))
    }

    private func title(_ rest: String, _ index: Int) {
        let titles = OutlinedPaper.parts(rest, "|")
        composer.paragraph(
            [Span(style.pick("title \(index)", titles))], style.head.sized(style.number("title size", 1.2...1.9)).bold,
            align: style.pick("title's place", [.left, .centre, .centre]))
    }

    private func labelled(_ text: String, _ source: inout Source) -> [(String, String)] {
        OutlinedPaper.parts(text, ";").map { part in
            let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
            return (sides[0], sides.count > 1 ? source.filled(sides[1]) : "")
        }
    }

    private func pairs(_ rest: String, _ index: Int, _ source: inout Source) {
        let pairs = labelled(rest, &source).map { Pair(style.ended(style.cased($0.0)), [style.value(Span($0.1))]) }
        composer.pairs(pairs, arrangement: style.pick("pairs \(index)", PairArrangement.allCases))
        composer.gap(4)
    }

    private func table(_ rest: String, _ index: Int, _ source: inout Source) {
        let parts = OutlinedPaper.parts(rest, ";")
        guard parts.count == 3 else { return }
        let limits = parts[1].split(separator: "-").compactMap { Int($0) }
        let count = source.dice.int((limits.first ?? 1)...(limits.last ?? 1))
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
            FormCell.field(label: style.cased($0.0), value: $0.1.isEmpty ? [] : [Span($0.1)], weight: 1)
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

extension Source {
    /// Fills the slots of an outline's text: `{person}`, `{money}`, `{id:@@-###}`, `{int:1-20}`, `{pick:a/b}`.
    mutating func filled(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            result += slot(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private mutating func slot(_ name: String) -> String {
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        if parts.count == 2 { return slot(parts[0], parts[1]) }
        switch name {
        case "person": return formats.name(person())
        case "physician": return physician()
        case "payer": return dice.pick(words.payers)
        case "provider": return dice.pick(words.providers)
        case "facility": return dice.pick(words.facilities)
        case "supplier": return dice.pick(words.suppliers)
        case "supply": return dice.pick(words.supplies)
        case "drug": return dice.pick(words.drugs)
        case "diagnosis": return diagnosis()[1]
        case "diagnosis_code": return diagnosis()[0]
        case "procedure": return procedure()[1]
        case "procedure_code": return procedure()[0]
        case "date": return formats.date(day())
        case "birth": return formats.fullDate(birthDate())
        case "longdate": return formats.longDate(day())
        case "money": return formats.money(money(4...2_400))
        case "phone": return formats.phone(phone())
        case "npi": return npi()
        case "tax": return formats.taxIdentifier(taxIdentifier())
        case "member": return memberID()
        case "account": return accountNumber()
        case "claim": return claimNumber()
        case "group": return groupNumber()
        case "street": return address().street
        case "place": return address().place
        default: preconditionFailure("no slot named \(name) in an outline")
        }
    }

    private mutating func slot(_ kind: String, _ shape: String) -> String {
        switch kind {
        case "id": return shaped(shape)
        case "pick": return dice.pick(shape.split(separator: "/").map(String.init))
        default:
            let limits = shape.split(separator: "-").compactMap { Int($0) }
            return String(dice.int((limits.first ?? 0)...(limits.last ?? 9)))
        }
    }
}
