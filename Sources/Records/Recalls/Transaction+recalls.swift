package import Foundation

extension Transaction {
    /// Adds a recall; false when the value is recalled already.
    package func addRecall(_ recall: Recall) throws -> Bool {
        try execute(
            """
            INSERT INTO recalls (\(Recall.columns))
            VALUES (\(recall.id), \(recall.documentID), \(recall.documentVersion), \(recall.fieldPath),
                \(recall.wrongValue), \(recall.rightValue), \(recall.reason), \(recall.madeBy), \(recall.madeAt),
                \(recall.status), \(try jsonText(recall.causes)), \(recall.correlationID))
            ON CONFLICT (document_id, document_version, field_path) DO NOTHING
            """) == 1
    }

    package func recall(_ id: String) throws -> Recall? {
        try first("SELECT \(Recall.columns) FROM recalls WHERE id = \(id)")
    }

    /// The recall of one value; nil when it is not recalled.
    package func recall(ofDocument id: String, version: Int, fieldPath: String) throws -> Recall? {
        try first(
            """
            SELECT \(Recall.columns) FROM recalls
            WHERE document_id = \(id) AND document_version = \(version) AND field_path = \(fieldPath)
            """)
    }

    /// Recalls, the newest first, `offset` of them left out.
    package func recalls(offset: Int = 0, limit: Int) throws -> [Recall] {
        try all("SELECT \(Recall.columns) FROM recalls ORDER BY id DESC LIMIT \(limit) OFFSET \(offset)")
    }

    package func recallCount() throws -> Int {
        try rows("SELECT COUNT(*) AS number FROM recalls").first?["number"] ?? 0
    }

    /// Keeps what was found to have spoilt others.
    package func listRecall(_ id: String, causes: [Recall.Cause]) throws {
        try execute(
            "UPDATE recalls SET status = 'listed', causes = \(try jsonText(causes)) WHERE id = \(id)")
    }

    /// Adds a document to a recall, unless it is there.
    package func addRecalled(_ document: RecalledDocument) throws {
        try execute(
            """
            INSERT INTO recalled_documents (recall_id, document_id, place, causes, amount_cents, released_at, status)
            VALUES (\(document.recallID), \(document.documentID), \(document.place),
                \(document.causes.joined(separator: ",")), \(document.amountCents), \(document.releasedAt),
                \(document.status))
            ON CONFLICT (recall_id, document_id) DO NOTHING
            """)
    }

    /// The documents of a recall, the likeliest first, `offset` of them left out.
    package func recalled(by id: String, offset: Int = 0, limit: Int) throws -> [RecalledDocument] {
        try all(
            """
            SELECT \(RecalledDocument.columns) FROM recalled_documents WHERE recall_id = \(id)
            ORDER BY place, document_id LIMIT \(limit) OFFSET \(offset)
            """)
    }

    /// How many documents of these recalls have each status.
    package func recalledCounts(of ids: [String]) throws -> [String: [RecalledStatus: Int]] {
        try rows(
            """
            SELECT recall_id, status, COUNT(*) AS number FROM recalled_documents WHERE recall_id IN (\(list: ids))
            GROUP BY recall_id, status
            """
        ).reduce(into: [:]) { counts, row in
            let status: RecalledStatus = try row["status"]
            counts[try row["recall_id"], default: [:]][status] = try row["number"]
        }
    }

    /// The money, in cents, that the documents of a recall are about.
    package func recalledCents(by id: String) throws -> Int {
        try rows("SELECT COALESCE(SUM(amount_cents), 0) AS cents FROM recalled_documents WHERE recall_id = \(id)")
            .first?["cents"] ?? 0
    }
}

// MARK: - Orders

extension Transaction {
    /// Orders an action for documents of a recall, but where it was carried out and still stands; gives for how many.
    package func orderRecalled(
        by id: String, _ choice: RecallChoice, _ action: RecallAction, orderedBy actor: String
    ) throws -> Int {
        let chosen: SQLStatement =
            switch choice {
            case .documents(let documents): "document_id IN (\(list: documents))"
            case .cause(let cause): "',' || causes || ',' LIKE \("%,\(cause),%")"
            }
        let isHeld: SQLStatement =
            "EXISTS (SELECT 1 FROM document_holds h WHERE h.document_id = recalled_documents.document_id)"
        let stands: SQLStatement =
            switch (action, choice) {
            case (.hold, _): isHeld
            case (.release, _): "NOT \(isHeld)"
            // Who names no document does not mean those that were reviewed and released since.
            case (.review, .cause): "1 = 1"
            case (.review, .documents):
                """
                EXISTS (SELECT 1 FROM documents d
                    WHERE d.id = recalled_documents.document_id AND d.status <> 'accepted')
                """
            }
        return try execute(
            """
            UPDATE recalled_documents SET status = 'ordered', action = \(action), ordered_by = \(actor), detail = NULL,
                done_at = NULL
            WHERE recall_id = \(id) AND \(chosen) AND NOT (status = 'done' AND action = \(action) AND \(stands))
            """)
    }

    /// Takes the next ordered document of a recall as done; nil when there is none.
    package func takeOrdered(by id: String, at now: Date) throws -> RecalledDocument? {
        try first(
            """
            UPDATE recalled_documents SET status = 'done', done_at = \(now)
            WHERE recall_id = \(id) AND status = 'ordered' AND document_id = (
                SELECT document_id FROM recalled_documents WHERE recall_id = \(id) AND status = 'ordered'
                ORDER BY document_id LIMIT 1\(dialect.skipLocked))
            RETURNING \(RecalledDocument.columns)
            """)
    }

    /// Says why a document that was taken could not be dealt with.
    package func refuseRecalled(_ document: RecalledDocument, because sentence: String) throws {
        try execute(
            """
            UPDATE recalled_documents SET status = 'refused', detail = \(sentence)
            WHERE recall_id = \(document.recallID) AND document_id = \(document.documentID)
            """)
    }
}

// MARK: - What is held

extension Transaction {
    /// Holds a document; false when it is held already.
    package func hold(_ hold: DocumentHold) throws -> Bool {
        try execute(
            """
            INSERT INTO document_holds (\(DocumentHold.columns))
            VALUES (\(hold.documentID), \(hold.recallID), \(hold.heldBy), \(hold.heldAt))
            ON CONFLICT (document_id) DO NOTHING
            """) == 1
    }

    /// Ends a hold; false when the document is not held.
    @discardableResult
    package func endHold(of documentID: String) throws -> Bool {
        try execute("DELETE FROM document_holds WHERE document_id = \(documentID)") == 1
    }

    package func hold(of documentID: String) throws -> DocumentHold? {
        try first("SELECT \(DocumentHold.columns) FROM document_holds WHERE document_id = \(documentID)")
    }

    /// Which of these documents are held.
    package func held(among documentIDs: [String]) throws -> Set<String> {
        Set(
            try rows("SELECT document_id FROM document_holds WHERE document_id IN (\(list: documentIDs))").map {
                try $0["document_id"]
            })
    }

    /// The connectors that took a delivery about each of these documents, sorted.
    package func delivered(ofDocuments ids: [String]) throws -> [String: [String]] {
        try rows(
            """
            SELECT subject, action, COUNT(*) AS number FROM deliveries
            WHERE subject IN (\(list: ids)) AND status = 'delivered' GROUP BY subject, action ORDER BY subject, action
            """
        ).reduce(into: [:]) { found, row in found[try row["subject"], default: []].append(try row["action"]) }
    }

    /// The released documents of a type, the newest first; `before` is the last one of those before.
    package func releasedIDs(ofType type: String, before: String?, limit: Int) throws -> [String] {
        let next: SQLStatement = before.map { " AND id < \($0)" } ?? ""
        return try rows(
            """
            SELECT id FROM documents WHERE type = \(type) AND status = 'accepted'\(next) ORDER BY id DESC LIMIT \(limit)
            """
        ).map { try $0["id"] }
    }

    /// The documents that `actor` confirmed in a span of time, as the audit chain tells it, at most `limit`.
    package func confirmed(by actor: String, from start: Date, to end: Date, limit: Int) throws -> [String] {
        try rows(
            """
            SELECT DISTINCT subject FROM audit_entries
            WHERE sequence >= \(try firstAuditSequence(since: start)) AND time <= \(end) AND actor = \(actor)
                AND action = 'document.confirmed'
            ORDER BY subject LIMIT \(limit)
            """
        ).map { try $0["subject"] }
    }
}
