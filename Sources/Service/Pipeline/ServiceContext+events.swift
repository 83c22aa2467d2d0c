package import Actions
import Documents
package import Foundation
package import Records

extension ServiceContext {
    /// Raises an event about a document and puts the deliveries that the rules ask for into the outbox, all in the
    /// transaction of the change that caused it.
    package func raise(
        _ type: EventType, about record: DocumentRecord, in transaction: Transaction, at now: Date
    ) throws {
        let event = DocumentEvent(
            id: Identifier.make(at: now), type: type, time: now,
            data: DocumentEventData(
                documentID: record.id, correlationID: record.correlationID, document: record.document))
        try transaction.appendEvent(
            Event(
                id: event.id, type: type.rawValue, subject: record.id, time: now, correlationID: record.correlationID,
                data: String(decoding: try event.data.json(), as: UTF8.self)))
        for planned in try actionRules.plan(event) {
            try transaction.addDelivery(
                Delivery(
                    id: Identifier.make(at: now), eventID: event.id, action: planned.connector,
                    idempotencyKey: planned.idempotencyKey, availableAt: now, payload: planned.payload))
        }
    }
}
