package import Documents

/// Services that two remittances both pay.
///
/// A service is told by its day, procedure, modifiers and charge. It was paid twice where both pay the same sum, or
/// together more than was allowed (than was charged, where the papers do not say): a payer that pays the rest of a claim
/// later, or takes a payment back and pays anew, pays it once.
package struct RepeatedPayment: Hashable, Sendable {
    /// The claim of the later document, from 0.
    package var claim: Int
    package var paidHere: Money
    package var paidThere: Money
    /// What the two together should have come to at most; nil where the papers do not say.
    package var allowed: Money?
    /// The days and procedures, as `2026-03-14 99213`; empty where no lines are printed.
    package var services: [String]

    /// What `mine`, a claim of the later document, pays that `other` paid already.
    static func of(
        _ mine: Claim, _ identity: ClaimIdentity, paidBefore other: Claim, _ theirs: ClaimIdentity, at index: Int
    ) -> RepeatedPayment? {
        let isSame = identity.isSame(as: theirs)
        guard isSame || identity.isOfSameStay(as: theirs) else { return nil }
        if !mine.serviceLines.isEmpty, !other.serviceLines.isEmpty {
            return repeatedLines(mine, other, at: index)
        }
        guard let paid = identity.paid, let before = theirs.paid, before > .zero,
            isSame || identity.charge != nil && identity.charge == theirs.charge
        else { return nil }
        let allowed = mine.fields.amount("allowed_amount") ?? identity.charge
        guard isTwice(paid, before, allowed: allowed) else { return nil }
        return RepeatedPayment(claim: index, paidHere: paid, paidThere: before, allowed: allowed, services: [])
    }

    private static func repeatedLines(_ mine: Claim, _ other: Claim, at index: Int) -> RepeatedPayment? {
        var left = other.serviceLines.compactMap(ServiceIdentity.init)
        var found = RepeatedPayment(claim: index, paidHere: .zero, paidThere: .zero, allowed: nil, services: [])
        for line in mine.serviceLines.compactMap(ServiceIdentity.init) {
            guard let place = left.firstIndex(where: { $0.isSame(as: line) }) else { continue }
            let before = left.remove(at: place)
            guard isTwice(line.paid, before.paid, allowed: line.allowed ?? line.charge) else { continue }
            found.paidHere = found.paidHere + line.paid
            found.paidThere = found.paidThere + before.paid
            found.allowed = (found.allowed ?? .zero) + (line.allowed ?? line.charge ?? .zero)
            found.services.append(line.words)
        }
        return found.services.isEmpty ? nil : found
    }

    private static func isTwice(_ paid: Money, _ before: Money, allowed: Money?) -> Bool {
        guard paid > .zero, before > .zero else { return false }
        return paid == before || allowed.map { paid + before > $0 } ?? false
    }
}

/// What tells one service line from another of the same patient.
private struct ServiceIdentity: Sendable {
    let date: String
    let procedure: String
    let modifiers: [String]
    let charge: Money?
    let allowed: Money?
    let paid: Money

    /// Nil for a line that does not say enough, or that nothing was paid for.
    init?(_ line: Row) {
        guard let date = line.text("service_date"), let procedure = line.text("procedure_code"),
            let paid = line.amount("paid_amount"), paid > .zero
        else { return nil }
        (self.date, self.procedure, self.paid) = (date, procedure, paid)
        modifiers = (line["modifiers"]?.fields ?? []).map(\.value.description).sorted()
        charge = line.amount("charge_amount")
        allowed = line.amount("allowed_amount").flatMap { $0 > .zero ? $0 : nil }
    }

    var words: String { ([date, procedure] + modifiers).joined(separator: " ") }

    func isSame(as other: ServiceIdentity) -> Bool {
        (date, procedure, modifiers) == (other.date, other.procedure, other.modifiers)
            && (charge == nil || other.charge == nil || charge == other.charge)
    }
}
