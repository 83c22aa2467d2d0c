import Dispatch
package import Foundation
import Synchronization

/// Publishes events to NATS JetStream: the subject says the type, the server knows a repetition by the message's id
/// (`Nats-Msg-Id`), and a message is delivered once a stream has acknowledged it.
///
/// One connection is kept and used by one message at a time, away from the shared threads, for the library's calls
/// block.
package final class NATSPublisher: Connector {
    private let server: NATSServer
    private let source: String
    private let address: String?
    private let queue: DispatchQueue
    private let connection = Mutex<NATSConnection?>(nil)

    /// Publishes to `server`; `source` names this Mailroom in the events, `address` is where others reach it.
    package init(_ server: NATSServer, source: String = ActionRules.defaultSource, address: String? = nil) {
        self.server = server
        self.source = source
        self.address = address
        queue = DispatchQueue(label: "mailroom.nats.\(server.name)")
    }

    package var retry: RetryPolicy { server.retry }
    /// For connecting and for publishing.
    package var timeoutSeconds: Double { 2 * server.timeoutSeconds }

    package func payload(for event: MailroomEvent, key: String) throws -> Data {
        try CloudEvent(event, source: source, address: address).json()
    }

    package func send(_ message: OutgoingMessage) async -> SendOutcome {
        guard let type = try? JSONDecoder().decode(Envelope.self, from: message.payload).type else {
            return .refused(status: nil, problem: "The message is no CloudEvent.")
        }
        let subject = "\(server.prefix).\(type.replacing("org.mailroom.", with: ""))"
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.publish(message, to: subject)) }
        }
    }

    private struct Envelope: Decodable {
        let type: String
    }

    private func publish(_ message: OutgoingMessage, to subject: String) -> SendOutcome {
        connection.withLock { connection in
            do {
                if connection?.isClosed != false { connection = try NATSConnection(server) }
                let receipt = try connection?.publish(
                    message.payload, to: subject, id: message.idempotencyKey, contentType: CloudEvent.mediaType,
                    timeoutSeconds: server.timeoutSeconds)
                return .delivered(status: nil, receipt: receipt ?? "")
            } catch {
                connection = nil
                return .failed(status: nil, problem: (error as? NATSProblem)?.sentence ?? "\(type(of: error))")
            }
        }
    }
}
