import Documents

extension Transaction {
    /// Adds work; false, and nothing is changed, when the same is not done yet.
    package func addWork(_ work: WorkItem) throws -> Bool {
        try execute(
            """
            INSERT INTO work_items (id, kind, document_id, place, status, version, holder, opened_by, opened_at,
                due_date, deadline, amount_cents, outcome, closed_by, closed_at, correlation_id)
            VALUES (\(work.id), \(work.kind), \(work.documentID), \(work.place), \(work.status), \(work.version),
                \(work.holder), \(work.openedBy), \(work.openedAt), \(work.dueDate?.description),
                \(work.deadline?.description), \(work.amountAtStake?.cents), \(work.outcome), \(work.closedBy),
                \(work.closedAt), \(work.correlationID))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    /// Keeps the work's new state and gives it with its new version.
    ///
    /// `work.version` is the version that the caller saw; throws `versionConflict` when the store has another.
    package func updateWork(_ work: WorkItem) throws -> WorkItem {
        let changed = try execute(
            """
            UPDATE work_items SET status = \(work.status), version = version + 1, holder = \(work.holder),
                outcome = \(work.outcome), closed_by = \(work.closedBy), closed_at = \(work.closedAt)
            WHERE id = \(work.id) AND version = \(work.version)
            """)
        guard changed == 1 else {
            throw RecordsError(
                .versionConflict, "The work \(work.id) has changed since version \(work.version): look at it again.")
        }
        var updated = work
        updated.version += 1
        return updated
    }

    package func work(_ id: String) throws -> WorkItem? {
        try first("SELECT \(WorkItem.columns) FROM work_items w WHERE w.id = \(id)")
    }

    /// The work, unless its document is out of reach.
    package func work(_ id: String, within reach: Reach) throws -> WorkItem? {
        try first(
            """
            SELECT \(WorkItem.columns) FROM work_items w JOIN documents ON documents.id = w.document_id
            WHERE w.id = \(id) AND \(reach.ofDocuments())
            """)
    }

    /// All work on a document, what was opened first before the rest.
    package func work(ofDocument id: String) throws -> [WorkItem] {
        try all("SELECT \(WorkItem.columns) FROM work_items w WHERE w.document_id = \(id) ORDER BY w.opened_at, w.id")
    }

    /// Work within reach in these states, what is due first before the rest, what has no day last.
    package func work(
        _ statuses: [WorkStatus], within reach: Reach, hidingChecksOf person: String, offset: Int = 0, limit: Int
    ) throws -> [WorkItem] {
        try all(
            """
            SELECT \(WorkItem.columns) FROM work_items w JOIN documents ON documents.id = w.document_id
            WHERE w.status IN (\(list: statuses)) AND \(reach.ofDocuments())
                AND NOT EXISTS (SELECT 1 FROM known_answer_checks kc
                    WHERE kc.document_id = w.document_id AND kc.person = \(person) AND kc.outcome IS NULL)
            ORDER BY CASE WHEN w.due_date IS NULL THEN 1 ELSE 0 END, w.due_date, COALESCE(w.amount_cents, 0) DESC, w.id LIMIT \(limit) OFFSET \(offset)
            """)
    }

    /// How much work has which status.
    package func workCounts() throws -> [WorkStatus: Int] {
        try counts("SELECT status AS word, COUNT(*) AS number FROM work_items GROUP BY status")
    }
}
