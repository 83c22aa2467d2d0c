import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Testing

/// What a task's page keeps while a reviewer works, as its scripts ask for it.
struct DraftTests {
    /// A reviewer at their task.
    private struct Desk {
        let client: any TestClientProtocol
        let browser: WorkbenchClient
        let task: String
        let token: String

        init(_ client: any TestClientProtocol, _ task: ReviewTask) async throws {
            self.client = client
            browser = WorkbenchClient(client)
            self.task = "/tasks/\(task.id)"
            try await browser.signIn("ana")
            _ = try await browser.post("\(self.task)/take", [], from: self.task)
            token = try WorkbenchClient.value(of: "form_token", in: try await browser.get(self.task).text)
        }

        func keep(_ fields: [(String, String)], version: Int) async throws -> TestResponse {
            try await browser.send("\(task)/draft", [("form_token", token), ("version", "\(version)")] + fields)
        }
    }

    private func atDesk(
        of document: Document = SampleLetter.document,
        _ body: @escaping @Sendable (Desk, DocumentRecord, WebFixture) async throws -> Void
    ) async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context, document: document)
        try await fixture.addUser("ana")
        try await fixture.test { try await body(Desk($0, seeded.task), seeded.record, fixture) }
    }

    private func field(_ name: String, of record: DocumentRecord, in fixture: WebFixture) async throws -> Field? {
        try await fixture.context.store.read { try $0.document(record.id) }?.document.fields[name]?.fields.first
    }

    @Test func whatCanBeKeptIsKeptAndTheRestIsTold() async throws {
        try await atDesk { desk, record, fixture in
            let answer = try await desk.keep(
                [("v.member_id", "W 77"), ("v.letter_date", "32 March")], version: 1
            ).json()
            #expect(answer["version"] as? Int == 2)
            #expect(answer["html"] == nil)
            let values = try #require(answer["values"] as? [[String: Any]])
            #expect(values.map { $0["path"] as? String } == ["member_id"])
            #expect(values.map { $0["value"] as? String } == ["W77"])
            #expect(values.map { $0["percent"] as? Int } == [100])
            let doubts = try #require(answer["doubts"] as? [[String: Any]])
            #expect(doubts.compactMap { $0["path"] as? String } == ["letter_date"])
            #expect((doubts.first?["error"] as? String)?.contains("a date of the calendar") == true)
            #expect(try await field("member_id", of: record, in: fixture)?.value == .text("W77"))
            #expect(try await field("letter_date", of: record, in: fixture)?.value == .text("2026-03-14"))
            let page = try await desk.browser.get(desk.task).text
            #expect(try WorkbenchClient.value(of: "v.member_id", in: page) == "W77")
            #expect(try await desk.keep([("v.member_id", "late")], version: 1).status == .preconditionFailed)
        }
    }

    @Test func aConfirmationIsKeptAndCanBeTakenBack() async throws {
        try await atDesk { desk, record, fixture in
            let before = try await field("member_id", of: record, in: fixture)
            let kept = try await desk.keep([("v.member_id", "W123456789"), ("ok.member_id", "1")], version: 1).json()
            #expect((kept["doubts"] as? [Any])?.isEmpty == true)
            #expect(try await field("member_id", of: record, in: fixture)?.confidence == 1.0)
            let undo = try #require(kept["undo"] as? String)
            let back = try await desk.keep([("undo", undo)], version: 2).json()
            #expect((back["doubts"] as? [[String: Any]])?.map { $0["path"] as? String } == ["member_id"])
            #expect(try await field("member_id", of: record, in: fixture) == before)
            let trail = try await fixture.context.store.read { try $0.auditTrail(subject: record.id) }
            #expect(trail.map(\.action).suffix(2) == ["field.confirmed", "field.restored"])
            #expect(try await desk.keep([("undo", "{}")], version: 3).status == .badRequest)
        }
    }

    @Test func aValueTakesThePlaceThatWasPointedAt() async throws {
        try await atDesk { desk, record, fixture in
            _ = try await desk.keep([("v.member_id", "W9"), ("ink.member_id", "1 10 20 30 40")], version: 1)
            let field = try await field("member_id", of: record, in: fixture)
            #expect(field?.page == 1)
            #expect(field?.box == Box(left: 10, top: 20, right: 30, bottom: 40))
        }
    }

    @Test func whatWasPointedAtAndTakenBackIsNoRemovalAndWhatTheMachineReadIs() async throws {
        try await atDesk { desk, record, fixture in
            func removals() async throws -> [String] {
                try await fixture.context.store.read { try $0.removals(ofFile: record.sha256) }.map(\.definition)
            }
            var version = 1
            func keep(_ fields: [(String, String)]) async throws -> String {
                let answer = try await desk.keep(fields, version: version).json()
                version += 1
                return try #require(answer["undo"] as? String)
            }
            let path = "response_due_date"
            var undo = try await keep([("v.\(path)", "2026-09-10"), ("ink.\(path)", "1 10 20 30 40")])
            for isThere in [false, true, false] {
                undo = try await keep([("undo", undo)])
                #expect(try await field(path, of: record, in: fixture)?.box?.left == (isThere ? 10 : nil))
                #expect(try await removals().isEmpty)
            }
            let trail = try await fixture.context.store.read { try $0.auditTrail(subject: record.id) }
            #expect(trail.map(\.action).suffix(4) == ["field.corrected"] + Array(repeating: "field.restored", count: 3))
            undo = try await keep([("v.member_id", "")])
            for expected in [[], ["member_id"]] {
                undo = try await keep([("undo", undo)])
                #expect(try await removals() == expected, "taken back, then taken away again")
            }
        }
    }

    @Test func aSumThatFailsIsToldWithTheAmountThatMendsIt() async throws {
        try await atDesk(of: SampleRemittance.document) { desk, record, fixture in
            let line = "claims[0].service_lines[1]"
            let answer = try await desk.keep([("v.\(line).paid_amount", "30.00")], version: 1).json()
            let equations = try #require(answer["equations"] as? [[String: Any]])
            #expect(equations.compactMap { $0["place"] as? String } == [line, "claims[0]"])
            let again = try await desk.keep([("v.\(line).paid_amount", "80")], version: 2).json()
            #expect((again["equations"] as? [Any])?.isEmpty == true)
        }
    }

    @Test func aRowComesAndGoesWithItsPlaces() async throws {
        try await atDesk(of: SampleRemittance.document) { desk, record, fixture in
            func charges() async throws -> [String] {
                let document = try await fixture.context.store.read { try $0.document(record.id) }?.document
                return document?.claims[0].serviceLines.compactMap {
                    $0["charge_amount"]?.fields.first?.value.description
                } ?? []
            }
            let place = "claims[0].service_lines[1]"
            let added = try await desk.keep(
                [("row.insert", place), ("v.\(place).charge_amount", "5"), ("v.\(place).paid_amount", "")], version: 1
            ).json()
            #expect(added["added"] as? [String] == [place])
            #expect((added["html"] as? String)?.contains("data-place=\"claims[0].service_lines[3]\"") == true)
            #expect(try await charges() == ["100.00", "5.00", "100.00"])
            let removed = try await desk.keep([("row.remove", "claims[0].service_lines[0]")], version: 2).json()
            #expect(removed["gone"] as? [String] == ["claims[0].service_lines[0]"])
            #expect(try await charges() == ["5.00", "100.00"])
            let undo = try #require(removed["undo"] as? String)
            _ = try await desk.keep([("undo", undo)], version: 3)
            #expect(try await charges() == ["100.00", "5.00", "100.00"])
        }
    }

    @Test func whoDoesNotHoldTheTaskKeepsNothing() async throws {
        try await atDesk { desk, record, fixture in
            try await fixture.addUser("ben")
            try await fixture.addUser("olga", .auditor)
            for (name, status) in [("ben", HTTPResponse.Status.conflict), ("olga", .forbidden)] {
                let other = WorkbenchClient(desk.client)
                try await other.signIn(name)
                let refused = try await other.post(
                    "\(desk.task)/draft", [("version", "1"), ("v.member_id", "X1")], from: "/queues")
                #expect(refused.status == status)
            }
            let forged = try await desk.browser.send("\(desk.task)/draft", [("version", "1"), ("v.member_id", "X1")])
            #expect(forged.status == .forbidden)
            #expect(try await field("member_id", of: record, in: fixture)?.value == .text("W123456789"))
        }
    }

    @Test func theWordsOfAPageAreForThoseWhoMaySeeItAndTheLookIsOnRecord() async throws {
        try await atDesk { desk, record, fixture in
            let page = PageReading(
                page: Page(number: 1, source: .ocr, width: 2550, height: 3300, dpi: 300),
                words: [
                    Word(
                        text: "W123", box: Box(left: 1, top: 2, right: 3, bottom: 4.5), confidence: 0.9, line: 0)
                ])
            try await fixture.context.store.write {
                try $0.savePage(
                    of: record.sha256, StoredPage(reading: page, imageMediaType: "image/png", imageScale: 0.1))
            }
            let answer = try await desk.browser.get("/documents/\(record.id)/pages/1/words")
            #expect(answer.text == #"{"words":[{"box":[1,2,3,4.5],"text":"W123"}]}"#)
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(try await desk.browser.get("/documents/\(record.id)/pages/2/words").status == .notFound)
            let trail = try await fixture.context.store.read { try $0.auditTrail(subject: record.id) }
            #expect(trail.last?.action == "page.viewed")
        }
    }

    @Test func theNextPagesAndTheDaysFiguresAreTold() async throws {
        try await atDesk { desk, record, fixture in
            var other = SampleLetter.document
            other.fields["payer_name"] = .one(Field(value: .text("Other Health"), confidence: 0.5))
            let next = try await SampleLetter.seed(
                fixture.context, document: other, bytes: SampleLetter.png + Data([0]))
            let ahead = try await desk.browser.get("/queues/letters/ahead").json()
            #expect(ahead["task"] as? String == next.task.id)
            #expect(ahead["images"] as? [String] == ["/documents/\(next.record.id)/pages/1/image"])
            #expect(ahead["is_upright"] as? Bool == true)
            #expect(ahead["waiting"] as? Int == 1)
            #expect(ahead["settled_today"] as? Int == 0)
            #expect(ahead["median_seconds"] == nil)
            #expect(try await fixture.context.store.read { try $0.task(next.task.id) }?.leaseOwner == nil)
            let confirmed = try await desk.browser.send(
                desk.task,
                [("form_token", desk.token), ("version", "1"), ("queue", "letters"), ("action", "confirm")],
                accept: "application/json")
            #expect(try confirmed.json()["next"] as? String == "/tasks/\(next.task.id)")
            let after = try await desk.browser.get("/queues/letters/ahead").json()
            #expect(after["task"] == nil)
            #expect(after["settled_today"] as? Int == 1)
            #expect(after["median_seconds"] as? Int == 0)
            #expect(try await desk.browser.get("/queues/nowhere/ahead").status == .forbidden)
        }
    }
}
