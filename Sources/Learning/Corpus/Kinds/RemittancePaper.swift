import Documents

/// A remittance advice on paper: the payment, its claims, the adjustments of the payment.
struct RemittancePaper {
    let content: RemittanceContent
    let composer: Composer
    let style: Style
    let address: Address
    let payeeAddress: Address

    static func draw(_ composer: Composer, _ source: inout Source) {
        let style = composer.style
        let claimCount =
            style.chance("one claim", 0.25)
            ? 1
            : source.dice.pick(weighted: [(1, 0.2), (2, 0.25), (3, 0.2), (5, 0.2), (9, 0.1), (16, 0.04), (30, 0.02)])
        let content = RemittanceContent(claimCount: claimCount, linesMax: 6, &source)
        if style.isTypewriter, style.chance("line printer", 0.6) {
            LinePrinterRemittance(content: content, composer: composer, style: style).draw(&source)
            return
        }
        let paper = RemittancePaper(
            content: content, composer: composer, style: style, address: source.senderAddress(),
            payeeAddress: source.address())
        paper.head(&source)
        switch style.pick("claims", [0, 0, 1, 1, 2, 3]) {
        case 0: paper.oneTable(&source)
        case 1: paper.blocks(&source)
        case 2: paper.flatTable(&source)
        default: paper.claimRows(&source)
        }
        paper.foot(&source)
        composer.footers(note: style.chance("foot note", 0.4) ? content.payer : nil)
    }

    private func head(_ source: inout Source) {
        let title = source.fixedPhrase("remittance", "title")
        let payer = Span(content.payer, "payer_name", .name)
        let sender = Sender(name: [payer], address: address, phone: source.senderPhone(), web: source.webSite())
        if style.isTypewriter {
            composer.print([payer.uppercased()], composer.body, align: style.pick("head's place", [.left, .centre]))
            composer.print([Span(address.street.uppercased())])
            composer.print([Span(address.place.uppercased())])
        } else {
            composer.letterhead(sender)
        }
        let font = style.head.sized(style.number("title size", 1.1...1.7)).bold
        composer.print(
            style.isTypewriter ? title.map { $0.uppercased() } : title, font,
            align: style.pick("title's place", [.left, .centre, .centre, .right]))
        composer.gap(6)
        composer.runningHead = runningHead(title: title.plainText, sender: sender)
        parties()
    }

    /// What the following pages repeat: nothing, a line, or all of the head with the payment it is about.
    private func runningHead(title: String, sender: Sender) -> ((Composer) -> Void)? {
        let payer = content.payer
        let payment = [
            Pair(style.labelSpan("payment_number"), [Span(content.paymentNumber)]),
            Pair(style.labelSpan("payment_date"), [Span(style.formats.date(content.paymentDate))]),
        ]
        switch style.pick("running head", [0, 1, 1, 1, 2]) {
        case 0: return nil
        case 1:
            return { composer in
                composer.print("\(payer)   \(title)", composer.style.small)
                composer.gap(6)
            }
        default:
            var sender = sender
            sender.name = [Span(payer)]
            let repeated = sender
            return { composer in
                composer.letterhead(repeated)
                composer.print([Span(title)], composer.style.head.bold)
                composer.pairs(payment, arrangement: composer.style.pick("running pairs", [.running, .aligned]))
                composer.gap(6)
            }
        }
    }

    private func parties() {
        let top = composer.y
        var pairs = paymentPairs()
        let beside = style.chance("payment beside payee", 0.5)
        let payeeInBlock = style.chance("payee in the block", 0.35)
        if payeeInBlock {
            pairs.insert(Pair(style.labelSpan("payee_name"), [payee]), at: 0)
        } else {
            if style.chance("labelled payee", 0.3) { composer.print([style.labelSpan("payee_name")], style.small) }
            composer.addressBlock([[payee], [Span(payeeAddress.street)], [Span(payeeAddress.place)]])
        }
        let start = composer.left
        let under = composer.y
        if beside, !payeeInBlock {
            composer.y = top
            composer.left = composer.pageWidth * style.number("payment's edge", 0.52...0.6)
        }
        let narrow: [PairArrangement] = [.running, .aligned, .rightAligned, .boxedRows]
        composer.pairs(
            pairs,
            arrangement: beside && !payeeInBlock
                ? style.pick("narrow block", narrow) : style.pick("block", PairArrangement.allCases))
        composer.left = start
        composer.y = max(under, composer.y) + 6
    }

    private var payee: Span {
        Span(style.isTypewriter ? content.payee.uppercased() : content.payee, "payee_name", .name)
    }

    private func paymentPairs() -> [Pair] {
        var pairs: [Pair] = []
        func add(_ field: String, _ text: String, _ kind: NormalForm, share: Double) {
            guard style.chance("head has \(field)", share) else { return }
            pairs.append(Pair(style.labelSpan(field), [style.value(Span(text, field, kind))]))
        }
        add("payment_number", content.paymentNumber, .identifier, share: 0.97)
        add("payment_date", style.formats.date(content.paymentDate), .date, share: 0.97)
        add("payment_amount", style.formats.money(content.payment), .money, share: 0.85)
        add("payee_npi", content.npi, .npi, share: 0.7)
        add("payee_tax_id", style.formats.taxIdentifier(content.taxIdentifier), .taxIdentifier, share: 0.6)
        if style.chance("shuffled head", 0.5) {
            var dice = Dice("head order", style.family)
            pairs = dice.shuffled(pairs)
        }
        if style.chance("method", 0.25) {
            pairs.append(
                Pair(
                    style.ended(style.pick("method label", ["Payment Method", "Pay Method", "Payment Type"])),
                    [Span(style.pick("method", ["CHECK", "EFT", "ACH", "Virtual Card"]))]))
        }
        return pairs
    }

    /// The pairs that say whose a claim is.
    private func claimPairs(_ claim: RemittanceClaim, _ path: String) -> [Pair] {
        var pairs: [Pair] = []
        func add(_ field: String, _ text: String, _ kind: NormalForm, share: Double) {
            guard style.chance("claim has \(field)", share) else { return }
            pairs.append(Pair(style.labelSpan(field), [style.value(Span(text, "\(path).\(field)", kind))]))
        }
        add("patient_name", claim.patient, .name, share: 1)
        add("member_id", claim.memberID, .identifier, share: 0.85)
        add("patient_control_number", claim.accountNumber, .identifier, share: 0.85)
        add("payer_claim_number", claim.claimNumber, .identifier, share: 0.95)
        add("rendering_provider_name", claim.renderingProvider, .name, share: 0.4)
        if style.chance("claim has dates", 0.3) {
            let first = Span(style.formats.date(claim.firstDay), "\(path).service_start", .date)
            let last = Span(style.formats.date(claim.lastDay), "\(path).service_end", .date)
            pairs.append(Pair(style.labelSpan("service_start"), [first, Span(" - "), last]))
        }
        if style.chance("claim has a group", 0.25) {
            pairs.append(Pair(style.labelSpan("group_number"), [Span(claim.groupNumber)]))
        }
        if style.chance("shuffled claim", 0.5) {
            var dice = Dice("claim order", style.family)
            pairs = dice.shuffled(pairs)
        }
        return pairs
    }

    private var tableFont: Font { composer.body.sized(style.number("table size", 0.72...0.9)) }
    private var totalLabel: String {
        let label = style.pick(
            "claim total", ["Claim Total", "Total", "CLAIM TOTALS", "Totals", "Subtotal", "Claim Totals:"])
        return style.isTypewriter ? label.uppercased() : label
    }

    /// One table for all claims: a heading across the columns before each claim's lines.
    private func oneTable(_ source: inout Source) {
        let table = RemittanceTable(style)
        var rows: [TableRow] = []
        for (number, claim) in content.claims.enumerated() {
            let path = "claims[\(number)]"
            rows.append(TableRow(banner: claimPairs(claim, path)))
            rows += lineRows(claim, path, table)
        }
        composer.table(TableContent(columns: table.heads, rows: rows), font: tableFont)
    }

    /// A block and a table of its own for each claim.
    private func blocks(_ source: inout Source) {
        let table = RemittanceTable(style)
        for (number, claim) in content.claims.enumerated() {
            let path = "claims[\(number)]"
            composer.need(110)
            if style.chance("claim rule", 0.5) { composer.rule(width: 0.8) }
            composer.pairs(
                claimPairs(claim, path),
                arrangement: style.pick("claim block", [.twoColumns, .labelAbove, .boxedGrid, .headedRow, .aligned]),
                font: composer.body.sized(0.92))
            composer.table(TableContent(columns: table.heads, rows: lineRows(claim, path, table)), font: tableFont)
            if !table.columns.contains(.patientShare), style.chance("share under claim", 0.5) {
                composer.print(
                    [style.labelSpan("patient_responsibility"), Span(" ")]
                        + table.money(claim.total(\.patientShare), "\(path).patient_responsibility"),
                    tableFont, align: .right)
            }
            composer.gap(6)
        }
    }

    private func lineRows(_ claim: RemittanceClaim, _ path: String, _ table: RemittanceTable) -> [TableRow] {
        var rows = claim.lines.enumerated().map { index, line in
            TableRow(
                table.cells(line, claim: claim, claimPath: path, path: "\(path).service_lines[\(index)]"))
        }
        if style.chance("claim totals", 0.8) { rows.append(table.totals(claim, claimPath: path, label: totalLabel)) }
        return rows
    }

    /// A table in which every row says whose it is.
    private func flatTable(_ source: inout Source) {
        var leading: [RemittanceColumn] = [.patient]
        if style.chance("flat account", 0.6) { leading.append(.account) }
        if style.chance("flat claim", 0.7) { leading.append(.claimNumber) }
        if style.chance("flat member", 0.4) { leading.append(.memberID) }
        let table = RemittanceTable(style, leading: leading)
        let rows = content.claims.enumerated().flatMap { number, claim in
            lineRows(claim, "claims[\(number)]", table)
        }
        composer.table(TableContent(columns: table.heads, rows: rows), font: tableFont)
    }

    /// A row for each claim, without its lines.
    private func claimRows(_ source: inout Source) {
        var fields = ["patient_name", "member_id", "patient_control_number", "payer_claim_number", "service_start"]
        fields = fields.filter {
            ["patient_name", "payer_claim_number"].contains($0) || style.chance("row has \($0)", 0.7)
        }
        let amounts = ["charge_amount", "allowed_amount", "patient_responsibility", "paid_amount"].filter {
            $0 != "allowed_amount" || style.chance("row has allowed", 0.7)
        }
        let table = RemittanceTable(style)
        let rows = content.claims.enumerated().map { number, claim in
            let path = "claims[\(number)]"
            let values: [String: Span] = [
                "patient_name": Span(claim.patient, "\(path).patient_name", .name),
                "member_id": Span(claim.memberID, "\(path).member_id", .identifier),
                "patient_control_number": Span(claim.accountNumber, "\(path).patient_control_number", .identifier),
                "payer_claim_number": Span(claim.claimNumber, "\(path).payer_claim_number", .identifier),
                "service_start": Span(style.formats.date(claim.firstDay), "\(path).service_start", .date),
            ]
            let sums: [String: Money] = [
                "charge_amount": claim.total(\.charge), "allowed_amount": claim.total(\.allowed),
                "patient_responsibility": claim.total(\.patientShare), "paid_amount": claim.paid,
            ]
            return TableRow(
                fields.map { TableCell(values[$0].map { [$0] } ?? []) }
                    + amounts.map { TableCell(table.money(sums[$0] ?? .zero, "\(path).\($0)")) })
        }
        let heads =
            fields.map { TableColumn(head: [style.label($0)], align: .left) }
            + amounts.map { TableColumn(head: style.label($0).split(separator: " ").map(String.init)) }
        composer.table(TableContent(columns: heads, rows: rows), font: tableFont)
    }

    private func foot(_ source: inout Source) {
        if !content.adjustments.isEmpty { providerAdjustments() }
        if style.chance("final total", 0.7) {
            var pairs = [
                Pair(
                    style.labelSpan("payment_amount"),
                    [Span(style.formats.money(content.payment), "payment_amount", .money)])
            ]
            if style.chance("total charges", 0.5) {
                let charges = content.claims.reduce(Money.zero) { $0 + $1.total(\.charge) }
                pairs.insert(
                    Pair(style.ended(style.cased("Total Charges, All Claims")), [Span(style.formats.money(charges))]),
                    at: 0)
            }
            composer.gap(4)
            composer.pairs(pairs, arrangement: style.pick("total block", [.running, .aligned, .boxedRows]))
        }
        if style.chance("code legend", 0.4) { legend(&source) }
        if style.chance("note", 0.5) {
            composer.gap(4)
            composer.paragraph(source.fixedPhrase("remittance", "provider_note", source.commonFacts()), style.small)
        }
    }

    private func providerAdjustments() {
        let title = style.pick(
            "adjustment title",
            [
                "Provider Level Adjustments", "PROVIDER ADJUSTMENTS", "PLB Adjustments",
                "Other Adjustments to this Payment",
            ])
        composer.need(60)
        composer.print([Span(title, bold: true)])
        let table = RemittanceTable(style)
        let rows = content.adjustments.enumerated().map { index, adjustment in
            let path = "provider_adjustments[\(index)]"
            return TableRow([
                TableCell([Span(adjustment.reason, "\(path).reason", .text)]),
                TableCell([Span(adjustment.reference, "\(path).reference", .identifier)]),
                TableCell(table.money(adjustment.amount, "\(path).amount")),
            ])
        }
        let heads = [
            TableColumn(
                head: [style.pick("plb reason", ["Reason", "Adj Code", "PLB Reason Code", "Type"])], align: .left),
            TableColumn(
                head: [style.pick("plb reference", ["Reference", "FCN", "Reference ID", "Claim/Ref #"])], align: .left),
            TableColumn(head: [style.pick("plb amount", ["Amount", "Adj Amount", "Adjustment Amount"])]),
        ]
        composer.table(TableContent(columns: heads, rows: rows), font: tableFont)
    }

    private func legend(_ source: inout Source) {
        let all = Set(content.claims.flatMap(\.lines).flatMap(\.allAdjustments).map { [$0.group, $0.reason] })
        composer.gap(4)
        for code in all.sorted(by: { $0.joined() < $1.joined() }).prefix(8) {
            let known = source.fixedPhrase("remittance", "reason \(code[1])")
            let text = known.isEmpty ? source.fixedPhrase("remittance", "code_text") : known
            composer.paragraph("\(source.formats.reason(code[0], code[1]))  \(text.plainText)", style.small, after: 1)
        }
    }
}
