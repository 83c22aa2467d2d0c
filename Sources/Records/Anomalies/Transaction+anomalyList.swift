extension Transaction {
    /// The anomalies of documents within reach, those found last first; `before` is the identifier of the last one of the
    /// page before.
    ///
    /// - Parameter person: those of documents that this person checks without knowing it are left out, for they would tell
    ///   the answer (`KnownAnswerCheck`).
    package func anomalies(
        _ filter: AnomalyFilter = AnomalyFilter(), within reach: Reach, hidingChecksOf person: String,
        before: String? = nil, limit: Int
    ) throws -> [ListedAnomaly] {
        var conditions: [SQLStatement] = [
            reach.ofDocuments(),
            """
            NOT EXISTS (SELECT 1 FROM known_answer_checks kc
                WHERE kc.document_id = a.document_id AND kc.person = \(person) AND kc.outcome IS NULL)
            """,
        ]
        if let code = filter.code { conditions.append("a.code = \(code)") }
        switch filter.state {
        case nil: break
        case .open: conditions.append("a.outcome IS NULL AND documents.status = 'in_review'")
        case let state?: conditions.append("a.outcome = \(state.rawValue)")
        }
        if let before { conditions.append("a.id < \(before)") }
        return try rows(
            """
            SELECT \(AnomalyRecord.columns), files.name AS file_name, files.facility AS facility FROM anomalies a
            JOIN documents ON documents.id = a.document_id JOIN files ON files.sha256 = documents.sha256
            WHERE \(SQLStatement.all(conditions)) ORDER BY a.id DESC LIMIT \(limit)
            """
        ).compactMap { row in
            let record = try AnomalyRecord(row: row)
            guard let document = try document(record.documentID) else { return nil }
            return ListedAnomaly(
                record: record, document: document, fileName: try row["file_name"], facility: try row["facility"])
        }
    }
}
