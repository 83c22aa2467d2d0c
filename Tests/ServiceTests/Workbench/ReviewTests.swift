import Actions
import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Testing

struct ReviewTests {
    /// The fields that a browser sends from a task's page when nothing was typed.
    private func fields(of page: String) throws -> [(String, String)] {
        [("version", try WorkbenchClient.value(of: "version", in: page)), ("queue", "letters")]
            + page.matches(of: /<input id="[^"]*" name="(v\.[^"]*)" value="([^"]*)"/).map {
                (String($0.output.1), String($0.output.2))
            }
    }

    private func changed(_ fields: [(String, String)], _ path: String, _ value: String) -> [(String, String)] {
        fields.map { $0.0 == "v.\(path)" ? ($0.0, value) : $0 }
    }

    /// Takes the next letter; gives the path of its task.
    private func takeLetter(_ browser: WorkbenchClient) async throws -> String {
        let taken = try await browser.post("/queues/letters/next", [], from: "/queues/letters")
        return try #require(taken.headers[.location])
    }

    @Test func aTaskShowsItsAccountAndWhatTheBooksMadeOfItsValues() async throws {
        let fixture = try await WebFixture()
        var letter = SampleLetter.document
        letter.accountMatch = AccountMatch(accountNumber: "40017723", probability: 0.9987)
        letter.evidence = [
            Reason(code: "account_matches", detail: "Account 40017723 of the books matches."),
            Reason(code: "account_corrects", field: "member_id", detail: "The member id: W12345678g was read."),
            Reason(
                code: "account_disagrees", field: "patient_name", detail: "The patient: another in account 40017723."),
        ]
        let seeded = try await SampleLetter.seed(fixture.context, document: letter)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let task = try await takeLetter(browser)
            let page = try await browser.get(task).text
            #expect(page.contains("About account 40017723, 99% sure"))
            #expect(page.contains("The member id: W12345678g was read."))
            #expect(page.contains("The patient: another in account 40017723."))
            let saved = try await browser.post(
                task, changed(try fields(of: page), "patient_name", "Marie Example") + [("action", "save")], from: task)
            #expect(saved.status == .seeOther)
        }
        let record = try await fixture.context.store.read { try $0.document(seeded.record.id) }
        #expect(record?.document.evidence.map(\.code) == ["account_corrects"], "the account was of another patient")
        #expect(record?.document.accountMatch == nil)
    }

    @Test func aValueThatTellsNobodyLeavesTheAccount() async throws {
        let fixture = try await WebFixture()
        var letter = SampleLetter.document
        letter.accountMatch = AccountMatch(accountNumber: "40017723", probability: 0.9987)
        letter.evidence = [Reason(code: "account_matches", detail: "Account 40017723 of the books matches.")]
        let seeded = try await SampleLetter.seed(fixture.context, document: letter)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let task = try await takeLetter(browser)
            let typed = changed(try fields(of: try await browser.get(task).text), "response_due_date", "05/01/2026")
            _ = try await browser.post(task, typed + [("action", "save")], from: task)
        }
        let record = try await fixture.context.store.read { try $0.document(seeded.record.id) }
        #expect(record?.version == 2)
        #expect(record?.document.accountMatch == letter.accountMatch)
        #expect(record?.document.evidence == letter.evidence)
    }

    @Test func aReviewerTakesCorrectsAndConfirms() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let task = try await takeLetter(browser)
            #expect(task == "/tasks/\(seeded.task.id)")
            let page = try await browser.get(task).text
            #expect(page.contains("0.61 is under the 0.90 that policy asks"))
            #expect(try WorkbenchClient.value(of: "v.member_id", in: page) == "W123456789")
            let confirmed = try await browser.post(
                task, changed(try fields(of: page), "member_id", "W123456780") + [("action", "confirm")], from: task)
            #expect(confirmed.status == .seeOther)
            #expect(confirmed.headers[.location] == "/queues/letters")
        }
        let store = fixture.context.store
        let record = try #require(try await store.read { try $0.document(seeded.record.id) })
        #expect(record.status == .accepted)
        guard case .one(let member)? = record.document.fields["member_id"] else {
            Issue.record("member_id is gone")
            return
        }
        #expect(member.value == .text("W123456780"))
        #expect(member.confidence == 1.0)
        #expect(record.document.reasons.isEmpty)
        let events = try await store.read { try $0.events(subject: record.id) }
        #expect(events.map(\.type) == [EventType.documentAccepted.rawValue])
        let deliveries = try await store.read { try $0.deliveries(ofEvent: events.first?.id ?? "") }
        #expect(deliveries.count == 1)
        #expect(deliveries.first.map { String(decoding: $0.payload, as: UTF8.self).contains("W123456780") } == true)
        let trail = try await store.read { try $0.auditTrail(subject: record.id) }
        let correction = try #require(trail.first { $0.action == "field.corrected" })
        #expect(correction.detail["from"] == "W123456789")
        #expect(correction.detail["to"] == "W123456780")
        #expect(correction.actor == "user:ana")
        #expect(trail.contains { $0.action == "document.confirmed" && $0.detail["corrections"] == "1" })
    }

    @Test func aRefusedValueIsExplainedAndNothingTypedIsLost() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let task = "/tasks/\(seeded.task.id)"
            _ = try await browser.post("\(task)/take", [], from: task)
            let typed = changed(
                changed(try fields(of: try await browser.get(task).text), "letter_date", "32 March"), "member_id", "X77"
            )
            let refused = try await browser.post(task, typed + [("action", "save")], from: task)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("&quot;32 March&quot; is not a date") || refused.text.contains("32 March"))
            #expect(refused.text.contains("a date of the calendar"))
            #expect(try WorkbenchClient.value(of: "v.member_id", in: refused.text) == "X77")
            #expect(try WorkbenchClient.value(of: "v.letter_date", in: refused.text) == "32 March")
        }
        let record = try await fixture.context.store.read { try $0.document(seeded.record.id) }
        #expect(record?.version == 1)
    }

    @Test func savingKeepsEditsAndTheTask() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let task = "/tasks/\(seeded.task.id)"
            _ = try await browser.post("\(task)/take", [], from: task)
            let typed = changed(try fields(of: try await browser.get(task).text), "response_due_date", "05/01/2026")
            let saved = try await browser.post(
                task, typed + [("ok.member_id", "1"), ("action", "save")], from: task)
            #expect(saved.headers[.location] == task)
            let page = try await browser.get(task).text
            #expect(try WorkbenchClient.value(of: "v.response_due_date", in: page) == "2026-05-01")
            #expect(!page.contains("is under the"))
        }
        let store = fixture.context.store
        let record = try #require(try await store.read { try $0.document(seeded.record.id) })
        #expect(record.status == .inReview)
        #expect(record.document.reasons.isEmpty)
        #expect(try await store.read { try $0.task(seeded.task.id) }?.leaseOwner == "user:ana")
    }

    @Test func aTaskInHandIsNotAnothersToSettle() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        try await fixture.addUser("ben")
        try await fixture.test { client in
            let task = "/tasks/\(seeded.task.id)"
            let ana = WorkbenchClient(client)
            try await ana.signIn("ana")
            _ = try await ana.post("\(task)/take", [], from: task)
            let page = try await ana.get(task).text
            let ben = WorkbenchClient(client)
            try await ben.signIn("ben")
            #expect(try await ben.get(task).text.contains("ana works on this task"))
            #expect(try await ben.post("\(task)/take", [], from: task).status == .conflict)
            let refused = try await ben.post(task, try fields(of: page) + [("action", "confirm")], from: task)
            #expect(refused.status == .conflict)
            let next = try await ben.post("/queues/letters/next", [], from: "/queues/letters")
            #expect(next.headers[.location] == "/queues/letters")
        }
        #expect(try await fixture.context.store.read { try $0.document(seeded.record.id) }?.status == .inReview)
    }

    @Test func aChangeOfAnOlderVersionIsShownAndNotKept() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let task = "/tasks/\(seeded.task.id)"
            _ = try await browser.post("\(task)/take", [], from: task)
            let old = try fields(of: try await browser.get(task).text)
            _ = try await browser.post(task, changed(old, "member_id", "A1") + [("action", "save")], from: task)
            let stale = try await browser.post(task, changed(old, "member_id", "B2") + [("action", "save")], from: task)
            #expect(stale.status == .conflict)
            #expect(stale.text.contains("changed since you opened it"))
        }
    }

    @Test func aRefusedDocumentNeedsAReason() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let task = "/tasks/\(seeded.task.id)"
            _ = try await browser.post("\(task)/take", [], from: task)
            let version = try WorkbenchClient.value(of: "version", in: try await browser.get(task).text)
            let fields = [("version", version), ("queue", "letters"), ("action", "reject")]
            #expect(try await browser.post(task, fields, from: task).status == .unprocessableContent)
            let refused = try await browser.post(
                task, fields + [("reason", "not_ours"), ("note", "Another clinic's patient")], from: task)
            #expect(refused.status == .seeOther)
        }
        let store = fixture.context.store
        #expect(try await store.read { try $0.document(seeded.record.id) }?.status == .rejected)
        let events = try await store.read { try $0.events(subject: seeded.record.id) }
        #expect(events.map(\.type) == [EventType.documentRejected.rawValue])
        let trail = try await store.read { try $0.auditTrail(subject: seeded.record.id) }
        #expect(trail.last?.detail["reason"] == "not_ours")
    }

    @Test func aLeaseThatRanOutIsAnothersToTake() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        let past = Date().addingTimeInterval(-7200)
        _ = try await fixture.context.store.write {
            try $0.leaseTask(seeded.task.id, owner: "user:ben", now: past, leaseSeconds: 60)
        }
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let taken = try await browser.post("/queues/letters/next", [], from: "/queues/letters")
            #expect(taken.headers[.location] == "/tasks/\(seeded.task.id)")
        }
    }
}
