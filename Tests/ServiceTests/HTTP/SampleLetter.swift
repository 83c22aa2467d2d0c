import Documents
import Foundation
import Governance
import Records
import Service

/// A payer's letter with one doubtful field, put into a store as the pipeline puts it there.
enum SampleLetter {
    /// A PNG of one white pixel: a whole file of a kind that Mailroom reads.
    static let png =
        Data(
            base64Encoded:
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTcxpAAAAABJRU5ErkJggg==")
        ?? Data()

    static var document: Document {
        func field(_ text: String, _ confidence: Confidence, top: Double) -> Leaf {
            .one(
                Field(
                    value: .text(text), text: text, confidence: confidence, page: 1,
                    box: Box(left: 300, top: top, right: 900, bottom: top + 40)))
        }
        return Document(
            type: "payer_letter", subtype: "denial", typeConfidence: 0.99, pages: [1],
            fields: [
                "payer_name": field("Acme Health", 0.99, top: 200),
                "letter_date": field("2026-03-14", 0.98, top: 300),
                "patient_name": field("Maria Example", 0.97, top: 400),
                "member_id": field("W123456789", 0.61, top: 500),
                "reason_codes": .many([
                    Field(
                        value: .text("CO-197"), text: "CO-197", confidence: 0.97, page: 1,
                        box: Box(left: 300, top: 600, right: 420, bottom: 640))
                ]),
            ])
    }

    /// Puts the letter before reviewers and gives its document and task.
    static func seed(
        _ context: ServiceContext, document: Document = document, bytes: Data = png, isAudited: Bool = false,
        facility: String? = nil
    ) async throws -> (record: DocumentRecord, task: ReviewTask) {
        let now = context.clock()
        let sha256 = try await context.store.originals.put(bytes)
        try await context.store.originals.putPageImage(png, of: sha256, page: 1, mediaType: "image/png")
        let correlationID = Identifier.make(at: now)
        let decided = context.policy.decide(document, isAudited: isAudited)
        let record = DocumentRecord(
            id: Identifier.make(at: now), sha256: sha256, ordinal: 1, status: .inReview, document: decided,
            versions: context.versions, createdAt: now, correlationID: correlationID)
        let task = ReviewTask(
            id: Identifier.make(at: now), documentID: record.id, queue: context.policy.queue(for: document.type),
            createdAt: now, reasons: decided.reasons)
        let page = Page(number: 1, source: .ocr, width: 2550, height: 3300, dpi: 300)
        try await context.store.write { transaction in
            let arrival = Arrival(
                id: Identifier.make(at: now), source: "folder:mail", name: "letter.png", size: Int64(bytes.count),
                firstSeenAt: now, verdict: .taken, sha256: sha256, correlationID: correlationID, facility: facility)
            try transaction.recordArrival(arrival)
            _ = try transaction.takeFile(
                CustodyFile(
                    sha256: sha256, name: "letter.png", mediaType: "image/png", size: Int64(bytes.count), pageCount: 1,
                    status: .understood, correlationID: correlationID, takenAt: now, facility: facility))
            try transaction.savePage(
                of: sha256,
                StoredPage(reading: PageReading(page: page), imageMediaType: "image/png", imageScale: 0.1))
            try transaction.insertDocument(record)
            try transaction.keepDecided(decided, of: record.id)
            try transaction.openTask(task)
        }
        return (record, task)
    }
}
