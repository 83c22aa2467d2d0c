import Actions
import Foundation
import TestSupport
import Testing

@Suite struct RetryAfterTests {
    private let now = Date(timeIntervalSince1970: 1_445_412_420)

    @Test(arguments: [
        ("120", 120.0), (" 0 ", 0), ("Wed, 21 Oct 2015 07:28:00 GMT", 60), ("Wed, 21 Oct 2015 07:00:00 GMT", 0),
    ])
    func secondsAndDatesAreRead(text: String, seconds: Double) {
        #expect(RetryAfter.seconds(text, from: now) == seconds)
    }

    @Test(arguments: ["", "soon", "-5", "1.5", "99999999999"])
    func anythingElseIsNoPause(text: String) {
        #expect(RetryAfter.seconds(text, from: now) == nil)
    }

    @Test func aWebhookThatIsBusyIsLeftAlone() async throws {
        let listener = try await WebhookListener { _, _ in .status(503, headers: ["retry-after": "7"]) }
        let webhook = Webhook(
            name: "engine", url: try #require(URL(string: "http://127.0.0.1:\(listener.port)/")),
            secrets: [try #require(WebhookSecret(ActionsExample.secret))], privateAddresses: .allow)
        let message = OutgoingMessage(
            idempotencyKey: "K", payload: Data("{}".utf8), attempt: 1, sentAt: Date(), correlationID: "C")
        let outcome = await WebhookSender(webhook).send(message)
        #expect(outcome == .busy(status: 503, problem: "The endpoint answered 503.", retryAfterSeconds: 7))
        try await listener.stop()
    }
}
