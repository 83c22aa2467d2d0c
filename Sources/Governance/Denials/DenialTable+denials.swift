package import Documents

extension DenialTable {
    /// The letters that refuse something.
    private static let denyingSubtypes: Set<String> = ["denial", "authorization_denial", "appeal_decision"]

    /// What the payer refuses on the document: nothing, one for a letter, one for each refused or reduced claim or service
    /// line of an explanation of benefits.
    ///
    /// A decision on an appeal counts where it gives a reason to refuse. A line that was paid nothing and says no reason is
    /// denied too, whole where nothing was allowed, and so is one that was reduced for a reason that is no discount and not
    /// the patient's share. What a code of coverage leaves to the patient (`PR-96`) is a denial of its own, with no money at
    /// stake. A negative charge takes an earlier payment back and is no denial.
    package func denials(in document: Document) -> [Denial] {
        switch document.type {
        case "payer_letter": letterDenial(document).map { [$0] } ?? []
        case "eob": document.claims.enumerated().flatMap { claimDenials($0.element, number: $0.offset, of: document) }
        default: []
        }
    }

    /// By when the payer wants an answer to the document: an appeal, or what it asks for.
    package func deadline(
        of document: Document, isAppeal: Bool
    ) -> (day: CalendarDate, source: Denial.DeadlineSource)? {
        if let day = document.text("response_due_date").flatMap({ CalendarDate(printed: $0) }) { return (day, .paper) }
        let date = document.text("letter_date") ?? document.text("payment_date")
        let (days, isOfPayer) = deadlines.days(payer: document.text("payer_name"), isAppeal: isAppeal)
        guard let day = date.flatMap({ CalendarDate(printed: $0) })?.adding(days: days) else { return nil }
        return (day, isOfPayer ? .payer : .standard)
    }

    // MARK: Letters

    private func letterDenial(_ letter: Document) -> Denial? {
        guard let subtype = letter.subtype, DenialTable.denyingSubtypes.contains(subtype) else { return nil }
        let prose = letter.text("denial_reason")
        let codes = letter.texts("reason_codes")
        if subtype == "appeal_decision", prose == nil, codes.isEmpty { return nil }
        let amount = subtype == "authorization_denial" ? nil : letter.fields.amount("charge_amount")
        return denial("", codes, remarks: [], prose: prose, max(amount ?? .zero, .zero), of: letter)
    }

    private func denial(
        _ place: String, _ codes: [String], remarks: [String], prose: String?, _ amount: Money, of document: Document
    ) -> Denial {
        let deadline = deadline(of: document, isAppeal: true)
        let isPatients = Denial.isPatients(codes)
        var finding = find(reasonCodes: codes, remarkCodes: remarks, prose: prose)
        // What is refused is not owed by contract or by the patient, whatever the words say.
        if !finding.category.isDenial {
            finding = DenialFinding(
                category: categories[unspecifiedIndex], confidence: Confidence(1 - finding.confidence.probability),
                grounds: [])
        }
        return Denial(
            place: place, finding: finding, codes: codes + remarks, amountAtStake: isPatients ? .zero : amount,
            patientAmount: isPatients ? amount : nil, deadline: deadline?.day, deadlineSource: deadline?.source)
    }

    // MARK: Explanations of benefits

    private func claimDenials(_ claim: Claim, number: Int, of document: Document) -> [Denial] {
        let place = "claims[\(number)]"
        guard !claim.serviceLines.isEmpty else {
            let row = claim.fields
            guard let charge = row.amount("charge_amount"), charge > .zero, let paid = row.amount("paid_amount"),
                paid <= .zero
            else { return [] }
            let open = DenialTable.owed(row, of: charge) - row.amounts("patient_responsibility")
            return open > .zero ? [denial(place, [], remarks: [], prose: nil, open, of: document)] : []
        }
        return claim.serviceLines.enumerated().flatMap { index, line in
            lineDenials(line, at: "\(place).service_lines[\(index)]", of: document)
        }
    }

    /// What there was to pay: what the payer allowed.
    ///
    /// Who allows nothing, and pays nothing, refuses the whole charge.
    private static func owed(_ row: Row, of charge: Money) -> Money {
        guard let allowed = row.amount("allowed_amount"), allowed > .zero else { return charge }
        return allowed
    }

    /// One denial for each category among the line's adjustments, and another for what of it is left to the patient; one
    /// without a reason where nothing was paid.
    private func lineDenials(_ line: Row, at place: String, of document: Document) -> [Denial] {
        let charge = line.amount("charge_amount")
        if let charge, charge < .zero { return [] }
        let remarks = (line["remark_codes"]?.fields ?? []).map(\.value.description)
        let adjustments = DenialTable.adjustments(of: line)
        var refused: [(category: String, isPatients: Bool, codes: [String], amount: Money)] = []
        for adjustment in adjustments where adjustment.amount > .zero && isRefusal(adjustment.reason) {
            let finding = find(reasonCodes: [adjustment.reason], remarkCodes: remarks)
            let name = finding.category.isDenial ? finding.category.name : DenialCategory.unspecified
            let isPatients = Denial.isPatients([adjustment.reason])
            if let known = refused.firstIndex(where: { $0.category == name && $0.isPatients == isPatients }) {
                refused[known].codes.append(adjustment.reason)
                refused[known].amount = refused[known].amount + adjustment.amount
            } else {
                refused.append((name, isPatients, [adjustment.reason], adjustment.amount))
            }
        }
        guard refused.isEmpty else {
            return refused.map { denial(place, $0.codes, remarks: remarks, prose: nil, $0.amount, of: document) }
        }
        guard let charge, let paid = line.amount("paid_amount"), paid <= .zero else { return [] }
        let share = line.amounts("deductible_amount", "coinsurance_amount", "copay_amount")
        // What the adjustments explain by contract, or as the patient's share, is no secret.
        let explained = adjustments.map(\.amount).filter { $0 > .zero }.reduce(.zero, +)
        let open = DenialTable.owed(line, of: charge) - max(share, .zero)
        let unexplained = min(open, charge - explained - (explained > .zero ? .zero : share))
        return unexplained > .zero
            ? [denial(place, [], remarks: remarks, prose: nil, unexplained, of: document)] : []
    }

    /// Whether an adjustment of this reason refuses what the payer might owe; one of a reason that the table does not have
    /// does, unless its group says that it is the patient's share (X12 835, CAS01).
    private func isRefusal(_ reason: String) -> Bool {
        category(ofReason: reason)?.isDenial ?? !reason.hasPrefix("PR")
    }

    private static func adjustments(of line: Row) -> [(reason: String, amount: Money)] {
        guard case .groups(let groups)? = line["adjustments"] else { return [] }
        return groups.compactMap { group in
            guard let reason = group["reason"]?.value.description,
                let amount = group["amount"].flatMap({ Money($0.value.description) })
            else { return nil }
            let prefix = group["group"].map { "\($0.value.description)-" } ?? ""
            return (reason.contains("-") ? reason : prefix + reason, amount)
        }
    }
}
