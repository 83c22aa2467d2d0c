/// A NATS server with JetStream that events are published to, and how.
package struct NATSServer: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    package var name: String
    /// `nats://host:4222` or `tls://host:4222`.
    package var url: String
    /// The path of a credentials file: a JWT and the seed of its key.
    package var credentialsFile: String?
    package var token: String?
    /// The certificates to trust, as PEM text; nil for those of the system.
    package var certificates: String?
    /// What subjects begin with: `mailroom.document.accepted.v1`.
    package var prefix: String
    package var timeoutSeconds: Double
    package var retry: RetryPolicy

    package init(
        name: String, url: String, credentialsFile: String? = nil, token: String? = nil, certificates: String? = nil,
        prefix: String = "mailroom", timeoutSeconds: Double = 5, retry: RetryPolicy = RetryPolicy()
    ) {
        self.name = name
        self.url = url
        self.credentialsFile = credentialsFile
        self.token = token
        self.certificates = certificates
        self.prefix = prefix
        self.timeoutSeconds = timeoutSeconds
        self.retry = retry
    }

    var isEncrypted: Bool { url.hasPrefix("tls://") }

    /// Without credentials, so that they reach no log.
    package var description: String { "\(name) at \(url)" }
    package var customMirror: Mirror { Mirror(self, children: ["name": name, "url": url]) }
}
