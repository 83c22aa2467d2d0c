import Actions
import Documents
import Foundation
import Governance
import Records
import Service

/// Papers that refuse something, accepted, as the pipeline leaves them.
enum DeniedLetter {
    /// The day on which the tests are: a Wednesday.
    static let now = Date(timeIntervalSince1970: 1_773_835_200)

    static func document(_ subtype: String = "denial", _ fields: [String: String] = [:]) -> Document {
        var document = SampleLetter.document
        document.subtype = subtype
        document.disposition = .accept
        let texts = [
            "charge_amount": "4210.00", "payer_claim_number": "C778", "response_due_date": "2026-05-26",
            "denial_reason": "Prior authorization was required for <b>the MRI</b> & was not obtained.",
        ].merging(fields) { $1 }
        for (name, text) in texts { document.fields[name] = .one(Field(value: .text(text), confidence: 0.99)) }
        return document
    }

    /// Puts the document into a store as accepted and gives its record.
    @discardableResult
    static func accept(
        _ document: Document = document(), into context: ServiceContext, file number: UInt8 = 0,
        facility: String? = nil
    ) async throws -> DocumentRecord {
        let now = context.clock()
        let sha256 = try await context.store.originals.put(SampleLetter.png + Data([number]))
        try await context.store.originals.putPageImage(SampleLetter.png, of: sha256, page: 1, mediaType: "image/png")
        let record = DocumentRecord(
            id: Identifier.make(at: now), sha256: sha256, ordinal: 1, status: .accepted, document: document,
            versions: context.versions, createdAt: now, correlationID: Identifier.make(at: now))
        try await context.store.write { transaction in
            _ = try transaction.takeFile(
                CustodyFile(
                    sha256: sha256, name: "denial-\(number).png", mediaType: "image/png", size: 99, pageCount: 1,
                    status: .understood, correlationID: record.correlationID, takenAt: now, facility: facility))
            try transaction.savePage(
                of: sha256,
                StoredPage(
                    reading: PageReading(page: Page(number: 1, source: .ocr, width: 2550, height: 3300, dpi: 300)),
                    imageMediaType: "image/png", imageScale: 0.1))
            try transaction.insertDocument(record)
            try context.raise(.documentAccepted, about: record, in: transaction, at: now)
        }
        return record
    }
}

extension WebFixture {
    func work(of record: DocumentRecord) async throws -> [WorkItem] {
        try await context.store.read { try $0.work(ofDocument: record.id) }
    }

    func denials(of record: DocumentRecord) async throws -> [DenialRecord] {
        try await context.store.read { try $0.denials(ofDocument: record.id) }
    }
}
