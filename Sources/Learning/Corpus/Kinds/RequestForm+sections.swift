import Documents

extension RequestForm {
    private static let urgencies = [
        (name: "standard", labels: ["Standard", "Routine", "Non-Urgent", "Standard Review", "Elective"]),
        (name: "expedited", labels: ["Urgent", "Expedited", "Expedited Review", "Urgent/Expedited", "STAT"]),
    ]
    private static let settings = [
        (name: "inpatient", labels: ["Inpatient", "Inpatient Hospital", "IP"]),
        (name: "outpatient", labels: ["Outpatient", "Outpatient Hospital", "OP", "Ambulatory"]),
        (name: "office", labels: ["Office", "Provider Office", "Physician's Office", "Doctor's Office", "Clinic"]),
        (name: "home", labels: ["Home", "Home Health", "Patient Home", "Home Infusion"]),
    ]
    private static let requestTypes = [
        (name: "initial", labels: ["Initial", "New Request", "Initial Request", "New", "New Start"]),
        (name: "extension", labels: ["Extension", "Renewal", "Continuation", "Extension/Renewal"]),
        (name: "concurrent", labels: ["Concurrent", "Concurrent Review", "Continued Stay"]),
        (name: "retrospective", labels: ["Retrospective", "Retro", "Retrospective Review", "Retroactive"]),
    ]

    private var asksRequestType: Bool { style.chance("asks request type", 0.6) }

    mutating func request(_ source: inout Source) {
        var cells: [FormCell] = []
        func chosen(_ names: [String]) -> String? { source.dice.chance(0.92) ? source.dice.pick(names) : nil }
        if style.chance("asks urgency", 0.8) {
            cells.append(
                choice("urgency", RequestForm.urgencies, chosen: chosen(["standard", "standard", "expedited"])))
        }
        if asksRequestType {
            let count = style.pick("request types", [2, 3, 4])
            let types = Array(RequestForm.requestTypes.prefix(count))
            cells.append(choice("request_type", types, chosen: chosen(types.map(\.name))))
        }
        if subtype != .referral, style.chance("asks setting", 0.6) {
            let all = RequestForm.settings
            let settings =
                subtype == .drugRequest ? Array(all[1...]) : style.chance("two settings", 0.4) ? Array(all[..<2]) : all
            cells.append(choice("setting", settings, chosen: chosen(settings.map(\.name))))
        }
        var rows = style.chance("choices in a row", 0.4) && !cells.isEmpty ? [cells] : cells.map { [$0] }
        if subtype == .drugRequest { rows += singleTicks(&source) }
        guard !rows.isEmpty else { return }
        numbering = section(
            "request",
            ["Request Information", "Type of Request", "Section A: Request", "Review Type", "General Information"], rows
        )
    }

    /// Boxes to tick that stand alone: whether therapy goes on, where nothing else asks the kind of request, and others.
    private func singleTicks(_ source: inout Source) -> [[FormCell]] {
        var options: [FormOption] = []
        if style.chance("a tick for a brand", 0.3) {
            let label = style.pick(
                "brand", ["Check if requesting brand", "Brand medically necessary", "Dispense as written"])
            options.append(FormOption(label: label, checked: source.dice.chance(0.3)))
        }
        if !asksRequestType, style.chance("a tick for therapy that goes on", 0.4) {
            let label = style.pick(
                "therapy that goes on",
                [
                    "Check if request is for continuation of therapy", "Continuation of therapy",
                    "Check here for reauthorization", "This is a request for renewal",
                ])
            options.append(
                FormOption(
                    label: label, checked: source.dice.chance(0.4),
                    tag: Tag("request_type", .choice, value: .text("extension"))))
        }
        return options.map { [.choices(label: "", options: [$0], weight: 1)] }
    }

    /// Questions with yes and no beside them: ticks that are the value of no field.
    mutating func questions(_ source: inout Source) {
        let grammar = source.words.grammars["forms"] ?? Grammar(lines: [])
        var order = Dice("questions", style.family)
        let all = order.shuffled(grammar.phrases("question", with: [:], dice: &order).map(\.plainText))
        let rows = all.prefix(Int(style.number("question count", 2...7))).map { question -> [FormCell] in
            let yes = source.dice.chance(0.5)
            let answered = source.dice.chance(0.85)
            let options = [
                FormOption(label: "Yes", checked: answered && yes), FormOption(label: "No", checked: answered && !yes),
            ]
            return [.choices(label: question, options: options, weight: 1)]
        }
        numbering = section(
            "questions",
            ["Clinical Questions", "Additional Information", "Medical Necessity", "Please answer all that apply"],
            rows)
    }

    /// Boxes that the payer fills in: empty when the form arrives.
    mutating func officeUse() {
        let rows: [[FormCell]] = [
            [
                field(style.pick("office 1", ["Authorization #", "Reference Number", "Case ID"]), nil, nil, .text),
                field(style.pick("office 2", ["Approved By", "Reviewer", "Date Received"]), nil, nil, .text),
                field(style.pick("office 3", ["Date", "Decision Date", "Status"]), nil, nil, .text),
            ]
        ]
        _ = section("office", ["For Office Use Only", "Plan Use Only", "Internal Use"], rows)
    }

    /// A page that tells how to fill the form in.
    mutating func instructions(_ source: inout Source) {
        let facts = source.commonFacts()
        composer.print(
            [
                Span(
                    style.pick(
                        "instructions title", ["Instructions", "How to Complete This Form", "General Instructions"]),
                    bold: true)
            ],
            style.head.sized(1.4).bold)
        composer.gap(6)
        for text in source.phrases("forms", "guidance", facts, count: source.dice.int(4...8)) {
            composer.paragraph(text)
        }
        composer.newPage()
    }

    mutating func signature(_ source: inout Source) {
        composer.need(70)
        composer.gap(4)
        if style.chance("certifies", 0.7) {
            composer.paragraph(source.fixedPhrase("forms", "certify"), style.small, after: 4)
        }
        guard style.chance("asks signature", 0.75) else { return }
        let signed = source.dice.chance(0.85)
        let date = signed ? source.formats.date(source.day()) : nil
        let row: [FormCell] = [
            .signature(
                label: style.label("signature"), tag: Tag("signed", .boolean, value: .boolean(signed)), signed: signed,
                signer: source.physician(), weight: 2),
            labelled("signature_date", date, .date),
        ]
        composer.form([row], look: look == .combs ? .labelInBox : look, numbering: &numbering)
    }
}
