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

@Suite(.serialized) struct AnomalyTests {
    @Test func ofCopiesThatComeAtOnceOneAtMostIsAccepted() async throws {
        let house = try await PipelineHouse(policy: {
            // What is doubted of a value is not what this is about.
            $0.replacing("\nfield_confidence: 0.90", with: "\nfield_confidence: 0")
                .replacing("\naudit_share: 0.02", with: "\naudit_share: 0")
        })
        try await house.running {
            var files: [String] = []
            for number in 0..<4 {
                files.append(
                    try await house.takeIn(AnomalyPaper.denial(note: "Copy \(number)"), name: "\(number).pdf"))
            }
            // A second notice, and a letter about another claim.
            let other = [
                try await house.takeIn(AnomalyPaper.denial(date: "April 14, 2026"), name: "later.pdf"),
                try await house.takeIn(AnomalyPaper.denial(claim: "HP88812345"), name: "other.pdf"),
            ]
            for sha256 in files + other { _ = try await house.finished(sha256) }
            let records = try await house.store.read { [files] transaction in
                try files.flatMap { try transaction.documents(of: $0) }
            }
            let copies = records.filter { $0.document.reasons.contains { $0.code == "duplicate_document" } }
            #expect(records.count == 4 && copies.count == 3, "\(records.map { $0.document.fields })")
            #expect(copies.allSatisfy { $0.status == .inReview })
            let anomalies = try await house.store.read { transaction in
                try copies.map { try transaction.anomalies(of: $0.id) }
            }
            #expect(anomalies.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.otherID != nil } })
            let rest = try await house.store.read { [other] transaction in
                try other.flatMap { try transaction.documents(of: $0) }
            }
            #expect(rest.count == 2)
            #expect(rest.allSatisfy { !$0.document.evidence.contains { $0.code == "duplicate_document" } })
        }
    }

    private func seed(
        _ fixture: WebFixture, _ document: Document, _ number: UInt8, facility: String? = nil
    ) async throws -> (record: DocumentRecord, task: ReviewTask) {
        try await SampleLetter.seed(
            fixture.context, document: document, bytes: SampleLetter.png + Data([number]), facility: facility)
    }

    private func reviewer(_ fixture: WebFixture) async throws -> Caller {
        let key = try await fixture.accounts.addKey(name: "ana", role: .seniorReviewer, by: "test")
        return try #require(try await fixture.accounts.caller(withKey: key))
    }

    @Test func aCopyThatWasAcceptedMeanwhileIsToldBeforeTheOtherIsConfirmed() async throws {
        let fixture = try await WebFixture()
        let first = try await seed(fixture, AnomalyPaper.remittance(number: "481516", date: "2026-03-14"), 1)
        let second = try await seed(fixture, AnomalyPaper.remittance(number: "481516", date: "2026-03-14"), 2)
        let (desk, caller) = (ReviewDesk(context: fixture.context), try await reviewer(fixture))
        for task in [first.task, second.task] { try await desk.take(task.id, by: caller) }
        // The other is in review: the first reviewer is told too.
        #expect(try await desk.confirm(first.task.id, edits: [], seen: 1, by: caller) == false)
        #expect(try await desk.confirm(first.task.id, edits: [], seen: 2, by: caller))
        #expect(try await desk.confirm(second.task.id, edits: [], seen: 1, by: caller) == false)
        let review = try await desk.look(at: second.task.id, by: caller)
        #expect(review.record.document.reasons.contains { $0.code == "duplicate_document" })
        try await desk.reject(second.task.id, reason: .duplicate, note: "", seen: 2, by: caller)
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: second.record.id) }
        let settled = try #require(trail.first { $0.action == "anomalies.settled" })
        #expect(settled.detail["outcome"] == "duplicate" && settled.detail["documents"] == first.record.id)
    }

    @Test func ofTwoCopiesOneAtMostIsClosedAsADuplicate() async throws {
        let fixture = try await WebFixture()
        let first = try await seed(fixture, AnomalyPaper.remittance(number: "481516", date: "2026-03-14"), 1)
        let second = try await seed(fixture, AnomalyPaper.remittance(number: "481516", date: "2026-03-14"), 2)
        let (desk, caller) = (ReviewDesk(context: fixture.context), try await reviewer(fixture))
        for task in [first.task, second.task] {
            try await desk.take(task.id, by: caller)
            #expect(try await desk.confirm(task.id, edits: [], seen: 1, by: caller) == false)
        }
        try await desk.reject(first.task.id, reason: .duplicate, note: "", seen: 2, by: caller)
        await #expect(throws: ReviewError.self) {
            try await desk.reject(second.task.id, reason: .duplicate, note: "", seen: 2, by: caller)
        }
        #expect(try await desk.confirm(second.task.id, edits: [], seen: 2, by: caller))
    }

    @Test func whatADraftMadeUnusualIsShownBeforeItIsConfirmed() async throws {
        let fixture = try await WebFixture()
        _ = try await seed(fixture, AnomalyPaper.remittance(number: "481516", date: "2026-03-14"), 1)
        var misread = AnomalyPaper.remittance(number: "992342", date: "2026-04-20")
        misread.claims[0].serviceLines[0]["paid_amount"] = AnomalyPaper.field("10.00")
        let second = try await seed(fixture, misread, 2)
        let (desk, caller) = (ReviewDesk(context: fixture.context), try await reviewer(fixture))
        let id = second.task.id
        try await desk.take(id, by: caller)
        #expect(try await desk.look(at: id, by: caller).record.version == 1)
        let edit = FieldEdit(path: "claims[0].service_lines[0].paid_amount", change: .correct("80.00"))
        let kept = try await desk.save(id, edits: [edit], seen: 1, by: caller)
        #expect(kept.record.document.reasons.contains { $0.code == "duplicate_payment" })
        // It is kept, and was shown to nobody: the browser sends the form at once.
        #expect(try await desk.confirm(id, edits: [], seen: kept.record.version, by: caller) == false)
        let shown = try await desk.look(at: id, by: caller)
        #expect(try await desk.confirm(id, edits: [], seen: shown.record.version, by: caller))
    }

    @Test func whatIsKeyedIsLookedAtBeforeItIsAccepted() async throws {
        let fixture = try await WebFixture(policyText: KeyPolicy.text)
        func remittance(_ number: String, _ date: String, paid: String) -> Document {
            var document = AnomalyPaper.remittance(number: number, date: date)
            document.claims[0].serviceLines = []
            document.claims[0].fields["paid_amount"] = AnomalyPaper.field(paid)
            return document
        }
        _ = try await seed(fixture, remittance("481516", "2026-03-14", paid: "80.00"), 1)
        let second = try await seed(fixture, remittance("992342", "2026-04-20", paid: "10.00"), 2)
        let (one, other) = (try await fixture.person("first"), try await fixture.person("second"))
        let answers = ["payment_amount": "80.00", "claims[0].paid_amount": "80.00"]
        /// Confirms all but the amounts, and has both people key them; gives whether the document is settled.
        func keyed(seen version: Int) async throws -> Bool {
            try await fixture.desk.take(second.task.id, by: one)
            #expect(try await fixture.desk.confirm(second.task.id, edits: [], seen: version, by: one) == false)
            var isSettled = false
            for person in [one, other] {
                try await fixture.desk.take(second.task.id, by: person)
                isSettled = try await KeyDesk(desk: fixture.desk).give(
                    second.task.id, KeyForm(answers: answers.mapValues { .typed($0) }), seen: version + 1, by: person)
            }
            return isSettled
        }
        #expect(try await keyed(seen: 1) == false)
        let record = try #require(try await fixture.context.store.read { try $0.document(second.record.id) })
        #expect(record.status == .inReview && record.document.reasons.contains { $0.code == "duplicate_payment" })
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: second.record.id) }
        #expect(trail.contains { $0.action == "anomalies.found" })
        #expect(!trail.contains { $0.action == "anomalies.settled" })
        // Once a person has seen it, it is keyed anew and accepted.
        #expect(try await keyed(seen: record.version))
    }

    @Test func aSecondPaymentIsToldWithBothDocuments() async throws {
        let fixture = try await WebFixture()
        let first = try await seed(fixture, AnomalyPaper.remittance(number: "481516", date: "2026-03-14"), 1)
        let second = try await seed(fixture, AnomalyPaper.remittance(number: "992342", date: "2026-04-20"), 2)
        let (desk, caller) = (ReviewDesk(context: fixture.context), try await reviewer(fixture))
        try await desk.take(second.task.id, by: caller)
        #expect(try await desk.confirm(second.task.id, edits: [], seen: 1, by: caller) == false)
        let found = try await fixture.context.store.read { try $0.anomalies(of: second.record.id) }
        #expect(found.map(\.code) == ["duplicate_payment"] && found.first?.otherID == first.record.id)
        #expect(found.first?.detail.contains("80.00 here") == true)
        // Who confirms it has seen it, and may.
        #expect(try await desk.confirm(second.task.id, edits: [], seen: 2, by: caller))
        // One that was refused does not count.
        let third = try await seed(fixture, AnomalyPaper.remittance(number: "777777", date: "2026-05-20"), 3)
        for (id, task) in [(first.record.id, first.task)] {
            try await desk.take(task.id, by: caller)
            let version = try #require(try await fixture.context.store.read { try $0.document(id) }).version
            try await desk.reject(task.id, reason: .notOurs, note: "", seen: version, by: caller)
        }
        try await desk.take(third.task.id, by: caller)
        #expect(try await desk.confirm(third.task.id, edits: [], seen: 1, by: caller) == false)
        let left = try await fixture.context.store.read { try $0.anomalies(of: third.record.id) }
        #expect(left.compactMap(\.otherID) == [second.record.id])
    }

    @Test func contractsAreTakenWholeAndLinesUnderThemAreTold() async throws {
        let fixture = try await WebFixture()
        var headers = try await fixture.keyHeader()
        headers[.contentType] = "text/csv"
        let right = "payer,cpt,allowed,from\nHarbor Point Health Plan,99213,110.00,2026-01-01\n"
        let (answers, kept) = try await fixture.test { [headers] client in
            var answers: [TestResponse] = []
            for body in [right + "A,99213,soon,2026-01-01\n", right, right] {
                answers.append(
                    try await client.execute(
                        uri: "/v1/contracts", method: .post, headers: headers, body: ByteBuffer(string: body)))
            }
            return (answers, try await fixture.context.store.read { try $0.contractRateCount() })
        }
        #expect(answers.map(\.status) == [.unprocessableContent, .ok, .ok] && kept == 1)
        #expect(try (answers[0].json()["detail"] as? String)?.contains("Line 3: column 'allowed_amount'") == true)
        #expect(try answers[2].json()["replaced"] as? Int == 1)
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: "contracts") }
        #expect(trail.map(\.action) == ["contracts.imported", "contracts.imported"])
        let seeded = try await seed(fixture, AnomalyPaper.remittance(number: "481516", date: "2026-03-14"), 1)
        let (desk, caller) = (ReviewDesk(context: fixture.context), try await reviewer(fixture))
        try await desk.take(seeded.task.id, by: caller)
        #expect(try await desk.confirm(seeded.task.id, edits: [], seen: 1, by: caller) == false)
        let review = try await desk.look(at: seeded.task.id, by: caller)
        let reason = try #require(review.record.document.reasons.first { $0.code == "under_contract" })
        #expect(reason.field == "claims[0].service_lines[0].allowed_amount")
        #expect(reason.detail?.contains("110.00") == true && reason.detail?.contains("10.00 too little") == true)
    }

    @Test func whoMayNotSeeTheOtherDocumentLearnsNothingOfIt() async throws {
        let fixture = try await WebFixture()
        var far = AnomalyPaper.remittance(number: "992342", date: "2026-04-20")
        far.fields["payee_name"] = AnomalyPaper.field("North <Hospital>")
        let first = try await seed(fixture, far, 1, facility: "north")
        let second = try await seed(
            fixture, AnomalyPaper.remittance(number: "481516", date: "2026-03-14"), 2, facility: "south")
        try await fixture.addUser("sam", .seniorReviewer)
        try await fixture.addUser("ana")
        try await fixture.context.store.write { transaction in
            let id = try #require(try transaction.user(named: "ana")).id
            try transaction.setReach(Reach(facilities: ["south"]), of: id)
        }
        try await fixture.test { client in
            let task = "/tasks/\(second.task.id)"
            let ana = WorkbenchClient(client)
            try await ana.signIn("ana")
            _ = try await ana.post("\(task)/take", [], from: task)
            let asked = try await ana.post(
                task, [("version", "1"), ("queue", "remittances"), ("action", "confirm")], from: task)
            #expect(asked.headers[.location] == task)
            let page = try await ana.get(task).text
            #expect(page.contains("Paid twice?") && page.contains("a document of others"))
            #expect(page.contains("Not confirmed yet"))
            #expect(!page.contains(first.record.id) && !page.contains("992342"))
            _ = try await ana.post(
                task, [("version", "2"), ("queue", "remittances"), ("action", "release")], from: task)
            let sam = WorkbenchClient(client)
            try await sam.signIn("sam")
            let whole = try await sam.get(task).text
            #expect(whole.contains("/documents/\(first.record.id)") && whole.contains("992342"))
            #expect(!whole.contains("Close it as a duplicate"))
        }
    }
}
