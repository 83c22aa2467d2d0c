import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// The way from a reviewed document to the threshold that decides on the next.
@Suite(.serialized) struct ThresholdTests {
    private let letter = packageFolder.appending(path: "Corpus/samples/000022.pdf")

    /// The shipped policy, but that of a letter only values of confidence 1 are trusted.
    private static func doubting(_ policy: String, thresholds: String, auditShare: Double) -> String {
        policy.replacing("thresholds: fixed", with: "thresholds: \(thresholds)")
            .replacing("audit_share: 0.02", with: "audit_share: \(auditShare)")
            .replacing("\nfield_confidence: 0.90", with: "\nfield_confidence: 1.0")
    }

    /// Runs `body` with the only document of the letter, after it went through the pipeline.
    private func decided(
        by house: PipelineHouse, _ body: (DocumentRecord) async throws -> Void = { _ in }
    ) async throws -> DocumentRecord {
        var documents: [DocumentRecord] = []
        try await house.running {
            let sha256 = try await house.takeIn(try Data(contentsOf: letter))
            #expect(try await house.finished(sha256)?.status == .understood)
            documents = try await house.store.read { try $0.documents(of: sha256) }
            try await body(try #require(documents.first))
        }
        #expect(documents.count == 1)
        return try #require(documents.first)
    }

    /// The outcomes of a sample of such letters, all of whose values were right, each with the confidence it has here.
    private func sample(of document: Document, model: String, in store: Store) async throws {
        let now = Date()
        try await store.write { transaction in
            for number in 0..<320 {
                let sha256 = Originals.sha256(of: Data("letter \(number)".utf8))
                _ = try transaction.takeFile(
                    CustodyFile(
                        sha256: sha256, name: "a.pdf", mediaType: "application/pdf", size: 1, correlationID: "C",
                        takenAt: now))
                let record = DocumentRecord(
                    id: "D\(number)", sha256: sha256, ordinal: 1, status: .accepted, document: document,
                    versions: Versions(model: model, policy: "p", reader: "r"), createdAt: now, correlationID: "C")
                try transaction.insertDocument(record)
                let outcomes = document.locatedFields.map { located in
                    ValueOutcome(
                        documentID: record.id, path: located.path.description, type: document.type,
                        field: located.path.definition, confidence: located.field.confidence, isRight: true,
                        isSampled: true, model: model)
                }
                try transaction.record(outcomes, at: now)
            }
        }
    }

    private func audited(_ record: DocumentRecord, in house: PipelineHouse) async throws -> AuditEntry {
        let trail = try await house.store.read { try $0.auditTrail(subject: record.id) }
        return try #require(trail.first { $0.action == "document.decided" })
    }

    @Test func aReviewOfTheSampleSaysWhichValuesWereRight() async throws {
        let house = try await PipelineHouse { Self.doubting($0, thresholds: "fixed", auditShare: 1) }
        _ = try await decided(by: house) { record in
            #expect(Set(record.document.reasons.map(\.code)) == ["low_confidence", "audit_sample"])
            let (desk, task, reviewer) = try await taken(record, in: house)
            let wrong = try #require(record.document.locatedFields.first { $0.path.description == "payer_name" })
            // Saved first, so that what the machine read is gone from the document when it is confirmed.
            let saved = try await desk.save(
                task, edits: [FieldEdit(path: "payer_name", change: .correct("Another Payer"))],
                seen: record.version, by: reviewer)
            #expect(saved.record.document.reasons.contains { $0.code == "audit_sample" })
            try await desk.confirm(task, edits: [], seen: saved.record.version, by: reviewer)
            let outcomes = try await house.store.read { try $0.sampledOutcomes(model: record.versions.model) }
            #expect(Set(outcomes.map(\.path)) == Set(record.document.locatedFields.map(\.path.description)))
            #expect(outcomes.filter { !$0.isRight }.map(\.path) == ["payer_name"])
            #expect(outcomes.first { !$0.isRight }?.confidence == wrong.field.confidence)
        }
    }

    @Test(arguments: [(RejectionReason.noDocument, true), (.alreadyHandled, false)])
    func aDocumentThatIsNoneWasWrongInEveryValue(reason: RejectionReason, speaks: Bool) async throws {
        let house = try await PipelineHouse { Self.doubting($0, thresholds: "fixed", auditShare: 1) }
        _ = try await decided(by: house) { record in
            let (desk, task, reviewer) = try await taken(record, in: house)
            try await desk.reject(task, reason: reason, note: "", seen: record.version, by: reviewer)
            let outcomes = try await house.store.read { try $0.sampledOutcomes(model: record.versions.model) }
            #expect(outcomes.count == (speaks ? record.document.locatedFields.count : 0))
            #expect(outcomes.allSatisfy { !$0.isRight })
            // A copy of what was read is kept no longer than somebody may change it.
            #expect(try await house.store.write { try $0.takeDecided(of: record.id) } == nil)
        }
    }

    /// The document's review task in the hands of a reviewer.
    private func taken(
        _ record: DocumentRecord, in house: PipelineHouse
    ) async throws -> (desk: ReviewDesk, task: String, reviewer: Caller) {
        let reviewer = try await house.reviewer()
        let desk = ReviewDesk(context: house.context)
        let task = try #require(try await house.store.read { try $0.task(ofDocument: record.id) })
        try await desk.take(task.id, by: reviewer)
        return (desk, task.id, reviewer)
    }

    @Test func whatReviewsPromiseDecidesOnlyWherePolicySaysSo() async throws {
        let first = try await PipelineHouse { Self.doubting($0, thresholds: "fixed", auditShare: 0) }
        let read = try await decided(by: first)
        #expect(read.status == .inReview)
        let fixed = try await PipelineHouse { Self.doubting($0, thresholds: "fixed", auditShare: 0) }
        try await sample(of: read.document, model: read.versions.model, in: fixed.store)
        #expect(try await decided(by: fixed).status == .inReview)

        let learned = try await PipelineHouse { Self.doubting($0, thresholds: "learned", auditShare: 0) }
        try await sample(of: read.document, model: read.versions.model, in: learned.store)
        var entry: AuditEntry?
        let accepted = try await decided(by: learned) { entry = try await audited($0, in: learned) }
        #expect(accepted.status == .accepted)
        let doubted = read.document.reasons.compactMap(\.field)
        let trusted = accepted.document.evidence.filter { $0.code == "learned_threshold" }
        #expect(trusted.compactMap(\.field) == doubted)
        #expect(trusted.allSatisfy { $0.detail?.contains("0 of 320 documents wrong") == true })
        #expect(entry?.detail["policy"] == learned.context.policy.hash)
        #expect(entry?.detail["thresholds_learned"]?.isEmpty == false)

        let table = try await runMailroom(["policy", "thresholds", "--store", learned.context.settings.store])
        #expect(table.standardOutput.contains("Thresholds are learned"), "the policy in service says so")
        #expect(
            table.standardOutput.contains(
                #/payer_letter\.payer_name +320 +0 +\S+ +\S+ +kept from .*0 of 320 documents/#))

        let other = try await PipelineHouse { Self.doubting($0, thresholds: "learned", auditShare: 0) }
        try await sample(of: read.document, model: "another model", in: other.store)
        #expect(try await decided(by: other).status == .inReview, "what another model read promises nothing")
    }
}
