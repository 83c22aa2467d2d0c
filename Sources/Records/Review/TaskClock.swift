package import Documents
package import Foundation

/// Why a review task is urgent, and when it is due.
package struct TaskClock: Sendable, Hashable {
    package var taskID: String
    /// What makes up the task's priority.
    package var terms: [PriorityTerm]
    /// What the terms and the due moment were worked out from: the policy's hash and the queue.
    package var basis: String
    /// When the task is to be settled; nil when nothing is promised.
    package var dueAt: Date?
    /// When it was noticed that it was not settled in time.
    package var breachedAt: Date?

    package init(
        taskID: String, terms: [PriorityTerm], basis: String, dueAt: Date?, breachedAt: Date? = nil
    ) {
        self.taskID = taskID
        self.terms = terms
        self.basis = basis
        self.dueAt = dueAt
        self.breachedAt = breachedAt
    }

    /// Whether the moment passed at which it was due.
    package func isOverdue(at now: Date) -> Bool { dueAt.map { $0 <= now } ?? false }
}

/// How long the tasks of one queue wait that are not done.
package struct QueueAge: Sendable, Hashable {
    /// When the oldest was made.
    package var oldestAt: Date
    /// How many are due within the time asked about.
    package var dueSoon: Int
    /// How many were due before.
    package var overdue: Int
}

extension TaskClock: SQLRecord {
    static let columns: SQLStatement = "task_id, terms, basis, due_at, breached_at"

    init(row: SQLRow) throws {
        self.init(
            taskID: try row["task_id"], terms: try row.json("terms"), basis: try row["basis"],
            dueAt: try row["due_at"], breachedAt: try row["breached_at"])
    }
}
