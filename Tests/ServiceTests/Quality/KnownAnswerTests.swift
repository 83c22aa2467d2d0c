import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Testing

/// Known-answer checks as reviewers meet them.
struct KnownAnswerTests {
    private static func everyTask(_ shipped: String) -> String {
        shipped.replacing("share: 0\n  least_documents: 20", with: "share: 1\n  least_documents: 1")
    }

    /// A letter that Ben confirmed, and another that waits.
    private struct House: Sendable {
        let fixture: WebFixture
        let settled: DocumentRecord
        let waiting: ReviewTask
        let client: any TestClientProtocol

        func browser(_ name: String) async throws -> WorkbenchClient {
            let browser = WorkbenchClient(client)
            try await browser.signIn(name)
            return browser
        }

        func next(_ browser: WorkbenchClient) async throws -> String {
            let taken = try await browser.post("/queues/letters/next", [], from: "/queues/letters")
            return try #require(taken.headers[.location])
        }

        /// All that the settled document, the queues and the day's figures are.
        struct State: Equatable, Sendable {
            let document: DocumentRecord?
            let read: Document?
            let eventCount: Int
            let outcomeCount: Int
            let tasks: [String: [ReviewTaskStatus: Int]]
            let documents: [DocumentStatus: Int]
            let settledCount: Int
        }

        func state() async throws -> State {
            let model = fixture.context.versions.model
            return try await fixture.context.store.read { [id = settled.id] transaction in
                State(
                    document: try transaction.document(id), read: try transaction.decided(of: id),
                    eventCount: try transaction.events(subject: id).count,
                    outcomeCount: try transaction.otherOutcomeCount(model: model),
                    tasks: try transaction.taskCounts(at: .distantPast), documents: try transaction.documentCounts(),
                    settledCount: try transaction.workday(of: "user:ana", since: .distantPast).settledCount)
            }
        }

        func ending(_ action: String, version: Int = 1) -> [(String, String)] {
            [("version", "\(version)"), ("queue", "letters"), ("action", action)]
        }
    }

    private func inHouse(_ body: @escaping @Sendable (House) async throws -> Void) async throws {
        let fixture = try await WebFixture(policyText: Self.everyTask)
        let seeded = try await SampleLetter.seed(fixture.context)
        let ben = try await fixture.person("ben")
        try await fixture.desk.take(seeded.task.id, by: ben)
        try await fixture.desk.confirm(seeded.task.id, edits: [], seen: 1, by: ben)
        let waiting = try await SampleLetter.seed(fixture.context, bytes: SampleLetter.png + Data([1]))
        for name in ["ana", "cyd"] { try await fixture.addUser(name) }
        try await fixture.addUser("sam", .seniorReviewer)
        try await fixture.test {
            try await body(
                House(fixture: fixture, settled: seeded.record, waiting: waiting.task, client: $0))
        }
    }

    @Test func aSettledDocumentComesAsWorkAndNothingOfItIsTouched() async throws {
        try await inHouse { house in
            let before = try await house.state()
            let ana = try await house.browser("ana")
            let task = try await house.next(ana)
            #expect(task != "/tasks/\(house.waiting.id)")
            let page = try await ana.get(task).text
            let shown = try WorkbenchClient.value(of: "v.letter_date", in: page)
            #expect(shown != "2026-03-14" && shown.hasPrefix("2026-03-"))
            #expect(page.contains("0.61 is under the 0.90 that policy asks"), "It looks like any other work.")
            let aside = try await ana.get("/documents/\(house.settled.id)").text
            #expect(aside.contains(shown) && !aside.contains("2026-03-14"))
            _ = try await ana.post("\(task)/renew", [], from: task)
            let kept = try await ana.post(
                "\(task)/draft", [("version", "1"), ("v.member_id", "W7")], from: task
            ).json()
            #expect(kept["version"] as? Int == 2)
            #expect(try WorkbenchClient.value(of: "v.member_id", in: try await ana.get(task).text) == "W7")
            let ended = try await ana.post(task, house.ending("confirm", version: 2), from: task)
            let check = try #require(ended.headers[.location])
            let told = try await ana.get(check).text
            #expect(told.contains("the value went past you") && told.contains(shown) && told.contains("2026-03-14"))
            #expect(try await house.state() == before)
            // Pressed twice, or opened again, it tells the same; nobody else is told.
            #expect(try await ana.get(task).headers[.location] == check)
            let cyd = try await house.browser("cyd")
            #expect(try await cyd.get(check).status == .notFound)
            #expect(try await cyd.get(task).status == .notFound)
            #expect(try await house.next(ana) == "/tasks/\(house.waiting.id)", "The task that it came instead of.")
            let trail = try await house.fixture.context.store.read {
                try $0.auditTrail(subject: String(task.dropFirst("/tasks/".count)))
            }
            #expect(trail.map(\.action) == ["check.given", "check.missed"])
            #expect(!"\(trail)".contains("2026-03-14"))
        }
    }

    @Test func whoMendsItOrRefusesTheDocumentCatchesItAndGivingItBackIsNeither() async throws {
        try await inHouse { house in
            let (ana, cyd, sam) = (
                try await house.browser("ana"), try await house.browser("cyd"), try await house.browser("sam")
            )
            let first = try await house.next(ana)
            let mended = try await ana.post(
                first, house.ending("confirm") + [("v.letter_date", "03/14/2026")], from: first)
            #expect(try await ana.get(try #require(mended.headers[.location])).text.contains("you caught it"))
            let second = try await house.next(cyd)
            let refused = try await cyd.post(
                second, house.ending("reject") + [("reason", "unreadable")], from: second)
            #expect(try await cyd.get(try #require(refused.headers[.location])).text.contains("you caught it"))
            let third = try await house.next(sam)
            let back = try await sam.post(third, house.ending("release"), from: third)
            #expect(try await sam.get(try #require(back.headers[.location])).text.contains("neither as caught"))
            let quality = try await sam.get("/quality").text
            for person in ["ana", "cyd"] {
                #expect(
                    quality.contains(
                        "<th scope=\"row\">\(person)</th><td class=\"num\">1</td><td class=\"num\">1</td>"))
            }
            #expect(quality.contains("100 % (2.5 % to 100 %)"))
            #expect(try await ana.get("/quality").status == .forbidden)
            #expect(try await house.fixture.context.store.read { try $0.document(house.settled.id) }?.version == 2)
        }
    }

    @Test func noWordsTellACheckAndSendingItElsewhereLeavesIt() async throws {
        try await inHouse { house in
            let (ana, sam) = (try await house.browser("ana"), try await house.browser("sam"))
            let document = "/documents/\(house.settled.id)"
            try await house.fixture.context.store.write { [id = house.settled.id] in
                _ = try $0.addNote(
                    DocumentNote(
                        id: "N1", documentID: id, writtenBy: "user:ben", writtenAt: Date(), body: "Settled so."))
            }
            let first = try await house.next(ana)
            for place in [first, document] { #expect(try await !ana.get(place).text.contains("Settled so.")) }
            let noteID = try WorkbenchClient.value(of: "note_id", in: try await ana.get(first).text)
            let refused = try await ana.post(
                "\(document)/notes", [("note_id", noteID), ("note", "Odd."), ("back", first)], from: first)
            #expect(refused.status == .unprocessableContent && refused.text.contains("until it is settled"))
            let count = try await house.fixture.context.store.read { [id = house.settled.id] in
                try $0.noteCount(on: id)
            }
            #expect(count == 1)
            let sent = try await ana.post(
                "\(first)/send", [("queue", "general"), ("reason", "wrong_queue")], from: first)
            #expect(try await ana.get(try #require(sent.headers[.location])).text.contains("neither as caught"))
            let second = try await house.next(sam)
            let urged = try await sam.post(
                "\(second)/priority", [("points", "50"), ("reason", "Soon")], from: second)
            #expect(try await sam.get(try #require(urged.headers[.location])).text.contains("neither as caught"))
        }
    }

    @Test func nobodyGetsADocumentThatTheyHadToDoWith() async throws {
        try await inHouse { house in
            try await house.fixture.addUser("ben")
            let ben = try await house.browser("ben")
            _ = try await ben.get("/documents/\(house.settled.id)")
            #expect(try await house.next(ben) == "/tasks/\(house.waiting.id)")
        }
    }

    @Test func theAuditSampleIsShownWithItsInterval() async throws {
        let fixture = try await WebFixture()
        let model = fixture.context.versions.model
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.context.store.write {
            try $0.record(
                [("member_id", false), ("letter_date", true)].map { field, isRight in
                    ValueOutcome(
                        documentID: seeded.record.id, path: field, type: "payer_letter", field: field,
                        confidence: 0.9, isRight: isRight, isSampled: true, model: model)
                }, at: Date())
        }
        try await fixture.addUser("olga", .auditor)
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("olga")
            let page = try await browser.get("/quality").text
            #expect(page.contains("Policy gives no checks"))
            #expect(page.contains("0 % (0 % to 97.5 %)"))
            #expect(page.contains("100 % (2.5 % to 100 %)"))
        }
    }
}
