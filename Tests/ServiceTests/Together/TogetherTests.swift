import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Records
import Service
import Testing

/// Reviewers who send tasks elsewhere, ask one another and write notes.
struct TogetherTests {
    private struct House {
        let fixture: WebFixture
        let task: ReviewTask
        var page: String { "/tasks/\(task.id)" }

        func person(_ name: String, _ client: any TestClientProtocol) async throws -> WorkbenchClient {
            let browser = WorkbenchClient(client)
            try await browser.signIn(name)
            return browser
        }

        func now() async throws -> ReviewTask? { try await fixture.context.store.read { try $0.task(task.id) } }

        func entry(_ action: String) async throws -> AuditEntry? {
            try await fixture.context.store.read { try $0.auditTrail(subject: task.documentID) }
                .last { $0.action == action }
        }
    }

    private static func house() async throws -> House {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        try await fixture.addUser("ben")
        try await fixture.addUser("sam", .seniorReviewer)
        return House(fixture: fixture, task: seeded.task)
    }

    // MARK: Sending

    @Test func aTaskIsSentAndStaysWhereItWasSent() async throws {
        let house = try await Self.house()
        let sending = [("queue", "general"), ("reason", "wrong_queue"), ("note", "An invoice, I think")]
        try await house.fixture.test { client in
            let ana = try await house.person("ana", client)
            let early = try await ana.post("\(house.page)/send", sending, from: house.page)
            #expect(early.status == .conflict && early.text.contains("You do not hold the review task"))
            _ = try await ana.post("\(house.page)/take", [], from: house.page)
            let sent = try await ana.post("\(house.page)/send", sending, from: house.page)
            #expect(sent.headers[.location] == "/queues/letters?sent=general")
            #expect(try await ana.get("/queues/letters?sent=general").text.contains("“Other mail” now"))
            let again = try await ana.post("\(house.page)/send", sending, from: house.page)
            #expect(again.status == .conflict)
        }
        let task = try #require(try await house.now())
        #expect(task.queue == "general" && task.status == .open && task.leaseOwner == nil)
        let entry = try #require(try await house.entry("task.sent"))
        #expect(entry.detail["from"] == "letters" && entry.detail["to"] == "general")
        #expect(entry.detail["reason"] == "wrong_queue" && entry.detail["note"] == "An invoice, I think")
        try await house.fixture.context.store.write { transaction in
            let record = try #require(try transaction.document(task.documentID))
            #expect(try transaction.wasSent(task.id))
            #expect(try transaction.clock(of: task.id)?.dueAt == nil, "nothing is promised there")
            #expect(record.status == .inReview)
        }
    }

    @Test(arguments: [
        ([("queue", "nowhere"), ("reason", "other"), ("note", "x")], "Policy has no queue of that name"),
        ([("queue", "letters"), ("reason", "other"), ("note", "x")], "already"),
        ([("queue", "general"), ("reason", "")], "Choose why"),
        ([("queue", "general"), ("reason", "other"), ("note", " ")], "Say in the note why"),
    ])
    func aSendingWithoutSenseIsRefused(fields: [(String, String)], sentence: String) async throws {
        let house = try await Self.house()
        try await house.fixture.test { client in
            let ana = try await house.person("ana", client)
            _ = try await ana.post("\(house.page)/take", [], from: house.page)
            let refused = try await ana.post("\(house.page)/send", fields, from: house.page)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains(sentence))
        }
        #expect(try await house.now()?.queue == "letters")
    }

    @Test func nobodyIsLeftWithATaskThatNobodyMayTake() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let ana = WorkbenchClient(client)
            try await ana.signIn("ana")
            let page = "/tasks/\(seeded.task.id)"
            _ = try await ana.post("\(page)/take", [], from: page)
            let refused = try await ana.post(
                "\(page)/send", [("queue", "financial_assistance"), ("reason", "needs_authority")], from: page)
            #expect(refused.text.contains("Nobody who may sign in works the queue"))
        }
    }

    @Test func aSupervisorSendsWhatNobodyHolds() async throws {
        let house = try await Self.house()
        let sending = [("queue", "financial_assistance"), ("reason", "needs_authority")]
        try await house.fixture.test { client in
            let sam = try await house.person("sam", client)
            let ana = try await house.person("ana", client)
            _ = try await ana.post("\(house.page)/take", [], from: house.page)
            #expect(try await sam.post("\(house.page)/send", sending, from: house.page).status == .conflict)
            let release = [("action", "release"), ("version", "1"), ("queue", "letters")]
            _ = try await ana.post(house.page, release, from: house.page)
            #expect(try await sam.post("\(house.page)/send", sending, from: house.page).status == .seeOther)
            #expect(try await ana.get(house.page).status == .forbidden, "her role does not work there")
        }
    }

    // MARK: Asking

    @Test func aQuestionGoesToTheColleagueAndComesBackWithTheAnswer() async throws {
        let house = try await Self.house()
        try await house.fixture.test { client in
            let ana = try await house.person("ana", client)
            let ben = try await house.person("ben", client)
            _ = try await ana.post("\(house.page)/take", [], from: house.page)
            let asked = try await ana.post(
                "\(house.page)/ask",
                [("colleague", "ben"), ("field", "member_id"), ("question", "Is the last digit an 8? <b>")],
                from: house.page)
            #expect(asked.headers[.location] == "/queues/letters")
            #expect(try await ana.get("/queues/letters").text.contains("you asked ben"))
            #expect(try await house.person("sam", client).get(house.page).text.contains("kept for ben"))
            let sam = try await house.person("sam", client)
            #expect(try await sam.post("\(house.page)/take", [], from: house.page).status == .conflict)
            #expect(try await ben.get("/queues").text.contains("ana asks you"))
            let taken = try await ben.post("/queues/letters/next", [], from: "/queues/letters")
            #expect(taken.headers[.location] == house.page)
            let page = try await ben.get(house.page).text
            #expect(page.contains("Is the last digit an 8? &lt;b&gt;") && page.contains("Your answer"))
            let answered = try await ben.post("\(house.page)/answer", [("answer", "A 3.")], from: house.page)
            #expect(answered.status == .seeOther)
            #expect(try await ana.get("/queues").text.contains("ben answered you"))
            #expect(
                try await ben.post("/queues/letters/next", [], from: "/queues/letters").headers[.location]
                    == "/queues/letters")
            _ = try await ana.post("/queues/letters/next", [], from: "/queues/letters")
            #expect(try await ana.get(house.page).text.contains("A 3."))
            #expect(try await !ana.get("/queues").text.contains("Kept for you"))
        }
        #expect(try await house.now()?.leaseOwner == "user:ana")
        let entry = try #require(try await house.entry("task.asked"))
        #expect(entry.detail["asked_of"] == "user:ben" && entry.detail["field"] == "member_id")
        #expect(!entry.detail.values.contains { $0.contains("digit") }, "texts stay out of the chain")
    }

    @Test func aQuestionIsWithdrawnAndADisabledColleagueKeepsNothing() async throws {
        let house = try await Self.house()
        let question = [("colleague", "ben"), ("field", ""), ("question", "Yours?")]
        try await house.fixture.test { client in
            let ana = try await house.person("ana", client)
            _ = try await ana.post("\(house.page)/take", [], from: house.page)
            _ = try await ana.post("\(house.page)/ask", question, from: house.page)
            _ = try await ana.post("\(house.page)/withdraw", [], from: house.page)
            #expect(try await house.now()?.leaseOwner == "user:ana")
            _ = try await ana.post("\(house.page)/ask", question, from: house.page)
            try await house.fixture.context.store.write { transaction in
                var ben = try #require(try transaction.user(named: "ben"))
                ben.disabled = true
                try transaction.updateUser(ben)
            }
            let sam = try await house.person("sam", client)
            #expect(try await sam.post("\(house.page)/take", [], from: house.page).status == .seeOther)
            #expect(try await sam.get(house.page).text.contains("not answered in time"))
            let late = try await ana.post("\(house.page)/withdraw", [], from: house.page)
            #expect(late.status == .conflict)
        }
    }

    @Test func onlyAColleagueWhoWorksTheQueueIsAsked() async throws {
        let house = try await Self.house()
        try await house.fixture.addUser("otto", .auditor)
        try await house.fixture.test { client in
            let ana = try await house.person("ana", client)
            _ = try await ana.post("\(house.page)/take", [], from: house.page)
            for name in ["ana", "otto", "nobody"] {
                let refused = try await ana.post(
                    "\(house.page)/ask", [("colleague", name), ("question", "?")], from: house.page)
                #expect(refused.status == .unprocessableContent)
                #expect(refused.text.contains("Choose a colleague from the list"))
            }
            let long = String(repeating: "x", count: 2001)
            let refused = try await ana.post(
                "\(house.page)/ask", [("colleague", "ben"), ("question", long)], from: house.page)
            #expect(refused.text.contains("2001 characters"))
        }
        #expect(try await house.now()?.leaseOwner == "user:ana")
    }

    @Test func aColleagueOfAnotherFacilityIsNotAsked() async throws {
        let house = try await Self.house()
        try await house.fixture.context.store.write { transaction in
            let ben = try #require(try transaction.user(named: "ben"))
            try transaction.setReach(Reach(facilities: ["north"]), of: ben.id)
        }
        try await house.fixture.test { client in
            let ana = try await house.person("ana", client)
            _ = try await ana.post("\(house.page)/take", [], from: house.page)
            let page = try await ana.get(house.page).text
            #expect(page.contains("<option value=\"sam\">") && !page.contains("<option value=\"ben\">"))
            let refused = try await ana.post(
                "\(house.page)/ask", [("colleague", "ben"), ("question", "?")], from: house.page)
            #expect(refused.text.contains("Choose a colleague from the list"))
        }
    }

    // MARK: Notes

    @Test func otherWordsInAnOldFormAreAnotherNote() async throws {
        let house = try await Self.house()
        let ana = try await house.fixture.person("desk")
        let (desk, document) = (NoteDesk(context: house.fixture.context), house.task.documentID)
        for text in ["First", "First", "Second"] {
            try await desk.write(text, on: document, id: String(repeating: "0", count: 26), by: ana)
        }
        #expect(try await desk.notes(on: document, limit: 9, by: ana).map(\.body) == ["First", "Second"])
    }

    @Test func aNoteIsWrittenOnceShownEverywhereAndToldByTheInterface() async throws {
        let house = try await Self.house()
        let document = "/documents/\(house.task.documentID)"
        let reviewer = try await house.fixture.keyHeader(.reviewer, name: "desk")
        let machine = try await house.fixture.keyHeader(.service, name: "engine")
        try await house.fixture.test { client in
            let ana = try await house.person("ana", client)
            let page = try await ana.get(house.page).text
            let note = [
                ("form_token", try WorkbenchClient.value(of: "form_token", in: page)),
                ("note_id", try WorkbenchClient.value(of: "note_id", in: page)),
                ("back", house.page), ("note", "Called the payer. <i>They</i> resend it."),
            ]
            for _ in 1...2 {
                #expect(try await ana.send("\(document)/notes", note).headers[.location] == house.page)
            }
            for place in [house.page, document] {
                let text = try await ana.get(place).text
                #expect(text.matches(of: /Called the payer\. &lt;i&gt;They/).count == 1)
            }
            let notes = "/v1\(document)/notes"
            let written = try await client.execute(
                uri: notes, method: .post, headers: reviewer, body: .init(string: #"{"text": "By machine"}"#))
            #expect(written.status == .created)
            let refused = try await client.execute(
                uri: notes, method: .post, headers: machine, body: .init(string: #"{"text": "Not mine to write"}"#))
            #expect(refused.status == .forbidden)
            let list = try await client.execute(uri: notes, method: .get, headers: machine).json()
            let texts = (list["notes"] as? [[String: Any]])?.compactMap { $0["text"] as? String }
            #expect(texts == ["Called the payer. <i>They</i> resend it.", "By machine"])
        }
        let entry = try #require(try await house.entry("document.noted"))
        #expect(entry.detail.keys.sorted() == ["note"])
    }

    @Test func whoChoseTheTypeIsNamed() async throws {
        let fixture = try await WebFixture()
        let bundle = try await SampleBundle.seed(
            fixture.context, pages: [SampleBundle.letter], documents: [[1]], type: "invoice")
        let mia = try await fixture.person("mia")
        try await fixture.desk.take(bundle.tasks[0].id, by: mia)
        _ = try await fixture.desk.retype(
            bundle.tasks[0].id, as: ChosenType(type: "payer_letter", subtype: "denial"), seen: 1, by: mia)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let ana = WorkbenchClient(client)
            try await ana.signIn("ana")
            let page = try await ana.get("/tasks/\(bundle.tasks[0].id)").text
            #expect(page.contains("type chosen by key:mia") && !page.contains("% sure ·"))
        }
    }
}
