import Documents

/// An explanation of benefits to the patient: "this is not a bill".
struct MemberStatement {
    let content: RemittanceContent
    let composer: Composer
    let style: Style
    let address: Address
    var facts: Facts

    static func draw(_ composer: Composer, _ source: inout Source) {
        var content = RemittanceContent(
            claimCount: composer.style.chance("one claim", 0.6) ? 1 : source.dice.int(1...3), linesMax: 5, &source)
        content.adjustments = []
        for index in content.claims.indices.dropFirst() {
            content.claims[index].patient = content.claims[0].patient
            content.claims[index].memberID = content.claims[0].memberID
        }
        var facts = source.commonFacts()
        facts.set("payee_name", content.payee, .name)
        facts["patient_name"] = Span(content.claims[0].patient, "claims[0].patient_name", .name)
        facts.say("deductible_met", source.formats.money(source.money(0...900)))
        facts.say(
            "deductible_total", source.formats.money(Money(cents: source.dice.pick([100_000, 150_000, 300_000]))))
        let statement = MemberStatement(
            content: content, composer: composer, style: composer.style, address: source.address(), facts: facts)
        statement.head(&source)
        statement.claims()
        statement.foot(&source)
        composer.footers(note: composer.style.chance("foot note", 0.4) ? "This is not a bill" : nil)
    }

    private func head(_ source: inout Source) {
        composer.letterhead(
            Sender(
                name: [Span(content.payer, "payer_name", .name)], address: source.senderAddress(),
                phone: source.senderPhone(),
                web: source.webSite()))
        let title = style.head.sized(style.number("title size", 1.2...1.9)).bold
        composer.print(
            source.fixedPhrase("remittance", "member_title"), title,
            align: style.pick("title's place", [.left, .centre, .right]))
        let warning = source.fixedPhrase("remittance", "not_a_bill")
        composer.print(warning.map { $0.emphasised() }, align: style.pick("warning's place", [.left, .centre, .right]))
        composer.gap(8)
        let top = composer.y
        let name =
            style.chance("capital address", 0.4) ? content.claims[0].patient.uppercased() : content.claims[0].patient
        composer.addressBlock([[Span(name)], [Span(address.street)], [Span(address.place)]])
        let under = composer.y
        let start = composer.left
        let beside = style.chance("facts beside address", 0.5)
        if beside {
            composer.y = top
            composer.left = composer.pageWidth * 0.54
        }
        composer.pairs(
            statementPairs(),
            arrangement: beside
                ? style.pick("narrow block", [.running, .aligned, .boxedRows])
                : style.pick("block", PairArrangement.allCases))
        composer.left = start
        composer.y = max(composer.y, under) + 4
        if style.chance("intro", 0.7) { composer.paragraph(source.phrase("remittance", "member_intro", facts)) }
    }

    private func statementPairs() -> [Pair] {
        let claim = content.claims[0]
        var pairs = [
            Pair(style.labelSpan("patient_name"), [style.value(Span(claim.patient, "claims[0].patient_name", .name))])
        ]
        func add(_ field: String, _ path: String, _ text: String, _ kind: NormalForm, share: Double) {
            guard style.chance("statement has \(field)", share) else { return }
            pairs.append(Pair(style.labelSpan(field), [style.value(Span(text, path, kind))]))
        }
        add("member_id", "claims[0].member_id", claim.memberID, .identifier, share: 0.9)
        add("group_number", "", claim.groupNumber, .identifier, share: 0.4)
        if content.claims.count == 1 {
            add("payer_claim_number", "claims[0].payer_claim_number", claim.claimNumber, .identifier, share: 0.9)
        }
        add("payee_name", "payee_name", content.payee, .name, share: 0.6)
        add("payment_date", "payment_date", style.formats.date(content.paymentDate), .date, share: 0.4)
        add("payment_number", "payment_number", content.paymentNumber, .identifier, share: 0.2)
        return pairs.map { pair in
            var pair = pair
            pair.value = pair.value.map { span in
                var span = span
                span.tags.removeAll { $0.path.isEmpty }
                return span
            }
            return pair
        }
    }

    private func claims() {
        let table = RemittanceTable(forMember: style)
        for (number, claim) in content.claims.enumerated() {
            let path = "claims[\(number)]"
            composer.need(120)
            if content.claims.count > 1 || style.chance("claim heading", 0.5) { heading(claim, path) }
            var rows = claim.lines.enumerated().map { index, line in
                TableRow(table.cells(line, claim: claim, claimPath: path, path: "\(path).service_lines[\(index)]"))
            }
            if style.chance("claim totals", 0.9) {
                let label = style.pick("claim total", ["Total", "Totals", "Claim Total", "TOTAL"])
                rows.append(table.totals(claim, claimPath: path, label: label))
            }
            composer.table(
                TableContent(columns: table.heads, rows: rows),
                font: composer.body.sized(style.number("table size", 0.78...0.92)))
            composer.gap(4)
        }
    }

    private func heading(_ claim: RemittanceClaim, _ path: String) {
        var pairs = [
            Pair(
                style.labelSpan("payer_claim_number"),
                [Span(claim.claimNumber, "\(path).payer_claim_number", .identifier)])
        ]
        if style.chance("heading has provider", 0.6) {
            pairs.append(
                Pair(
                    style.labelSpan("rendering_provider_name"),
                    [Span(claim.renderingProvider, "\(path).rendering_provider_name", .name)]))
        }
        if style.chance("heading has patient", 0.4) {
            pairs.insert(
                Pair(style.labelSpan("patient_name"), [Span(claim.patient, "\(path).patient_name", .name)]), at: 0)
            if style.chance("heading has member", 0.4) {
                pairs.append(
                    Pair(style.labelSpan("member_id"), [Span(claim.memberID, "\(path).member_id", .identifier)]))
            }
        }
        composer.banner(pairs, font: composer.body, shade: style.chance("shaded heading", 0.4) ? .grey(0.92) : nil)
        composer.gap(2)
    }

    private func foot(_ source: inout Source) {
        if style.chance("summary", 0.55) { summary() }
        for _ in 0..<source.dice.int(1...3) {
            composer.paragraph(source.phrase("remittance", "member_note", facts), style.small)
        }
    }

    private func summary() {
        composer.need(70)
        composer.sectionHead(
            style.pick("summary title", ["Summary", "Your Claim Summary", "Summary of this statement", "At a glance"]))
        let all = content.claims.flatMap(\.lines)
        let sums = [
            ("charge_amount", all.reduce(Money.zero) { $0 + $1.charge }, ""),
            ("paid_amount", content.payment, "payment_amount"),
            ("patient_responsibility", all.reduce(Money.zero) { $0 + $1.patientShare }, ""),
        ]
        let single = content.claims.count == 1
        let pairs = sums.map { field, amount, path in
            let path = single ? "claims[0].\(field)" : path
            let tags =
                path.isEmpty
                ? [] : [Tag(path, .money)] + (single && field == "paid_amount" ? [Tag("payment_amount", .money)] : [])
            return Pair(
                style.ended(style.label(labelled: "member_" + field, else: field)),
                [Span(style.formats.money(amount), tags)])
        }
        composer.pairs(
            pairs, arrangement: style.pick("summary block", [.aligned, .boxedRows, .labelAbove, .headedRow, .running]))
    }
}
