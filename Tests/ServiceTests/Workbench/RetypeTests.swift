import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Testing

struct RetypeTests {
    private func code(_ work: () async throws -> Void) async -> ReviewError.Code? {
        do {
            try await work()
            return nil
        } catch {
            return (error as? ReviewError)?.code
        }
    }

    @Test func aDocumentIsReadAgainAsTheTypeThatAPersonChose() async throws {
        let fixture = try await WebFixture()
        let bundle = try await SampleBundle.seed(
            fixture.context, pages: [SampleBundle.letter], documents: [[1]], type: "invoice")
        let ana = try await fixture.person("ana")
        let id = bundle.tasks[0].id
        try await fixture.desk.take(id, by: ana)
        let place = try await fixture.desk.retype(
            id, as: ChosenType(type: "payer_letter", subtype: "denial"), seen: 1, by: ana)
        #expect(place.queue == "letters" && place.stays)
        let record = try #require(try await fixture.documents(of: bundle).first)
        #expect((record.type, record.subtype, record.version) == ("payer_letter", "denial", 2))
        #expect(record.document.typeConfidence == 1.0)
        #expect(record.document.fields["member_id"]?.fields.first?.value == .text("W123456789"))
        #expect(!record.document.reasons.contains { $0.code == "low_type_confidence" })
        let task = try #require(try await fixture.context.store.read { try $0.task(id) })
        #expect((task.queue, task.leaseOwner) == ("letters", ana.actor))
        #expect(task.reasons == record.document.reasons)
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: record.id) }
        let entry = try #require(trail.first { $0.action == "document.retyped" })
        #expect(entry.detail["from"] == "invoice" && entry.detail["to"] == "payer_letter/denial")
        // The same form sent twice changes nothing more.
        #expect(
            await code { _ = try await fixture.desk.retype(id, as: ChosenType(type: "eob"), seen: 1, by: ana) }
                == .changedMeanwhile)
    }

    @Test func whatAPersonCorrectedIsKeptAndLearnedFromByTheFirstReading() async throws {
        let fixture = try await WebFixture()
        let bundle = try await SampleBundle.seed(
            fixture.context, pages: [SampleBundle.letter], documents: [[1]])
        let ana = try await fixture.person("ana")
        let id = bundle.tasks[0].id
        try await fixture.desk.take(id, by: ana)
        let edits = [
            FieldEdit(path: "member_id", change: .correct("W000000001")),
            FieldEdit(path: "response_due_date", change: .correct("2026-09-10")),
        ]
        let saved = try await fixture.desk.save(id, edits: edits, seen: 1, by: ana)
        _ = try await fixture.desk.retype(
            id, as: ChosenType(type: "payer_letter", subtype: "appeal_decision"), seen: saved.record.version, by: ana)
        let record = try #require(try await fixture.documents(of: bundle).first)
        #expect(record.subtype == "appeal_decision")
        #expect(record.document.fields["member_id"]?.fields.first?.value == .text("W000000001"))
        #expect(record.document.fields["response_due_date"]?.fields.first?.value == .text("2026-09-10"))
        try await fixture.desk.confirm(id, edits: [], seen: record.version, by: ana)
        let model = record.versions.model
        let count = try await fixture.context.store.read { try $0.otherOutcomeCount(model: model) }
        #expect(count == bundle.records[0].document.locatedFields.count, "each value that the machine decided on")
    }

    @Test func whatAPersonTookAwayStaysAwayAndComesBackWhenTheyTakeThatBack() async throws {
        let fixture = try await WebFixture()
        let bundle = try await SampleBundle.seed(
            fixture.context, pages: [SampleBundle.letter, SampleBundle.otherLetter], documents: [[1, 2]])
        let ana = try await fixture.person("ana")
        let id = bundle.tasks[0].id
        func values(_ path: String) async throws -> [FieldValue?] {
            try await fixture.documents(of: bundle).map { record in
                record.document.locatedFields.first { $0.path.description == path }?.field.value
            }
        }
        try await fixture.desk.take(id, by: ana)
        let member = try #require(bundle.records[0].document.fields["member_id"]?.fields.first)
        var saved = try await fixture.desk.save(
            id, edits: [FieldEdit(path: "member_id", change: .remove)], seen: 1, by: ana)
        _ = try await fixture.desk.retype(
            id, as: ChosenType(type: "payer_letter", subtype: "appeal_decision"), seen: saved.record.version, by: ana)
        #expect(try await values("member_id") == [nil], "read again as another type")
        try await fixture.change(id, .split(before: 2), by: ana)
        #expect(
            try await values("member_id") == [nil, .text("W987654321")],
            "the other letter's own value was taken away by nobody")
        let version = try #require(try await fixture.documents(of: bundle).first).version
        saved = try await fixture.desk.save(
            id, edits: [FieldEdit(path: "member_id", change: .restore(member))], seen: version, by: ana)
        _ = try await fixture.desk.retype(
            id, as: ChosenType(type: "payer_letter", subtype: "denial"), seen: saved.record.version, by: ana)
        #expect(try await values("member_id").first == .text("W123456789"))
    }

    @Test func whatAPersonTypedAndTookBackIsNoRemoval() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        let ana = try await fixture.person("ana")
        let (id, sha256) = (seeded.task.id, seeded.record.sha256)
        try await fixture.desk.take(id, by: ana)
        let typed = try await fixture.desk.save(
            id, edits: [FieldEdit(path: "response_due_date", change: .correct("2026-09-10"))], seen: 1, by: ana)
        let removals = ["response_due_date", "member_id"].map { FieldEdit(path: $0, change: .remove) }
        _ = try await fixture.desk.save(id, edits: removals, seen: typed.record.version, by: ana)
        let kept = try await fixture.context.store.read { try $0.removals(ofFile: sha256) }
        #expect(kept.map(\.definition) == ["member_id"], "the machine read only the member's number")
    }

    @Test func aDocumentOfAnotherRolesTypeLeavesTheReviewersHands() async throws {
        let fixture = try await WebFixture()
        let bundle = try await SampleBundle.seed(fixture.context, pages: [SampleBundle.letter], documents: [[1]])
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let path = "/tasks/\(bundle.tasks[0].id)"
            _ = try await browser.post("\(path)/take", [], from: path)
            let page = try await browser.get(path).text
            let fields = [
                ("version", try WorkbenchClient.value(of: "version", in: page)), ("queue", "letters"),
                ("layout", try WorkbenchClient.value(of: "layout", in: page)), ("operation", "retype"),
            ]
            let refused = try await browser.post("\(path)/pages", fields + [("type", "novel")], from: path)
            #expect(refused.status == .unprocessableContent)
            #expect(
                refused.text.contains("There is no type &#39;novel&#39;") || refused.text.contains("no type 'novel'"))
            let moved = try await browser.post(
                "\(path)/pages", fields + [("type", "financial_assistance_application")], from: path)
            #expect(moved.headers[.location] == "/queues/letters?moved=financial_assistance")
            let queue = try await browser.get("/queues/letters?moved=financial_assistance").text
            #expect(queue.contains("The document waits in the queue “Financial assistance” now"))
            #expect(try await browser.get(path).status == .forbidden)
        }
        let task = try #require(try await fixture.context.store.read { try $0.task(bundle.tasks[0].id) })
        #expect(task.queue == "financial_assistance")
        #expect((task.status, task.leaseOwner) == (.open, nil))
    }
}
