import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Testing

/// Double-blind keys as people give them, through the pages that their browsers ask for.
struct KeyTests {
    /// A remittance in review and whoever is to work on it.
    private struct House: Sendable {
        let fixture: WebFixture
        let record: DocumentRecord
        let task: String
        let client: any TestClientProtocol

        func browser(_ name: String) async throws -> WorkbenchClient {
            let browser = WorkbenchClient(client)
            try await browser.signIn(name)
            return browser
        }

        func document() async throws -> DocumentRecord? {
            try await fixture.context.store.read { [id = record.id] in try $0.document(id) }
        }

        func trail() async throws -> [AuditEntry] {
            try await fixture.context.store.read { [id = record.id] in try $0.auditTrail(subject: id) }
        }

        /// Takes the task, confirms what is not keyed, and gives the page of the first key.
        func review(by browser: WorkbenchClient) async throws {
            let taken = try await browser.post("/queues/remittances/next", [], from: "/queues/remittances")
            #expect(taken.headers[.location] == task)
            let confirmed = try await browser.post(task, try await form("confirm"), from: task)
            #expect(confirmed.headers[.location] == task)
        }

        func form(_ action: String) async throws -> [(String, String)] {
            let version = try await document()?.version ?? 0
            return [("version", "\(version)"), ("queue", "remittances"), ("action", action)]
        }

        @discardableResult
        func key(_ payment: String, _ paid: String, by browser: WorkbenchClient) async throws -> TestResponse {
            try await browser.post(
                "\(task)/keys",
                try await form("give") + [("v.payment_amount", payment), ("v.claims[0].paid_amount", paid)], from: task)
        }

        func next(_ browser: WorkbenchClient) async throws -> String? {
            try await browser.post("/queues/remittances/next", [], from: "/queues/remittances").headers[.location]
        }
    }

    private func inHouse(_ body: @escaping @Sendable (House) async throws -> Void) async throws {
        let fixture = try await WebFixture(policyText: KeyPolicy.text)
        let seeded = try await SampleLetter.seed(fixture.context, document: KeyPolicy.remittance)
        let page = Page(number: 1, source: .ocr, width: 2550, height: 3300, dpi: 300)
        let word = Word(
            text: "871.93", box: Box(left: 1500, top: 300, right: 1700, bottom: 340), confidence: 0.9, line: 0)
        try await fixture.context.store.write {
            try $0.savePage(
                of: seeded.record.sha256,
                StoredPage(
                    reading: PageReading(page: page, words: [word]), imageMediaType: "image/png", imageScale: 0.1))
            try fixture.context.taskClocks.start(seeded.task, seeded.record.document, in: $0)
        }
        for name in ["ana", "ben", "rita"] { try await fixture.addUser(name) }
        try await fixture.addUser("sam", .seniorReviewer)
        try await fixture.test {
            try await body(
                House(fixture: fixture, record: seeded.record, task: "/tasks/\(seeded.task.id)", client: $0))
        }
    }

    @Test func nothingThatWhoKeysCanAskForTellsAValue() async throws {
        try await inHouse { house in
            let ana = try await house.browser("ana")
            let id = house.record.id
            func look(_ stage: String) async throws {
                for address in [
                    "/queues", "/queues/remittances", "/queues/remittances/ahead", house.task, "/documents/\(id)",
                    "/documents/\(id)/pages/1/words",
                ] {
                    let answer = try await ana.get(address)
                    #expect(answer.status == .ok)
                    #expect(!answer.text.contains("71.93") && !answer.text.contains("$871"), "\(stage): \(address)")
                }
                let key = try await house.fixture.keyHeader(.reviewer, name: stage)
                for address in ["/v1/documents/\(id)", "/v1/documents/\(house.record.sha256)"] {
                    let answer = try await house.client.execute(uri: address, method: .get, headers: key)
                    #expect(answer.status == .ok)
                    #expect(!answer.text.contains("71.93"), "\(stage): \(address)")
                }
            }
            try await look("before")
            #expect(try await house.next(ana) == house.task)
            try await look("in-hand")
            let removed = try await ana.post(
                "\(house.task)/draft", [("version", "1"), ("row.remove", "claims[0]")], from: house.task)
            #expect(!removed.text.contains("871.93"))
            let undo = try #require(try removed.json()["undo"] as? String)
            let back = try await ana.post(
                "\(house.task)/draft", [("version", "2"), ("undo", undo)], from: house.task)
            #expect(back.status == .ok)
            let typed = try await ana.post(
                "\(house.task)/draft", [("version", "3"), ("v.payment_amount", "1.00")], from: house.task)
            #expect(typed.status == .unprocessableContent)
            _ = try await ana.post(house.task, try await house.form("confirm"), from: house.task)
            try await look("first-key")
            #expect(try await ana.get(house.task).text.contains(#"data-box="1500 300 1700 340""#), "The ink is shown.")
        }
        // A machine, which keys nothing, sees what was read.
        try await inHouse { house in
            let key = try await house.fixture.keyHeader()
            let answer = try await house.client.execute(
                uri: "/v1/documents/\(house.record.id)", method: .get, headers: key)
            #expect(answer.text.contains("871.93"))
        }
    }

    @Test func whatIsHalfTypedIsKeptForWhoTypesItAlone() async throws {
        try await inHouse { house in
            let (ana, ben) = (try await house.browser("ana"), try await house.browser("ben"))
            try await house.review(by: ana)
            let half =
                try await house.form("give") + [("v.payment_amount", "16 <b>"), ("none.claims[0].paid_amount", "1")]
            let kept = try await ana.post(
                "\(house.task)/keys/draft", half + [("v.member_id", "W1"), ("other", "x")], from: house.task)
            #expect(kept.status == .noContent)
            var page = try await ana.get(house.task).text
            #expect(try WorkbenchClient.value(of: "v.payment_amount", in: page) == "16 &lt;b&gt;")
            #expect(page.contains(#"name="none.claims[0].paid_amount" value="1" checked"#) && !page.contains("W1\""))
            // Neither another who takes the task nor the trail has any of it, and it is no key.
            _ = try await ana.post(
                house.task, [("action", "release"), ("version", "2"), ("queue", "remittances")], from: house.task)
            #expect(try await house.next(ben) == house.task)
            page = try await ben.get(house.task).text
            #expect(try WorkbenchClient.value(of: "v.payment_amount", in: page) == "")
            #expect(!page.contains(#"value="1" checked"#) && page.contains("The first key."))
            let late = try await ana.post("\(house.task)/keys/draft", half, from: "/queues")
            #expect(late.status == .conflict, "who does not hold the task keeps nothing")
            #expect(try await !house.trail().contains { $0.detail.values.contains { $0.contains("16 ") } })
            // Given, a draft is gone.
            try await house.key("160", "160", by: ben)
            #expect(try await house.next(ana) == house.task)
            try await house.key("160", "160", by: ana)
            #expect(try await house.document()?.status == .accepted)
            let left = try await house.fixture.context.store.read { [id = house.record.id] in
                try $0.keyDraft(of: id, version: 2, by: "user:ana")
            }
            #expect(left.isEmpty)
        }
    }

    @Test func twoPeopleWhoKeyTheSameSettleTheDocument() async throws {
        try await inHouse { house in
            let (ana, ben) = (try await house.browser("ana"), try await house.browser("ben"))
            try await house.review(by: ana)
            let refused = try await house.key("160", "", by: ana)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("or tick that it is not on the page"))
            #expect(try WorkbenchClient.value(of: "v.payment_amount", in: refused.text) == "160")
            try await house.key("160", "$160.00", by: ana)
            #expect(try await house.document()?.status == .inReview)
            // Never the same person, however they ask.
            #expect(try await house.next(ana) == "/queues/remittances")
            #expect(try await ana.get("/queues/remittances").text.contains("What waits here waits for others"))
            #expect(try await ana.post("\(house.task)/take", [], from: "/queues").status == .conflict)
            #expect(try await house.key("160", "160", by: ana).status == .conflict)
            #expect(try await house.next(ben) == house.task)
            let page = try await ben.get(house.task).text
            #expect(page.contains("The second key") && page.contains("Claim 1 · Maria &lt;b&gt;"))
            #expect(!page.contains("160.00") && !page.contains("71.93"))
            try await house.key("160.00", "160.00", by: ben)
            let document = try #require(try await house.document())
            #expect(document.status == .accepted)
            #expect(document.document.value("payment_amount") == "160.00")
            #expect(document.document.value("claims[0].paid_amount") == "160.00")
            let trail = try await house.trail()
            let settled = try #require(trail.first { $0.action == "keys.settled" })
            #expect(settled.detail["first_by"] == "user:ana" && settled.detail["second_by"] == "user:ben")
            #expect(
                trail.contains { $0.action == "document.confirmed" && $0.detail["keyed_by"] == "user:ana,user:ben" })
            #expect(trail.filter { $0.action == "key.given" }.allSatisfy { !"\($0.detail)".contains("160.00") })
            // Sent twice, it settles once.
            #expect(try await house.key("160.00", "160.00", by: ben).status == .conflict)
            let events = try await house.fixture.context.store.read { [id = house.record.id] in
                try $0.events(subject: id)
            }
            #expect(events.count == 1)
        }
    }

    @Test func aDocumentThatWaitsForKeysIsKeptForNobody() async throws {
        try await inHouse { house in
            let (ana, ben) = (try await house.browser("ana"), try await house.browser("ben"))
            let id = String(house.task.dropFirst("/tasks/".count))
            // Asked under a policy that had nothing keyed.
            try await house.fixture.context.store.write {
                try $0.ask(
                    TaskQuestion(
                        id: "Q1", taskID: id, question: "Yours?", askedBy: "user:sam", askedOf: "user:ana",
                        askedAt: Date(), keptUntil: Date().addingTimeInterval(3600)))
            }
            try await house.review(by: ana)
            try await house.key("160", "160", by: ana)
            #expect(try await house.next(ben) == house.task)
        }
    }

    @Test func aDifferenceGoesToAThirdWhoMayDecide() async throws {
        try await inHouse { house in
            let (ana, ben) = (try await house.browser("ana"), try await house.browser("ben"))
            let (rita, sam) = (try await house.browser("rita"), try await house.browser("sam"))
            try await house.review(by: ana)
            try await house.key("160", "160", by: ana)
            _ = try await house.next(ben)
            try await house.key("160", "180", by: ben)
            for browser in [ana, ben, rita] {
                #expect(try await house.next(browser) == "/queues/remittances")
                #expect(try await browser.get(house.task).text.contains("180.00") == false)
            }
            #expect(try await house.next(sam) == house.task)
            let page = try await sam.get(house.task).text
            for value in ["160.00", "180.00", "871.93"] { #expect(page.contains("<strong>\(value)</strong>")) }
            #expect(page.contains("They agree on 1 more"))
            #expect(!page.contains("v.payment_amount"), "Only what differs is asked.")
            let decided = try await sam.post(
                "\(house.task)/keys", try await house.form("give") + [("c.claims[0].paid_amount", "second")],
                from: house.task)
            #expect(decided.status == .seeOther)
            let document = try #require(try await house.document())
            #expect(document.status == .accepted)
            #expect(document.document.value("claims[0].paid_amount") == "180.00")
            let settled = try #require(try await house.trail().first { $0.action == "keys.settled" })
            #expect(settled.detail["decided_by"] == "user:sam")
            #expect(settled.detail["first claims[0].paid_amount"] == "160.00")
        }
    }

    @Test func whatChangesTheDocumentForgetsTheKeys() async throws {
        try await inHouse { house in
            let (ana, ben) = (try await house.browser("ana"), try await house.browser("ben"))
            try await house.review(by: ana)
            try await house.key("160", "160", by: ana)
            _ = try await house.next(ben)
            // Rows are as the first person left them; whoever misses one has the review begin again.
            let again = try await ben.post("\(house.task)/keys", try await house.form("again"), from: house.task)
            #expect(again.headers[.location] == house.task)
            #expect(try await ben.get(house.task).text.contains("Confirm document"))
            _ = try await ben.post(house.task, try await house.form("confirm"), from: house.task)
            try await house.key("160", "160", by: ben)
            #expect(try await house.next(ana) == house.task, "What Ana keyed before does not count.")
            try await house.key("160", "160", by: ana)
            #expect(try await house.document()?.status == .accepted)
        }
        try await inHouse { house in
            let (ana, ben) = (try await house.browser("ana"), try await house.browser("ben"))
            try await house.review(by: ana)
            try await house.key("160", "160", by: ana)
            _ = try await house.next(ben)
            let refused = try await ben.post(
                house.task, try await house.form("reject") + [("reason", "unreadable")], from: house.task)
            #expect(refused.status == .seeOther)
            #expect(try await house.document()?.status == .rejected)
        }
    }

    @Test func keysOfAnotherPolicyDoNotCount() async throws {
        try await inHouse { house in
            let ana = try await house.browser("ana")
            try await house.review(by: ana)
            try await house.key("160", "160", by: ana)
            let other = try await WebFixture(policyText: {
                KeyPolicy.text($0).replacing("[payment_amount, ", with: "[")
            })
            let bases = other.context.policy.keysBases
            let next = try await house.fixture.context.store.read {
                try $0.nextTask(
                    queues: ["remittances"], for: "user:ana", at: Date(),
                    bar: KeyBar(person: "user:ana", maySettle: false, bases: bases))
            }
            #expect(next?.documentID == house.record.id)
        }
    }
}
