import Documents

/// A hospital's application for financial assistance, filled in by a patient or guarantor.
struct AssistanceApplication {
    let composer: Composer
    let style: Style
    let look: FormLook
    var numbering: Int?

    static func draw(_ composer: Composer, _ source: inout Source) {
        let style = composer.style
        var application = AssistanceApplication(
            composer: composer, style: style, look: style.pick("form look", FormLook.allCases),
            numbering: style.chance("numbered", 0.2) ? 1 : nil)
        application.head(&source)
        application.applicant(&source)
        application.household(&source)
        application.proof(&source)
        application.signature(&source)
        composer.footers(note: style.chance("note", 0.4) ? "Patient Financial Services" : nil)
    }

    private func head(_ source: inout Source) {
        composer.letterhead(
            Sender(
                name: [Span(style.pick("hospital", source.words.facilities))], address: source.senderAddress(),
                phone: source.senderPhone(), web: source.webSite()))
        composer.paragraph(
            source.fixedPhrase("forms", "assistance_title"),
            style.head.sized(style.number("title size", 1.25...1.8)).bold,
            align: style.pick("title's place", [.left, .centre, .centre]))
        if style.chance("introduction", 0.8) {
            composer.paragraph(source.fixedPhrase("forms", "assistance_intro"), style.small)
        }
    }

    private func cell(_ name: String, _ text: String?, _ kind: NormalForm, weight: Double = 1) -> FormCell {
        .field(label: style.label(name), value: text.map { [Span($0, name, kind)] } ?? [], weight: weight)
    }

    private func cell(_ label: String, _ text: String?, weight: Double = 1) -> FormCell {
        .field(label: style.cased(label), value: text.map { [Span($0)] } ?? [], weight: weight)
    }

    private mutating func applicant(_ source: inout Source) {
        composer.sectionHead(
            style.pick(
                "section 1",
                [
                    "Applicant Information", "Patient Information", "Section 1: Applicant", "Guarantor Information",
                    "About You",
                ]))
        let address = source.address()
        var rows: [[FormCell]] = [
            [
                cell("applicant_name", source.formats.name(source.person()), .name, weight: 2),
                cell("birth_date", source.dice.chance(0.95) ? source.formats.fullDate(source.birthDate()) : nil, .date),
            ],
            [cell("Address", address.street, weight: 2), cell("City / State / ZIP", address.place, weight: 2)],
        ]
        if style.chance("asks account", 0.6) {
            rows[0].append(
                cell("patient_control_number", source.dice.chance(0.8) ? source.accountNumber() : nil, .identifier))
        }
        var row = [cell("Phone", source.formats.phone(source.phone()))]
        if style.chance("asks number", 0.5) {
            // Masked as applicants are told to write it: no drawn paper holds a whole number.
            row.append(
                cell("Social Security Number", source.dice.chance(0.5) ? "XXX-XX-\(source.shaped("####"))" : nil))
        }
        if style.chance("asks employer", 0.5) {
            row.append(cell("Employer", source.dice.chance(0.6) ? source.dice.pick(source.words.suppliers) : nil))
        }
        rows.append(row)
        if style.chance("asks status", 0.4) {
            let options = ["Single", "Married", "Divorced", "Widowed"]
            let chosen = source.dice.below(options.count)
            rows.append([
                .choices(
                    label: style.cased("Marital Status"),
                    options: options.enumerated().map { FormOption(label: $1, checked: $0 == chosen, tag: nil) },
                    weight: 1)
            ])
        }
        composer.form(rows, look: look, numbering: &numbering)
    }

    private mutating func household(_ source: inout Source) {
        composer.sectionHead(
            style.pick(
                "section 2",
                [
                    "Household and Income", "Income Information", "Section 2: Household", "Family and Income",
                    "Financial Information",
                ]))
        let size = source.dice.int(1...7)
        let income = source.money(0...6_500, round: source.dice.chance(0.6))
        let sizeCell = cell("household_size", String(size), .number)
        let incomeCell = cell("monthly_income", source.dice.chance(0.93) ? source.formats.money(income) : nil, .money)
        if style.chance("lists members", 0.4) { members(size, &source) }
        let apart = style.chance("income by source", 0.5)
        composer.form(apart ? [[sizeCell]] : [[sizeCell, incomeCell]], look: look, numbering: &numbering)
        if apart {
            let names = source.dice.some(
                ["Wages", "Social Security", "Pension", "Child Support", "Unemployment", "Rental Income"], count: 3)
            let first = Money(cents: income.cents * Int64(source.dice.int(40...100)) / 100)
            let values = [first, income - first, .zero]
            composer.form(
                zip(names, values).map { [cell($0, $1 == .zero ? nil : source.formats.money($1))] } + [[incomeCell]],
                look: look == .combs ? .labelInBox : look, numbering: &numbering)
        }
        if style.chance("asks expenses", 0.4) {
            composer.form(
                [
                    [
                        cell("Rent / Mortgage", source.formats.money(source.money(300...2_200, round: true))),
                        cell(
                            "Utilities",
                            source.dice.chance(0.6) ? source.formats.money(source.money(50...400, round: true)) : nil),
                        cell(
                            "Bank Balance",
                            source.dice.chance(0.5) ? source.formats.money(source.money(0...3_000)) : nil),
                    ]
                ],
                look: look, numbering: &numbering)
        }
    }

    private func members(_ size: Int, _ source: inout Source) {
        let relations = ["Spouse", "Son", "Daughter", "Parent", "Son", "Daughter"]
        let rows = (0..<max(1, size - 1)).map { index in
            let person = source.person()
            return TableRow([
                TableCell([Span("\(person.first) \(person.last)").filledIn()]),
                TableCell([Span(relations[index % relations.count]).filledIn()]),
                TableCell([Span("\(source.dice.int(1...80))").filledIn()]),
            ])
        }
        let heads = ["Name", "Relationship", "Age"].map { TableColumn(head: [$0], align: .left) }
        composer.table(TableContent(columns: heads, rows: rows))
    }

    private mutating func proof(_ source: inout Source) {
        guard style.chance("asks proof", 0.6) else { return }
        composer.sectionHead(
            style.pick(
                "section 3", ["Required Documents", "Proof of Income", "Attachments", "Section 3: Documentation"]))
        let all = (source.words.grammars["forms"] ?? Grammar(lines: [])).phrases("proof", with: [:], dice: &source.dice)
            .map(\.plainText)
        let asked = source.dice.some(all, count: 5)
        composer.form(
            [
                [
                    .choices(
                        label: "Check all that are enclosed",
                        options: asked.map { FormOption(label: $0, checked: source.dice.chance(0.4), tag: nil) },
                        weight: 1)
                ]
            ],
            look: look, numbering: &numbering)
    }

    private mutating func signature(_ source: inout Source) {
        composer.need(70)
        composer.gap(4)
        composer.paragraph(source.fixedPhrase("forms", "assistance_certify"), style.small, after: 4)
        let signed = source.dice.chance(0.88)
        let person = source.person()
        composer.form(
            [
                [
                    .signature(
                        label: style.label("applicant_signature"),
                        tag: Tag("signed", .boolean, value: .boolean(signed)), signed: signed,
                        signer: "\(person.first) \(person.last)", weight: 2),
                    cell("signature_date", signed ? source.formats.date(source.day()) : nil, .date),
                ]
            ], look: look == .combs ? .labelInBox : look, numbering: &numbering)
    }
}
