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
        for item in recalled {
            var changed = item
            if item.status == .waiting {
                changed.status = .withdrawn
                changed.detail = "Its document was recalled before a file told it."
                try updateRemittance(changed, from: .waiting)
            } else {
                changed.status = .reversed
                try updateRemittance(changed, from: .sent)
                try addRemittance(
                    RemittanceItem(
                        id: Identifier.make(at: now), idempotencyKey: "\(item.id)-reversal", sender: sender,
                        kind: .reversal, documentID: item.documentID, eventID: item.eventID, payer: item.payer,
                        paymentNumber: item.paymentNumber, content: item.content, createdAt: now,
                        correlationID: item.correlationID))
            }
            try audit(
                actor: "outbox",
                action: item.status == .waiting ? "remittance.withdrawn" : "remittance.reversal_ordered",
                subject: item.documentID, detail: ["connector": sender, "remittance": item.id],
                correlationID: item.correlationID, at: now)
        }
        return recalled.count
    }
}
