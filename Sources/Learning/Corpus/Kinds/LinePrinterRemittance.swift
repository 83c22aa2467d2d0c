import Documents

/// A remittance as line printers have set it for decades: capitals, one type size, abbreviated heads, dashes for rules,
/// a line that names the patient before the lines of each claim and a line of totals after them.
struct LinePrinterRemittance {
    let content: RemittanceContent
    let composer: Composer
    let style: Style

    /// A column: where it begins in characters, how wide it is, and its head on two lines.
    private struct Column {
        let field: RemittanceColumn?
        let heads: (String, String)
        let width: Int
    }

    private var columns: [Column] {
        let provider = Column(
            field: nil,
            heads: style.pick("performer", [("PERF PROV", ""), ("RENDERING", "PROVIDER"), ("PROV ID", "")]), width: 11)
        var columns = style.chance("performer column", 0.7) ? [provider] : []
        columns += [
            Column(
                field: .date,
                heads: style.pick(
                    "printed date", [("SERV DATE", ""), ("DATE OF", "SERVICE"), ("SVC", "DATE"), ("DOS", "")]),
                width: 11),
            Column(
                field: .place, heads: style.pick("printed place", [("POS", ""), ("PL", "SV"), ("PS", "")]), width: 4),
            Column(
                field: .units,
                heads: style.pick("printed units", [("NOS", ""), ("UNITS", ""), ("QTY", ""), ("UN", "")]), width: 6),
            Column(
                field: .procedure,
                heads: style.pick("printed code", [("PROC", ""), ("PROC", "CODE"), ("HCPCS", ""), ("PROC", "CD")]),
                width: 7),
            Column(
                field: .modifiers, heads: style.pick("printed modifier", [("MODS", ""), ("MOD", ""), ("MD", "")]),
                width: 6),
            Column(
                field: .charge,
                heads: style.pick(
                    "printed charge", [("BILLED", ""), ("AMOUNT", "BILLED"), ("CHARGE", "AMT"), ("BILLED", "AMT")]),
                width: 11),
            Column(
                field: .allowed,
                heads: style.pick("printed allowed", [("ALLOWED", ""), ("ALLOWED", "AMT"), ("AMT", "ALLWD")]), width: 10
            ),
            Column(
                field: .deductible,
                heads: style.pick("printed deductible", [("DEDUCT", ""), ("DED", "AMT"), ("DEDUCT", "AMT")]), width: 9),
            Column(
                field: .coinsurance,
                heads: style.pick("printed coinsurance", [("COINS", ""), ("COINS", "AMT"), ("CO-INS", "")]), width: 9),
            Column(
                field: .copay, heads: style.pick("printed copay", [("COPAY", ""), ("CO-PAY", ""), ("COPAY", "AMT")]),
                width: 8),
            Column(
                field: .reason,
                heads: style.pick("printed reason", [("GRP/RC", ""), ("ADJ", "RSN"), ("GRP/", "RC-CD"), ("RC", "")]),
                width: 8),
            Column(
                field: .adjustment,
                heads: style.pick("printed adjustment", [("AMT", ""), ("ADJ", "AMT"), ("RC-AMT", ""), ("ADJUST", "")]),
                width: 10),
            Column(
                field: .paid,
                heads: style.pick("printed paid", [("PROV PD", ""), ("PAID", ""), ("AMT", "PAID"), ("PAID", "AMT")]),
                width: 10),
        ]
        return columns
    }

    private var characters: Int { columns.reduce(0) { $0 + $1.width } }

    /// The largest size at which all columns fit on a line.
    private var font: Font {
        let one = composer.measure.width("0", Font(style.textFamily, 10)) / 10
        return Font(style.textFamily, min(9.5, composer.width / one / Double(characters)))
    }

    func draw(_ source: inout Source) {
        composer.runningHead = { composer in
            let page = LinePrinterRemittance(content: content, composer: composer, style: style)
            page.heading(isFirst: false)
        }
        let address = source.senderAddress()
        let title = source.fixedPhrase("remittance", "title").map { $0.uppercased() }
        line([(0, [Span(content.payer.uppercased(), "payer_name", .name)]), (characters / 2, title)])
        line([(0, [Span(address.street.uppercased())])])
        line([(0, [Span(address.place.uppercased())])])
        blank()
        parties(source.address())
        blank()
        heading(isFirst: true)
        for (number, claim) in content.claims.enumerated() { draw(claim, "claims[\(number)]") }
        totals()
        adjustments()
        composer.footers(note: nil)
    }

    private func line(_ parts: [(Int, [Span])], bold: Bool = false) {
        composer.need(font.size * 1.2)
        composer.y += font.size * 1.2
        let step = composer.measure.width("0", font)
        for (column, spans) in parts where !spans.plainText.isEmpty {
            composer.place(
                spans, bold ? font.bold : font, x: composer.left + step * Double(column),
                baseline: composer.y - font.size * 0.25)
        }
    }

    private func blank() { composer.gap(font.size * 0.9) }
    private func dashes() {
        line([(0, [Span(String(repeating: style.pick("dash", ["-", "=", "_"]), count: characters))])])
    }

    private func parties(_ address: Address) {
        let label = { (field: String) in [Span(style.label(field).uppercased() + ": ")] }
        let edge = characters * 6 / 10
        line([
            (0, [Span(content.payee.uppercased(), "payee_name", .name)]),
            (edge, label("payee_npi") + [Span(content.npi, "payee_npi", .npi)]),
        ])
        line([
            (0, [Span(address.street.uppercased())]),
            (edge, label("payment_date") + [Span(style.formats.date(content.paymentDate), "payment_date", .date)]),
        ])
        line([
            (0, [Span(address.place.uppercased())]),
            (edge, label("payment_number") + [Span(content.paymentNumber, "payment_number", .identifier)]),
        ])
        if style.chance("printed tax id", 0.5) {
            let text = style.formats.taxIdentifier(content.taxIdentifier)
            line([(edge, label("payee_tax_id") + [Span(text, "payee_tax_id", .taxIdentifier)])])
        }
    }

    private func heading(isFirst: Bool) {
        if !isFirst { line([(0, [Span(content.payer.uppercased())])]) }
        dashes()
        for first in [true, false] {
            if !first, columns.allSatisfy({ $0.heads.1.isEmpty }) { continue }
            var start = 0
            var parts: [(Int, [Span])] = []
            for column in columns {
                let text = first ? column.heads.0 : column.heads.1
                parts.append((place(text, in: column, from: start), [Span(text)]))
                start += column.width
            }
            line(parts)
        }
        dashes()
    }

    /// Amounts and counts end their column, one character before the next; all else begins it.
    private func place(_ text: String, in column: Column, from start: Int) -> Int {
        let isRight = column.field.map { $0.isMoney || $0 == .units } ?? false
        return isRight ? start + max(0, column.width - 1 - text.count) : start
    }

    private func draw(_ claim: RemittanceClaim, _ path: String) {
        composer.need(font.size * 1.2 * Double(claim.lines.count + 3))
        let names = style.pick(
            "claim names",
            [
                ("NAME", "HIC", "ACNT", "ICN"), ("PATIENT", "ID", "ACCT", "CLAIM"), ("NAME:", "MID:", "PCN:", "ICN:"),
                ("PATIENT:", "MEMBER ID:", "ACCT NO:", "CLAIM NO:"), ("PT NAME", "MBR ID", "PT ACCT", "DCN"),
            ])
        line([
            (0, [Span(names.0 + " "), Span(claim.patient.uppercased(), "\(path).patient_name", .name)]),
            (characters * 32 / 100, [Span(names.1 + " "), Span(claim.memberID, "\(path).member_id", .identifier)]),
            (
                characters * 54 / 100,
                [Span(names.2 + " "), Span(claim.accountNumber, "\(path).patient_control_number", .identifier)]
            ),
            (
                characters * 74 / 100,
                [Span(names.3 + " "), Span(claim.claimNumber, "\(path).payer_claim_number", .identifier)]
            ),
        ])
        for (index, each) in claim.lines.enumerated() { draw(each, claim, "\(path).service_lines[\(index)]") }
        sums(claim, path)
        blank()
    }

    private func money(_ amount: Money) -> String { style.formats.money(amount, bare: true) }

    private func draw(_ each: RemittanceLine, _ claim: RemittanceClaim, _ path: String) {
        for row in 0..<max(1, each.adjustments.count) {
            var start = 0
            var parts: [(Int, [Span])] = []
            for column in columns {
                let spans = self.spans(column, each, path, row: row)
                parts.append((place(spans.plainText, in: column, from: start), spans))
                start += column.width
            }
            line(parts)
        }
        if !each.remarks.isEmpty {
            var spans = [Span(style.pick("printed remarks", ["REM: ", "RMK ", "REMARKS: "]))]
            for (index, remark) in each.remarks.enumerated() {
                if index > 0 { spans.append(Span(" ")) }
                spans.append(Span(remark, "\(path).remark_codes[\(index)]", .remarkCode))
            }
            line([(columns[0].field == nil ? columns[0].width : 0, spans)])
        }
    }

    private func spans(_ column: Column, _ each: RemittanceLine, _ path: String, row: Int) -> [Span] {
        if row > 0 || column.field == .reason || column.field == .adjustment {
            guard row < each.adjustments.count else { return [] }
            let adjustment = each.adjustments[row]
            let place = "\(path).adjustments[\(row)]"
            switch column.field {
            case .reason:
                return [
                    Span(
                        "\(adjustment.group)-\(adjustment.reason)",
                        [
                            Tag("\(place).reason", .adjustmentReason),
                            Tag("\(place).group", .text, value: .text(adjustment.group)),
                        ])
                ]
            case .adjustment: return [Span(money(adjustment.amount), "\(place).amount", .money)]
            default: return []
            }
        }
        switch column.field {
        case .none: return [Span(content.npi)]
        case .date: return [Span(style.formats.date(each.date), "\(path).service_date", .date)]
        case .place: return [Span(each.placeOfService)]
        case .units: return [Span("\(each.units)", "\(path).units", .number)]
        case .procedure: return [Span(each.procedure[0], "\(path).procedure_code", .procedureCode)]
        case .modifiers: return each.modifiers.first.map { [Span($0, "\(path).modifiers[0]", .modifier)] } ?? []
        case .charge: return [Span(money(each.charge), "\(path).charge_amount", .money)]
        case .allowed: return [Span(money(each.allowed), "\(path).allowed_amount", .money)]
        case .deductible: return [Span(money(each.deductible), "\(path).deductible_amount", .money)]
        case .coinsurance: return [Span(money(each.coinsurance), "\(path).coinsurance_amount", .money)]
        case .copay: return [Span(money(each.copay), "\(path).copay_amount", .money)]
        default: return [Span(money(each.paid), "\(path).paid_amount", .money)]
        }
    }

    /// The patient's share and the claim's totals, each under its column.
    private func sums(_ claim: RemittanceClaim, _ path: String) {
        var start = 0
        let label = style.pick("printed totals", ["CLAIM TOTALS", "CLAIM TOTAL", "TOTAL", "TOTALS:"])
        let labelStart = columns.prefix { $0.field != .charge }.reduce(0) { $0 + $1.width } - label.count - 1
        var parts: [(Int, [Span])] = [
            (
                0,
                [
                    Span(style.pick("printed share", ["PT RESP ", "PAT RESP: ", "PT RESPONSIBILITY "])),
                    Span(money(claim.total(\.patientShare)), "\(path).patient_responsibility", .money),
                ]
            )
        ]
        if labelStart < 30 {
            line(parts)
            parts = []
        }
        for column in columns {
            let spans: [Span] =
                switch column.field {
                case .charge: [Span(money(claim.total(\.charge)), "\(path).charge_amount", .money)]
                case .allowed: [Span(money(claim.total(\.allowed)), "\(path).allowed_amount", .money)]
                case .deductible: [Span(money(claim.total(\.deductible)))]
                case .coinsurance: [Span(money(claim.total(\.coinsurance)))]
                case .copay: [Span(money(claim.total(\.copay)))]
                case .adjustment: [Span(money(claim.total(\.adjusted)))]
                case .paid: [Span(money(claim.paid), "\(path).paid_amount", .money)]
                default: []
                }
            parts.append((place(spans.plainText, in: column, from: start), spans))
            start += column.width
        }
        parts.append((max(0, labelStart), [Span(label)]))
        line(parts)
        if style.chance("printed net", 0.4) {
            let net = money(claim.paid)
            line([(characters - net.count - 5, [Span("NET " + net)])])
        }
    }

    private func totals() {
        dashes()
        let all = content.claims.flatMap(\.lines)
        let charged = all.reduce(Money.zero) { $0 + $1.charge }
        let adjusted = content.adjustments.reduce(Money.zero) { $0 + $1.amount }
        line([
            (0, [Span("TOTALS:  # OF CLAIMS \(content.claims.count)")]),
            (characters * 3 / 10, [Span("BILLED " + money(charged))]),
            (characters * 5 / 10, [Span("PROV ADJ " + money(adjusted))]),
            (
                characters * 7 / 10,
                [
                    Span(style.label("payment_amount").uppercased() + " "),
                    Span(money(content.payment), "payment_amount", .money),
                ]
            ),
        ])
    }

    private func adjustments() {
        guard !content.adjustments.isEmpty else { return }
        blank()
        line([(0, [Span("PROVIDER ADJ DETAILS:   PLB REASON CODE     FCN                    AMOUNT")])])
        for (index, adjustment) in content.adjustments.enumerated() {
            let path = "provider_adjustments[\(index)]"
            line([
                (24, [Span(adjustment.reason, "\(path).reason", .text)]),
                (44, [Span(adjustment.reference, "\(path).reference", .identifier)]),
                (67, [Span(money(adjustment.amount), "\(path).amount", .money)]),
            ])
        }
    }
}
