package import Foundation

extension Transaction {
    /// Adds a question; throws `duplicate` when another about the task is open.
    package func ask(_ question: TaskQuestion) throws {
        try execute(
            """
            INSERT INTO task_questions (\(TaskQuestion.columns))
            VALUES (\(question.id), \(question.taskID), \(question.fieldPath), \(question.question),
                \(question.askedBy), \(question.askedOf), \(question.askedAt), \(question.answer),
                \(question.answeredAt), \(question.keptFor), \(question.keptUntil), \(question.ending),
                \(question.endedAt))
            """)
    }

    /// Keeps what became of an open question; throws `wrongState` when it is not open any more.
    package func updateQuestion(_ question: TaskQuestion) throws {
        let changed = try execute(
            """
            UPDATE task_questions SET answer = \(question.answer), answered_at = \(question.answeredAt),
                kept_for = \(question.keptFor), kept_until = \(question.keptUntil), ending = \(question.ending),
                ended_at = \(question.endedAt)
            WHERE id = \(question.id) AND kept_for IS NOT NULL
            """)
        guard changed == 1 else {
            throw RecordsError(.wrongState, "The question \(question.id) has ended: look at its task again.")
        }
    }

    /// Ends the open question about a task, if there is one.
    package func endQuestion(ofTask taskID: String, as ending: String, at now: Date) throws {
        try execute(
            """
            UPDATE task_questions SET kept_for = NULL, ending = \(ending), ended_at = \(now)
            WHERE task_id = \(taskID) AND kept_for IS NOT NULL
            """)
    }

    /// The questions about a task, the latest first.
    package func questions(ofTask taskID: String, limit: Int) throws -> [TaskQuestion] {
        try all(
            """
            SELECT \(TaskQuestion.columns) FROM task_questions WHERE task_id = \(taskID) ORDER BY id DESC LIMIT \(limit)
            """)
    }

    /// The open question about a task.
    package func openQuestion(ofTask taskID: String) throws -> TaskQuestion? {
        try first(
            "SELECT \(TaskQuestion.columns) FROM task_questions WHERE task_id = \(taskID) AND kept_for IS NOT NULL")
    }

    /// The open questions about these tasks, by the task's identifier.
    package func openQuestions(ofTasks taskIDs: [String]) throws -> [String: TaskQuestion] {
        let questions: [TaskQuestion] = try all(
            """
            SELECT \(TaskQuestion.columns) FROM task_questions
            WHERE kept_for IS NOT NULL AND task_id IN (\(list: taskIDs))
            """)
        return Dictionary(questions.map { ($0.taskID, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The open questions that somebody asked or that wait for them, the oldest first.
    package func openQuestions(of actor: String, limit: Int) throws -> [TaskQuestion] {
        try all(
            """
            SELECT \(TaskQuestion.columns) FROM task_questions
            WHERE kept_for IS NOT NULL AND (kept_for = \(actor) OR asked_by = \(actor)) ORDER BY id LIMIT \(limit)
            """)
    }

    /// Whether a task is for `actor` to take: it is kept for nobody else, or only for one whose time is over or who may
    /// not sign in any more.
    static func isFor(_ actor: String, _ now: Date) -> SQLStatement {
        """
        NOT EXISTS (
            SELECT 1 FROM task_questions q
            WHERE q.task_id = review_tasks.id AND q.kept_for IS NOT NULL AND q.kept_for <> \(actor)
                AND q.kept_until > \(now)
                AND EXISTS (SELECT 1 FROM users u WHERE 'user:' || u.name = q.kept_for AND u.disabled = 0))
        """
    }

    /// Whether a task is kept for `actor`.
    static func isKept(for actor: String, _ now: Date) -> SQLStatement {
        """
        id IN (SELECT q.task_id FROM task_questions q WHERE q.kept_for = \(actor) AND q.kept_until > \(now))
        """
    }
}

// MARK: - Tasks that people sent to another queue

extension Transaction {
    /// Puts a task that a person sends there into `queue`, free for all who work it; `task` is as the caller saw it.
    ///
    /// Throws `versionConflict`.
    package func sendTask(_ task: ReviewTask, to queue: String, by actor: String, at now: Date) throws {
        let changed = try execute(
            """
            UPDATE review_tasks SET queue = \(queue), status = 'open', version = version + 1, lease_owner = NULL,
                lease_until = NULL
            WHERE id = \(task.id) AND version = \(task.version) AND status <> 'done'
            """)
        guard changed == 1 else {
            throw RecordsError(
                .versionConflict, "The task \(task.id) has changed since version \(task.version): look at it again.")
        }
        try execute(
            """
            INSERT INTO task_sendings (task_id, queue, sent_by, sent_at)
            VALUES (\(task.id), \(queue), \(actor), \(now))
            ON CONFLICT (task_id) DO UPDATE SET queue = excluded.queue, sent_by = excluded.sent_by,
                sent_at = excluded.sent_at
            """)
        try endQuestion(ofTask: task.id, as: "moved", at: now)
    }

    /// Whether a person sent the task to another queue than it came into.
    package func wasSent(_ taskID: String) throws -> Bool {
        try !rows("SELECT 1 AS one FROM task_sendings WHERE task_id = \(taskID)").isEmpty
    }

    /// Tasks with what a list shows of their documents, by identifier.
    package func tasks(ids: [String]) throws -> [ReviewTaskSummary] {
        try all(
            """
            SELECT \(ReviewTaskSummary.columns)
            FROM review_tasks t JOIN documents d ON d.id = t.document_id JOIN files f ON f.sha256 = d.sha256
            WHERE t.id IN (\(list: ids)) ORDER BY t.id
            """)
    }
}
