package import Foundation

extension Transaction {
    /// Adds a check; throws `duplicate` when the person had one with this document, or in the place of this task, before.
    package func openCheck(_ check: KnownAnswerCheck) throws {
        let document = try check.document.map { try jsonText($0) }
        try execute(
            """
            INSERT INTO known_answer_checks (\(KnownAnswerCheck.columns))
            VALUES (\(check.id), \(check.documentID), \(check.person), \(check.queue), \(check.insteadOf),
                \(check.answer), \(document), \(check.version), \(check.leaseUntil), \(check.createdAt),
                \(check.outcome), \(check.endedAt))
            """)
    }

    /// The check `id` of the person; nil when they have none of this name.
    package func check(_ id: String, of person: String) throws -> KnownAnswerCheck? {
        try first(
            """
            SELECT \(KnownAnswerCheck.columns) FROM known_answer_checks WHERE id = \(id) AND person = \(person)
            """)
    }

    /// The check that the person has in hand, of any document or of this one; nil when there is none.
    package func openCheck(of person: String, document documentID: String? = nil) throws -> KnownAnswerCheck? {
        let ofDocument: SQLStatement = documentID.map { "document_id = \($0)" } ?? SQLStatement.all([])
        return try first(
            """
            SELECT \(KnownAnswerCheck.columns) FROM known_answer_checks
            WHERE person = \(person) AND outcome IS NULL AND \(ofDocument) ORDER BY id LIMIT 1
            """)
    }

    /// Whether the person got a check in the place of the task.
    package func hadCheck(_ person: String, insteadOf task: String) throws -> Bool {
        try !rows("SELECT 1 AS found FROM known_answer_checks WHERE person = \(person) AND instead_of = \(task)")
            .isEmpty
    }

    /// Keeps what the reviewer made of a check's document, and their lease.
    ///
    /// `check.version` is the version that they saw; throws `versionConflict` when there is another or it has ended.
    package func updateCheck(_ check: KnownAnswerCheck) throws -> KnownAnswerCheck {
        guard let document = check.document else {
            throw RecordsError(.versionConflict, "The check \(check.id) has ended.")
        }
        let changed = try execute(
            """
            UPDATE known_answer_checks SET document = \(try jsonText(document)), lease_until = \(check.leaseUntil),
                version = version + 1
            WHERE id = \(check.id) AND version = \(check.version) AND outcome IS NULL
            """)
        return try next(check, changed)
    }

    /// Lengthens the lease of a check that has not ended.
    package func renewCheck(_ id: String, until: Date) throws {
        try execute("UPDATE known_answer_checks SET lease_until = \(until) WHERE id = \(id) AND outcome IS NULL")
    }

    /// Ends a check and forgets what the reviewer made of its document; throws like `updateCheck`.
    package func endCheck(_ check: KnownAnswerCheck, _ outcome: CheckOutcome, at now: Date) throws {
        let changed = try execute(
            """
            UPDATE known_answer_checks SET outcome = \(outcome), ended_at = \(now), document = NULL,
                version = version + 1
            WHERE id = \(check.id) AND version = \(check.version) AND outcome IS NULL
            """)
        _ = try next(check, changed)
    }

    private func next(_ check: KnownAnswerCheck, _ changed: Int) throws -> KnownAnswerCheck {
        guard changed == 1 else {
            throw RecordsError(
                .versionConflict, "The check \(check.id) has changed since version \(check.version): look at it again.")
        }
        var next = check
        next.version += 1
        return next
    }

    /// Settled documents of a queue, the newest first, that a person confirmed, whose reading is known, and with which
    /// `person` never had to do; none that a recall holds or lists, for what is known of it may be wrong.
    package func checkCandidates(
        queue: String, for person: String, within reach: Reach = .everything, limit: Int
    ) throws -> [String] {
        try rows(
            """
            SELECT d.id FROM review_tasks t
            JOIN documents d ON d.id = t.document_id AND d.status = 'accepted'
            JOIN decided_documents k ON k.document_id = d.id AND k.settled_at IS NOT NULL
            WHERE t.queue = \(queue) AND t.status = 'done' AND \(reach.ofDocuments("d"))
                AND EXISTS (
                    SELECT 1 FROM audit_entries a WHERE a.subject = d.id AND a.action = 'document.confirmed')
                AND NOT EXISTS (SELECT 1 FROM audit_entries a WHERE a.subject = d.id AND a.actor = \(person))
                AND NOT EXISTS (
                    SELECT 1 FROM known_answer_checks c WHERE c.document_id = d.id AND c.person = \(person))
                AND d.id NOT IN (SELECT document_id FROM document_holds)
                AND d.id NOT IN (SELECT document_id FROM recalled_documents WHERE status <> 'refused')
            GROUP BY d.id ORDER BY MAX(t.id) DESC LIMIT \(limit)
            """
        ).map { try $0["id"] }
    }

    /// How many checks of each person ended in which way.
    package func checkCounts() throws -> [String: [CheckOutcome: Int]] {
        try rows(
            """
            SELECT person, outcome, COUNT(*) AS number FROM known_answer_checks WHERE outcome IS NOT NULL
            GROUP BY person, outcome
            """
        ).reduce(into: [:]) { counts, row in
            counts[try row["person"], default: [:]][try row["outcome"]] = try row["number"]
        }
    }
}
