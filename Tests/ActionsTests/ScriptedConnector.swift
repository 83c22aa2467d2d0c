import Actions
import Documents
import Foundation
import Synchronization

/// A connector that keeps what it is sent and answers as the test says.
final class ScriptedConnector: Connector {
    let retry: RetryPolicy
    let timeoutSeconds = 5.0
    private let answer: @Sendable (OutgoingMessage) -> SendOutcome
    private let messages = Mutex<[OutgoingMessage]>([])

    init(
        retry: RetryPolicy = RetryPolicy(attemptsMax: 3, firstDelaySeconds: 10, factor: 1),
        answer: @escaping @Sendable (OutgoingMessage) -> SendOutcome = { _ in .delivered(status: 200, receipt: "") }
    ) {
        self.retry = retry
        self.answer = answer
    }

    var received: [OutgoingMessage] { messages.withLock { $0 } }

    func payload(for event: MailroomEvent, key: String) throws -> Data {
        if case .document(let data) = event.data, data.document.type == "remittance" {
            throw UnsuitableEvent("It does not balance.")
        }
        return try CloudEvent(event, source: "/test").json()
    }

    func send(_ message: OutgoingMessage) async -> SendOutcome {
        messages.withLock { $0.append(message) }
        return answer(message)
    }
}
