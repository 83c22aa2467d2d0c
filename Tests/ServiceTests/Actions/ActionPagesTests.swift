import Actions
import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Records
import Service
import TestSupport
import Testing

/// The page Actions and `/v1/actions`.
@Suite struct ActionPagesTests {
    @Test func aPersonSeesWhatGaveUpAndSendsItAgain() async throws {
        let fixture = try await WebFixture()
        let put = try await ParkedActions.put(into: fixture.context)
        try await fixture.addUser("ana", .administrator)
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let page = try await browser.get("/actions").text
            #expect(page.contains("The endpoint answered 500 &lt;b&gt;. Attempt 10 was the last."))
            #expect(page.contains("waits for what comes before it") && page.contains("document accepted"))
            #expect(page.contains("/documents/\(put.document)"))
            let answer = try await browser.post("/actions/\(put.parked)/replay", [], from: "/actions")
            #expect(answer.status == .seeOther && answer.headers[.location] == "/actions")
            let again = try await browser.post("/actions/\(put.parked)/replay", [], from: "/actions")
            #expect(again.status == .conflict && again.text.contains("cannot be replayed"), "a double click")
        }
        let store = fixture.context.store
        #expect(try await store.read { try $0.delivery(put.parked) }?.status == .pending)
        #expect(try await store.read { try $0.delivery(put.waiting) }?.status == .waiting)
        let trail = try await store.read { try $0.auditTrail(subject: put.document) }
        #expect(trail.last?.action == "action.replayed" && trail.last?.actor == "user:ana")
    }

    @Test func aPersonSeesWhichPapersOfAPaymentAreMissing() async throws {
        let fixture = try await WebFixture()
        let document = try await ReleasedLetters.put(1, into: fixture.context)[0]
        let now = Date()
        try await fixture.context.store.write { transaction in
            let event = try #require(try transaction.events(subject: document).first)
            var item = RemittanceItem(
                id: Identifier.make(at: now), idempotencyKey: "k", sender: "remittances", documentID: document,
                eventID: event.id, payer: "123456789", paymentNumber: "7 document \(document)", jointPayment: "7",
                content: "{}", createdAt: now, correlationID: "C")
            item.detail = "$100.00 of the $180.00 of payment 7 <b> are here."
            try transaction.addRemittance(item)
        }
        try await fixture.addUser("ana", .administrator)
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let page = try await browser.get("/actions").text
            #expect(page.contains("Payments that wait for papers") && page.contains("/documents/\(document)"))
            #expect(page.contains("$100.00 of the $180.00 of payment 7 &lt;b&gt; are here."))
        }
        let list = try await runMailroom(["remittances", "list", "--store", fixture.folder.url.path])
        #expect(list.standardOutput.contains("remittances waits  $100.00 of the $180.00"), "\(list.standardError)")
    }

    @Test func oneClickSendsAllThatGaveUpOfAConnector() async throws {
        let fixture = try await WebFixture()
        let put = try await ParkedActions.put(into: fixture.context)
        try await fixture.addUser("ana", .administrator)
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            _ = try await browser.post(
                "/actions/replay", [("connector", ParkedActions.connector)], from: "/actions")
        }
        #expect(try await fixture.context.store.read { try $0.delivery(put.parked) }?.status == .pending)
    }

    @Test func dismissingAsksForAReasonAndLetsTheNextGo() async throws {
        let fixture = try await WebFixture()
        let put = try await ParkedActions.put(into: fixture.context)
        try await fixture.addUser("ana", .administrator)
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let without = try await browser.post("/actions/\(put.parked)/dismiss", [("reason", " ")], from: "/actions")
            #expect(without.status == .unprocessableContent && without.text.contains("Say why"))
            let with = try await browser.post(
                "/actions/\(put.parked)/dismiss", [("reason", "Posted by hand")], from: "/actions")
            #expect(with.status == .seeOther)
        }
        let store = fixture.context.store
        #expect(try await store.read { try $0.delivery(put.parked) }?.status == .dismissed)
        #expect(try await store.read { try $0.delivery(put.waiting) }?.status == .pending)
    }

    @Test func aMachineDoesTheSameThroughTheInterface() async throws {
        let fixture = try await WebFixture()
        let put = try await ParkedActions.put(into: fixture.context)
        let key = try await fixture.keyHeader(.administrator)
        try await fixture.test { client in
            func call(_ path: String, _ method: HTTPRequest.Method = .get, _ body: String = "") async throws
                -> TestResponse
            {
                try await client.execute(
                    uri: "/v1/actions\(path)", method: method, headers: key, body: ByteBuffer(string: body))
            }
            let list = try await call("?status=parked&connector=\(ParkedActions.connector)").json()
            let actions = try #require(list["actions"] as? [[String: Any]])
            #expect(actions.count == 1 && actions[0]["id"] as? String == put.parked)
            #expect(actions[0]["subject"] as? String == put.document && actions[0]["last_status"] as? Int == 500)
            #expect((actions[0]["rules_hash"] as? String)?.count == 64)
            let connectors = try #require(list["connectors"] as? [[String: Any]])
            #expect(connectors[0]["name"] as? String == ParkedActions.connector)
            #expect(connectors[0]["state"] as? String == "closed")
            #expect(try await call("?status=lost").status == .badRequest)
            #expect(try await call("/\(put.waiting)/replay", .post).status == .conflict)
            #expect(try await call("/nothing/replay", .post).status == .notFound)
            #expect(try await call("/\(put.parked)/dismiss", .post).status == .badRequest)
            let reason = #"{"reason": "Posted by hand"}"#
            #expect(try await call("/\(put.parked)/dismiss", .post, reason).status == .noContent)
            #expect(try await call("/\(put.parked)/dismiss", .post, reason).status == .conflict)
            let metrics = try await client.execute(uri: "/metrics", method: .get).text
            #expect(metrics.contains("mailroom_connector_open{connector=\"workflow_engine\"} 0"))
            #expect(
                metrics.contains(
                    "mailroom_connector_deliveries{connector=\"workflow_engine\",status=\"pending\"} 1"))
        }
    }
}
