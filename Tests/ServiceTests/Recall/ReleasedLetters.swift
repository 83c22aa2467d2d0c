import Actions
import Documents
import Foundation
import Governance
import Records
import Service
import Testing

/// Letters that were accepted, all of one file, as the pipeline leaves them.
enum ReleasedLetters {
    /// Puts `count` letters with a doubtful member id into a store as accepted, and gives their identifiers in order.
    static func put(
        _ count: Int, into context: ServiceContext, file number: UInt8 = 0,
        change: (Int, inout Document) -> Void = { _, _ in }
    ) async throws -> [String] {
        let now = context.clock()
        let sha256 = try await context.store.originals.put(SampleLetter.png + Data([number]))
        try await context.store.originals.putPageImage(SampleLetter.png, of: sha256, page: 1, mediaType: "image/png")
        let correlationID = Identifier.make(at: now)
        let records = (1...count).map { ordinal -> DocumentRecord in
            var document = SampleLetter.document
            document.disposition = .accept
            document.fields["requested_amount"] = .one(Field(value: .text("100.00"), confidence: 0.99))
            change(ordinal, &document)
            return DocumentRecord(
                id: Identifier.make(at: now), sha256: sha256, ordinal: ordinal, status: .accepted, document: document,
                versions: context.versions, createdAt: now, correlationID: correlationID)
        }
        try await context.store.write { transaction in
            _ = try transaction.takeFile(
                CustodyFile(
                    sha256: sha256, name: "letters-\(number).png", mediaType: "image/png", size: 99, pageCount: 1,
                    status: .understood, correlationID: correlationID, takenAt: now))
            let page = Page(number: 1, source: .ocr, width: 2550, height: 3300, dpi: 300)
            try transaction.savePage(
                of: sha256,
                StoredPage(reading: PageReading(page: page), imageMediaType: "image/png", imageScale: 0.1))
            for record in records {
                try transaction.insertDocument(record)
                try context.raise(.documentAccepted, about: record, in: transaction, at: now)
            }
        }
        return records.map(\.id)
    }
}

extension ServiceContext {
    /// Has workers work until no step is left.
    func work() async throws {
        let run = Task { try await Pipeline(context: self, workerCount: 2).run() }
        defer { run.cancel() }
        try await store.settle()
    }
}
