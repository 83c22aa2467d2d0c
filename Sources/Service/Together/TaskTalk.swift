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

    /// - Parameter isHidden: whether something of the document is kept from the person, which words may tell.
    init(_ task: ReviewTask, isHidden: Bool, at now: Date, in transaction: Transaction) throws {
        questions = isHidden ? [] : try transaction.questions(ofTask: task.id, limit: TaskTalk.questionCountMax)
        notes = isHidden ? [] : try transaction.notes(on: task.documentID, limit: TaskTalk.noteCountMax)
        noteCount = isHidden ? 0 : try transaction.noteCount(on: task.documentID)
        keeper = try transaction.keeper(ofTask: task.id, at: now)
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

    /// The person for whom a task is kept; nil when anybody may take it.
    func keeper(ofTask id: String, at now: Date) throws -> String? {
        guard let question = try openQuestion(ofTask: id), now < question.keptUntil, let keeper = question.keptFor
        else { return nil }
        return try isGone(keeper) ? nil : keeper
    }
}

extension Transaction {
    func endQuestion(ofTask id: String, as ending: QuestionState.Ending, at now: Date) throws {
        try endQuestion(ofTask: id, as: ending.rawValue, at: now)
    }
}
