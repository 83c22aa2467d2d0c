import Documents
import Foundation
package import Records

extension Transaction {
    /// Keeps an event and the deliveries that the rules plan for it, in the transaction of the change that it tells of.
    ///
    /// Wake the outbox when the transaction has ended; without that it notices within a second.
    package func raise(_ event: DocumentEvent, rules: ActionRules) throws {
        try appendEvent(
            Event(
                id: event.id, type: event.type.rawValue, subject: event.documentID, time: event.time,
                correlationID: event.correlationID, data: String(decoding: try event.data.json(), as: UTF8.self)))
        for planned in try rules.plan(event) {
            try addDelivery(
                Delivery(
                    id: Identifier.make(at: event.time), eventID: event.id, action: planned.connector,
                    idempotencyKey: planned.idempotencyKey, availableAt: event.time, payload: planned.payload))
        }
    }
}
