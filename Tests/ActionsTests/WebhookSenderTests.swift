import Actions
import Foundation
import TestSupport
import Testing

@Suite struct WebhookSenderTests {
    private func webhook(
        _ address: String, secrets: [String] = [ActionsExample.secret],
        privateAddresses: Webhook.PrivateAddresses = .allow, timeoutSeconds: Double = 30
    ) throws -> Webhook {
        Webhook(
            name: "engine", url: try #require(URL(string: address)), secrets: secrets.compactMap(WebhookSecret.init),
            privateAddresses: privateAddresses, timeoutSeconds: timeoutSeconds)
    }

    private func message(attempt: Int = 1) throws -> OutgoingMessage {
        let planned = try #require(try ActionsExample.deliveries().first)
        return OutgoingMessage(
            idempotencyKey: planned.idempotencyKey, payload: try #require(planned.message.payload),
            attempt: attempt, sentAt: Date(), correlationID: "01K8ARRIVAL")
    }

    private func problem(_ outcome: SendOutcome) -> String? {
        switch outcome {
        case .delivered: nil
        case .failed(_, let problem), .refused(_, let problem), .busy(_, let problem, _): problem
        }
    }

    @Test func theCallIsSignedAndWhole() async throws {
        let listener = try await WebhookListener { _, _ in .status(202, body: "taken") }
        let message = try message()
        let outcome = await WebhookSender(try webhook("http://127.0.0.1:\(listener.port)/hook?site=7")).send(message)
        #expect(outcome == .delivered(status: 202, receipt: "taken"))
        let call = try #require(listener.received.first)
        #expect(listener.received.count == 1)
        #expect(call.method == "POST")
        #expect(call.uri == "/hook?site=7")
        #expect(call.body == message.payload)
        #expect(call.headers["content-type"] == "application/cloudevents+json; charset=utf-8")
        #expect(call.headers["host"] == "127.0.0.1:\(listener.port)")
        #expect(call.headers["webhook-id"] == "01K8EVENT-engine")
        #expect(call.headers["webhook-timestamp"] == "\(Int(message.sentAt.timeIntervalSince1970))")
        try await listener.stop()
    }

    @Test func anotherImplementationVerifiesEachSecretAndRefusesAChangedBody() async throws {
        let second = "whsec_" + Data(repeating: 9, count: 32).base64EncodedString()
        let stranger = "whsec_" + Data(repeating: 8, count: 32).base64EncodedString()
        let listener = try await WebhookListener(status: 204)
        let webhook = try webhook("http://127.0.0.1:\(listener.port)/", secrets: [ActionsExample.secret, second])
        _ = await WebhookSender(webhook).send(try message())
        let call = try #require(listener.received.first)
        #expect(try await standardWebhooksVerdict(on: call, secret: ActionsExample.secret) == "verified")
        #expect(try await standardWebhooksVerdict(on: call, secret: second) == "verified")
        #expect(try await standardWebhooksVerdict(on: call, secret: stranger) == "No matching signature found")
        var altered = call
        altered.body = Data(String(decoding: call.body, as: UTF8.self).replacing("750.00", with: "950.00").utf8)
        #expect(altered.body != call.body)
        #expect(try await standardWebhooksVerdict(on: altered, secret: second) == "No matching signature found")
        try await listener.stop()
    }

    @Test(arguments: [400, 404, 429, 500, 503])
    func otherAnswersAreFailures(status: Int) async throws {
        let listener = try await WebhookListener(status: status)
        let outcome = await WebhookSender(try webhook("http://127.0.0.1:\(listener.port)/")).send(try message())
        #expect(outcome == .failed(status: status, problem: "The endpoint answered \(status)."))
        try await listener.stop()
    }

    @Test func anEndpointThatIsGoneIsRefused() async throws {
        let listener = try await WebhookListener(status: 410)
        let outcome = await WebhookSender(try webhook("http://127.0.0.1:\(listener.port)/")).send(try message())
        guard case .refused(410, _) = outcome else {
            Issue.record("410 gave \(outcome)")
            return
        }
        try await listener.stop()
    }

    @Test(arguments: [301, 302, 307, 308])
    func redirectsAreNotFollowed(status: Int) async throws {
        let other = try await WebhookListener(status: 200)
        let location = "http://127.0.0.1:\(other.port)/"
        let listener = try await WebhookListener { _, _ in .status(status, headers: ["location": location]) }
        let outcome = await WebhookSender(try webhook("http://127.0.0.1:\(listener.port)/")).send(try message())
        #expect(problem(outcome)?.contains("redirect") == true)
        #expect(other.received.isEmpty)
        try await listener.stop()
        try await other.stop()
    }

    @Test func nobodyListeningIsAFailure() async throws {
        let listener = try await WebhookListener(status: 200)
        let port = listener.port
        try await listener.stop()
        let outcome = await WebhookSender(try webhook("http://127.0.0.1:\(port)/")).send(try message())
        #expect(outcome == .failed(status: nil, problem: "The call did not go through: Connection refused"))
    }

    @Test func silenceIsAFailure() async throws {
        let listener = try await WebhookListener { _, _ in .silence }
        let webhook = try webhook("http://127.0.0.1:\(listener.port)/", timeoutSeconds: 0.5)
        let outcome = await WebhookSender(webhook).send(try message())
        guard case .failed(nil, _) = outcome else {
            Issue.record("Silence gave \(outcome)")
            return
        }
        try await listener.stop()
    }

    @Test func anEndlessAnswerIsCutOff() async throws {
        let listener = try await WebhookListener { _, _ in .endlessBody }
        // It is the length that ends it, long before the time does.
        let webhook = try webhook("http://127.0.0.1:\(listener.port)/", timeoutSeconds: 5)
        let outcome = await WebhookSender(webhook).send(try message())
        guard case .delivered(200, let receipt) = outcome, receipt.hasSuffix("(the answer broke off)") else {
            Issue.record("An endless answer gave \(outcome)")
            return
        }
        try await listener.stop()
    }

    @Test func onlyTheBeginningOfALongAnswerIsKept() async throws {
        let listener = try await WebhookListener { _, _ in .status(200, body: String(repeating: "y", count: 1_000_000))
        }
        let outcome = await WebhookSender(try webhook("http://127.0.0.1:\(listener.port)/")).send(try message())
        #expect(
            outcome == .delivered(status: 200, receipt: String(repeating: "y", count: WebhookSender.answerBytesMax)))
        try await listener.stop()
    }

    @Test(arguments: ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]"])
    func addressesInsideTheHouseAreDeniedHoweverWritten(host: String) async throws {
        let listener = try await WebhookListener(status: 200)
        let webhook = try webhook("http://\(host):\(listener.port)/", privateAddresses: .deny)
        let outcome = await WebhookSender(webhook).send(try message())
        #expect(problem(outcome)?.contains("inside this network") == true, "\(outcome)")
        #expect(listener.received.isEmpty)
        try await listener.stop()
    }

    @Test(arguments: [Webhook.PrivateAddresses.allow, .deny])
    func linkLocalAddressesAreNeverCalled(privateAddresses: Webhook.PrivateAddresses) async throws {
        let webhook = try webhook("http://169.254.169.254/latest/meta-data", privateAddresses: privateAddresses)
        #expect(problem(await WebhookSender(webhook).send(try message()))?.contains("no webhook may call") == true)
    }

    @Test func patientsDataGoesToTheInternetByHttpsOnly() async throws {
        let outcome = await WebhookSender(try webhook("http://8.8.8.8/")).send(try message())
        #expect(problem(outcome)?.contains("https only") == true)
    }

    @Test func aNameIsCalledByItsCheckedAddressUnderItsOwnName() async throws {
        let listener = try await WebhookListener(status: 200)
        let webhook = try webhook("http://localhost:\(listener.port)/")
        var outcome = await WebhookSender(webhook).send(try message(attempt: 1))
        if case .failed = outcome { outcome = await WebhookSender(webhook).send(try message(attempt: 2)) }
        #expect(outcome == .delivered(status: 200, receipt: ""))
        #expect(listener.received.first?.headers["host"] == "localhost:\(listener.port)")
        try await listener.stop()
    }

    @Test func aNameWithoutAddressMayGetOneLater() async throws {
        let outcome = await WebhookSender(try webhook("http://mailroom.invalid/")).send(try message())
        #expect(outcome == .failed(status: nil, problem: "The host 'mailroom.invalid' has no address."))
    }
}
