import Documents
package import Foundation

extension Transaction {
    /// Adds a document; throws `duplicate` when the file has one in that place already.
    package func insertDocument(_ record: DocumentRecord) throws {
        try execute(
            """
            INSERT INTO documents (\(DocumentRecord.columns))
            VALUES (\(record.id), \(record.sha256), \(record.ordinal), \(record.type), \(record.subtype),
                \(record.status), \(record.version), \(try jsonText(record.document)),
                \(try jsonText(record.versions)), \(record.createdAt), \(record.updatedAt), \(record.correlationID),
                \(record.mergedInto))
            """)
        try keepKeys(of: record)
    }

    /// Keeps a document's new state and gives it with its new version.
    ///
    /// `record.version` is the version that the caller saw; throws `versionConflict` when the store has another. What
    /// people keyed of the former state is forgotten: it may not be said of this one.
    @discardableResult
    package func updateDocument(_ record: DocumentRecord, at now: Date) throws -> DocumentRecord {
        let changed = try execute(
            """
            UPDATE documents SET type = \(record.type), subtype = \(record.subtype), status = \(record.status),
                version = version + 1, document = \(try jsonText(record.document)),
                versions = \(try jsonText(record.versions)), updated_at = \(now),
                merged_into = \(record.mergedInto)
            WHERE id = \(record.id) AND version = \(record.version)
            """)
        guard changed == 1 else {
            throw RecordsError(
                .versionConflict,
                "The document \(record.id) has changed since version \(record.version): look at it again.")
        }
        try closeKeyRound(of: record.id)
        try keepKeys(of: record)
        var updated = record
        updated.version += 1
        updated.updatedAt = now
        return updated
    }

    /// Keeps what is said of a document in review: its evidence and the reasons for its review; its values are as they were.
    ///
    /// It is no new version: whoever has the document in hand goes on with it, and keys of its values stay.
    package func restateDocument(_ record: DocumentRecord) throws {
        try execute(
            """
            UPDATE documents SET document = \(try jsonText(record.document))
            WHERE id = \(record.id) AND version = \(record.version) AND status = 'in_review'
            """)
    }

    package func document(_ id: String) throws -> DocumentRecord? {
        try first("SELECT \(DocumentRecord.columns) FROM documents WHERE id = \(id)")
    }

    /// The documents of a file, in the order of its pages; those that became part of others only where they are asked for,
    /// and then at the end.
    package func documents(of sha256: String, withMerged: Bool = false) throws -> [DocumentRecord] {
        let condition: SQLStatement = withMerged ? SQLStatement.all([]) : "status <> 'merged'"
        let records: [DocumentRecord] = try all(
            """
            SELECT \(DocumentRecord.columns) FROM documents WHERE sha256 = \(sha256) AND \(condition) ORDER BY ordinal
            """)
        func place(_ record: DocumentRecord) -> (Int, Int) { (record.document.pages.min() ?? .max, record.ordinal) }
        return records.sorted { place($0) < place($1) }
    }

    /// The documents that became part of the document `id`.
    package func documents(mergedInto id: String) throws -> [DocumentRecord] {
        try all("SELECT \(DocumentRecord.columns) FROM documents WHERE merged_into = \(id) ORDER BY ordinal")
    }

    /// Documents, the newest first; `before` is the identifier of the last one of the page before.
    package func documents(
        _ filter: DocumentFilter = DocumentFilter(), before: String? = nil, limit: Int = 100
    ) throws -> [DocumentRecord] {
        var conditions: [SQLStatement] = []
        if let type = filter.type { conditions.append("type = \(type)") }
        if let subtype = filter.subtype { conditions.append("subtype = \(subtype)") }
        if let status = filter.status { conditions.append("status = \(status)") }
        if let sha256 = filter.sha256 { conditions.append("sha256 = \(sha256)") }
        if let correlationID = filter.correlationID { conditions.append("correlation_id = \(correlationID)") }
        if let before { conditions.append("id < \(before)") }
        return try all(
            """
            SELECT \(DocumentRecord.columns) FROM documents WHERE \(SQLStatement.all(conditions))
            ORDER BY id DESC LIMIT \(limit)
            """)
    }

    /// How many documents have each status.
    package func documentCounts() throws -> [DocumentStatus: Int] {
        try counts("SELECT status AS word, COUNT(*) AS number FROM documents GROUP BY status")
    }
}
