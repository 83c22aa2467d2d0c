import Documents

extension Transaction {
    /// A key that more documents have tells nothing: a number that stands for none, a day of mass mailings.
    private static let commonKeyCount = 100
    private static let keyBatch = 400

    /// Keeps what the document is found by, as it is now; one that is none any more is found by nothing.
    func keepKeys(of record: DocumentRecord) throws {
        let stands = [.accepted, .inReview].contains(record.status)
        let wanted = stands ? DocumentKeys.keys(of: record.document) : []
        let known = Set(
            try rows("SELECT match_key FROM document_keys WHERE document_id = \(record.id)").map { row -> String in
                try row["match_key"]
            })
        for key in known.subtracting(wanted).sorted() {
            try execute("DELETE FROM document_keys WHERE document_id = \(record.id) AND match_key = \(key)")
        }
        for key in wanted.subtracting(known).sorted() {
            try execute("INSERT INTO document_keys (match_key, document_id) VALUES (\(key), \(record.id))")
        }
        try execute("UPDATE documents SET key_version = \(DocumentKeys.version) WHERE id = \(record.id)")
        try keepAdjustments(of: record)
    }

    /// Makes keys for some of the documents that were kept before there were such keys; gives how many.
    func keepMissingKeys(limit: Int) throws -> Int {
        let records: [DocumentRecord] = try all(
            """
            SELECT \(DocumentRecord.columns) FROM documents WHERE key_version < \(DocumentKeys.version)
            ORDER BY key_version, id LIMIT \(limit)
            """)
        for record in records { try keepKeys(of: record) }
        return records.count
    }

    /// The accepted documents, and those that wait for a reviewer, that have one of the keys, the latest first; none
    /// that is recalled, and not the document `id` itself.
    package func documents(having keys: Set<String>, besides id: String, limit: Int) throws -> [DocumentRecord] {
        var found: Set<String> = []
        let sorted = keys.sorted()
        for start in stride(from: 0, to: sorted.count, by: Self.keyBatch) {
            let batch = Array(sorted[start..<min(start + Self.keyBatch, sorted.count)])
            let counts: [String: Int] = try counts(
                """
                SELECT match_key AS word, COUNT(*) AS number FROM document_keys
                WHERE match_key IN (\(list: batch)) GROUP BY match_key
                """)
            let telling = counts.filter { $0.value <= Self.commonKeyCount }.keys.sorted()
            guard !telling.isEmpty else { continue }
            found.formUnion(
                try rows(
                    "SELECT DISTINCT document_id FROM document_keys WHERE match_key IN (\(list: telling))"
                ).map { row -> String in try row["document_id"] })
        }
        found.remove(id)
        // Identifiers grow with time.
        var standing: [DocumentRecord] = []
        for id in found.sorted(by: >) where standing.count < limit {
            guard let record = try document(id), [.accepted, .inReview].contains(record.status),
                !record.document.isUnderRecall
            else { continue }
            standing.append(record)
        }
        return standing
    }
}

extension Document {
    /// Whether it is in review because of a recall: what it says is in doubt.
    fileprivate var isUnderRecall: Bool { reasons.contains { $0.code == "recalled" } }
}
