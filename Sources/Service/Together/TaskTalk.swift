import Documents
import Foundation
import Governance
package import Records

/// What people asked one another about a task and wrote on its document.
package struct TaskTalk: Sendable {
    /// So many notes are shown, the latest.
    static let noteCountMax = 100
    private static let questionCountMax = 5

    /// The latest first.
    package let questions: [TaskQuestion]
    /// The oldest first.
    package let notes: [DocumentNote]
    package let noteCount: Int
    /// The person for whom the task is kept now; nil when anybody may take it.
    package let keeper: String?

    /// - Parameter isHidden: whether the person must not see values of the document, which words may tell.
    init(_ task: ReviewTask, isHidden: Bool, at now: Date, in transaction: Transaction) throws {
        let questions = try transaction.questions(ofTask: task.id, limit: TaskTalk.questionCountMax)
        self.questions = isHidden ? [] : questions
        notes = isHidden ? [] : try transaction.notes(on: task.documentID, limit: TaskTalk.noteCountMax)
        noteCount = isHidden ? 0 : try transaction.noteCount(on: task.documentID)
        let kept = questions.first.flatMap { now < $0.keptUntil ? $0.keptFor : nil }
        keeper = try kept.flatMap { try transaction.isGone($0) ? nil : $0 }
    }

    /// The question that is open.
    var open: TaskQuestion? { questions.first { $0.keptFor != nil } }
}

extension Transaction {
    /// Whether a person may not sign in any more; a machine never could.
    func isGone(_ actor: String) throws -> Bool {
        guard actor.hasPrefix("user:") else { return true }
        return try user(named: actor.actorName)?.disabled ?? true
    }
}

extension Transaction {
    func endQuestion(ofTask id: String, as ending: QuestionState.Ending, at now: Date) throws {
        try endQuestion(ofTask: id, as: ending.rawValue, at: now)
    }
}
