package import Foundation

extension Transaction {
    /// Keeps a task's clock, but for its breach, and its place among others: `priority`.
    package func keepClock(_ clock: TaskClock, priority: Int) throws {
        try execute(
            """
            INSERT INTO task_clocks (\(TaskClock.columns))
            VALUES (\(clock.taskID), \(try jsonText(clock.terms)), \(clock.basis), \(clock.dueAt), \(clock.breachedAt))
            ON CONFLICT (task_id) DO UPDATE SET
                terms = excluded.terms, basis = excluded.basis, due_at = excluded.due_at
            """)
        try execute("UPDATE review_tasks SET priority = \(priority) WHERE id = \(clock.taskID)")
    }

    package func clock(of taskID: String) throws -> TaskClock? {
        try first("SELECT \(TaskClock.columns) FROM task_clocks WHERE task_id = \(taskID)")
    }

    /// The clocks of these tasks, by the task's identifier.
    package func clocks(of taskIDs: [String]) throws -> [String: TaskClock] {
        let clocks: [TaskClock] = try all(
            "SELECT \(TaskClock.columns) FROM task_clocks WHERE task_id IN (\(list: taskIDs))")
        return Dictionary(clocks.map { ($0.taskID, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Tasks that are not done and have no clock of this policy and of the queue that they are in, the oldest first.
    package func tasksToClock(policy hash: String, limit: Int) throws -> [ReviewTask] {
        try all(
            """
            SELECT \(ReviewTask.columns) FROM review_tasks
            WHERE status <> 'done' AND NOT EXISTS (
                SELECT 1 FROM task_clocks c
                WHERE c.task_id = review_tasks.id AND c.basis = \(Self.basis(policy: hash)) || review_tasks.queue)
            ORDER BY id LIMIT \(limit)
            """)
    }

    /// Tasks that are not done and were due at `now`, the oldest first: those of which nobody noticed it, and those that
    /// nobody holds and that are still in one of these queues, from which they go to another.
    package func tasksToEscalate(from queues: [String], at now: Date, limit: Int) throws -> [ReviewTask] {
        try all(
            """
            SELECT \(ReviewTask.columns) FROM review_tasks
            WHERE status <> 'done' AND EXISTS (
                SELECT 1 FROM task_clocks c
                WHERE c.task_id = review_tasks.id AND c.due_at <= \(now) AND (c.breached_at IS NULL
                    OR c.escalated_at IS NULL AND review_tasks.queue IN (\(list: queues)) AND \(Self.free(now))))
            ORDER BY id LIMIT \(limit)
            """)
    }

    /// Notes that a task was not settled in time; false when that was noted before.
    package func noteBreach(of taskID: String, at now: Date) throws -> Bool {
        try execute(
            "UPDATE task_clocks SET breached_at = \(now) WHERE task_id = \(taskID) AND breached_at IS NULL") == 1
    }

    /// Puts a task into the queue that it is escalated to, once; false when it was before, is done or somebody holds it.
    package func escalateTask(_ id: String, to queue: String, at now: Date) throws -> Bool {
        let moved = try execute(
            """
            UPDATE review_tasks SET queue = \(queue), status = 'open', version = version + 1, lease_owner = NULL,
                lease_until = NULL
            WHERE id = \(id) AND \(Self.free(now)) AND EXISTS (
                SELECT 1 FROM task_clocks c WHERE c.task_id = review_tasks.id AND c.escalated_at IS NULL)
            """)
        guard moved == 1 else { return false }
        try execute("UPDATE task_clocks SET escalated_at = \(now) WHERE task_id = \(id)")
        return true
    }

    /// How long tasks wait, by queue; `soon` is until when they are due soon.
    package func queueAges(
        within reach: Reach = .everything, at now: Date, soon: Date
    ) throws -> [String: QueueAge] {
        try rows(
            """
            SELECT t.queue, MIN(t.created_at) AS oldest,
                SUM(CASE WHEN c.due_at > \(now) AND c.due_at <= \(soon) THEN 1 ELSE 0 END) AS soon,
                SUM(CASE WHEN c.due_at <= \(now) THEN 1 ELSE 0 END) AS overdue
            FROM review_tasks t LEFT JOIN task_clocks c ON c.task_id = t.id
            WHERE t.status <> 'done' AND \(reach.ofTasks("t")) GROUP BY t.queue
            """
        ).reduce(into: [:]) { ages, row in
            ages[try row["queue"]] = QueueAge(
                oldestAt: try row["oldest"], dueSoon: try row["soon"], overdue: try row["overdue"])
        }
    }

    /// What every basis of a clock of this policy begins with; the queue follows.
    package static func basis(policy hash: String) -> String { "\(hash)/" }
}
