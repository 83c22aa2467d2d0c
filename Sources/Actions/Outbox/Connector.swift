package import Foundation
package import Records

/// One message to another system, as the outbox hands it to a connector.
package struct OutgoingMessage: Hashable, Sendable {
    /// The same through every retry, so that the receiver can tell a message that it has had.
    package var idempotencyKey: String
    /// The exact bytes to send.
    package var payload: Data
    /// The number of this attempt, from 1.
    package var attempt: Int
    package var sentAt: Date
    /// The correlation id of the event that it tells.
    package var correlationID: String

    package init(idempotencyKey: String, payload: Data, attempt: Int, sentAt: Date, correlationID: String) {
        self.idempotencyKey = idempotencyKey
        self.payload = payload
        self.attempt = attempt
        self.sentAt = sentAt
        self.correlationID = correlationID
    }
}

/// How one attempt to send a message ended.
package enum SendOutcome: Hashable, Sendable {
    /// The receiver has it; `receipt` is what it answered.
    case delivered(status: Int?, receipt: String)
    /// It may go better later.
    case failed(status: Int?, problem: String)
    /// The receiver asks to be left alone for so many seconds; then it may go better.
    case busy(status: Int?, problem: String, retryAfterSeconds: Double)
    /// It will not go better by itself.
    case refused(status: Int?, problem: String)
}

/// Why a connector can never send an event: its delivery is kept as parked with this sentence, so that a person sees it.
package struct UnsuitableEvent: Error, Hashable, Sendable {
    /// A sentence without patients' data.
    package var problem: String

    package init(_ problem: String) { self.problem = problem }
}

/// A way to another system: what carries one action out.
package protocol Connector: Sendable {
    var retry: RetryPolicy { get }

    /// The longest that one attempt may take.
    var timeoutSeconds: Double { get }

    /// The exact bytes to send for an event, written in the transaction of the change; `key` is the delivery's
    /// idempotency key.
    ///
    /// Throws `UnsuitableEvent` when this connector can never send the event (an EOB that does not balance).
    func payload(for event: MailroomEvent, key: String) throws -> Data

    /// Tries once; all that goes wrong is an outcome, in words without patients' data.
    func send(_ message: OutgoingMessage) async -> SendOutcome

    /// The same connector with what it keeps in the store, and with who binds the pages that it sends; one that needs
    /// neither is given back as it is.
    func connected(to store: Store, binder: (any PageBinder)?) -> any Connector
}

extension Connector {
    package func connected(to store: Store, binder: (any PageBinder)?) -> any Connector { self }
}
