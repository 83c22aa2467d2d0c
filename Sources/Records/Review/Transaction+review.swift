package import Documents
package import Foundation

extension Transaction {
    /// Adds a task; throws `duplicate` when one for the same document is not done yet.
    package func openTask(_ task: ReviewTask) throws {
        try execute(
            """
            INSERT INTO review_tasks (\(ReviewTask.columns))
            VALUES (\(task.id), \(task.documentID), \(task.queue), \(task.status), \(task.version),
                \(task.leaseOwner), \(task.leaseUntil), \(task.createdAt), \(task.doneAt), \(task.priority),
                \(try jsonText(task.reasons)))
            """)
    }

    /// Leases a task to a reviewer, or lengthens the lease that they have.
    ///
    /// Gives nil when it is done, another reviewer holds it, it is kept for another or a page of it is being read again.
    package func leaseTask(_ id: String, owner: String, now: Date, leaseSeconds: Double) throws -> ReviewTask? {
        try first(
            """
            UPDATE review_tasks SET status = 'leased', version = version + 1, lease_owner = \(owner),
                lease_until = \(now.addingTimeInterval(leaseSeconds))
            WHERE id = \(id)
                AND (\(Self.free(now)) AND \(Self.isFor(owner, now)) AND \(PageTurn.none) OR status = 'leased' AND lease_owner = \(owner))
            RETURNING \(ReviewTask.columns)
            """)
    }

    /// Leases the most urgent free task of these queues, within reach, that `bar` leaves to a reviewer, those that are kept
    /// for them first; nil when there is none.
    package func leaseNextTask(
        queues: [String], within reach: Reach = .everything, owner: String, now: Date, leaseSeconds: Double,
        bar: KeyBar? = nil
    ) throws -> ReviewTask? {
        let free = Self.free(in: queues, within: reach, for: owner, now, bar)
        func lease(_ chosen: SQLStatement) throws -> ReviewTask? {
            try first(
                """
                UPDATE review_tasks SET status = 'leased', version = version + 1, lease_owner = \(owner),
                    lease_until = \(now.addingTimeInterval(leaseSeconds))
                WHERE id = (
                    SELECT id FROM review_tasks WHERE \(chosen)
                    ORDER BY priority DESC, id LIMIT 1\(dialect.skipLocked))
                    AND \(chosen)
                RETURNING \(ReviewTask.columns)
                """)
        }
        return try lease("\(free) AND \(Self.isKept(for: owner, now))") ?? lease(free)
    }

    /// The task that `leaseNextTask` would lease to `owner` at `now`.
    package func nextTask(
        queues: [String], within reach: Reach = .everything, for owner: String, at now: Date, bar: KeyBar? = nil
    ) throws -> ReviewTask? {
        let free = Self.free(in: queues, within: reach, for: owner, now, bar)
        func next(_ chosen: SQLStatement) throws -> ReviewTask? {
            try first(
                """
                SELECT \(ReviewTask.columns) FROM review_tasks WHERE \(chosen) ORDER BY priority DESC, id LIMIT 1
                """)
        }
        return try next("\(free) AND \(Self.isKept(for: owner, now))") ?? next(free)
    }

    /// How many tasks of a queue nobody works on.
    package func waitingCount(queue: String, within reach: Reach = .everything, at now: Date) throws -> Int {
        try rows(
            """
            SELECT COUNT(*) AS number FROM review_tasks
            WHERE queue = \(queue) AND status <> 'done' AND \(Self.free(now)) AND \(reach.ofTasks())
            """
        ).first?["number"] ?? 0
    }

    /// Gives a task back to its queue; throws `leaseLost` when `owner` does not hold it.
    package func releaseTask(_ id: String, owner: String) throws {
        let changed = try execute(
            """
            UPDATE review_tasks SET status = 'open', version = version + 1, lease_owner = NULL, lease_until = NULL
            WHERE id = \(id) AND status = 'leased' AND lease_owner = \(owner)
            """)
        guard changed == 1 else { throw RecordsError(.leaseLost, "The task \(id) is not held by \(owner).") }
    }

    /// Puts a task into the queue of what its document is now, with the reasons of now; `task` is as the caller saw it.
    ///
    /// Throws `versionConflict`.
    package func routeTask(_ task: ReviewTask, to queue: String, reasons: [Reason]) throws {
        let changed = try execute(
            """
            UPDATE review_tasks SET queue = \(queue), reasons = \(try jsonText(reasons)), version = version + 1
            WHERE id = \(task.id) AND version = \(task.version) AND status <> 'done'
            """)
        guard changed == 1 else {
            throw RecordsError(
                .versionConflict, "The task \(task.id) has changed since version \(task.version): look at it again.")
        }
    }

    /// Ends a task; `version` is the version that the caller saw.
    ///
    /// Throws `versionConflict`.
    package func finishTask(_ id: String, expecting version: Int, at now: Date) throws {
        let changed = try execute(
            """
            UPDATE review_tasks SET status = 'done', version = version + 1, lease_owner = NULL, lease_until = NULL,
                done_at = \(now)
            WHERE id = \(id) AND version = \(version) AND status <> 'done'
            """)
        guard changed == 1 else {
            throw RecordsError(
                .versionConflict, "The task \(id) has changed since version \(version): look at it again.")
        }
        try endQuestion(ofTask: id, as: "settled", at: now)
    }

    /// Documents that wait for a reviewer and that nobody has in hand, the newest first; `before` is the last one of
    /// those before.
    package func openDocuments(before: String? = nil, limit: Int, at now: Date) throws -> [OpenDocument] {
        let next: SQLStatement = before.map { " AND document_id < \($0)" } ?? ""
        return try all(
            """
            SELECT \(OpenDocument.columns) FROM documents d LEFT JOIN layout_uses u ON u.document_id = d.id
            WHERE d.id IN (
                SELECT document_id FROM review_tasks WHERE \(Self.free(now))\(next)
                ORDER BY document_id DESC LIMIT \(limit))
            ORDER BY d.id DESC
            """)
    }

    package func task(_ id: String) throws -> ReviewTask? {
        try first("SELECT \(ReviewTask.columns) FROM review_tasks WHERE id = \(id)")
    }

    /// The latest task about a document.
    package func task(ofDocument documentID: String) throws -> ReviewTask? {
        try first(
            """
            SELECT \(ReviewTask.columns) FROM review_tasks WHERE document_id = \(documentID) ORDER BY id DESC LIMIT 1
            """)
    }

    /// The tasks that are not done, the most urgent first, of these queues (nil: of all).
    package func tasks(
        queues: [String]? = nil, within reach: Reach = .everything, limit: Int = 100
    ) throws -> [ReviewTaskSummary] {
        let inQueues: SQLStatement = queues.map { "t.queue IN (\(list: $0))" } ?? SQLStatement.all([])
        return try all(
            """
            SELECT \(ReviewTaskSummary.columns)
            FROM review_tasks t JOIN documents d ON d.id = t.document_id JOIN files f ON f.sha256 = d.sha256
            WHERE t.status <> 'done' AND \(inQueues) AND \(reach.ofTasks("t"))
            ORDER BY t.priority DESC, t.id LIMIT \(limit)
            """)
    }

    /// How many tasks of each queue have each status; one whose lease ran out counts as open.
    package func taskCounts(
        within reach: Reach = .everything, at now: Date
    ) throws -> [String: [ReviewTaskStatus: Int]] {
        try rows(
            """
            SELECT queue, word, COUNT(*) AS number FROM (
                SELECT queue, CASE WHEN \(Self.free(now)) THEN 'open' ELSE status END AS word FROM review_tasks
                WHERE \(reach.ofTasks())) tasks
            GROUP BY queue, word
            """
        ).reduce(into: [:]) { counts, row in
            let status: ReviewTaskStatus = try row["word"]
            counts[try row["queue"], default: [:]][status] = try row["number"]
        }
    }

    private static func free(
        in queues: [String], within reach: Reach, for owner: String, _ now: Date, _ bar: KeyBar?
    ) -> SQLStatement {
        """
        queue IN (\(list: queues)) AND \(free(now)) AND \(isFor(owner, now)) AND \(reach.ofTasks()) AND \(PageTurn.none)
            AND \(bar?.mayTake ?? SQLStatement.all([]))
        """
    }

    /// Whether nobody holds a task at `now`; a lease that ran out holds nothing.
    static func free(_ now: Date) -> SQLStatement {
        "(status = 'open' OR status = 'leased' AND lease_until <= \(now))"
    }
}
