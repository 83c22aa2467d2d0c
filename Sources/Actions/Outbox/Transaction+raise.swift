import Documents
import Foundation
package import Records

extension Transaction {
    /// Keeps an event and the deliveries that the rules plan for it, in the transaction of the change that it tells of.
    ///
    /// Gives the planned actions that are changes of our own store: whoever raises the event does them in the same
    /// transaction. Wake the outbox when the transaction has ended; without that it notices within a second.
    package func raise(_ event: MailroomEvent, rules: ActionRules) throws -> [PlannedAction] {
        try appendEvent(
            Event(
                id: event.id, type: event.type.rawValue, subject: event.subject, time: event.time,
                correlationID: event.correlationID, data: String(decoding: try event.data.json(), as: UTF8.self)))
        var own: [PlannedAction] = []
        for action in rules.plan(event) {
            guard let planned = action.delivery else {
                own.append(action)
                continue
            }
            var delivery = Delivery(
                id: Identifier.make(at: event.time), eventID: event.id, action: planned.connector,
                idempotencyKey: planned.idempotencyKey, availableAt: event.time, payload: Data())
            switch planned.message {
            case .payload(let payload):
                delivery.payload = payload
            case .unsuitable(let problem):
                delivery.status = .parked
                delivery.lastError = problem
            }
            try addDelivery(delivery)
        }
        return own
    }
}
