import Documents
import Foundation
package import Records

extension Transaction {
    /// Keeps an event and the deliveries that the rules plan for it, in the transaction of the change that it tells of.
    ///
    /// An event that takes back what was told before dismisses what of it is not under way, and has what its receivers
    /// may know taken back by the connectors that their rules named for it.
    ///
    /// Gives the planned actions that are changes of our own store: whoever raises the event does them in the same
    /// transaction.
    package func raise(_ event: MailroomEvent, rules: ActionRules) throws -> [PlannedAction] {
        if event.type.takesBack {
            try dismissAll(
                ofSubject: event.subject, because: "What it tells was taken back before this was sent, or answered.")
        }
        try appendEvent(
            Event(
                id: event.id, type: event.type.rawValue, subject: event.subject, time: event.time,
                correlationID: event.correlationID, data: String(decoding: try event.data.json(), as: UTF8.self),
                documentID: event.data.documentID))
        if event.type.takesBack {
            for told in try compensable(ofSubject: event.subject) {
                try add(rules.compensation(of: told, for: event), of: event)
            }
        }
        var own: [PlannedAction] = []
        for action in rules.plan(event) {
            if let planned = action.delivery { try add(planned, of: event) } else { own.append(action) }
        }
        return own
    }

    private func add(_ planned: PlannedDelivery, of event: MailroomEvent) throws {
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
        delivery.rule = planned.rule
        delivery.rulesHash = planned.rulesHash
        delivery.goesOn = planned.goesOn
        delivery.compensateWith = planned.compensateWith
        delivery.compensates = planned.compensates
        try addDelivery(delivery, after: planned.after)
    }
}
