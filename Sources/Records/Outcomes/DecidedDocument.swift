package import Documents
package import Foundation

/// A document as it was read and decided on, whatever people made of it since.
package struct DecidedDocument: Sendable, Hashable {
    package var id: String
    package var sha256: String
    /// Its place in the file, from 1.
    package var ordinal: Int
    package var createdAt: Date
    /// Nil where people changed it and what was read was not kept.
    package var document: Document?
    /// The facility that its file came to; nil when nobody said.
    package var facility: String?
}

extension Transaction {
    /// The last documents, the newest first, as the machine read them.
    ///
    /// A document that nobody has changed is what was read: it has its first version, or its second, when the only change
    /// is that it was refused. Of others what was read is known when it was kept.
    package func decidedDocuments(limit: Int) throws -> [DecidedDocument] {
        try all(
            """
            SELECT d.id, d.sha256, d.ordinal, d.created_at, f.facility, COALESCE(k.document,
                CASE WHEN d.version = 1 OR d.version = 2 AND d.status = 'rejected' THEN d.document END) AS document
            FROM documents d JOIN files f ON f.sha256 = d.sha256
                LEFT JOIN decided_documents k ON k.document_id = d.id
            ORDER BY d.id DESC LIMIT \(limit)
            """)
    }
}

extension DecidedDocument: SQLRecord {
    init(row: SQLRow) throws {
        let text: String? = try row["document"]
        self.init(
            id: try row["id"], sha256: try row["sha256"], ordinal: try row["ordinal"],
            createdAt: try row["created_at"], document: text == nil ? nil : try row.json("document"),
            facility: try row["facility"])
    }
}
