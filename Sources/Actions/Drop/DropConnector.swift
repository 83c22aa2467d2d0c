package import Foundation

/// Drops each message as a file named after its key: into a folder of this machine, or on an SFTP server.
package struct DropConnector: Connector {
    package enum Place: Sendable {
        case folder(FolderDrop)
        case sftp(SFTPDrop)
    }

    /// File calls and `sftp` block: they have threads of their own, not those that all tasks share.
    private static let queue = DispatchQueue(label: "mailroom.actions.drop", attributes: .concurrent)

    package let place: Place
    package let retry: RetryPolicy
    package let timeoutSeconds: Double
    private let source: String

    /// Drops files in `place`; `source` names this Mailroom in the events.
    package init(
        _ place: Place, retry: RetryPolicy = RetryPolicy(), timeoutSeconds: Double = 60,
        source: String = ActionRules.defaultSource
    ) {
        self.place = place
        self.retry = retry
        self.timeoutSeconds = timeoutSeconds
        self.source = source
    }

    package func payload(for event: MailroomEvent, key: String) throws -> Data {
        try CloudEvent(event, source: source).json()
    }

    package func send(_ message: OutgoingMessage) async -> SendOutcome {
        let (place, name) = (place, DropName.file(for: message.idempotencyKey))
        return await withCheckedContinuation { continuation in
            DropConnector.queue.async {
                switch place {
                case .folder(let folder): continuation.resume(returning: folder.drop(message.payload, as: name))
                case .sftp(let server): continuation.resume(returning: server.drop(message.payload, as: name))
                }
            }
        }
    }
}
