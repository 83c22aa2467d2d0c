package import Foundation
import NIOHTTP1

/// Calls a webhook as Standard Webhooks has it, with a CloudEvent as the body.
///
/// The status alone says whether the receiver has the message; at most `answerBytesMax` of the answer's body are read.
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
        let call = EndpointCall(endpoint: webhook.endpoint, answerBytesMax: WebhookSender.answerBytesMax)
        switch await call.post(message.payload, headers: headers(message), attempt: message.attempt) {
        case .unanswered(let outcome): return outcome
        case .answered(let status, let headers, let body):
            return WebhookSender.outcome(
                status: status, answer: body, retryAfter: headers.first(name: "retry-after"))
        }
    }

    private func headers(_ message: OutgoingMessage) -> HTTPHeaders {
        let timestamp = Int(message.sentAt.timeIntervalSince1970)
        let signatures = webhook.secrets.map {
            $0.signature(id: message.idempotencyKey, timestamp: timestamp, payload: message.payload)
        }
        return [
            "content-type": CloudEvent.mediaType,
            "webhook-id": message.idempotencyKey,
            "webhook-timestamp": "\(timestamp)",
            "webhook-signature": signatures.joined(separator: " "),
        ]
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
