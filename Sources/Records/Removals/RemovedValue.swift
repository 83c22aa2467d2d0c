package import Documents
package import Foundation

/// A value that a person took away: what reads its pages again must not bring it back.
package struct RemovedValue: Sendable, Hashable {
    package var id: String
    package var sha256: String
    /// The document that it was in; its page may be another's now.
    package var documentID: String
    /// The place without rows, as policy knows it.
    package var definition: String
    /// The page, from 1 within the file, and the ink there; nil where none is known.
    package var page: Int?
    package var box: Box?
    package var value: String
    package var removedBy: String
    package var removedAt: Date

    package init(
        id: String, sha256: String, documentID: String, definition: String, page: Int?, box: Box?, value: String,
        removedBy: String, removedAt: Date
    ) {
        self.id = id
        self.sha256 = sha256
        self.documentID = documentID
        self.definition = definition
        self.page = page
        self.box = box
        self.value = value
        self.removedBy = removedBy
        self.removedAt = removedAt
    }
}

extension RemovedValue: SQLRecord {
    static let columns: SQLStatement =
        "id, sha256, document_id, definition, page, box, value, removed_by, removed_at"

    init(row: SQLRow) throws {
        let box: String? = try row["box"]
        self.init(
            id: try row["id"], sha256: try row["sha256"], documentID: try row["document_id"],
            definition: try row["definition"], page: try row["page"], box: try box.map { _ in try row.json("box") },
            value: try row["value"], removedBy: try row["removed_by"], removedAt: try row["removed_at"])
    }
}
