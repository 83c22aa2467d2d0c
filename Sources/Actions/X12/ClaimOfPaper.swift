import Documents

/// A claim as paper has it, brought into the form and the sums of an 835.
struct ClaimOfPaper {
    /// Deductible, coinsurance and copay, with their Claim Adjustment Reason Codes.
    private static let patientParts = [("deductible_amount", "1"), ("coinsurance_amount", "2"), ("copay_amount", "3")]
    /// The reason of what the contract does not allow.
    private static let contract = "45"
    /// The reason that another payer paid before this one.
    private static let priorPayer = "23"

    let claim: Claim
    /// What sentences call it: `Claim 2`.
    let place: String

    /// The claim; throws the sentence that says what is missing or does not add up.
    func read() throws(X12Problem) -> RemittanceClaim {
        let fields = claim.fields
        var lines: [RemittanceLine] = []
        for (index, line) in claim.serviceLines.enumerated() {
            lines.append(try self.line(line, "\(place), line \(index + 1)"))
        }
        let charge = try total("charge_amount", "charged", of: lines.map(\.charge))
        let paid = try total("paid_amount", "paid", of: lines.map(\.paid))
        var found = RemittanceClaim(
            status: .primary, patientControlNumber: fields.value("patient_control_number"),
            payerClaimNumber: try need(
                fields.value("payer_claim_number"), "the payer's claim number (payer_claim_number)", of: place),
            patientName: try need(fields.value("patient_name"), "the patient's name (patient_name)", of: place),
            memberID: fields.value("member_id"), charge: charge, paid: paid, allowed: fields.amount("allowed_amount"),
            serviceStart: fields.date("service_start"), serviceEnd: fields.date("service_end"),
            adjustments: lines.isEmpty
                ? try adjustments(fields, charge: charge, paid: paid, place) : [],
            lines: lines)
        if let owed = fields.amount("patient_responsibility"), owed != found.patientResponsibility {
            throw X12Problem(
                """
                \(place): \(owed) is left to the patient, of which the adjustments explain \
                \(found.patientResponsibility).
                """)
        }
        for line in lines where line.serviceDate == nil && found.serviceStart == nil {
            throw X12Problem("\(place): the service \(line.procedureCode) has no date, and the claim has none either.")
        }
        found.status = status(of: found)
        return found
    }

    /// Paid or denied, a claim is processed: as the first payer's, unless the paper says that another paid before.
    private func status(of claim: RemittanceClaim) -> RemittanceClaim.Status {
        if claim.charge < .zero || claim.paid < .zero { return .reversal }
        let isSecondary = claim.allAdjustments.contains { $0.reason == ClaimOfPaper.priorPayer }
        return isSecondary ? .secondary : .primary
    }

    /// The claim's own amount, which its lines must sum to, or theirs where it has none.
    private func total(_ name: String, _ done: String, of lines: [Money]) throws(X12Problem) -> Money {
        let own = claim.fields.amount(name)
        guard !lines.isEmpty else { return try need(own, "what was \(done) (\(name))", of: place) }
        let sum = lines.reduce(.zero, +)
        guard let own, own != sum else { return sum }
        throw X12Problem(
            "\(place): \(own) was \(done), its lines sum to \(sum); \(magnitude(own - sum)) is unexplained.")
    }

    private func line(_ line: Row, _ place: String) throws(X12Problem) -> RemittanceLine {
        let charge = try need(line.amount("charge_amount"), "what was charged (charge_amount)", of: place)
        let paid = try need(line.amount("paid_amount"), "what was paid (paid_amount)", of: place)
        let modifiers = line.values("modifiers")
        guard modifiers.count <= 4 else {
            throw X12Problem("\(place) has \(modifiers.count) modifiers: an 835 has room for 4.")
        }
        return RemittanceLine(
            procedureCode: try need(line.value("procedure_code"), "the procedure (procedure_code)", of: place),
            modifiers: modifiers, units: line.value("units"), serviceDate: line.date("service_date"), charge: charge,
            paid: paid, allowed: line.amount("allowed_amount"),
            adjustments: try adjustments(line, charge: charge, paid: paid, place),
            remarkCodes: line.values("remark_codes"))
    }

    /// The adjustments that explain the whole difference of charge and payment.
    ///
    /// The patient's parts count where the printed adjustments have none of the group PR, and what the contract does not
    /// allow counts as CO-45 where exactly that is left. Where nothing is allowed, the contract explains nothing: that is a
    /// denial, and its reason has to be printed.
    private func adjustments(
        _ row: Row, charge: Money, paid: Money, _ place: String
    ) throws(X12Problem) -> [ClaimAdjustment] {
        var found = try printed(row, place)
        if !found.contains(where: { $0.group == .patientResponsibility }) {
            for (name, reason) in ClaimOfPaper.patientParts {
                if let amount = row.amount(name) {
                    found.append(ClaimAdjustment(.patientResponsibility, reason, amount))
                }
            }
        }
        var adjusted = found.reduce(Money.zero) { $0 + $1.amount }
        let isContractPrinted = found.contains {
            $0.group == .contractualObligation && $0.reason == ClaimOfPaper.contract
        }
        // What is taken back is allowed a negative amount.
        if !isContractPrinted, let allowed = row.amount("allowed_amount"),
            allowed > .zero || allowed < .zero && charge < .zero, charge - paid - adjusted == charge - allowed
        {
            found.append(ClaimAdjustment(.contractualObligation, ClaimOfPaper.contract, charge - allowed))
            adjusted = adjusted + charge - allowed
        }
        guard charge - adjusted == paid else {
            throw X12Problem(
                """
                \(place): \(charge) charged - \(adjusted) adjusted ≠ \(paid) paid; \
                \(magnitude(charge - adjusted - paid)) is unexplained.
                """)
        }
        return merged(found)
    }

    private func printed(_ row: Row, _ place: String) throws(X12Problem) -> [ClaimAdjustment] {
        var found: [ClaimAdjustment] = []
        for (index, part) in row.groups("adjustments").enumerated() {
            let name = "\(place): adjustment \(index + 1)"
            guard let amount = part["amount"].flatMap({ Money($0) }) else { throw X12Problem("\(name) has no amount.") }
            if amount == .zero { continue }
            let codes = (part["reason"] ?? "").uppercased().split(separator: "-").map(String.init)
            guard let reason = codes.last, (1...5).contains(reason.count) else {
                throw X12Problem("\(name) has no reason code.")
            }
            guard ReasonCodes.isPublished(reason) else {
                throw X12Problem(
                    "\(name) has the reason \(reason), which is no published code (CARC): correct it to one that is.")
            }
            let groups = Set([part["group"]?.uppercased(), codes.count > 1 ? codes[0] : nil].compactMap { $0 })
            guard groups.count == 1, let group = groups.first.flatMap(ClaimAdjustment.Group.init) else {
                throw X12Problem(
                    """
                    \(name), \(reason), is of \(groups.isEmpty ? "no group" : "the group \(groups.sorted().joined(separator: " and "))"): \
                    an 835 needs one of CO, OA, PI and PR.
                    """)
            }
            found.append(ClaimAdjustment(group, reason, amount))
        }
        return found
    }

    /// One adjustment for each reason, in order, without those of nothing.
    private func merged(_ adjustments: [ClaimAdjustment]) -> [ClaimAdjustment] {
        var merged: [ClaimAdjustment] = []
        for adjustment in adjustments {
            let same = merged.firstIndex { $0.group == adjustment.group && $0.reason == adjustment.reason }
            if let same {
                merged[same].amount = merged[same].amount + adjustment.amount
            } else {
                merged.append(adjustment)
            }
        }
        return merged.filter { $0.amount != .zero }
    }
}
