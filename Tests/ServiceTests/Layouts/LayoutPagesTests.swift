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
import Understanding

struct LayoutPagesTests {
    /// A web server with one layout, taught by the sample letter.
    private func taught() async throws -> (fixture: WebFixture, layout: LayoutRecord, document: DocumentRecord) {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        let letter = TaughtLetter(number: 1)
        var understander = fixture.context.understander
        var confirmed = try #require(understander.understand([letter.page]).first)
        confirmed.fields = letter.truth.mapValues {
            .one(Field(value: .text($0), confidence: 1.0, derivedFrom: ["reviewer"]))
        }
        let memory = try understander.learn(
            understander.onInk(confirmed, pages: [letter.page]), pages: [letter.page])
        let json = String(decoding: try JSONEncoder().encode(memory), as: UTF8.self)
        let layout = try await fixture.context.store.write { transaction in
            let now = Date(timeIntervalSince1970: 1_790_000_000)
            let record = LayoutRecord(
                id: memory.id, type: memory.type, memory: json, learnedAt: now,
                change: try transaction.beginLayoutChange())
            try transaction.keepLayout(record)
            try transaction.teach(memory.id, by: seeded.record.id, confirmedBy: "user:maria", at: now)
            return record
        }
        try await fixture.addUser("olga", .seniorReviewer)
        try await fixture.addUser("ana")
        return (fixture, layout, seeded.record)
    }

    @Test func layoutsAreListedShownAndForgottenWithAReason() async throws {
        let (fixture, layout, document) = try await taught()
        try await fixture.test { client in
            let olga = WorkbenchClient(client)
            try await olga.signIn("olga")
            let list = try await olga.get("/layouts").text
            #expect(list.contains("href=\"/layouts/\(layout.id)\"") && list.contains(TaughtLetter.sender))
            #expect(list.contains("href=\"/documents/\(document.id)\"") && list.contains("maria"))
            let page = "/layouts/\(layout.id)"
            let shown = try await olga.get(page).text
            #expect(shown.contains("Member id") && shown.contains("SEKTOR NORDEN"), "\(shown)")

            #expect(try await olga.send("\(page)/forget", [("reason", "x")]).status == .forbidden, "no form token")
            let unexplained = try await olga.post("\(page)/forget", [("reason", " ")], from: page)
            #expect(unexplained.status == .unprocessableContent && unexplained.text.contains("Say why"))
            let forgotten = try await olga.post("\(page)/forget", [("reason", "Wrong payer")], from: page)
            #expect(forgotten.headers[.location] == "/layouts")
            #expect(try await olga.get("/layouts").text.contains("Nothing is learned yet."))
            #expect(try await olga.get(page).status == .notFound)
        }
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: layout.id) }
        #expect(trail.contains { $0.action == "layout.viewed" && $0.actor == "user:olga" })
        #expect(trail.last?.action == "layout.forgotten" && trail.last?.detail["reason"] == "Wrong payer")
    }

    @Test func whoMayNotManageLayoutsDoesNotSeeThem() async throws {
        let (fixture, layout, _) = try await taught()
        try await fixture.test { client in
            let ana = WorkbenchClient(client)
            try await ana.signIn("ana")
            #expect(try await ana.get("/queues").text.contains("/layouts") == false)
            #expect(try await ana.get("/layouts").status == .forbidden)
            #expect(try await ana.get("/layouts/\(layout.id)").status == .forbidden)
            let forgetting = try await ana.post("/layouts/\(layout.id)/forget", [("reason", "x")], from: "/queues")
            #expect(forgetting.status == .forbidden)
        }
        #expect(try await fixture.context.store.read { try $0.layout(layout.id) }?.forgotten == nil)
    }

    @Test func aReviewerReadsWhoseDocumentTheValuesFollow() async throws {
        let (fixture, layout, document) = try await taught()
        let use = LayoutUse(memoryID: layout.id, valueCount: 3, at: Date(timeIntervalSince1970: 1_790_000_060))
        try await fixture.context.store.write { try $0.setLayoutUse(use, of: document.id) }
        try await fixture.test { client in
            let ana = WorkbenchClient(client)
            try await ana.signIn("ana")
            let task = try #require(try await fixture.context.store.read { try $0.task(ofDocument: document.id) })
            let page = try await ana.get("/tasks/\(task.id)").text
            #expect(page.contains("3 values follow what maria confirmed in letter.png at 2026-09-21 14:13 UTC"))
        }
    }

    @Test func whatAnotherProcessLearnsAndForgetsIsTakenUp() async throws {
        let (fixture, layout, _) = try await taught()
        let (keeper, store) = (fixture.context.layouts, fixture.context.store)
        #expect(try await keeper.current().memories.memories.map(\.id) == [layout.id])
        let other = try await Store.open(folder: fixture.folder.url)
        try await other.write { transaction in
            let change = try transaction.beginLayoutChange()
            try transaction.forgetLayout(
                layout.id, .init(at: Date(), by: "user:olga", because: "Wrong payer"), change: change)
        }
        #expect(try await keeper.current().memories.memories.isEmpty)
        var damaged = layout
        (damaged.memory, damaged.change) = ("{}", try await other.write { try $0.beginLayoutChange() })
        try await other.write { [damaged] in try $0.keepLayout(damaged) }
        let current = try await keeper.current()
        #expect(current.memories.memories.isEmpty, "a layout of another version is not used")
        #expect(try await store.read { try $0.layoutChange() } == current.change)
        #expect(try await LayoutDesk(context: fixture.context).layouts().first?.memory == nil)
        try await other.close()
    }

    @Test func programsListAndForgetThemToo() async throws {
        let (fixture, layout, _) = try await taught()
        let key = try await fixture.keyHeader(.administrator)
        let service = try await fixture.keyHeader(.service, name: "scanner")
        try await fixture.test { client in
            #expect(try await client.execute(uri: "/v1/layouts", method: .get, headers: service).status == .forbidden)
            let list = try await client.execute(uri: "/v1/layouts", method: .get, headers: key).json()
            let first = try #require((list["layouts"] as? [[String: Any]])?.first)
            #expect(first["id"] as? String == layout.id && first["sender_name"] as? String == TaughtLetter.sender)
            func forget(_ body: String, _ key: HTTPFields) async throws -> HTTPResponse.Status {
                try await client.execute(
                    uri: "/v1/layouts/\(layout.id)", method: .delete, headers: key, body: ByteBuffer(string: body)
                ).status
            }
            #expect(try await forget(#"{"reason": "Wrong payer"}"#, service) == .forbidden)
            #expect(try await forget("", key) == .badRequest)
            #expect(try await forget(#"{"reason": ""}"#, key) == .unprocessableContent)
            #expect(try await forget(#"{"reason": "Wrong payer"}"#, key) == .noContent)
            #expect(try await forget(#"{"reason": "Wrong payer"}"#, key) == .notFound)
        }
    }
}
