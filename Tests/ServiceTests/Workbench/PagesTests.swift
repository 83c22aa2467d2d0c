import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Testing

struct PagesTests {
    @Test func queuesAreListedWithTheirCounts() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let list = try await browser.get("/queues").text
            for queue in fixture.context.policy.queues { #expect(list.contains(queue.title)) }
            let queue = try await browser.get("/queues/letters").text
            #expect(queue.contains("/tasks/\(seeded.task.id)"))
            #expect(queue.contains("0.61 is under the 0.90 that policy asks"))
            #expect(try await browser.get("/queues/nowhere").status == .notFound)
        }
    }

    @Test func theLedgerShowsEveryArrivalAndThatNoneIsUnaccounted() async throws {
        let fixture = try await WebFixture()
        _ = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let page = try await browser.get("/intake").text
            #expect(page.contains("Unaccounted: <strong>0</strong>"))
            #expect(page.contains("letter.png"))
            let none = try await browser.get("/intake?verdict=quarantined").text
            #expect(!none.contains("letter.png"))
        }
    }

    @Test func aDocumentsLifeIsForThoseWhoMaySeeIt() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        try await fixture.addUser("olga", .auditor)
        try await fixture.context.store.write { transaction in
            _ = try transaction.audit(
                actor: "user:ana", action: "anomalies.settled", subject: seeded.record.id,
                detail: ["outcome": "duplicate", "reasons": "duplicate_document"],
                correlationID: seeded.record.correlationID, at: Date())
        }
        try await fixture.test { client in
            let ana = WorkbenchClient(client)
            try await ana.signIn("ana")
            #expect(try await ana.get("/documents/\(seeded.record.id)").text.contains("/life") == false)
            #expect(try await ana.get("/documents/\(seeded.record.id)/life").status == .forbidden)
            let olga = WorkbenchClient(client)
            try await olga.signIn("olga")
            #expect(try await olga.get("/documents/\(seeded.record.id)").text.contains("/life"))
            let page = try await olga.get("/documents/\(seeded.record.id)/life").text
            #expect(page.contains("The file letter.png arrived by folder mail."))
            #expect(page.contains(#/<td>ana<\/td><td class="words">Looked at the document\./#))
            #expect(page.contains("It was settled (duplicate), with this told about it: duplicate document."))
            #expect(try await olga.get("/tasks/\(seeded.task.id)").status == .forbidden)
        }
    }

    @Test func whatIsPrintedIsNeverMarkup() async throws {
        let fixture = try await WebFixture()
        var document = SampleLetter.document
        document.fields["patient_name"] = .one(
            Field(value: .text("\"><script>alert(1)</script>"), confidence: 0.5))
        let seeded = try await SampleLetter.seed(fixture.context, document: document)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            for page in ["/tasks/\(seeded.task.id)", "/documents/\(seeded.record.id)"] {
                #expect(try await browser.get(page).text.contains("<script>alert") == false)
            }
        }
    }

    @Test func everyInputHasAName() async throws {
        let fixture = try await WebFixture()
        let document = Document(
            type: "eob", subtype: "remittance_advice", typeConfidence: 0.9, pages: [1],
            claims: [
                Claim(
                    fields: ["paid_amount": .one(Field(value: .text("80.00"), confidence: 0.7))],
                    serviceLines: [["charge_amount": .one(Field(value: .text("100.00"), confidence: 0.8))]])
            ])
        let seeded = try await SampleLetter.seed(fixture.context, document: document)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let page = try await browser.get("/tasks/\(seeded.task.id)").text
            #expect(page.contains("name=\"v.claims[0].service_lines[0].charge_amount\""))
            let inputs = page.matches(of: /<(?:input|select|textarea)[^>]*>/).map { String($0.output) }
                .filter { !$0.contains("type=\"hidden\"") }
            #expect(inputs.count > 20)
            for input in inputs {
                let id = input.firstMatch(of: /id="([^"]*)"/).map { String($0.output.1) } ?? ""
                let isNamed = input.contains("aria-label=\"") || page.contains("<label for=\"\(id)\"")
                #expect(isNamed, "\(input)")
            }
            let ids = page.matches(of: /\ id="([^"]*)"/).map { String($0.output.1) }
            #expect(Set(ids).count == ids.count)
        }
    }
}
