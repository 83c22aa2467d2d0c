import AsyncHTTPClient
package import Foundation
import NIOCore
import NIOHTTP1

/// Calls a webhook as Standard Webhooks has it, with a CloudEvent as the body.
///
/// The host's name is looked up once for each attempt, every address is checked, and the connection goes to one of the
/// addresses that were checked, whatever the name means a moment later. Redirects are not followed. The status alone
/// says whether the receiver has the message; at most `answerBytesMax` of the answer's body are read.
package struct WebhookSender: Connector {
    /// How much of an answer is kept as the receipt.
    package static let answerBytesMax = 64 * 1024

    package let webhook: Webhook
    private let source: String
    private let address: String?

    /// Calls `webhook`; `source` names this Mailroom in the events, `address` is where others reach it.
    package init(_ webhook: Webhook, source: String = ActionRules.defaultSource, address: String? = nil) {
        self.webhook = webhook
        self.source = source
        self.address = address
    }

    package var retry: RetryPolicy { webhook.retry }
    package var timeoutSeconds: Double { webhook.timeoutSeconds }

    package func payload(for event: MailroomEvent, key: String) throws -> Data {
        try CloudEvent(event, source: source, address: address).json()
    }

    package func send(_ message: OutgoingMessage) async -> SendOutcome {
        guard let host = webhook.url.host(percentEncoded: false), !host.isEmpty else {
            return .refused(status: nil, problem: "The address names no host.")
        }
        let addresses = await HostAddresses.resolve(host)
        if let problem = AddressRule(webhook).problem(host: host, addresses: addresses) {
            return .refused(status: nil, problem: problem)
        }
        guard !addresses.isEmpty else { return .failed(status: nil, problem: "The host '\(host)' has no address.") }
        let address = addresses[(message.attempt - 1) % addresses.count]
        let client = HTTPClient(configuration: configuration(pinning: host, to: address))
        let outcome = await exchange(message, by: client)
        try? await client.shutdown()
        return outcome
    }

    private func exchange(_ message: OutgoingMessage, by client: HTTPClient) async -> SendOutcome {
        do {
            let end = ContinuousClock.now + .seconds(webhook.timeoutSeconds)
            let limit = TimeAmount.milliseconds(Int64(webhook.timeoutSeconds * 1000))
            let response = try await client.execute(request(message), timeout: limit)
            let answer = await WebhookSender.beginning(of: response.body, until: end)
            return WebhookSender.outcome(
                status: Int(response.status.code), answer: answer,
                retryAfter: response.headers.first(name: "retry-after"))
        } catch {
            return .failed(status: nil, problem: "The call did not go through: \(WebhookSender.words(for: error))")
        }
    }

    private func configuration(pinning host: String, to address: IPAddress) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.dnsOverride = [host: "\(address)"]
        configuration.timeout.connect = .milliseconds(Int64(webhook.connectTimeoutSeconds * 1000))
        configuration.timeout.read = .milliseconds(Int64(webhook.timeoutSeconds * 1000))
        // One attempt is one connection: the retry policy alone says when to try again.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    private func request(_ message: OutgoingMessage) -> HTTPClientRequest {
        let timestamp = Int(message.sentAt.timeIntervalSince1970)
        let signatures = webhook.secrets.map {
            $0.signature(id: message.idempotencyKey, timestamp: timestamp, payload: message.payload)
        }
        var request = HTTPClientRequest(url: webhook.url.absoluteString)
        request.method = .POST
        request.headers = [
            "content-type": CloudEvent.mediaType,
            "user-agent": "Mailroom/1",
            "webhook-id": message.idempotencyKey,
            "webhook-timestamp": "\(timestamp)",
            "webhook-signature": signatures.joined(separator: " "),
        ]
        request.body = .bytes(ByteBuffer(bytes: message.payload))
        return request
    }

    /// The answer's beginning as text, or what of it had come by `end`.
    private static func beginning(of body: HTTPClientResponse.Body, until end: ContinuousClock.Instant) async -> String
    {
        await withTaskGroup(of: String?.self) { group in
            group.addTask { await read(body) }
            group.addTask {
                try? await Task.sleep(until: end)
                return nil
            }
            var text: String?
            while text == nil, let next = await group.next() {
                text = next
                group.cancelAll()
            }
            return text ?? ""
        }
    }

    /// Reads until the answer ends, breaks off, is long enough, or the task is cancelled.
    private static func read(_ body: HTTPClientResponse.Body) async -> String {
        var bytes: [UInt8] = []
        do {
            for try await part in body {
                bytes += part.readableBytesView.prefix(answerBytesMax - bytes.count)
                if bytes.count >= answerBytesMax { break }
            }
        } catch {
            bytes += Array(" (the answer broke off)".utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What a connection's error says, without the library's own frame where that is known.
    private static func words(for error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: error.shortDescription
        case let error as IOError: String(cString: strerror(error.errnoCode))
        default: String("\(error)".prefix(500))
        }
    }

    private static func outcome(status: Int, answer: String, retryAfter: String?) -> SendOutcome {
        switch status {
        case 200...299:
            .delivered(status: status, receipt: answer)
        case 300...399:
            .failed(status: status, problem: "The endpoint answered \(status), a redirect, which is not followed.")
        case 410:
            .refused(status: status, problem: "The endpoint answered 410: it is gone and wants no more calls.")
        default:
            if [429, 503].contains(status), let retryAfter, let seconds = RetryAfter.seconds(retryAfter, from: Date()) {
                .busy(status: status, problem: "The endpoint answered \(status).", retryAfterSeconds: seconds)
            } else {
                .failed(status: status, problem: "The endpoint answered \(status).")
            }
        }
    }
}
