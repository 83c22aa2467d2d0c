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

    /// The accepted documents, and those that wait for a reviewer, that have one of the keys; those that share the most
    /// with it first, and of them the latest.
    ///
    /// The document `id` itself is not among them; one under recall is: it may have been acted on already, and its copy must
    /// not be once more.
    package func documents(having keys: Set<String>, besides id: String, limit: Int) throws -> [DocumentRecord] {
        var found: [String: Int] = [:]
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
            let shared: [String: Int] = try self.counts(
                """
                SELECT document_id AS word, COUNT(*) AS number FROM document_keys
                WHERE match_key IN (\(list: telling)) GROUP BY document_id
                """)
            found.merge(shared) { $0 + $1 }
        }
        found[id] = nil
        // Those with most in common first, of these the latest: identifiers grow with time.
        var standing: [DocumentRecord] = []
        for (id, _) in found.sorted(by: { ($0.value, $0.key) > ($1.value, $1.key) }) where standing.count < limit {
            guard let record = try document(id), [.accepted, .inReview].contains(record.status) else { continue }
            standing.append(record)
        }
        return standing
    }
}
