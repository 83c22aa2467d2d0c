import Documents

extension Letter {
    /// Draws the letter: head, date, address, reference block, subject, prose, closing; the order is the family's.
    mutating func draw(on composer: Composer, _ source: inout Source) {
        let style = composer.style
        let payer = facts["payer_name"] ?? Span("")
        composer.letterhead(
            Sender(name: [payer], address: payerAddress, phone: payerPhone, web: source.webSite()))
        composer.runningHead = runningHead(style)
        let dated = reference(style, "letter_date")
        let dateInBlock = dated && style.chance("date in the block", 0.5)
        let subject = source.fixedPhrase(subtype.rawValue, "subject", facts)
        let titleFirst = style.chance("title first", 0.3)
        if titleFirst { title(subject, on: composer) }
        if !dateInBlock { printDate(on: composer) }
        let pairs = referencePairs(style, dateInBlock: dateInBlock, &source)
        let beside = style.chance("block beside address", 0.35)
        printAddress(on: composer, pairs: beside ? pairs : [])
        if !titleFirst, style.chance("subject before block", 0.5) { title(subject, on: composer) }
        let late = style.chance("block after salutation", 0.12)
        if !beside, !late { printBlock(pairs, on: composer) }
        if !titleFirst, !style.chance("subject before block", 0.5) { title(subject, on: composer) }
        let salutation = toMember ? "member_salutation" : "salutation"
        composer.paragraph(source.fixedPhrase("common", salutation, facts))
        if !beside, late { printBlock(pairs, on: composer) }
        printBody(on: composer, &source)
        printClosing(on: composer, &source)
        printRights(on: composer, &source)
        composer.footers(note: style.chance("privacy note", 0.5) ? footNote(source) : nil)
    }

    /// What the following pages say of whom the letter is about; nothing in most families.
    ///
    /// A number that only they print is a value of the letter all the same.
    private func runningHead(_ style: Style) -> ((Composer) -> Void)? {
        guard style.chance("running head", 0.4) else { return nil }
        let names = ["patient_name", "payer_claim_number", "authorization_number", "member_id", "letter_date"]
        let known = names.compactMap { name in
            facts[name].map { [Span("\(style.label(name))\(style.labelEnding) "), $0] }
        }
        let count = style.pick("running facts", [1, 2, 2, 3])
        let isOnOneLine = style.chance("running head on one line", 0.6)
        return { composer in
            let lines = known.prefix(count)
            if isOnOneLine {
                composer.print(Array(lines.joined(separator: [Span("   ")])), composer.style.small)
            } else {
                for line in lines { composer.print(line, composer.style.small) }
            }
            composer.gap(8)
        }
    }

    private func footNote(_ source: Source) -> String? {
        let note = source.fixedPhrase("common", "privacy", facts).plainText
        return note.count < 95 ? note : nil
    }

    private func title(_ subject: [Span], on composer: Composer) {
        let style = composer.style
        let font = style.head.sized(style.number("subject size", 1.0...1.45)).bold
        let text = style.chance("capital subject", 0.35) ? subject.map { $0.uppercased() } : subject
        composer.gap(3)
        composer.paragraph(text, font, align: style.chance("centred subject", 0.35) ? .centre : .left)
    }

    private func reference(_ style: Style, _ field: String) -> Bool {
        let share = [
            "letter_date": 0.35, "payer_name": 0.08, "provider_name": 0.45, "patient_name": 0.9, "member_id": 0.85,
            "patient_control_number": 0.6, "payer_claim_number": 0.88, "authorization_number": 0.9,
            "service_start": 0.75, "charge_amount": 0.55, "requested_amount": 0.6, "due_date": 0.3, "reason_code": 0.25,
            "appeal_fax": 0.1,
        ]
        return facts[field] != nil && style.chance("block has \(field)", share[field] ?? 0.5)
    }

    /// The reference block's pairs in the family's order; some name things that are no field of ours.
    private func referencePairs(_ style: Style, dateInBlock: Bool, _ source: inout Source) -> [Pair] {
        var fields = [
            "patient_name", "member_id", "payer_claim_number", "authorization_number", "service_start",
            "patient_control_number", "provider_name", "charge_amount", "requested_amount", "due_date", "reason_code",
            "appeal_fax", "payer_name",
        ].filter { reference(style, $0) }
        if toMember { fields.removeAll { $0 == "patient_control_number" || $0 == "charge_amount" } }
        if style.chance("shuffled block", 0.6) {
            var order = Dice("order of block", style.family)
            fields = order.shuffled(fields)
        }
        if dateInBlock { fields.insert("letter_date", at: style.chance("date last", 0.2) ? fields.count : 0) }
        var pairs = fields.compactMap { pair($0, style) }
        if style.chance("block has a group", 0.3) {
            pairs.append(Pair(style.labelSpan("group_number"), [Span(source.groupNumber())]))
        }
        if style.chance("block has a plan", 0.15) {
            let plan = source.dice.pick(["PPO", "HMO", "Medicaid", "Medicare Advantage", "EPO", "POS II", "Dental PPO"])
            pairs.append(
                Pair(style.ended(style.pick("plan label", ["Plan Type", "Product", "Line of Business"])), [Span(plan)]))
        }
        return pairs
    }

    private func pair(_ field: String, _ style: Style) -> Pair? {
        switch field {
        case "service_start":
            guard let start = facts["service_start"], let end = facts["service_end"] else {
                return facts.pair("service_start", style)
            }
            let between = style.pick("between dates", [" - ", " to ", " through ", " \u{2013} ", " thru "])
            return Pair(style.labelSpan("service_start"), [start, Span(between), end])
        case "due_date": return facts.pair("due_date", style, label: "response_due_date")
        case "reason_code": return facts.pair("reason_code", style, label: "reason_codes")
        default: return facts.pair(field, style)
        }
    }

    private func printDate(on composer: Composer) {
        guard let date = facts["letter_date"] else { return }
        let style = composer.style
        let labelled = style.chance("labelled date", 0.35)
        composer.print(
            (labelled ? [style.labelSpan("letter_date"), Span(" ")] : []) + [date],
            align: style.pick("date's place", [.left, .left, .right]))
        composer.gap(8)
    }

    /// The address in its window, and the reference block to the right of it when there is one.
    private func printAddress(on composer: Composer, pairs: [Pair]) {
        let style = composer.style
        let (top, end) = (composer.y, composer.right)
        let to = toMember ? facts["patient_name"] : facts["provider_name"]
        let name = to.map { style.chance("capital address", 0.4) ? $0.uppercased() : $0 }
        var lines = [name].compactMap { $0 }.map { [$0] }
        if !toMember, style.chance("attention line", 0.2) { lines.append([Span("Attn: Billing Department")]) }
        lines += [[Span(address.street)], [Span(address.place)]]
        composer.addressBlock(lines)
        guard !pairs.isEmpty else { return }
        let bottom = composer.y
        let start = composer.left
        composer.y = top
        composer.left = composer.pageWidth * style.number("block's edge", 0.48...0.56)
        let narrow: [PairArrangement] = [.running, .aligned, .rightAligned, .boxedRows]
        composer.pairs(pairs, arrangement: style.pick("narrow block", narrow), font: composer.body.sized(0.92))
        (composer.left, composer.right) = (start, end)
        composer.y = max(bottom, composer.y) + 6
    }

    private func printBlock(_ pairs: [Pair], on composer: Composer) {
        let style = composer.style
        let start = composer.left
        if style.chance("indented block", 0.3) { composer.left += style.number("block's indent", 20...120) }
        composer.pairs(pairs, arrangement: style.pick("block", PairArrangement.allCases))
        composer.left = start
        composer.gap(4)
    }

    private mutating func printBody(on composer: Composer, _ source: inout Source) {
        let name = subtype.rawValue
        let style = composer.style
        composer.paragraph(source.phrase(name, "opening", facts))
        if subtype == .informationRequest { printDocuments(on: composer, &source) }
        printReason(on: composer, &source)
        for rule in ["detail", "deadline", "send", "rights"] {
            let share = rule == "deadline" ? 0.9 : rule == "rights" ? 0.8 : 0.7
            guard source.style.chance("says \(rule)", share) else { continue }
            let phrases = source.phrases(name, rule, facts, count: rule == "rights" ? source.dice.int(1...3) : 1)
            if style.chance("one paragraph", 0.5) {
                composer.paragraph(phrases.flatMap { $0 + [Span(" ")] })
            } else {
                for phrase in phrases { composer.paragraph(phrase) }
            }
        }
        if source.style.chance("contact", 0.8) { composer.paragraph(source.fixedPhrase("common", "contact", facts)) }
        if source.style.chance("thanks", 0.5) { composer.paragraph(source.phrase("common", "thanks", facts)) }
    }

    private func printReason(on composer: Composer, _ source: inout Source) {
        guard let reason = facts["denial_reason"] ?? facts["reason"] else { return }
        let style = composer.style
        if subtype == .denial, style.chance("line table", 0.3) { printLines(on: composer, &source) }
        let intro = source.fixedPhrase(subtype.rawValue, "reason_intro", facts)
        let hasLabel = facts["denial_reason"] != nil && subtype != .appealDecision
        switch style.pick("reason's place", hasLabel ? [0, 0, 1, 2] : [0, 1]) {
        case 0: composer.paragraph(intro.map { $0.emphasised() } + [Span(" "), reason])
        case 1:
            composer.paragraph(intro.map { $0.emphasised() }, after: 1)
            composer.left += 18
            composer.paragraph([reason])
            composer.left -= 18
        default: composer.paragraph([style.labelSpan("denial_reason"), Span(" "), reason])
        }
        let code = source.phrase(subtype.rawValue, "code_sentence", facts)
        if subtype == .denial, !code.isEmpty { composer.paragraph(code) }
    }

    /// The denied lines of the claim as a small table: none of it is a field of a letter but the reason codes.
    private func printLines(on composer: Composer, _ source: inout Source) {
        let style = composer.style
        let names = ["service_date", "procedure_code", "charge_amount", "reason_codes"]
        let count = source.dice.int(1...3)
        let rows = (0..<count).map { index in
            let first = index == 0 ? facts["reason_code"] : nil
            let code =
                first
                ?? Span(source.dice.pick(source.words.adjustmentReasons), "reason_codes[\(index)]", .adjustmentReason)
            let date = facts["service_start"]?.text ?? source.formats.date(source.day())
            return TableRow([
                TableCell(date), TableCell(source.procedure()[0]),
                TableCell(source.formats.money(source.money(40...900))), TableCell([code]),
            ])
        }
        composer.table(
            TableContent(columns: names.map { TableColumn(head: [style.label($0)], align: .left) }, rows: rows))
    }

    private func printDocuments(on composer: Composer, _ source: inout Source) {
        let style = composer.style
        composer.paragraph(source.fixedPhrase(subtype.rawValue, "list_intro", facts), after: 2)
        let all = (source.words.grammars[subtype.rawValue] ?? Grammar(lines: []))
            .phrases("document", with: facts.spans, dice: &source.dice).map(\.plainText)
        let wanted = source.dice.some(all, count: source.dice.int(1...6))
        let bullet = style.pick("bullet", ["\u{2022}", "-", "*", "1.", "o", "[]"])
        composer.left += style.number("list indent", 10...36)
        var number = 0
        if bullet == "[]" {
            printTicked(wanted, among: all, on: composer, &source)
        } else {
            for document in wanted {
                number += 1
                let mark = bullet == "1." ? "\(number)." : bullet
                composer.print([Span(mark + " "), Span(document, "requested_documents[\(number - 1)]", .text)])
            }
        }
        composer.left = style.sideMargin
        composer.gap(6)
    }

    /// A fixed list with the wanted items ticked.
    private func printTicked(_ wanted: [String], among all: [String], on composer: Composer, _ source: inout Source) {
        let spare = source.dice.some(all.filter { !wanted.contains($0) }, count: source.dice.int(1...4))
        var index = 0
        for document in all where wanted.contains(document) || spare.contains(document) {
            let ticked = wanted.contains(document)
            composer.need(composer.body.lineHeight + 2)
            composer.y += composer.body.lineHeight + 1
            composer.place(
                FormOption(
                    label: document, checked: ticked, tag: ticked ? Tag("requested_documents[\(index)]", .text) : nil),
                x: composer.left, baseline: composer.y - composer.body.size * 0.26)
            if ticked { index += 1 }
        }
    }

    /// A sheet of standing text that some families add: rights, languages, definitions.
    private func printRights(on composer: Composer, _ source: inout Source) {
        let style = composer.style
        let isDecision = [.denial, .authorizationDenial, .appealDecision, .coverageNotice].contains(subtype)
        guard style.chance("rights page", isDecision ? 0.35 : 0.12) else { return }
        let count = Int(style.number("rights", 2...7))
        if style.chance("rights on a new page", 0.6) { composer.newPage() } else { composer.gap(10) }
        let heading = style.pick(
            "rights title",
            ["Important Information", "Your Rights", "Additional Information", "Frequently Asked Questions", "Notice"])
        composer.print([Span(heading, bold: true)])
        composer.gap(4)
        let font = composer.body.sized(style.number("rights size", 0.8...1))
        for text in source.phrases("common", "boilerplate", facts, count: count) { composer.paragraph(text, font) }
    }

    private func printClosing(on composer: Composer, _ source: inout Source) {
        let style = composer.style
        composer.need(70)
        composer.gap(4)
        composer.print(source.fixedPhrase("common", "closing"))
        if style.chance("signed letter", 0.6) {
            composer.gap(2)
            let person = source.person()
            composer.sign(
                "\(person.first) \(person.last)",
                in: Box(left: composer.left, top: composer.y, right: composer.left + 170, bottom: composer.y + 26))
            composer.gap(28)
            composer.print("\(person.first) \(person.last)")
            composer.print(source.fixedPhrase("common", "signer_title"))
        } else {
            composer.gap(10)
        }
        composer.print(source.fixedPhrase("common", "department"))
        if style.chance("payer at the end", 0.35), let payer = facts["payer_name"] { composer.print([payer]) }
        if style.chance("enclosure", 0.3) {
            composer.gap(6)
            composer.print(source.fixedPhrase("common", "enclosure", facts), style.small)
        }
    }
}
