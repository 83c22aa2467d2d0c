package import Foundation

/// What somebody wrote on a document; never changed.
package struct DocumentNote: Sendable, Hashable {
    package var id: String
    package var documentID: String
    package var writtenBy: String
    package var writtenAt: Date
    package var body: String

    package init(id: String, documentID: String, writtenBy: String, writtenAt: Date, body: String) {
        self.id = id
        self.documentID = documentID
        self.writtenBy = writtenBy
        self.writtenAt = writtenAt
        self.body = body
    }
}

extension DocumentNote: SQLRecord {
    static let columns: SQLStatement = "id, document_id, written_by, written_at, body"

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], documentID: try row["document_id"], writtenBy: try row["written_by"],
            writtenAt: try row["written_at"], body: try row["body"])
    }
}

extension Transaction {
    /// Adds a note; false when it is there already.
    package func addNote(_ note: DocumentNote) throws -> Bool {
        try execute(
            """
            INSERT INTO document_notes (\(DocumentNote.columns))
            VALUES (\(note.id), \(note.documentID), \(note.writtenBy), \(note.writtenAt), \(note.body))
            ON CONFLICT (id) DO NOTHING
            """) == 1
    }

    package func note(_ id: String) throws -> DocumentNote? {
        try first("SELECT \(DocumentNote.columns) FROM document_notes WHERE id = \(id)")
    }

    /// The notes on a document, the oldest first; where there are more than `limit`, the latest.
    package func notes(on documentID: String, limit: Int) throws -> [DocumentNote] {
        let notes: [DocumentNote] = try all(
            """
            SELECT \(DocumentNote.columns) FROM document_notes WHERE document_id = \(documentID)
            ORDER BY written_at DESC, id DESC LIMIT \(limit)
            """)
        return notes.reversed()
    }

    package func noteCount(on documentID: String) throws -> Int {
        try rows("SELECT COUNT(*) AS number FROM document_notes WHERE document_id = \(documentID)").first?["number"]
            ?? 0
    }
}
