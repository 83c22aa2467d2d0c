package import Foundation

/// What the holder of a review task asked a colleague, and what became of it.
package struct TaskQuestion: Sendable, Hashable {
    package var id: String
    package var taskID: String
    /// The value that it is about; nil where it is about the whole document.
    package var fieldPath: String?
    package var question: String
    package var askedBy: String
    package var askedOf: String
    package var askedAt: Date
    package var answer: String?
    package var answeredAt: Date?
    /// The person for whom the task is kept; nil when the question has ended.
    package var keptFor: String?
    package var keptUntil: Date
    /// How it ended; nil while it is open.
    package var ending: String?
    package var endedAt: Date?

    package init(
        id: String, taskID: String, fieldPath: String? = nil, question: String, askedBy: String, askedOf: String,
        askedAt: Date, keptUntil: Date
    ) {
        self.id = id
        self.taskID = taskID
        self.fieldPath = fieldPath
        self.question = question
        self.askedBy = askedBy
        self.askedOf = askedOf
        self.askedAt = askedAt
        keptFor = askedOf
        self.keptUntil = keptUntil
    }
}

extension TaskQuestion: SQLRecord {
    static let columns: SQLStatement =
        """
        id, task_id, field_path, question, asked_by, asked_of, asked_at, answer, answered_at, kept_for, kept_until,
        ending, ended_at
        """

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], taskID: try row["task_id"], fieldPath: try row["field_path"],
            question: try row["question"], askedBy: try row["asked_by"], askedOf: try row["asked_of"],
            askedAt: try row["asked_at"], keptUntil: try row["kept_until"])
        answer = try row["answer"]
        answeredAt = try row["answered_at"]
        keptFor = try row["kept_for"]
        ending = try row["ending"]
        endedAt = try row["ended_at"]
    }
}
