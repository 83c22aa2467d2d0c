import Actions
import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import TestSupport
import Testing

struct PageChangeTests {
    private static let pages = [
        SampleBundle.letter, SampleBundle.secondPage, SampleBundle.otherLetter, SampleBundle.secondPage,
    ]

    private func refusal(_ work: () async throws -> Void) async -> ReviewError? {
        do {
            try await work()
            return nil
        } catch {
            return error as? ReviewError
        }
    }

    @Test func aSplitMakesADocumentWithATaskOfItsOwn() async throws {
        let fixture = try await WebFixture()
        let bundle = try await SampleBundle.seed(fixture.context, pages: Self.pages, documents: [[1, 2, 3, 4]])
        let ana = try await fixture.person("ana")
        let id = bundle.tasks[0].id
        try await fixture.desk.take(id, by: ana)
        let seen = try await fixture.desk.look(at: id, by: ana)
        let place = try await fixture.change(id, .split(before: 3), by: ana)
        #expect(place.queue == "letters" && place.stays)
        let documents = try await fixture.documents(of: bundle)
        #expect(documents.map(\.document.pages) == [[1, 2], [3, 4]])
        #expect(documents.map(\.ordinal) == [1, 2])
        #expect(
            documents.map { $0.document.fields["member_id"]?.fields.first?.value } == [
                .text("W123456789"), .text("W987654321"),
            ])
        #expect(documents[0].id == bundle.records[0].id)
        #expect(documents[0].document.pagesConfidence == 1.0)
        let store = fixture.context.store
        let tasks = try await store.read { transaction in
            try documents.map { try transaction.task(ofDocument: $0.id) }
        }
        #expect(tasks.map(\.?.leaseOwner) == [ana.actor, nil])
        #expect(tasks[1]?.reasons.map(\.code).contains("split_off") == true)
        let events = try await store.read { try $0.events(subject: documents[1].id) }
        #expect(events.map(\.type) == [EventType.documentReviewRequested.rawValue])
        let trail = try await store.read { try $0.auditTrail(subject: documents[1].id) }
        #expect(trail.last?.action == "document.pages_changed")
        #expect(trail.last?.detail["from"] == "" && trail.last?.detail["to"] == "3,4")
        #expect(trail.last?.detail["split_from"] == documents[0].id)
        // The same form sent twice.
        let twice = await refusal {
            _ = try await fixture.desk.changePages(
                id, .split(before: 3), layout: seen.layout.version, seen: seen.record.version, by: ana)
        }
        #expect(twice?.code == .changedMeanwhile)
        #expect(try await fixture.documents(of: bundle).count == 2)
    }

    @Test func aMergedDocumentSaysIntoWhichAndIsJudgedWithIt() async throws {
        let fixture = try await WebFixture()
        let bundle = try await SampleBundle.seed(fixture.context, pages: Self.pages, documents: [[1, 2, 3], [4]])
        let ana = try await fixture.person("ana")
        let id = bundle.tasks[0].id
        try await fixture.desk.take(id, by: ana)
        try await fixture.change(id, .merge(.next), by: ana)
        let documents = try await fixture.documents(of: bundle)
        #expect(documents.map(\.document.pages) == [[1, 2, 3, 4]])
        let merged = bundle.records[1].id
        let store = fixture.context.store
        #expect(try await store.read { try $0.task(bundle.tasks[1].id) }?.status == .done)
        #expect(
            try await store.read { try $0.events(subject: merged) }.map(\.type) == [
                EventType.documentMerged.rawValue
            ])
        let header = try await fixture.keyHeader()
        try await fixture.test { client in
            let answer = try await client.execute(uri: "/v1/documents/\(merged)", method: .get, headers: header)
            #expect(try answer.json()["status"] as? String == "merged")
            #expect(try answer.json()["merged_into"] as? String == bundle.records[0].id)
            #expect(try answer.json()["pages"] as? [Int] == [])
            let explained = try await client.execute(
                uri: "/v1/documents/\(merged)?explain=true", method: .get, headers: header)
            #expect(explained.status == .ok)
            let file = try await client.execute(uri: "/v1/documents/\(bundle.sha256)", method: .get, headers: header)
            #expect((try file.json()["documents"] as? [Any])?.count == 1)
        }
        try await fixture.desk.confirm(id, edits: [], seen: documents[0].version, by: ana)
        let model = documents[0].versions.model
        let judged = bundle.records.map { $0.document.locatedFields.count }.reduce(0, +)
        #expect(try await store.read { try $0.otherOutcomeCount(model: model) } == judged)
        #expect(try await store.write { try $0.takeDecided(of: merged) } == nil)
    }

    @Test func whatARecallDoubtsIsDoubtedInWhatBecomesOfIt() async throws {
        let fixture = try await WebFixture()
        let bundle = try await SampleBundle.seed(fixture.context, pages: Self.pages, documents: [[1, 2], [3, 4]])
        let doubt = "Recalled by sam: a value was wrong"
        try await fixture.context.store.write { transaction in
            var record = bundle.records[1]
            record.document.reasons.append(Reason(code: "recalled", field: "claims[7].charge_amount", detail: doubt))
            _ = try transaction.updateDocument(record, at: Date())
        }
        let ana = try await fixture.person("ana")
        let id = bundle.tasks[0].id
        try await fixture.desk.take(id, by: ana)
        try await fixture.change(id, .merge(.next), by: ana)
        let merged = try #require(try await fixture.documents(of: bundle).first)
        #expect(merged.document.reasons.first == Reason(code: "recalled", detail: doubt))
        try await fixture.change(id, .split(before: 3), by: ana)
        let parts = try await fixture.documents(of: bundle)
        #expect(parts.count == 2 && parts.allSatisfy { $0.document.reasons.contains { $0.detail == doubt } })
    }

    @Test func aValueThatAPersonCorrectedGoesWithItsPage() async throws {
        let fixture = try await WebFixture()
        let bundle = try await SampleBundle.seed(
            fixture.context, pages: [SampleBundle.letter, SampleBundle.otherLetter], documents: [[1, 2]])
        let ana = try await fixture.person("ana")
        let id = bundle.tasks[0].id
        try await fixture.desk.take(id, by: ana)
        let ink = try #require(
            SampleBundle.reading(2, SampleBundle.otherLetter).words.first { $0.text == "W987654321" })
        let edit = FieldEdit(path: "member_id", change: .correct("W555555555"), page: 2, box: ink.box)
        _ = try await fixture.desk.save(id, edits: [edit], seen: 1, by: ana)
        try await fixture.change(id, .split(before: 2), by: ana)
        let members = try await fixture.documents(of: bundle).map {
            $0.document.fields["member_id"]?.fields.first?.value
        }
        #expect(members == [.text("W123456789"), .text("W555555555")])
    }

    @Test func whatAnotherHasInHandIsLeftAlone() async throws {
        let fixture = try await WebFixture()
        let bundle = try await SampleBundle.seed(
            fixture.context, pages: Self.pages, documents: [[1, 2], [3], [4]])
        let (ana, ben) = (try await fixture.person("ana"), try await fixture.person("ben"))
        let tasks = bundle.tasks.map(\.id)
        try await fixture.desk.take(tasks[0], by: ana)
        try await fixture.desk.take(tasks[1], by: ben)
        let held = await refusal { try await fixture.change(tasks[0], .merge(.next), by: ana) }
        #expect(held?.code == .notPossible)
        #expect(held?.description.contains("ben works on it") == true)
        let notMine = await refusal { try await fixture.change(tasks[1], .merge(.next), by: ana) }
        #expect(notMine?.code == .taken)
        // Ana looks, Ben takes the page that she saw beside hers: one of them wins.
        try await fixture.desk.release(tasks[1], by: ben)
        try await fixture.desk.take(tasks[2], by: ben)
        let seen = try await fixture.desk.look(at: tasks[0], by: ana)
        try await fixture.change(tasks[2], .merge(.previous), by: ben)
        let late = await refusal {
            _ = try await fixture.desk.changePages(
                tasks[0], .merge(.next), layout: seen.layout.version, seen: seen.record.version, by: ana)
        }
        #expect(late?.code == .changedMeanwhile)
        try await fixture.desk.reject(tasks[2], reason: .noDocument, note: "", seen: 2, by: ben)
        let settled = await refusal { try await fixture.change(tasks[0], .merge(.next), by: ana) }
        #expect(settled?.description.contains("It is settled") == true)
        #expect(try await fixture.documents(of: bundle).map(\.document.pages) == [[1, 2], [3, 4]])
    }

    @Test func aTurnedPageStaysTurned() async throws {
        let fixture = try await WebFixture()
        let bundle = try await SampleBundle.seed(fixture.context, pages: Self.pages, documents: [[1, 2, 3, 4]])
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let task = "/tasks/\(bundle.tasks[0].id)"
            _ = try await browser.post("\(task)/take", [], from: task)
            #expect(
                try await browser.post("\(task)/pages/2/turn", [("degrees", "90")], from: task).status == .noContent)
            #expect(
                try await browser.post("\(task)/pages/2/turn", [("degrees", "45")], from: task).status
                    == .unprocessableContent)
            #expect(try await browser.send("\(task)/pages/2/turn", [("degrees", "0")]).status == .forbidden)
            #expect(try await browser.get(task).text.contains(#"data-height="3300" data-turn="90""#))
        }
        let record = bundle.records[0].id
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: record) }
        #expect(trail.last { $0.action == "page.turned" }?.detail == ["page": "2", "degrees": "90"])
    }

    /// Whatever people do at the desk, each page that is not blank is in one document or set aside by a named person.
    @Test(arguments: 1...3) func everyPageStaysAccountedFor(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let fixture = try await WebFixture()
        let pages = [
            SampleBundle.letter, SampleBundle.secondPage, [], SampleBundle.otherLetter, SampleBundle.secondPage,
        ]
        let bundle = try await SampleBundle.seed(fixture.context, pages: pages, documents: [[1, 2], [4], [5]])
        let ana = try await fixture.person("ana", .seniorReviewer)
        var changes = 0
        for _ in 0..<40 {
            let records = try await fixture.documents(of: bundle)
            let record = try #require(records.randomElement(using: &generator))
            let task = try #require(try await fixture.context.store.read { try $0.task(ofDocument: record.id) })
            try await fixture.desk.take(task.id, by: ana)
            let page = Int.random(in: 1...5, using: &generator)
            let side = Bool.random(using: &generator) ? PageOperation.Side.next : .previous
            let operation: PageOperation =
                switch Int.random(in: 0..<6, using: &generator) {
                case 0: .split(before: page)
                case 1: .merge(side)
                case 2: .move(page: page, to: side)
                case 3: .shift(page: page, side)
                case 4: .setAside(page: page)
                default: .takeIn(page: page)
                }
            if await refusal({ try await fixture.change(task.id, operation, by: ana) }) == nil { changes += 1 }
            let (parts, aside) = try await fixture.context.store.read { transaction in
                (
                    try transaction.documents(of: bundle.sha256).flatMap(\.document.pages),
                    try transaction.pageHandlings(of: bundle.sha256).filter { $0.setAsideBy == ana.actor }.map(\.number)
                )
            }
            #expect(Set(parts + aside).count == parts.count + aside.count, "\(operation)")
            #expect(Set(parts + aside).isSuperset(of: [1, 2, 4, 5]), "\(operation)")
        }
        #expect(changes > 2)
        let open = try await fixture.context.store.read { try $0.tasks(limit: 100).map(\.task.documentID) }
        #expect(Set(open) == Set(try await fixture.documents(of: bundle).map(\.id)), "each document has a task")
    }
}
