import Documents
import Foundation
import Records

extension Transaction {
    /// How many recalled payments one transaction looks after.
    private static let takenBackMax = 100

    /// Withdraws what was recalled before a file told it, and orders a reversal of what a file told; gives for how many.
    func takeBackRecalled(of sender: String, at now: Date) throws -> Int {
        let recalled = try recalledRemittances(
            of: sender, by: EventType.documentRecalled.rawValue, limit: Transaction.takenBackMax)
        let documents = Set(recalled.map(\.documentID))
        for item in recalled {
            if item.status == .waiting {
                try withdraw(item, at: now)
            } else {
                try reverse(item, butFor: documents, at: now)
            }
        }
        return recalled.count
    }

    private func withdraw(_ item: RemittanceItem, at now: Date) throws {
        var changed = item
        changed.status = .withdrawn
        changed.detail = "Its document was recalled before a file told it."
        try updateRemittance(changed, from: .waiting)
        try note("remittance.withdrawn", item, at: now)
    }

    /// Orders the reversal of a payment, all of its papers together; those that are not of `recalled` documents wait to be
    /// told anew with what comes in the recalled one's place.
    private func reverse(_ item: RemittanceItem, butFor recalled: Set<String>, at now: Date) throws {
        let told =
            try item.jointPayment.map {
                try toldRemittances(ofJointPayment: $0, sender: item.sender, payer: item.payer)
            } ?? [item]
        for paper in told {
            var changed = paper
            changed.status = .reversed
            try updateRemittance(changed, from: .sent)
            try addRemittance(copy(of: paper, .reversal, at: now))
            try note("remittance.reversal_ordered", paper, at: now)
        }
        for paper in told where !recalled.contains(paper.documentID) {
            try addRemittance(copy(of: paper, .payment, at: now))
        }
    }

    private func copy(of item: RemittanceItem, _ kind: RemittanceKind, at now: Date) -> RemittanceItem {
        RemittanceItem(
            id: Identifier.make(at: now), idempotencyKey: "\(item.id)-\(kind == .reversal ? "reversal" : "again")",
            sender: item.sender, kind: kind, documentID: item.documentID, eventID: item.eventID, payer: item.payer,
            paymentNumber: item.paymentNumber, jointPayment: item.jointPayment, content: item.content, createdAt: now,
            correlationID: item.correlationID)
    }

    private func note(_ action: String, _ item: RemittanceItem, at now: Date) throws {
        try audit(
            actor: "outbox", action: action, subject: item.documentID,
            detail: ["connector": item.sender, "remittance": item.id], correlationID: item.correlationID, at: now)
    }
}
