package import Actions
import Documents
package import Foundation
package import Records

extension ServiceContext {
    /// Raises an event about a document and puts the deliveries that the rules ask for into the outbox, all in the
    /// transaction of the change that caused it; what the payer refuses on the document is kept, or taken away, with it.
    package func raise(
        _ type: EventType, about record: DocumentRecord, recall: RecallNotice? = nil, in transaction: Transaction,
        at now: Date
    ) throws {
        try keepDenials(after: type, of: record, in: transaction, at: now)
        let data = DocumentEventData(
            documentID: record.id, correlationID: record.correlationID, document: record.document,
            mergedInto: record.mergedInto, recall: recall)
        try raise(
            MailroomEvent(id: Identifier.make(at: now), type: type, time: now, data: .document(data)),
            in: transaction, at: now)
    }

    /// Raises an event, puts the deliveries that the rules ask for into the outbox and does our own actions that they
    /// ask for, all in the transaction of the change that caused it.
    package func raise(_ event: MailroomEvent, in transaction: Transaction, at now: Date) throws {
        for action in try transaction.raise(event, rules: actionRules) {
            switch action {
            case .deliver: break
            case .requestApproval(let planned): try requestApproval(planned, for: event, in: transaction, at: now)
            case .openWork(let planned): try openWork(planned, for: event, in: transaction, at: now)
            }
        }
    }
}
