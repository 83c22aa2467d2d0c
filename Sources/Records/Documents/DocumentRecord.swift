package import Documents
package import Foundation

package enum DocumentStatus: String, Sendable, CaseIterable, SQLConvertible {
    /// Trusted by policy, or confirmed by a reviewer.
    case accepted
    /// Waits for a reviewer.
    case inReview = "in_review"
    /// Refused by a reviewer.
    case rejected
    /// A reviewer made its pages part of another document: it is none any more.
    case merged
}

/// A document with its place in a file and its life in the store.
package struct DocumentRecord: Sendable, Hashable {
    package var id: String
    /// The file that it is in.
    package var sha256: String
    /// Its number in the file, from 1: its place when the file was understood; one that a reviewer splits off later has the
    /// next number.
    package var ordinal: Int
    package var status: DocumentStatus
    /// Grows with every change: whoever changes a document says which version they saw.
    package var version: Int
    package var document: Document
    /// What made it.
    package var versions: Versions
    package var createdAt: Date
    package var updatedAt: Date
    package var correlationID: String
    /// The document that it became part of, where it is merged.
    package var mergedInto: String?

    package init(
        id: String, sha256: String, ordinal: Int, status: DocumentStatus, version: Int = 1, document: Document,
        versions: Versions, createdAt: Date, updatedAt: Date? = nil, correlationID: String, mergedInto: String? = nil
    ) {
        self.id = id
        self.sha256 = sha256
        self.ordinal = ordinal
        self.status = status
        self.version = version
        self.document = document
        self.versions = versions
        self.createdAt = createdAt
        self.updatedAt = updatedAt ?? createdAt
        self.correlationID = correlationID
        self.mergedInto = mergedInto
    }

    package var type: String { document.type }
    package var subtype: String? { document.subtype }
}

/// Which documents a list is about; nil means any.
package struct DocumentFilter: Sendable, Hashable {
    package var type: String?
    package var subtype: String?
    package var status: DocumentStatus?
    package var sha256: String?
    package var correlationID: String?

    package init(
        type: String? = nil, subtype: String? = nil, status: DocumentStatus? = nil, sha256: String? = nil,
        correlationID: String? = nil
    ) {
        self.type = type
        self.subtype = subtype
        self.status = status
        self.sha256 = sha256
        self.correlationID = correlationID
    }
}

extension DocumentRecord: SQLRecord {
    static let columns: SQLStatement =
        """
        id, sha256, ordinal, type, subtype, status, version, document, versions, created_at, updated_at,
        correlation_id, merged_into
        """

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], sha256: try row["sha256"], ordinal: try row["ordinal"], status: try row["status"],
            version: try row["version"], document: try row.json("document"), versions: try row.json("versions"),
            createdAt: try row["created_at"], updatedAt: try row["updated_at"],
            correlationID: try row["correlation_id"], mergedInto: try row["merged_into"])
    }
}
