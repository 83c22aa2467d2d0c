import Documents

/// What tells one claim of an explanation of benefits from another.
struct ClaimIdentity: Sendable {
    let claimNumber: String?
    let controlNumber: String?
    let patient: PersonName?
    let serviceStart: String?
    let charge: Money?
    let paid: Money?

    init(_ claim: Claim) {
        func text(_ name: String) -> String? { claim.fields.text(name) }
        claimNumber = text("payer_claim_number").flatMap { AccountKeys.claim($0) }
        controlNumber = text("patient_control_number").flatMap { AccountKeys.account($0) }
        patient = text("patient_name").map { PersonName($0) }
        serviceStart = text("service_start") ?? claim.serviceLines.compactMap { $0.text("service_date") }.min()
        charge = claim.fields.amount("charge_amount") ?? ClaimIdentity.sum("charge_amount", of: claim)
        paid = claim.fields.amount("paid_amount") ?? ClaimIdentity.sum("paid_amount", of: claim)
    }

    /// What claims that may be the same, or of one stay, have in common.
    var keys: Set<String> {
        var keys = Set([claimNumber, controlNumber].compactMap { $0 })
        if let patient, let serviceStart { keys.formUnion(AccountKeys.names(patient).map { "\(serviceStart) \($0)" }) }
        return keys
    }

    /// Whether both are one claim: the payer's number is the same, or, where one of them does not have it, the account,
    /// or the patient and the day.
    func isSame(as other: ClaimIdentity) -> Bool {
        if let claimNumber, let theirs = other.claimNumber, claimNumber == theirs { return true }
        return isOfSameStay(as: other) && (claimNumber == nil || other.claimNumber == nil)
    }

    /// Whether both are of one stay of one patient, whatever the payer's numbers.
    func isOfSameStay(as other: ClaimIdentity) -> Bool {
        if let controlNumber, let theirs = other.controlNumber, controlNumber != theirs { return false }
        if let serviceStart, let theirs = other.serviceStart, serviceStart != theirs { return false }
        if let patient, let theirs = other.patient, !patient.maySpell(theirs) { return false }
        let isAccount = controlNumber != nil && other.controlNumber != nil
        let isPatient = patient != nil && other.patient != nil && serviceStart != nil && other.serviceStart != nil
        return isAccount || isPatient
    }

    private static func sum(_ field: String, of claim: Claim) -> Money? {
        let amounts = claim.serviceLines.compactMap { $0.amount(field) }
        return amounts.isEmpty ? nil : amounts.reduce(.zero, +)
    }
}

extension Row {
    /// The text of the row's own field; nil where none was read.
    func text(_ field: String) -> String? {
        guard case .one(let found)? = self[field], case .text(let text) = found.value else { return nil }
        return text
    }
}
