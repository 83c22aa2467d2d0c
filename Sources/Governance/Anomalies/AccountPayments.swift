package import Documents

/// What payers paid on one account of the books, document by document.
package struct AccountPayments: Sendable {
    private let here: Money
    private let others: [Money]

    /// - Parameters:
    ///   - document: the one that is decided on.
    ///   - others: those that came before.
    package init(account: String, _ document: Document, _ others: [Document]) {
        here = AccountPayments.paid(on: account, by: document)
        self.others = others.map { AccountPayments.paid(on: account, by: $0) }
    }

    /// What this document paid and what all paid, where that is more than `charged`, and the place of the latest document
    /// that paid before; nil where it is not, or this document pays nothing.
    package func excess(over charged: Money) -> (here: Money, total: Money, document: Int?)? {
        let total = others.reduce(here, +)
        guard here > .zero, charged > .zero, total > charged else { return nil }
        return (here, total, others.firstIndex { $0 > .zero })
    }

    /// A copy for the member tells of the payment and is none.
    private static func paid(on account: String, by document: Document) -> Money {
        guard document.type == "eob", document.subtype != "member_eob" else { return .zero }
        return document.claims.filter { ($0.accountMatch ?? document.accountMatch)?.accountNumber == account }
            .compactMap { ClaimIdentity($0).paid }.reduce(.zero, +)
    }
}

extension PatientAccount {
    /// What was charged on the account: each stay once, though it was billed to several payers, with all that one payer
    /// was billed of it, the facility's claim and the physician's; nil where the books do not say for every claim.
    package var chargedAmount: Money? {
        var stays: [[CalendarDate?]: [PayerName?: Money]] = [:]
        for claim in claims {
            guard let charge = claim.chargeAmount else { return nil }
            let stay = [claim.serviceStart, claim.serviceEnd]
            let payer = claim.payerName.map { PayerName($0) }
            let billed = stays[stay]?[payer] ?? .zero
            // Claims of which the books name no payer may be of several.
            stays[stay, default: [:]][payer] = payer == nil ? max(billed, charge) : billed + charge
        }
        let charges: [Money] = stays.values.compactMap { $0.values.max() }
        return claims.isEmpty ? nil : charges.reduce(.zero, +)
    }
}

extension ContractRate {
    /// The rate in words: `99213-25 from 2026-01-01: 95.00`.
    package var words: String {
        "\(procedureCode)\(modifier.map { "-\($0)" } ?? "") from \(effectiveFrom): \(allowedAmount)"
    }
}

extension Document {
    /// Whether both ask for one refund: the same sum for the same claim, whatever the letters' days.
    package func asksSameRefund(as other: Document) -> Bool {
        guard type == "payer_letter", subtype == "overpayment_request", other.subtype == subtype, type == other.type,
            let amount = text("requested_amount"), amount == other.text("requested_amount")
        else { return false }
        let (mine, theirs) = (identity, other.identity)
        return mine.isSame(as: theirs)
    }

    private var identity: ClaimIdentity { ClaimIdentity(Claim(fields: fields)) }
}
