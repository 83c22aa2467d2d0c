import Documents
import Foundation
import Records

/// A file in custody with all that is known of it: what `GET /v1/documents/{id}` answers.
struct FileRecord: Sendable {
    var file: CustodyFile
    var pages: [PageFace]
    var documents: [DocumentRecord]
    /// Which of the documents a recall holds.
    var held: Set<String>

    /// The file with the SHA-256 `id`, as the caller may see it; nil when it is not in custody, or out of reach.
    init?(_ id: String, seenBy caller: Caller, _ sight: Sight, in transaction: Transaction) throws {
        guard let file = try transaction.file(id, within: caller.reach) else { return nil }
        self.file = file
        pages = try transaction.pageFaces(of: id)
        let seen = try transaction.documents(of: id, within: caller.reach).map {
            try sight.seen($0, by: caller, in: transaction)
        }
        documents = seen.map { $0.record }
        held = try transaction.held(among: seen.filter { !$0.isPart }.map { $0.record.id })
    }

    /// What reading yielded, with reviewers' corrections; nil while the file is under way or when it is refused.
    var result: DocumentResult? {
        guard file.status == .understood, let first = documents.first else { return nil }
        return DocumentResult(
            file: FileDescription(
                name: file.name, sha256: file.sha256, mediaType: file.mediaType,
                pageCount: file.pageCount ?? pages.count),
            pages: pages.map(\.page), documents: documents.map(\.document), versions: first.versions)
    }
}

/// The JSON of a submitted file.
struct FileAnswer: Encodable {
    /// How far the file has come, in the words of the HTTP interface.
    enum Status: String, Encodable {
        /// Waits to be read or is being read.
        case processing
        /// Its result is here; single documents may still wait for a reviewer.
        case processed
        /// It cannot be read; `detail` says why.
        case quarantined
    }

    struct DocumentEntry: Encodable {
        let id: String
        let status: String
        let version: Int
        let held: Bool
        let href: String
    }

    let id: String
    let status: Status
    let correlationID: String
    let name: String
    /// The facility that it came to; nil when nobody said.
    let facility: String?
    let href: String
    let detail: String?
    /// Whether the same bytes had come before; only in the answer to their submission.
    let duplicate: Bool?
    let documents: [DocumentEntry]?
    let result: DocumentResult?

    init(_ record: FileRecord, duplicate: Bool? = nil) {
        id = record.file.sha256
        status =
            switch record.file.status {
            case .taken, .read: .processing
            case .understood: .processed
            case .quarantined: .quarantined
            }
        correlationID = record.file.correlationID
        name = record.file.name
        facility = record.file.facility
        href = "/v1/documents/\(record.file.sha256)"
        detail = record.file.detail
        self.duplicate = duplicate
        let entries = record.documents.map {
            DocumentEntry(
                id: $0.id, status: $0.status.rawValue, version: $0.version, held: record.held.contains($0.id),
                href: "/v1/documents/\($0.id)")
        }
        documents = status == .processed ? entries : nil
        result = record.result
    }

    private enum CodingKeys: String, CodingKey {
        case id, status
        case correlationID = "correlation_id"
        case name, facility, href, detail, duplicate, documents, result
    }
}
