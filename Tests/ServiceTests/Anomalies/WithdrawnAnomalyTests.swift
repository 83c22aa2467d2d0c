import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// What becomes of what was said of one document because of another, when the other leaves or changes.
@Suite(.serialized) struct WithdrawnAnomalyTests {
    /// Papers in review and a person who may settle all of them.
    private struct House: Sendable {
        let fixture: WebFixture
        let desk: ReviewDesk
        let caller: Caller

        init() async throws {
            fixture = try await WebFixture()
            desk = ReviewDesk(context: fixture.context)
            let key = try await fixture.accounts.addKey(name: "ana", role: .seniorReviewer, by: "test")
            caller = try #require(try await fixture.accounts.caller(withKey: key))
        }

        /// Puts the paper before reviewers and has what is unusual about it told.
        func seed(
            _ number: Int, _ document: Document = AnomalyPaper.remittance(number: "481516", date: "2026-03-14")
        ) async throws -> ReviewTask {
            let bytes = SampleLetter.png + Data([UInt8(number % 256), UInt8(number / 256)])
            let task = try await SampleLetter.seed(fixture.context, document: document, bytes: bytes).task
            try await desk.take(task.id, by: caller)
            return task
        }

        func record(_ task: ReviewTask) async throws -> DocumentRecord {
            try #require(try await fixture.context.store.read { try $0.document(task.documentID) })
        }

        func known(_ task: ReviewTask) async throws -> [AnomalyRecord] {
            try await fixture.context.store.read { try $0.anomalyRecords(of: task.documentID) }
        }

        func confirm(_ task: ReviewTask, _ edits: [FieldEdit] = []) async throws -> Bool {
            let version = try await record(task).version
            return try await desk.confirm(task.id, edits: edits, seen: version, by: caller)
        }

        func refuse(_ task: ReviewTask, _ reason: RejectionReason) async throws {
            let version = try await record(task).version
            try await desk.reject(task.id, reason: reason, note: "", seen: version, by: caller)
        }

        func trail(_ task: ReviewTask) async throws -> [AuditEntry] {
            try await fixture.context.store.read { try $0.auditTrail(subject: task.documentID) }
        }
    }

    @Test(arguments: [RejectionReason.notOurs, .unreadable, .duplicate])
    func whatNamesARefusedDocumentIsWithdrawnAndItsTaskStays(reason: RejectionReason) async throws {
        let house = try await House()
        let (first, second) = (try await house.seed(1), try await house.seed(2))
        for task in [first, second] { #expect(try await house.confirm(task) == false) }
        try await house.desk.release(second.id, by: house.caller)
        let before = try await house.record(second)
        #expect(before.document.reasons.contains { $0.code == "duplicate_document" })
        try await house.refuse(first, reason)
        let after = try await house.record(second)
        // Whoever has it in hand goes on with the version that they saw.
        #expect(after.status == .inReview && after.version == before.version)
        #expect(!after.document.reasons.contains { $0.code == "duplicate_document" })
        #expect(after.document.reasons.first { $0.code == "anomaly_withdrawn" }?.detail?.contains("refused") == true)
        let known = try await house.known(second)
        #expect(known.map { $0.ending?.outcome } == [.withdrawn])
        #expect(known.first?.ending?.because == "The other document was refused.")
        let entry = try #require(try await house.trail(second).first { $0.action == "anomalies.withdrawn" })
        #expect(entry.detail["because_of"] == first.documentID)
        let task = try #require(try await house.fixture.context.store.read { try $0.task(second.id) })
        #expect(task.status == .open && task.reasons.map(\.code) == after.document.reasons.map(\.code))
        // The one that is left must not be closed as a copy of the one that is gone.
        try await house.desk.take(second.id, by: house.caller)
        await #expect(throws: ReviewError.self) { try await house.refuse(second, .duplicate) }
        try await house.fixture.addUser("sam", .seniorReviewer)
        try await house.desk.release(second.id, by: house.caller)
        try await house.fixture.test { client in
            let sam = try await WorkbenchClient.at(client, "sam")
            _ = try await sam.post("/tasks/\(second.id)/take", [], from: "/tasks/\(second.id)")
            let page = try await sam.get("/tasks/\(second.id)").text
            #expect(
                page.contains("No longer: A document once more?") && page.contains("The other document was refused."))
            #expect(!page.contains("Close it as a duplicate"))
            _ = try await sam.post(
                "/tasks/\(second.id)",
                [("version", "\(after.version)"), ("queue", "remittances"), ("action", "confirm")],
                from: "/tasks/\(second.id)")
            let life = try await sam.get("/anomalies?state=withdrawn").text
            #expect(life.contains("Document once more") && life.contains(second.documentID))
        }
        #expect(try await house.record(second).status == .accepted)
    }

    @Test func aDocumentClosedAsACopyComesBackWhenTheOtherIsRefused() async throws {
        let house = try await House()
        let (first, second) = (try await house.seed(1), try await house.seed(2))
        for task in [first, second] { #expect(try await house.confirm(task) == false) }
        try await house.refuse(second, .duplicate)
        #expect(try await house.record(second).status == .rejected)
        try await house.refuse(first, .unreadable)
        let back = try await house.record(second)
        #expect(back.status == .inReview)
        #expect(back.document.reasons.contains { $0.code == "anomaly_withdrawn" })
        let task = try #require(
            try await house.fixture.context.store.read { try $0.task(ofDocument: second.documentID) })
        #expect(task.id != second.id && task.status == .open)
        #expect(try await house.trail(second).contains { $0.action == "document.brought_back" })
        // It counts now: nothing stands for which it could be closed again.
        try await house.desk.take(task.id, by: house.caller)
        await #expect(throws: ReviewError.self) {
            try await house.desk.reject(task.id, reason: .duplicate, note: "", seen: back.version, by: house.caller)
        }
        #expect(try await house.desk.confirm(task.id, edits: [], seen: back.version, by: house.caller))
    }

    @Test func whatIsCorrectedAgreesNoMoreAndIsSaidAnewWhenItDoesAgain() async throws {
        let house = try await House()
        let (first, second) = (try await house.seed(1), try await house.seed(2))
        #expect(try await house.confirm(second) == false)
        func correct(_ number: String, _ date: String) async throws {
            let edits = [
                FieldEdit(path: "payment_number", change: .correct(number)),
                FieldEdit(path: "payment_date", change: .correct(date)),
                FieldEdit(path: "claims[0].payer_claim_number", change: .correct("HP\(number)7788")),
                FieldEdit(path: "claims[0].patient_control_number", change: .correct("5\(number)")),
            ]
            let version = try await house.record(first).version
            _ = try await house.desk.save(first.id, edits: edits, seen: version, by: house.caller)
        }
        try await correct("992342", "2026-04-20")
        let known = try await house.known(second)
        #expect(known.map { $0.ending?.because } == ["The other document says something else now."])
        #expect(try await house.record(second).document.reasons.map(\.code).contains("anomaly_withdrawn"))
        #expect(try await house.confirm(second))
        // The two are not held against each other any more.
        #expect(try await house.confirm(first))
    }

    @Test func anAccountIsNotOverpaidByWhatWasRecalled() async throws {
        let house = try await House()
        let fixture = house.fixture
        let account = PatientAccount(
            accountNumber: "40017723", patientName: "EXAMPLE, MARIA",
            claims: [AccountClaim(payerName: "Harbor Point Health Plan", chargeAmount: Money(cents: 9_000))])
        try await fixture.context.store.write { _ = try $0.importAccounts([account], at: fixture.context.clock()) }
        func paper(_ payer: String, _ number: String) -> Document {
            var document = AnomalyPaper.remittance(number: number, date: "2026-04-20")
            document.fields["payer_name"] = AnomalyPaper.field(payer)
            document.accountMatch = AccountMatch(accountNumber: "40017723", probability: 0.99)
            return document
        }
        let (first, second) = (
            try await house.seed(1, paper("Zenith Mutual", "992342")),
            try await house.seed(2, paper("Umbrella Life", "777111"))
        )
        #expect(try await house.confirm(first))
        #expect(try await house.confirm(second) == false)
        #expect(try await house.known(second).map(\.anomaly.code) == ["account_overpaid"])
        let recalls = RecallDesk(context: fixture.context)
        let recall = try await recalls.begin(
            document: first.documentID, field: "payment_number", right: "992343", reason: "Misread", by: house.caller)
        try await fixture.context.work()
        _ = try await recalls.order(.review, .documents([first.documentID]), of: recall.id, by: house.caller)
        try await fixture.context.work()
        #expect(try await house.record(first).status == .inReview)
        let known = try await house.known(second)
        #expect(known.map { $0.ending?.outcome } == [.withdrawn])
        #expect(known.first?.ending?.because?.contains("recalled") == true)
    }

    /// Copies are kept, closed as copies and refused in random order.
    ///
    /// Whatever people do, of the copies one stands, or a person refused each of those left for a reason of its own; and
    /// nothing that waits names one that is gone.
    @Test func ofCopiesOneAlwaysStands() async throws {
        var generator = SeededGenerator(seed: 24)
        for round in 0..<12 {
            let house = try await House()
            var tasks: [ReviewTask] = []
            for number in 0..<4 { tasks.append(try await house.seed(number)) }
            for task in tasks { _ = try await house.confirm(task) }
            for _ in 0..<8 {
                let document = tasks[Int.random(in: 0..<4, using: &generator)].documentID
                let (record, open) = try await house.fixture.context.store.read { transaction in
                    (try transaction.document(document), try transaction.task(ofDocument: document))
                }
                guard let record, let open, open.status != .done else { continue }
                try await house.desk.take(open.id, by: house.caller)
                do {
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0:
                        _ = try await house.desk.confirm(
                            open.id, edits: [], seen: record.version, by: house.caller)
                    case 1:
                        try await house.desk.reject(
                            open.id, reason: .notOurs, note: "", seen: record.version, by: house.caller)
                    default:
                        try await house.desk.reject(
                            open.id, reason: .duplicate, note: "", seen: record.version, by: house.caller)
                    }
                } catch is ReviewError {}
                try await expectOneStands(tasks, in: house, "round \(round)")
            }
        }
    }

    private func expectOneStands(_ tasks: [ReviewTask], in house: House, _ what: String) async throws {
        let ids = tasks.map(\.documentID)
        let (records, known) = try await house.fixture.context.store.read { transaction in
            (
                try ids.compactMap { try transaction.document($0) },
                try ids.map { try transaction.anomalyRecords(of: $0) }
            )
        }
        let closed = known.count { $0.contains { $0.ending?.outcome == .duplicate } }
        let stands = records.contains { [.accepted, .inReview].contains($0.status) }
        #expect(stands || closed == 0, "\(what): \(records.map(\.status))")
        let gone = Set(records.filter { $0.status == .rejected }.map(\.id))
        for (record, anomalies) in zip(records, known) where record.status == .inReview {
            let named = anomalies.filter { $0.ending == nil }.compactMap(\.anomaly.otherID)
            #expect(gone.isDisjoint(with: named), "\(what)")
        }
    }
}
