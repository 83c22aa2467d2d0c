package import Documents
package import Foundation

/// Something that an event calls for.
package enum PlannedAction: Hashable, Sendable {
    /// Send a message to another system.
    case deliver(PlannedDelivery)
    /// Ask for an approval in our own store, in the transaction of the event.
    case requestApproval(PlannedApproval)
    /// Open work in our own store, in the transaction of the event.
    case openWork(PlannedWork)

    package var delivery: PlannedDelivery? {
        if case .deliver(let delivery) = self { delivery } else { nil }
    }

    /// Whether an event should not cause both.
    func isSame(as other: PlannedAction) -> Bool {
        switch (self, other) {
        case (.deliver(let one), .deliver(let other)): one.idempotencyKey == other.idempotencyKey
        case (.requestApproval(let one), .requestApproval(let other)): one.kind == other.kind
        case (.openWork(let one), .openWork(let other)): one.kind == other.kind
        default: false
        }
    }
}

/// A message that is to be sent, before it is in the outbox.
package struct PlannedDelivery: Hashable, Sendable {
    /// The name of the connector that sends it.
    package var connector: String
    /// The event's id and the connector's name: the message's id at the receiver through every retry.
    package var idempotencyKey: String
    package var message: PlannedMessage
    /// The keys of the deliveries that must have been taken before this one is sent.
    package var after: [String]
    /// The name of the rule that calls for it.
    package var rule: String
    /// SHA-256 of the rules as they were.
    package var rulesHash: String
    /// The connector that takes it back when its subject is recalled or withdrawn; nil where nothing does.
    package var compensateWith: String?
    /// Whether those after it are sent though it was given up.
    package var goesOn: Bool
    /// The idempotency key of the delivery that it takes back.
    package var compensates: String?
}

/// The bytes of a message, or why there are none.
package enum PlannedMessage: Hashable, Sendable {
    case payload(Data)
    /// The sentence that says why the connector cannot send the event.
    case unsuitable(String)

    package var payload: Data? {
        if case .payload(let payload) = self { payload } else { nil }
    }

    init(_ event: MailroomEvent, by connector: any Connector, key: String) {
        do {
            self = .payload(try connector.payload(for: event, key: key))
        } catch let error as UnsuitableEvent {
            self = .unsuitable(error.problem)
        } catch {
            // What a library says of its input may hold a patient's data.
            self = .unsuitable("The message could not be written: \(type(of: error)).")
        }
    }
}

/// A request for approval that a rule asks for.
package struct PlannedApproval: Hashable, Sendable {
    /// The name of the rule that asks for it.
    package var rule: String
    package var kind: String
    /// The document's field that holds the amount.
    package var amountField: String
    /// What stands there; nil where the document lacks it.
    package var amount: Money?
}

/// Work that a rule opens.
package struct PlannedWork: Hashable, Sendable {
    /// The name of the rule that opens it.
    package var rule: String
    package var kind: String
}
