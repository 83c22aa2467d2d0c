import Documents

/// What a column of a remittance's table says of a line.
enum RemittanceColumn: String, CaseIterable, Sendable {
    case patient = "patient_name"
    case account = "patient_control_number"
    case claimNumber = "payer_claim_number"
    case memberID = "member_id"
    case date = "service_date"
    case place = "place_of_service"
    case procedure = "procedure_code"
    case modifiers, units
    case service = "service_description"
    case charge = "charge_amount"
    case allowed = "allowed_amount"
    case deductible = "deductible_amount"
    case coinsurance = "coinsurance_amount"
    case copay = "copay_amount"
    case adjustment = "adjustment_amount"
    case reason = "adjustment_reason"
    case remarks = "remark_codes"
    case patientShare = "patient_responsibility"
    case paid = "paid_amount"

    var isMoney: Bool {
        switch self {
        case .charge, .allowed, .deductible, .coinsurance, .copay, .adjustment, .patientShare, .paid: true
        default: false
        }
    }
}

/// How a family's table shows the adjustments of a line.
enum AdjustmentShape: Sendable {
    /// Only the patient's share by kind; what is left is one amount with its reason.
    case patientColumns
    /// Every adjustment with group and reason, the patient's share among them.
    case everyAdjustment
}

/// The columns that a family's remittance table has, and what stands in them.
struct RemittanceTable {
    let style: Style
    let shape: AdjustmentShape
    let columns: [RemittanceColumn]
    /// Whether reason and amount of an adjustment stand in one cell.
    let joinedReason: Bool
    /// Whether the modifier stands behind the procedure code.
    let joinedModifier: Bool
    let bareMoney: Bool
    /// Put before a field's name to find its label: a member's statement speaks to the patient.
    let labelPrefix: String

    /// A provider's table; `leading` columns say whose each line is.
    init(_ style: Style, leading: [RemittanceColumn] = []) {
        self.style = style
        shape = style.chance("every adjustment", 0.4) ? .everyAdjustment : .patientColumns
        joinedReason = shape == .everyAdjustment && style.chance("joined reason", 0.35)
        joinedModifier = style.chance("joined modifier", 0.45)
        bareMoney = style.chance("bare money", 0.55)
        var columns: [RemittanceColumn] = [.date, .procedure]
        if style.chance("place column", 0.3) { columns.insert(.place, at: 1) }
        if !joinedModifier, style.chance("modifier column", 0.7) { columns.append(.modifiers) }
        if style.chance("units column", 0.65) { columns.append(.units) }
        columns.append(.charge)
        if style.chance("allowed column", 0.85) { columns.append(.allowed) }
        if shape == .patientColumns {
            columns += [.deductible, .coinsurance, .copay]
            columns += style.chance("reason first", 0.4) ? [.reason, .adjustment] : [.adjustment, .reason]
        } else {
            columns +=
                joinedReason
                ? [.reason] : style.chance("reason first", 0.6) ? [.reason, .adjustment] : [.adjustment, .reason]
        }
        if style.chance("patient share column", 0.35) { columns.append(.patientShare) }
        if style.chance("remarks before paid", 0.3) {
            columns += [.remarks, .paid]
        } else {
            columns.append(.paid)
            if style.chance("remarks column", 0.7) { columns.append(.remarks) }
        }
        self.columns = leading + RemittanceTable.reordered(columns, style)
        labelPrefix = ""
    }

    /// A patient's table: services by their names, amounts in plain words.
    init(forMember style: Style) {
        self.style = style
        shape = .patientColumns
        joinedReason = false
        joinedModifier = false
        bareMoney = style.chance("bare money", 0.3)
        labelPrefix = "member_"
        var columns: [RemittanceColumn] = [.date]
        columns +=
            style.chance("service first", 0.5)
            ? [.service] : style.chance("codes too", 0.5) ? [.procedure, .service] : [.procedure]
        columns.append(.charge)
        columns.append(.adjustment)
        if style.chance("allowed column", 0.7) { columns.append(.allowed) }
        let share: [RemittanceColumn] = [.deductible, .copay, .coinsurance]
        columns += style.chance("paid before share", 0.4) ? [.paid] + share : share + [.paid]
        columns.append(.patientShare)
        if style.chance("notes column", 0.5) { columns.append(.reason) }
        self.columns = columns
    }

    /// A third of the families have their amounts in an order of their own.
    private static func reordered(_ columns: [RemittanceColumn], _ style: Style) -> [RemittanceColumn] {
        guard style.chance("own order", 0.3) else { return columns }
        var dice = Dice("column order", style.family)
        var amounts = columns.filter {
            [.allowed, .deductible, .coinsurance, .copay, .patientShare, .units].contains($0)
        }
        amounts = dice.shuffled(amounts)
        return columns.map { column in
            [.allowed, .deductible, .coinsurance, .copay, .patientShare, .units].contains(column)
                ? amounts.removeFirst() : column
        }
    }

    var heads: [TableColumn] {
        columns.map { column in
            var label = style.label(labelled: labelPrefix + column.rawValue, else: column.rawValue)
            if column == .procedure, joinedModifier {
                label += style.pick("modifier head", ["/Mod", "-Mod", " Mod", ""])
            }
            if column == .reason, joinedReason {
                label = style.pick(
                    "joined head", ["Adjustments", "Adj Rsn/Amt", "CAS Codes/Amounts", "GRP/RC-AMT", "Reason-Amount"])
            }
            return TableColumn(
                head: stacked(style.isTypewriter ? label.uppercased() : label),
                align: column.isMoney || column == .units ? .right : .left)
        }
    }

    /// A head of several words on two or three lines, as narrow columns have them.
    private func stacked(_ label: String) -> [String] {
        guard label.count > 9, style.chance("stacked heads", 0.8) else { return [label] }
        let words = label.split(separator: " ").map(String.init)
        guard words.count > 1 else { return [label] }
        if words.count == 2 { return words }
        let half = (words.count + 1) / 2
        return [words.prefix(half).joined(separator: " "), words.dropFirst(half).joined(separator: " ")]
    }

    func money(_ amount: Money, _ path: String) -> [Span] {
        [Span(style.formats.money(amount, bare: bareMoney), path, .money)]
    }

    /// The cells of one line; `path` is `claims[0].service_lines[1]`.
    func cells(_ line: RemittanceLine, claim: RemittanceClaim, claimPath: String, path: String) -> [TableCell] {
        columns.map { cell($0, line, claim: claim, claimPath: claimPath, path: path) }
    }

    private func cell(
        _ column: RemittanceColumn, _ line: RemittanceLine, claim: RemittanceClaim, claimPath: String, path: String
    ) -> TableCell {
        let shown = shape == .patientColumns ? line.adjustments : line.allAdjustments
        return switch column {
        case .patient: TableCell([Span(claim.patient, "\(claimPath).patient_name", .name)])
        case .account: TableCell([Span(claim.accountNumber, "\(claimPath).patient_control_number", .identifier)])
        case .claimNumber: TableCell([Span(claim.claimNumber, "\(claimPath).payer_claim_number", .identifier)])
        case .memberID: TableCell([Span(claim.memberID, "\(claimPath).member_id", .identifier)])
        case .date: TableCell([Span(style.formats.date(line.date), "\(path).service_date", .date)])
        case .place: TableCell(line.placeOfService)
        case .procedure: TableCell(procedure(line, path))
        case .service: TableCell(line.procedure[1])
        case .modifiers: TableCell(modifiers(line, path, between: " "))
        case .units: TableCell([Span(String(line.units), "\(path).units", .number)])
        case .charge: TableCell(money(line.charge, "\(path).charge_amount"))
        case .allowed: TableCell(money(line.allowed, "\(path).allowed_amount"))
        case .deductible: TableCell(money(line.deductible, "\(path).deductible_amount"))
        case .coinsurance: TableCell(money(line.coinsurance, "\(path).coinsurance_amount"))
        case .copay: TableCell(money(line.copay, "\(path).copay_amount"))
        case .adjustment:
            TableCell(lines: shown.enumerated().map { money($1.amount, "\(path).adjustments[\($0)].amount") })
        case .reason: TableCell(lines: shown.enumerated().map { reason($1, "\(path).adjustments[\($0)]") })
        case .remarks: TableCell(remarks(line, path))
        case .patientShare:
            TableCell(style.formats.money(line.patientShare, bare: bareMoney))
        case .paid: TableCell(money(line.paid, "\(path).paid_amount"))
        }
    }

    private func procedure(_ line: RemittanceLine, _ path: String) -> [Span] {
        var spans = [Span(line.procedure[0], "\(path).procedure_code", .procedureCode)]
        if joinedModifier, !line.modifiers.isEmpty {
            let between = style.pick("before modifier", ["-", " ", "/"])
            spans += [Span(between)] + modifiers(line, path, between: between)
        }
        return spans
    }

    private func modifiers(_ line: RemittanceLine, _ path: String, between: String) -> [Span] {
        var spans: [Span] = []
        for (index, modifier) in line.modifiers.enumerated() {
            if index > 0 { spans.append(Span(between)) }
            spans.append(Span(modifier, "\(path).modifiers[\(index)]", .modifier))
        }
        return spans
    }

    private func remarks(_ line: RemittanceLine, _ path: String) -> [Span] {
        var spans: [Span] = []
        for (index, remark) in line.remarks.enumerated() {
            if index > 0 { spans.append(Span(style.pick("between remarks", [" ", ", ", ","]))) }
            spans.append(Span(remark, "\(path).remark_codes[\(index)]", .remarkCode))
        }
        return spans
    }

    /// The reason of an adjustment: printed with its group it is the value of both; in one cell the amount follows.
    private func reason(_ adjustment: LineAdjustment, _ path: String) -> [Span] {
        let text =
            style.chance("reasons without group", 0.12)
            ? Span(adjustment.reason, "\(path).reason", .adjustmentReason)
            : Span(
                style.formats.reason(adjustment.group, adjustment.reason),
                [
                    Tag("\(path).reason", .adjustmentReason),
                    Tag("\(path).group", .text, value: .text(adjustment.group)),
                ])
        guard joinedReason else { return [text] }
        return [text, Span(" ")] + money(adjustment.amount, "\(path).amount")
    }

    /// The totals of a claim under its lines.
    func totals(_ claim: RemittanceClaim, claimPath: String, label: String) -> TableRow {
        var cells: [TableCell] = columns.map { column in
            switch column {
            case .charge: TableCell(money(claim.total(\.charge), "\(claimPath).charge_amount"))
            case .allowed: TableCell(money(claim.total(\.allowed), "\(claimPath).allowed_amount"))
            case .deductible: plain(claim.total(\.deductible))
            case .coinsurance: plain(claim.total(\.coinsurance))
            case .copay: plain(claim.total(\.copay))
            case .adjustment:
                plain(
                    claim.total {
                        shape == .patientColumns ? $0.adjusted : $0.adjusted + $0.deductible + $0.coinsurance + $0.copay
                    })
            case .patientShare: TableCell(money(claim.total(\.patientShare), "\(claimPath).patient_responsibility"))
            case .paid: TableCell(money(claim.paid, "\(claimPath).paid_amount"))
            default: TableCell()
            }
        }
        cells[0] = TableCell(label)
        return TableRow(cells, bold: style.chance("bold totals", 0.7), ruledAbove: true)
    }

    private func plain(_ amount: Money) -> TableCell { TableCell(style.formats.money(amount, bare: bareMoney)) }
}
