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

/// From one wrong value to all that the same cause released.
struct RecallTests {
    private struct House {
        let fixture: WebFixture
        let desk: RecallDesk
        let sam: Caller
        /// Four letters of one file and payer, and one of another payer in another file.
        let letters: [String]
        let other: String

        var store: Store { fixture.context.store }

        func recalled(right: String = "W123456780") async throws -> Recall {
            let recall = try await desk.begin(
                document: letters[0], field: "member_id", right: right, reason: "The payer called", by: sam)
            try await fixture.context.work()
            return recall
        }

        func events(_ id: String) async throws -> [String] {
            try await store.read { try $0.events(subject: id) }.map(\.type)
        }
    }

    private static func house(policyText: (String) -> String = { $0 }) async throws -> House {
        let fixture = try await WebFixture(policyText: policyText)
        let letters = try await ReleasedLetters.put(4, into: fixture.context)
        let other = try await ReleasedLetters.put(1, into: fixture.context, file: 1) { _, document in
            document.fields["payer_name"] = .one(Field(value: .text("Zeta Mutual"), confidence: 0.99))
        }
        return House(
            fixture: fixture, desk: RecallDesk(context: fixture.context),
            sam: try await fixture.person("sam", .seniorReviewer), letters: letters, other: other[0])
    }

    @Test func whatTheSameCauseReleasedIsListedWithWhy() async throws {
        let house = try await Self.house()
        let recall = try await house.recalled()
        let found = try await house.desk.look(at: recall.id, by: house.sam)
        #expect(found.recall.status == .listed)
        #expect(found.recall.causes.map(\.name) == ["model", "file"])
        #expect(found.recall.causes.map(\.count) == [3, 3])
        #expect(found.recall.causes.first?.why.contains("of the same payer") == true)
        #expect(Set(found.entries.map(\.record.id)) == Set(house.letters), "the other payer's is not among them")
        #expect(found.entries.first?.record.id == house.letters[0])
        #expect(found.cents == 40_000)
        let again = try await house.desk.begin(
            document: house.letters[0], field: "member_id", right: "", reason: "Pressed twice", by: house.sam)
        #expect(again.id == recall.id, "a value is recalled once")
    }

    @Test func theCommandLineListsHoldsAndReleasesAsThePageDoes() async throws {
        let house = try await Self.house()
        let recall = try await house.recalled()
        let store = ["--store", house.fixture.folder.url.path]
        func run(_ arguments: String...) async throws -> String {
            let run = try await runMailroom(["recall"] + arguments + store)
            #expect(run.status == 0, "\(run.standardError)")
            try await house.fixture.context.work()
            return run.standardOutput
        }
        #expect(try await run("list").contains("\(recall.id)  "))
        let shown = try await run("show", recall.id)
        #expect(house.letters.allSatisfy(shown.contains) && !shown.contains(house.other))
        #expect(shown.contains("model: 3 others") && !shown.contains("W123456789"))
        #expect(try await run("hold", recall.id, "--cause", "file") == "It is ordered for 3 documents.\n")
        #expect(try await run("show", recall.id, "--from", "1", "--limit", "1").contains("accepted, held"))
        #expect(
            try await run("release", recall.id, "--document", house.letters[1]) == "It is ordered for one document.\n")
        let held = try await house.store.read { [letters = house.letters] in try $0.held(among: letters) }
        #expect(held == Set(house.letters[2...]))
        let trail = try await house.store.read { try $0.auditTrail(subject: recall.id) }
        #expect(trail.filter { $0.actor == "command line" }.map(\.action).contains("recall.ordered"))
        #expect(trail.contains { $0.action == "recall.viewed" && $0.actor == "command line" })
        let none = try await runMailroom(["recall", "hold", "none", "--cause", "file"] + store)
        #expect(none.status != 0 && none.standardError.contains("There is no such recall."))
        let both = try await runMailroom(["recall", "hold", recall.id] + store)
        #expect(both.standardError.contains("Name either --cause"))
    }

    @Test func manyRecallsArePaged() async throws {
        let house = try await Self.house()
        try await house.fixture.addUser("mia", .seniorReviewer)
        let recall = try await house.recalled()
        try await house.store.write { transaction in
            for number in 1...RecallDesk.pageCount {
                var other = recall
                (other.id, other.fieldPath) = ("\(recall.id)-\(number)", "reason_codes[\(number)]")
                _ = try transaction.addRecall(other)
            }
        }
        try await house.fixture.test { client in
            let mia = WorkbenchClient(client)
            try await mia.signIn("mia")
            let first = try await mia.get("/recalls").text
            #expect(first.contains("1 to 50 of 51") && first.contains(#"href="/recalls?from=50">later"#))
            let last = try await mia.get("/recalls?from=50").text
            #expect(last.contains("51 to 51 of 51") && last.contains(#"href="/recalls/\#(recall.id)""#))
            #expect(try await mia.get("/recalls?from=-5").text.contains("1 to 50 of 51"))
            for page in ["/recalls?from=900", "/recalls?from=\(Int.max)", "/recalls/\(recall.id)?from=\(Int.max)"] {
                #expect(try await mia.get(page).status == .ok)
            }
        }
    }

    @Test func aLayoutAThresholdAndAReviewerAreFound() async throws {
        let house = try await Self.house()
        try await house.store.write { transaction in
            for id in [house.letters[0], house.letters[1], house.other] {
                var record = try #require(try transaction.document(id))
                record.document.evidence.append(Reason(code: "learned_threshold", field: "member_id"))
                record = try transaction.updateDocument(record, at: Date())
                guard id != house.letters[1] else { continue }
                try transaction.audit(
                    actor: "user:mia", action: "document.confirmed", subject: id, correlationID: "C", at: Date())
            }
        }
        let recall = try await house.recalled()
        let causes = try await house.desk.look(at: recall.id, by: house.sam).recall.causes
        #expect(causes.map(\.name) == ["threshold", "model", "reviewer", "file"])
        #expect(causes.map(\.count) == [2, 3, 1, 3])
        #expect(causes[2].why.hasPrefix("mia confirmed the document"))
    }

    @Test func aHeldDocumentIsToldAndNothingOfItIsSentAgain() async throws {
        let house = try await Self.house()
        let recall = try await house.recalled()
        let held = house.letters[1]
        #expect(try await house.desk.order(.hold, .documents([held]), of: recall.id, by: house.sam) == 1)
        try await house.fixture.context.work()
        #expect(
            try await house.events(held)
                == [EventType.documentAccepted.rawValue, EventType.documentHeld.rawValue])
        let delivery = try #require(
            try await house.store.write { transaction in
                let event = try transaction.events(subject: held)[0]
                let claimed = try transaction.deliveries(ofEvent: event.id).first
                return claimed
            })
        let due = Date() + 3600
        let claimed = try await house.store.write { transaction in
            var ids: Set<String> = []
            while let next = try transaction.claimDelivery(
                of: "workflow_engine", owner: "o", now: due, leaseSeconds: 9000)
            {
                ids.insert(next.id)
            }
            return ids
        }
        #expect(!claimed.contains(delivery.id) && claimed.count == 4, "it waits, the others do not")
        let header = try await house.fixture.keyHeader()
        try await house.fixture.test { client in
            let answer = try await client.execute(uri: "/v1/documents/\(held)", method: .get, headers: header)
            #expect(try answer.json()["held"] as? Bool == true)
        }
        _ = try await house.desk.order(.release, .documents([held, house.letters[2]]), of: recall.id, by: house.sam)
        try await house.fixture.context.work()
        #expect(try await house.events(held).last == EventType.documentReleased.rawValue)
        let entries = try await house.desk.look(at: recall.id, by: house.sam).entries
        let refused = try #require(entries.first { $0.record.id == house.letters[2] })
        #expect(refused.listed.status == .refused && refused.listed.detail == "It is not held.")
    }

    @Test func whatAnotherRecallHoldsIsReleasedThere() async throws {
        let house = try await Self.house()
        let recall = try await house.recalled()
        let held = house.letters[1]
        _ = try await house.desk.order(.hold, .documents([held]), of: recall.id, by: house.sam)
        let other = try await house.desk.begin(
            document: house.letters[2], field: "member_id", right: "", reason: "Another call", by: house.sam)
        try await house.fixture.context.work()
        _ = try await house.desk.order(.release, .documents([held]), of: other.id, by: house.sam)
        try await house.fixture.context.work()
        #expect(try await house.store.read { try $0.hold(of: held) }?.recallID == recall.id)
        let entry = try await house.desk.look(at: other.id, by: house.sam).entries.first { $0.record.id == held }
        #expect(entry?.listed.detail?.contains("held by another recall, \(recall.id)") == true)
    }

    @Test func whoMayComeToKeyTheValueIsNotToldIt() async throws {
        let queue = "  payer_letter:\n    queue: letters\n"
        let house = try await Self.house { $0.replacing(queue, with: queue + "    double_blind: [member_id]\n") }
        let recall = try await house.recalled()
        #expect(try await house.desk.look(at: recall.id, by: house.sam).recall.wrongValue == "W123456789")
        _ = try await house.desk.order(.review, .documents([house.letters[0]]), of: recall.id, by: house.sam)
        try await house.fixture.context.work()
        let seen = try await house.desk.look(at: recall.id, by: house.sam)
        #expect(seen.isKept && seen.recall.rightValue == nil)
        #expect(seen.recall.wrongValue == "kept from you until it is keyed")
        let listed = try #require(try await house.desk.recalls(for: house.sam).first?.recall)
        #expect(listed == seen.recall)
    }

    @Test func aRecalledDocumentIsReviewedAgainAndAcceptedAnew() async throws {
        let house = try await Self.house()
        let recall = try await house.recalled()
        let id = house.letters[0]
        _ = try await house.desk.order(.review, .documents([id]), of: recall.id, by: house.sam)
        try await house.fixture.context.work()
        let record = try #require(try await house.store.read { try $0.document(id) })
        #expect(record.status == .inReview && record.document.disposition == .review)
        let reason = try #require(record.document.reasons.first { $0.code == "recalled" })
        #expect(reason.field == "member_id")
        #expect(reason.detail?.contains("'W123456789' is wrong, it should be 'W123456780'") == true)
        let field = try #require(record.document.locatedFields.first { $0.path.description == "member_id" }?.field)
        #expect(field.alternatives?.first == .text("W123456780") && field.confidence == 0.0)
        let event = try #require(try await house.store.read { try $0.events(subject: id) }.last)
        #expect(event.type == EventType.documentRecalled.rawValue)
        let notice = try JSONDecoder().decode(DocumentEventData.self, from: Data(event.data.utf8)).recall
        #expect(notice?.field == "member_id" && notice?.wrongValue == "W123456789")
        let told = try await origins(id, in: house)
        #expect(told.first?.type == .documentAccepted && told.first?.origin?.confirmedBy == nil)
        #expect(told.last?.origin?.acceptance == told.first?.id)
        let task = try #require(try await house.store.read { try $0.task(ofDocument: id) })
        #expect(task.reasons.map(\.code).contains("recalled"))
        try await house.fixture.desk.take(task.id, by: house.sam)
        let saved = try await house.fixture.desk.save(task.id, edits: [], seen: record.version, by: house.sam)
        #expect(saved.record.document.isRecalled, "saving something else settles nothing")
        try await house.fixture.desk.confirm(
            task.id, edits: [FieldEdit(path: "member_id", change: .correct("W123456780"))],
            seen: saved.record.version, by: house.sam)
        let deliveries = try await house.store.read { transaction in
            try transaction.events(subject: id).filter { $0.type == EventType.documentAccepted.rawValue }
                .flatMap { try transaction.deliveries(ofEvent: $0.id) }
        }
        #expect(deliveries.map(\.status) == [.dismissed, .pending], "the first never went, the second goes")
        #expect(Set(deliveries.map(\.idempotencyKey)).count == 2)
        let anew = try #require(try await origins(id, in: house).last)
        #expect(anew.type == .documentAccepted && anew.origin?.acceptance == anew.id)
        #expect(anew.origin?.confirmedBy == nil, "sam signs in with a key, which is no person")
    }

    private func origins(
        _ id: String, in house: House
    ) async throws -> [(id: String, type: EventType?, origin: DocumentOrigin?)] {
        try await house.store.read { try $0.events(subject: id) }.map { event in
            let data = try JSONDecoder().decode(DocumentEventData.self, from: Data(event.data.utf8))
            return (event.id, EventType(rawValue: event.type), data.origin)
        }
    }

    @Test func whatCannotBeRecalledIsRefusedWithASentence() async throws {
        let house = try await Self.house()
        let ana = try await house.fixture.person("ana")
        func refusal(
            _ field: String = "member_id", right: String = "", reason: String = "x", by caller: Caller
        ) async -> String? {
            do {
                _ = try await house.desk.begin(
                    document: house.letters[0], field: field, right: right, reason: reason, by: caller)
                return nil
            } catch {
                return "\(error)"
            }
        }
        #expect(await refusal(by: ana)?.contains("does not recall documents") == true)
        #expect(await refusal("nothing", by: house.sam)?.contains("has no value 'nothing'") == true)
        #expect(await refusal(reason: " ", by: house.sam)?.contains("how it was found") == true)
        #expect(await refusal(right: "W123456789", by: house.sam)?.contains("stands there") == true)
        #expect(await refusal("letter_date", right: "32 March", by: house.sam)?.contains("32 March") == true)
        let recall = try await house.desk.begin(
            document: house.letters[0], field: "member_id", right: "", reason: "x", by: house.sam)
        await #expect(throws: ReviewError.self) {
            _ = try await house.desk.order(.hold, .cause("model"), of: recall.id, by: house.sam)
        }
    }

    @Test func theInterfaceAndThePagesDoTheSame() async throws {
        let house = try await Self.house()
        try await house.fixture.addUser("ana")
        try await house.fixture.addUser("mia", .seniorReviewer)
        let header = try await house.fixture.keyHeader(.administrator, name: "all")
        let machine = try await house.fixture.keyHeader(.service, name: "engine")
        let body = #"{"document_id": "\#(house.letters[0])", "field": "member_id", "reason": "The payer called"}"#
        try await house.fixture.test { client in
            let refused = try await client.execute(
                uri: "/v1/recalls", method: .post, headers: machine, body: .init(string: body))
            #expect(refused.status == .forbidden)
            let begun = try await client.execute(
                uri: "/v1/recalls", method: .post, headers: header, body: .init(string: body))
            #expect(begun.status == .accepted)
            let place = try #require(begun.headers[.location])
            try await house.fixture.context.work()
            let ordered = try await client.execute(
                uri: "\(place)/orders", method: .post, headers: header,
                body: .init(string: #"{"action": "hold", "cause": "file"}"#))
            #expect(try ordered.json()["documents"] as? Int == 3)
            try await house.fixture.context.work()
            let found = try await client.execute(uri: place, method: .get, headers: header).json()
            #expect((found["counts"] as? [String: Int])?["done"] == 3)
            #expect((found["documents"] as? [[String: Any]])?.count == 4)
            try await pages(of: house, place.replacing("/v1", with: ""), client)
        }
    }

    private func pages(of house: House, _ page: String, _ client: any TestClientProtocol) async throws {
        let ana = WorkbenchClient(client)
        try await ana.signIn("ana")
        for place in ["/recalls", page] { #expect(try await ana.get(place).status == .forbidden) }
        let document = "/documents/\(house.letters[1])"
        #expect(try await ana.get(document).text.contains("held</span> by recall"))
        #expect(try await !ana.get(document).text.contains("Recall a wrong value"))
        let mia = WorkbenchClient(client)
        try await mia.signIn("mia")
        #expect(try await mia.get("/recalls").text.contains("The payer called"))
        let text = try await mia.get(page).text
        #expect(text.contains("The same file") && text.contains("$400 at stake") && text.contains("held by key:all"))
        let none = try await mia.post("\(page)/orders", [("order", "review")], from: page)
        #expect(none.status == .unprocessableContent && none.text.contains("Choose from 1"))
        let ordered = try await mia.post(
            "\(page)/orders", [("order", "review"), ("document", house.letters[1]), ("from", "0")], from: page)
        #expect(ordered.status == .seeOther)
        try await house.fixture.context.work()
        #expect(try await mia.get(page).text.contains("sent to review by mia"))
        #expect(try await !mia.get(document).text.contains("held</span>"), "who is reviewed is not held any more")
    }
}
