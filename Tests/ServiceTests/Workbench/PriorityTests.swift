import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Testing

struct PriorityTests {
    private static func letter(_ amount: String, due: Date) -> Document {
        var document = SampleLetter.document
        document.fields["requested_amount"] = .one(Field(value: .text(amount), confidence: 0.99))
        let day = CalendarDate(dayNumber: Int(due.timeIntervalSince1970 / 86_400))?.description ?? ""
        document.fields["response_due_date"] = .one(Field(value: .text(day), confidence: 0.99))
        return document
    }

    @Test func theTermsAreShownInTheQueueAndOnTheTask() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(
            fixture.context, document: Self.letter("4210.00", due: Date() + 20 * 86_400))
        try await ClockSweep(context: fixture.context).sweep()
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            for page in ["/queues/letters", "/tasks/\(seeded.task.id)"] {
                let text = try await browser.get(page).text
                #expect(text.contains("$4,210 at stake +4"))
                #expect(text.contains(#/answer due in (19|20|21) days \+(18|19|20|21)/#))
                #expect(text.contains("1 doubtful value −"))
            }
            #expect(try await browser.get("/tasks/\(seeded.task.id)").text.contains("Set priority") == false)
            #expect(try await browser.get("/queues").text.contains("Overdue"))
        }
    }

    @Test func aSupervisorMovesATaskUpWithAReasonThatIsOnRecord() async throws {
        let fixture = try await WebFixture()
        let first = try await SampleLetter.seed(fixture.context)
        let second = try await SampleLetter.seed(
            fixture.context, document: SampleLetter.document, bytes: SampleLetter.png + Data([0]))
        try await ClockSweep(context: fixture.context).sweep()
        try await fixture.addUser("sam", .seniorReviewer)
        let page = "/tasks/\(second.task.id)"
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("sam")
            let answer = try await browser.post(
                "\(page)/priority", [("points", "50"), ("reason", "The lawyer calls")], from: page)
            #expect(answer.status == .seeOther)
            #expect(try await browser.get(page).text.contains("sam: The lawyer calls +50"))
            let none = try await browser.post("\(page)/priority", [("points", "5"), ("reason", " ")], from: page)
            #expect(none.status == .unprocessableContent)
            let far = try await browser.post("\(page)/priority", [("points", "5000"), ("reason", "x")], from: page)
            #expect(far.status == .unprocessableContent)
            let words = try await browser.post("\(page)/priority", [("points", "up"), ("reason", "x")], from: page)
            #expect(words.status == .unprocessableContent)
            #expect(
                try await browser.send("\(page)/priority", [("points", "1"), ("reason", "x")]).status == .forbidden)
        }
        let store = fixture.context.store
        let order = try await store.read { try $0.tasks(queues: ["letters"]).map(\.task.id) }
        #expect(order == [second.task.id, first.task.id])
        let entry = try await store.read { try $0.auditTrail(subject: second.record.id) }
            .first { $0.action == "task.priority_overridden" }
        #expect(entry?.actor == "user:sam")
        #expect(entry?.detail["reason"] == "The lawyer calls")
        #expect(entry?.detail["points"] == "50")
    }

    @Test func aReviewerMayNotMoveTasks() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let page = "/tasks/\(seeded.task.id)"
            let answer = try await browser.post("\(page)/priority", [("points", "5"), ("reason", "x")], from: page)
            #expect(answer.status == .forbidden)
        }
    }

    @Test func queuesAgesAreMetrics() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.context.store.write { transaction in
            try transaction.keepClock(
                TaskClock(taskID: seeded.task.id, terms: [], basis: "", dueAt: Date() - 5), priority: 0)
        }
        try await fixture.test { client in
            let text = try await client.execute(uri: "/metrics", method: .get).text
            #expect(text.contains("mailroom_review_tasks_overdue{queue=\"letters\"} 1"))
            #expect(text.contains("mailroom_review_tasks_overdue{queue=\"general\"} 0"))
            #expect(text.contains("mailroom_review_oldest_seconds{queue=\"letters\"}"))
            #expect(text.contains("mailroom_review_tasks_due_soon{queue=\"letters\"} 0"))
        }
    }
}
