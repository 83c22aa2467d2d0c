package import Foundation

/// One endpoint of another system, and how to call it.
package struct Webhook: Hashable, Sendable {
    /// Whether the endpoint may stand inside the house.
    package enum PrivateAddresses: String, Codable, Hashable, Sendable, CaseIterable {
        case allow, deny
    }

    package var name: String
    package var url: URL
    /// The secrets that calls are signed with, more than one while keys are changed.
    package var secrets: [WebhookSecret]
    package var privateAddresses: PrivateAddresses
    package var connectTimeoutSeconds: Double
    /// The limit on a whole call, from connecting to the last byte of the answer.
    package var timeoutSeconds: Double
    package var retry: RetryPolicy

    package init(
        name: String, url: URL, secrets: [WebhookSecret], privateAddresses: PrivateAddresses = .deny,
        connectTimeoutSeconds: Double = 5, timeoutSeconds: Double = 15, retry: RetryPolicy = RetryPolicy()
    ) {
        self.name = name
        self.url = url
        self.secrets = secrets
        self.privateAddresses = privateAddresses
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.timeoutSeconds = timeoutSeconds
        self.retry = retry
    }
}
