package import Actions
import Documents
package import Foundation
package import Records

extension ServiceContext {
    /// Raises an event about a document and puts the deliveries that the rules ask for into the outbox, all in the
    /// transaction of the change that caused it.
    package func raise(
        _ type: EventType, about record: DocumentRecord, recall: RecallNotice? = nil, in transaction: Transaction,
        at now: Date
    ) throws {
        let data = DocumentEventData(
            documentID: record.id, correlationID: record.correlationID, document: record.document,
            mergedInto: record.mergedInto, recall: recall)
        try transaction.raise(
            DocumentEvent(id: Identifier.make(at: now), type: type, time: now, data: data), rules: actionRules)
    }
}
