import Documents
import Foundation
import Governance
import Reading
import Records
import Service
import TestSupport
import Testing
import Understanding

/// A letter that was scanned upside down and, as the machine did not see that, read so: by the real reader, without what
/// brings pages upright.
struct TurnedLetter {
    /// The page of `turned.tif` that stands on its head.
    static let page = 2
    /// What the page says when it is read the right way up.
    static let words = "Northwind Health Plan"

    let sha256: String
    let record: DocumentRecord
    let task: ReviewTask

    /// For the reader that does not see which way up a page is.
    static let limits = ReaderLimits(skipped: [.turning])

    /// Reads the file and puts its upside-down page before reviewers as a document of its own.
    static func seed(_ context: ServiceContext) async throws -> TurnedLetter {
        let bytes = try Data(contentsOf: packageFolder.appending(path: "Tests/ReadingTests/Fixtures/turned.tif"))
        let sha256 = try await context.store.originals.put(bytes)
        let pages = PageBox()
        _ = try await context.readers.read(bytes, wantImages: true) { await pages.add($0) }
        let now = context.clock()
        for page in await pages.pages {
            try await context.store.originals.putPageImage(
                try #require(page.image), of: sha256, page: page.reading.page.number, mediaType: page.imageMediaType)
        }
        let read = await pages.pages
        let reading = read[TurnedLetter.page - 1].reading
        var document = context.understander.read([reading], as: "payer_letter")
        document.pages = [TurnedLetter.page]
        // Nobody could tell its type from such words but a person.
        document.evidence.append(Reason(code: "type_chosen", detail: "A reviewer chose the type."))
        let record = DocumentRecord(
            id: Identifier.make(at: now), sha256: sha256, ordinal: 1, status: .inReview,
            document: context.policy.decide(document), versions: context.versions, createdAt: now, correlationID: "C")
        let task = ReviewTask(
            id: Identifier.make(at: now), documentID: record.id, queue: context.policy.queue(for: document.type),
            createdAt: now, reasons: record.document.reasons)
        try await context.store.write { transaction in
            _ = try transaction.takeFile(
                CustodyFile(
                    sha256: sha256, name: "turned.tif", mediaType: "image/tiff", size: Int64(bytes.count),
                    pageCount: read.count, status: .understood, correlationID: "C", takenAt: now))
            for page in read {
                try transaction.savePage(
                    of: sha256,
                    StoredPage(
                        reading: page.reading, imageMediaType: page.imageMediaType, imageScale: page.imageScale))
            }
            try transaction.insertDocument(record)
            try transaction.keepDecided(record.document, of: record.id)
            try transaction.openTask(task)
        }
        return TurnedLetter(sha256: sha256, record: record, task: task)
    }

    func document(in context: ServiceContext) async throws -> DocumentRecord {
        let id = record.id
        let found = try await context.store.read { try $0.document(id) }
        return try #require(found)
    }

    func page(in context: ServiceContext) async throws -> StoredPage {
        let page = try await context.store.read { [sha256] in
            try $0.page(of: sha256, number: TurnedLetter.page)
        }
        return try #require(page)
    }

    func trail(in context: ServiceContext) async throws -> [AuditEntry] {
        try await context.store.read { [id = record.id] in try $0.auditTrail(subject: id) }
    }
}

extension StoredPage {
    var text: String { reading.words.map(\.text).joined(separator: " ") }
}

private actor PageBox {
    private(set) var pages: [ReadPage] = []

    func add(_ page: ReadPage) { pages.append(page) }
}
