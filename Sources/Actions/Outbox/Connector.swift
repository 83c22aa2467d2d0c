package import Foundation

/// One message to another system, as the outbox hands it to a connector.
package struct OutgoingMessage: Hashable, Sendable {
    /// The same through every retry, so that the receiver can tell a message that it has had.
    package var idempotencyKey: String
    /// The exact bytes to send.
    package var payload: Data
    /// The number of this attempt, from 1.
    package var attempt: Int
    package var sentAt: Date

    package init(idempotencyKey: String, payload: Data, attempt: Int, sentAt: Date) {
        self.idempotencyKey = idempotencyKey
        self.payload = payload
        self.attempt = attempt
        self.sentAt = sentAt
    }
}

/// How one attempt to send a message ended.
package enum SendOutcome: Hashable, Sendable {
    /// The receiver has it; `receipt` is what it answered.
    case delivered(status: Int?, receipt: String)
    /// It may go better later.
    case failed(status: Int?, problem: String)
    /// It will not go better by itself.
    case refused(status: Int?, problem: String)
}

/// A way to another system.
package protocol Connector: Sendable {
    var retry: RetryPolicy { get }

    /// The longest that one attempt may take.
    var timeoutSeconds: Double { get }

    /// Tries once; all that goes wrong is an outcome, in words without patients' data.
    func send(_ message: OutgoingMessage) async -> SendOutcome
}
