package import Foundation

extension Transaction {
    /// Adds an approval that is asked for; false when one was asked for with the same key already.
    package func addApproval(_ approval: Approval) throws -> Bool {
        try execute(
            """
            INSERT INTO approvals (\(Approval.columns))
            VALUES (\(approval.id), \(approval.requestKey), \(approval.kind), \(approval.content),
                \(approval.contentHash), \(approval.amountCents), \(approval.facility), \(approval.documentID),
                \(approval.requestedBy), \(try jsonText(approval.involved)), \(approval.status), \(approval.version),
                \(approval.requestedAt), \(approval.remindAt), \(approval.remindedCount), \(approval.climbAt),
                \(approval.climbedCount), \(approval.expiresAt), \(approval.endedAt), \(approval.endedBy),
                \(approval.reason), \(approval.correlationID))
            ON CONFLICT (request_key) DO NOTHING
            """) == 1
    }

    /// Keeps what became of an approval and gives it with its new version.
    ///
    /// Throws `versionConflict` when the store has another version than `approval.version`.
    @discardableResult
    package func updateApproval(_ approval: Approval) throws -> Approval {
        let changed = try execute(
            """
            UPDATE approvals SET kind = \(approval.kind), content = \(approval.content),
                content_hash = \(approval.contentHash), amount_cents = \(approval.amountCents),
                facility = \(approval.facility), document_id = \(approval.documentID),
                involved = \(try jsonText(approval.involved)), status = \(approval.status), version = version + 1,
                remind_at = \(approval.remindAt), reminded_count = \(approval.remindedCount),
                climb_at = \(approval.climbAt), climbed_count = \(approval.climbedCount),
                expires_at = \(approval.expiresAt), ended_at = \(approval.endedAt), ended_by = \(approval.endedBy),
                reason = \(approval.reason)
            WHERE id = \(approval.id) AND version = \(approval.version)
            """)
        guard changed == 1 else {
            throw RecordsError(
                .versionConflict, "The approval \(approval.id) was changed meanwhile: look at it again.")
        }
        var updated = approval
        updated.version += 1
        return updated
    }

    /// The approval, unless it is out of reach.
    package func approval(_ id: String, within reach: Reach = .everything) throws -> Approval? {
        try first("SELECT \(Approval.columns) FROM approvals WHERE id = \(id) AND \(reach.ofApprovals)")
    }

    package func approval(requestKey: String) throws -> Approval? {
        try first("SELECT \(Approval.columns) FROM approvals WHERE request_key = \(requestKey)")
    }

    /// Approvals that nobody has decided, those that expire first first, then the oldest; `offset` of them are left out.
    package func openApprovals(within reach: Reach = .everything, offset: Int = 0, limit: Int) throws -> [Approval] {
        try all(
            """
            SELECT \(Approval.columns) FROM approvals WHERE status = 'requested' AND \(reach.ofApprovals)
            ORDER BY CASE WHEN expires_at IS NULL THEN 1 ELSE 0 END, expires_at, requested_at, id
            LIMIT \(limit) OFFSET \(offset)
            """)
    }

    /// Approvals in one state or in any, the newest first; `before` is the identifier of the last one of the page before.
    package func approvals(
        status: ApprovalStatus? = nil, within reach: Reach = .everything, before: String? = nil, limit: Int
    ) throws -> [Approval] {
        var conditions = [reach.ofApprovals]
        if let status { conditions.append("status = \(status)") }
        if let before { conditions.append("id < \(before)") }
        return try all(
            """
            SELECT \(Approval.columns) FROM approvals WHERE \(SQLStatement.all(conditions))
            ORDER BY id DESC LIMIT \(limit)
            """)
    }

    /// The approvals that are over, the newest first; `before` likewise.
    package func endedApprovals(
        within reach: Reach, before: String? = nil, limit: Int
    ) throws -> [Approval] {
        let next = before.map { "id < \($0)" as SQLStatement } ?? SQLStatement.all([])
        return try all(
            """
            SELECT \(Approval.columns) FROM approvals
            WHERE status <> 'requested' AND \(next) AND \(reach.ofApprovals) ORDER BY id DESC LIMIT \(limit)
            """)
    }

    /// The approvals about a document that are open or approved, the oldest first.
    package func standingApprovals(ofDocument id: String) throws -> [Approval] {
        try all(
            """
            SELECT \(Approval.columns) FROM approvals
            WHERE document_id = \(id) AND status IN ('requested', 'approved') ORDER BY id
            """)
    }

    /// Open approvals of which a clock has run out at `now`, the oldest first.
    package func dueApprovals(at now: Date, limit: Int) throws -> [Approval] {
        try all(
            """
            SELECT \(Approval.columns) FROM approvals
            WHERE status = 'requested' AND (expires_at <= \(now) OR climb_at <= \(now) OR remind_at <= \(now))
            ORDER BY id LIMIT \(limit)
            """)
    }

    /// How many approvals are open.
    package func openApprovalCount(within reach: Reach) throws -> Int {
        try rows("SELECT COUNT(*) AS number FROM approvals WHERE status = 'requested' AND \(reach.ofApprovals)")
            .first?["number"] ?? 0
    }
}

// MARK: - Decisions and matrices

extension Transaction {
    /// Adds a decision; throws `duplicate` when the person decided on the same content under the same matrix already.
    package func addDecision(_ decision: ApprovalDecision) throws {
        try execute(
            """
            INSERT INTO approval_decisions (\(ApprovalDecision.columns))
            VALUES (\(decision.id), \(decision.approvalID), \(decision.verdict), \(decision.person),
                \(decision.onBehalfOf), \(decision.delegationID), \(decision.warrant), \(decision.contentHash),
                \(decision.matrixHash), \(decision.reason), \(decision.decidedAt))
            """)
    }

    /// The decisions on these approvals, by the approval's identifier, in their order.
    package func decisions(on ids: [String]) throws -> [String: [ApprovalDecision]] {
        let decisions: [ApprovalDecision] = try all(
            """
            SELECT \(ApprovalDecision.columns) FROM approval_decisions WHERE approval_id IN (\(list: ids))
            ORDER BY decided_at, id
            """)
        return Dictionary(grouping: decisions, by: \.approvalID)
    }

    /// Keeps the text of a matrix under its hash; false when it is kept already.
    package func keepMatrix(_ hash: String, text: String, at now: Date) throws -> Bool {
        try execute(
            """
            INSERT INTO approval_matrices (hash, text, first_used_at) VALUES (\(hash), \(text), \(now))
            ON CONFLICT (hash) DO NOTHING
            """) == 1
    }

    /// The entries about a subject that tell of one of these actions, in order.
    package func auditTrail(subject: String, actions: [String]) throws -> [AuditEntry] {
        try all(
            """
            SELECT \(AuditEntry.columns) FROM audit_entries
            WHERE subject = \(subject) AND action IN (\(list: actions)) ORDER BY sequence
            """)
    }
}

extension Reach {
    /// Which rows of `approvals` are within it: by their facility, and by the document that they are about.
    ///
    /// What is about no document came to no queue: who is limited to some has nothing to do with it.
    var ofApprovals: SQLStatement {
        guard isLimited else { return .all([]) }
        let ofDocument: SQLStatement =
            """
            EXISTS (SELECT 1 FROM documents ad WHERE ad.id = approvals.document_id AND \(ofDocuments("ad")))
            """
        var conditions: [SQLStatement] = [
            queues == nil ? "(approvals.document_id IS NULL OR \(ofDocument))" : ofDocument
        ]
        if let facilities { conditions.append("approvals.facility IN (\(list: facilities.sorted()))") }
        return .all(conditions)
    }
}
