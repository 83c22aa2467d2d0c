package import Foundation

/// An address of another system that is called over HTTP, and how.
package struct Endpoint: Hashable, Sendable {
    package var url: URL
    package var privateAddresses: Webhook.PrivateAddresses
    package var connectTimeoutSeconds: Double
    /// The limit on a whole call, from connecting to the last byte of the answer.
    package var timeoutSeconds: Double

    package init(
        url: URL, privateAddresses: Webhook.PrivateAddresses = .deny, connectTimeoutSeconds: Double = 5,
        timeoutSeconds: Double = 15
    ) {
        self.url = url
        self.privateAddresses = privateAddresses
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.timeoutSeconds = timeoutSeconds
    }
}

extension Webhook {
    var endpoint: Endpoint {
        Endpoint(
            url: url, privateAddresses: privateAddresses, connectTimeoutSeconds: connectTimeoutSeconds,
            timeoutSeconds: timeoutSeconds)
    }
}
