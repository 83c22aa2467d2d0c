import Documents
import Governance

/// One paper of a payment's remittance.
package enum RemittancePaper: Hashable, Sendable {
    /// It tells all that was paid, and balances.
    case whole(Remittance)
    /// It tells of less than was paid: the payment's other papers tell the rest. Its adjustments have the signs as they are
    /// printed.
    case part(Remittance)

    package var remittance: Remittance {
        switch self {
        case .whole(let remittance), .part(let remittance): remittance
        }
    }
}

/// A payment whose remittance comes on several papers, each of which names the whole payment and some of its claims.
///
/// An 835 tells a payment in one transaction, whose claims sum to it (TR3 005010X221A1, 1.10.2.1): the papers are told
/// together, once they add up, and not before.
package struct JointPayment: Hashable, Sendable {
    package enum Standing: Hashable, Sendable {
        /// They add up: this is what they tell together.
        case whole(Remittance)
        /// The sentence that says what is missing, or which of them does not fit.
        case incomplete(String)
    }

    /// In the order in which they are told.
    package let papers: [Remittance]

    package init(_ papers: [Remittance]) { self.papers = papers }

    package var standing: Standing {
        guard var joined = papers.first else { return .incomplete("No paper of the payment is here.") }
        let name = "payment \(joined.paymentNumber)"
        if let difference { return .incomplete("The papers of \(name) \(difference) Correct or recall the wrong one.") }
        joined.claims = papers.flatMap(\.claims)
        joined.providerAdjustments = papers.flatMap(\.providerAdjustments)
        for paper in papers {
            joined.payee.npi = joined.payee.npi ?? paper.payee.npi
            joined.payee.taxID = joined.payee.taxID ?? paper.payee.taxID
        }
        do throws(X12Problem) { return .whole(try joined.balanced()) } catch {
            return .incomplete(joined.isPart ? missing(from: joined, name) : "The papers of \(name): \(error.sentence)")
        }
    }

    /// What the papers say differently, of those things that one payment has once; nil where they agree.
    private var difference: String? {
        func words(_ values: [String]) -> String? {
            let different = Set(values).sorted()
            return different.count > 1 ? different.joined(separator: " and ") : nil
        }
        if let amounts = words(papers.map(\.payment.dollars)) { return "say different amounts: \(amounts)." }
        if let dates = words(papers.map(\.paymentDate.description)) { return "say different dates: \(dates)." }
        if let numbers = words(papers.compactMap(\.payee.npi)) { return "name payees of different NPIs: \(numbers)." }
        if let numbers = words(papers.compactMap(\.payee.taxID)) {
            return "name payees of different tax ids: \(numbers)."
        }
        return nil
    }

    private func missing(from joined: Remittance, _ name: String) -> String {
        let adjusted = joined.providerAdjustments.isEmpty ? "" : ", and adjustments of \(joined.adjusted.dollars)"
        let place = papers.count == 1 ? "1 paper" : "\(papers.count) papers"
        return """
            \(joined.paid.dollars) of the \(joined.payment.dollars) of \(name) are here, on \(place)\(adjusted): another \
            paper of it is still to come, or an amount was misread. Nothing of it is told before all is here.
            """
    }
}

extension Remittance {
    /// Whether a paper tells what another of the same payment tells already: one claim twice, or the same adjustments
    /// where there are no claims.
    package func repeats(_ other: Remittance) -> Bool {
        if claims.isEmpty, other.claims.isEmpty { return providerAdjustments == other.providerAdjustments }
        let told = Set(other.claims.map(\.identity))
        return claims.contains { told.contains($0.identity) }
    }

    /// Several remittances as one, for taking all of them back; nil for none.
    static func together(_ remittances: [Remittance]) -> Remittance? {
        guard var whole = remittances.first else { return nil }
        for other in remittances.dropFirst() {
            whole.claims += other.claims
            whole.providerAdjustments += other.providerAdjustments
            whole.payment = whole.payment + other.payment
        }
        return whole
    }
}

extension RemittanceClaim {
    /// What one claim of a payment has in common with no other of it; a claim and its reversal differ in their amounts.
    fileprivate var identity: [String] { [payerClaimNumber, charge.description, paid.description] }
}
