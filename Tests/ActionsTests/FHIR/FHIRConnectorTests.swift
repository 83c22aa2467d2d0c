import Actions
import Documents
import Foundation
import TestSupport
import Testing

@Suite struct FHIRConnectorTests {
    private func connector(_ url: String, timeoutSeconds: Double = 30) throws -> FHIRConnector {
        FHIRConnector(
            endpoint: Endpoint(
                url: try #require(URL(string: url)), privateAddresses: .allow, timeoutSeconds: timeoutSeconds),
            token: BearerToken("s3cret"))
    }

    private func message(_ event: MailroomEvent, _ connector: FHIRConnector) throws -> OutgoingMessage {
        OutgoingMessage(
            idempotencyKey: "\(event.id)-chart", payload: try connector.payload(for: event, key: "\(event.id)-chart"),
            attempt: 1, sentAt: Date(), correlationID: event.correlationID)
    }

    private func remittance(seed: UInt64 = 21) -> Document {
        var example = DrawnDocuments(seed: seed)
        return example.remittance(claimCount: 3)
    }

    @Test func aRepetitionCreatesNothingAndARecallMarksWhatIsThere() async throws {
        let server = try await FHIRServer()
        let connector = try connector(server.url)
        let accepted = try message(DrawnDocuments.event(remittance()), connector)
        let first = await connector.send(accepted)
        guard case .delivered(200, let receipt) = first else {
            Issue.record("The bundle gave \(first)")
            return
        }
        #expect(receipt.split(separator: "\n").count == 6)
        #expect(receipt.hasPrefix("201 Created ExplanationOfBenefit/1/_history/1"))
        guard case .delivered(200, let again) = await connector.send(accepted) else {
            Issue.record("The repetition was not delivered.")
            return
        }
        #expect(again.split(separator: "\n").allSatisfy { $0.hasPrefix("200 OK") })
        #expect(server.kept.count == 6)
        let recall = DrawnDocuments.event(remittance(), id: "01K8RECALL", type: .documentRecalled)
        guard case .delivered = await connector.send(try message(recall, connector)) else {
            Issue.record("The recall was not delivered.")
            return
        }
        #expect(server.kept.count == 7)
        #expect(server.kept.filter { $0.hasSuffix("entered-in-error") }.count == 5)
        let call = try #require(server.listener.received.first)
        #expect(call.headers["content-type"] == "application/fhir+json; charset=utf-8")
        #expect(call.headers["authorization"] == "Bearer s3cret")
        #expect(call.headers["x-correlation-id"] == "01K8ARRIVAL")
        try await server.listener.stop()
    }

    @Test func theTokenIsInNoDescription() throws {
        #expect("\(try #require(BearerToken("s3cret")))" == "Bearer …")
        #expect(BearerToken("two words") == nil)
        #expect(BearerToken("") == nil)
    }

    @Test(arguments: [(400, true), (412, true), (422, true), (408, false), (429, false), (500, false), (503, false)])
    func refusalsAreParkedAndTroublesTriedAgain(status: Int, isRefused: Bool) async throws {
        let listener = try await WebhookListener(status: status)
        let connector = try connector("http://127.0.0.1:\(listener.port)/")
        switch await connector.send(try message(DrawnDocuments.event(remittance()), connector)) {
        case .refused(status, _): #expect(isRefused)
        case .failed(status, _): #expect(!isRefused)
        case let other: Issue.record("\(status) gave \(other)")
        }
        try await listener.stop()
    }

    @Test func whatTheServerSaysIsToldWithoutPatientsData() async throws {
        let outcome = """
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",
            "diagnostics":"Patient Nobody Here with member W99887766 is not known, born 1950-01-31"}]}
            """
        let listener = try await WebhookListener { _, _ in .status(422, body: outcome) }
        let connector = try connector("http://127.0.0.1:\(listener.port)/")
        var document = remittance()
        document.claims[0].fields["patient_name"] = .one(ActionsExample.field("NOBODY, HERE"))
        document.claims[0].fields["member_id"] = .one(ActionsExample.field("W99887766"))
        guard
            case .refused(422, let problem) = await connector.send(
                try message(DrawnDocuments.event(document), connector))
        else {
            Issue.record("It was not refused.")
            return
        }
        #expect(
            problem == """
                The FHIR server answered 422. It says: invalid: Patient … … with member … is not known, born …-…-…
                """)
        try await listener.stop()
    }

    @Test(arguments: [
        "", "{}", "<html>", #"{"resourceType":"Bundle","type":"transaction-response","entry":[]}"#,
        #"{"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"404"}}]}"#,
    ])
    func anAnswerThatDoesNotNameEveryResourceIsNoDelivery(body: String) async throws {
        let listener = try await WebhookListener { _, _ in .status(200, body: body) }
        let connector = try connector("http://127.0.0.1:\(listener.port)/")
        guard
            case .failed(200, _) = await connector.send(try message(DrawnDocuments.event(remittance()), connector))
        else {
            Issue.record("'\(body)' is a delivery.")
            return
        }
        try await listener.stop()
    }

    @Test func aServerThatFailsAndHangsGetsEachResourceOnceInTheEnd() async throws {
        let server = try await FHIRServer { number in
            switch number {
            case 1: .status(500)
            case 2: .silence
            default: nil
            }
        }
        let connector = try connector(server.url, timeoutSeconds: 0.5)
        let message = try message(DrawnDocuments.event(remittance()), connector)
        for _ in 0..<2 {
            guard case .failed = await connector.send(message) else {
                Issue.record("It should fail.")
                return
            }
        }
        for _ in 0..<2 {
            guard case .delivered = await connector.send(message) else {
                Issue.record("It should be delivered.")
                return
            }
        }
        #expect(server.kept.count == 6)
        try await server.listener.stop()
    }

    @Test func aServerIsReadFromTheActionsFile() throws {
        let text = ActionsExample.text.replacing(
            "rules:\n",
            with: """
                fhir:
                  - name: chart
                    url_from: {environment: FHIR_URL}
                    token_from: {environment: FHIR_TOKEN}
                rules:

                """)
        var environment = ActionsExample.environment
        #expect(
            try ActionsExample.rules(text, environment: environment).inactive
                == ["chart": "The FHIR server 'chart' has no address: FHIR_URL is not set."])
        environment["FHIR_URL"] = "http://127.0.0.1:9/fhir"
        #expect(throws: (any Error).self) { try ActionsExample.rules(text, environment: environment) }
        environment["FHIR_TOKEN"] = "abc"
        #expect(try ActionsExample.rules(text, environment: environment).connectors["chart"] is FHIRConnector)
    }
}
