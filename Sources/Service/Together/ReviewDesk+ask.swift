import Documents
import Foundation
import Governance
import Records

extension ReviewDesk {
    /// Asks the colleague `name` about the task `id`, which leaves the caller's hands and is kept for the colleague, at
    /// most for the working time that policy gives.
    ///
    /// - Parameter field: the value that the question is about; empty where it is about the whole document.
    package func ask(_ id: String, of name: String, about field: String, _ text: String, by caller: Caller) async throws
    {
        let text = try WrittenText.checked(text, "The question")
        let now = context.clock()
        try await inOneChange { transaction in
            let task = try self.task(id, for: caller, in: transaction)
            try follow(task, .release(by: caller.actor))
            let record = try record(of: task, in: transaction)
            guard Sight(context: context).hiddenFields(of: record, from: caller).isEmpty else {
                throw ReviewError(
                    .notPossible, "People key values of this document without seeing others': nobody is asked about it."
                )
            }
            guard try transaction.openQuestion(ofTask: id) == nil else {
                throw ReviewError(.notPossible, "Somebody waits for your answer about this task. Give that first.")
            }
            let facility = try transaction.file(record.sha256)?.facility
            let colleague = try reviewers(ofQueue: task.queue, facility: facility, in: transaction)
                .first { $0.name == name }
            guard let colleague, colleague.name != caller.actor.actorName else {
                throw ReviewError(.notPossible, "Choose a colleague from the list: one who works this queue.")
            }
            guard field.isEmpty || isKnown(field, in: record.document) else {
                throw ReviewError(
                    .notPossible, "The document has no value '\(field.prefix(80))'. Choose one from the list.")
            }
            let question = TaskQuestion(
                id: Identifier.make(at: now), taskID: id, fieldPath: field.isEmpty ? nil : field, question: text,
                askedBy: caller.actor, askedOf: "user:\(colleague.name)", askedAt: now,
                keptUntil: context.policy.keptUntil(from: now))
            try transaction.releaseTask(id, owner: caller.actor)
            try transaction.ask(question)
            try self.record(question, "task.asked", of: record, by: caller, in: transaction, at: now)
        }
        context.bell.ring()
    }

    /// Answers the question about the task `id`, which the caller holds; it is kept for whoever asked then.
    package func answer(_ id: String, _ text: String, by caller: Caller) async throws {
        let text = try WrittenText.checked(text, "The answer")
        let now = context.clock()
        try await inOneChange { transaction in
            let task = try self.task(id, for: caller, in: transaction)
            try follow(task, .release(by: caller.actor))
            let record = try record(of: task, in: transaction)
            var question = try openQuestion(of: task, in: transaction)
            question.answer = text
            question.answeredAt = now
            try question.follow(.answer(by: caller.actor, keptUntil: context.policy.keptUntil(from: now)), at: now)
            try transaction.releaseTask(id, owner: caller.actor)
            try transaction.updateQuestion(question)
            try self.record(question, "task.answered", of: record, by: caller, in: transaction, at: now)
        }
        context.bell.ring()
    }

    /// Takes the question about the task `id` back; the caller, who asked, has the task in hand again.
    package func withdrawQuestion(_ id: String, by caller: Caller) async throws {
        let now = context.clock()
        try await inOneChange { transaction in
            let task = try self.task(id, for: caller, in: transaction)
            try follow(task, .take(by: caller.actor, at: now))
            let record = try record(of: task, in: transaction)
            var question = try openQuestion(of: task, in: transaction)
            try question.follow(.withdraw(by: caller.actor), at: now)
            try transaction.updateQuestion(question)
            guard
                try transaction.leaseTask(id, owner: caller.actor, now: now, leaseSeconds: leaseSeconds) != nil
            else { throw ReviewError(.taken, "Somebody else took the task just now. Nothing was changed.") }
            try self.record(question, "task.question_withdrawn", of: record, by: caller, in: transaction, at: now)
        }
    }

    /// Ends a question that the taking of its task ends; throws when the task is kept for another.
    func noteTaking(of task: ReviewTask, by caller: Caller, in transaction: Transaction, at now: Date) throws {
        guard var question = try transaction.openQuestion(ofTask: task.id), let keeper = question.keptFor else {
            return
        }
        try question.follow(.take(by: caller.actor, at: now, isKeeperGone: transaction.isGone(keeper)), at: now)
        guard question.ending != nil else { return }
        try transaction.updateQuestion(question)
    }

    private func openQuestion(of task: ReviewTask, in transaction: Transaction) throws -> TaskQuestion {
        guard let question = try transaction.openQuestion(ofTask: task.id) else {
            throw ReviewError(.notPossible, "No question about this task is open. Look at it as it is now.")
        }
        return question
    }

    private func isKnown(_ field: String, in document: Document) -> Bool {
        FieldPath(field).map { context.vocabulary.rule(of: $0, in: document.type) != nil } ?? false
    }

    /// Texts stay out of the chain: the store has them beside the task.
    private func record(
        _ question: TaskQuestion, _ action: String, of record: DocumentRecord, by caller: Caller,
        in transaction: Transaction, at now: Date
    ) throws {
        var detail = ["task": question.taskID, "question": question.id, "asked_of": question.askedOf]
        detail["asked_by"] = question.askedBy
        detail["field"] = question.fieldPath
        if question.keptFor != nil { detail["kept_until"] = question.keptUntil.ISO8601Format() }
        try transaction.audit(
            actor: caller.actor, action: action, subject: record.id, detail: detail,
            correlationID: record.correlationID, at: now)
    }
}

extension TaskQuestion {
    /// Becomes what the question is after `event`; throws `ReviewError` when the event may not happen now.
    fileprivate mutating func follow(_ event: QuestionState.Event, at now: Date) throws {
        let phase: QuestionState.Phase =
            ending.flatMap(QuestionState.Ending.init).map { .ended($0) } ?? (keptFor == askedOf ? .asked : .answered)
        let next: QuestionState
        do {
            next = try QuestionState(askedBy: askedBy, askedOf: askedOf, phase: phase, keptUntil: keptUntil).applying(
                event)
        } catch {
            let isKept = error.code == .taskHeldByAnother
            throw ReviewError(isKept ? .taken : .notPossible, error.description.replacing("user:", with: ""))
        }
        keptFor = next.keptFor
        keptUntil = next.keptUntil
        guard case .ended(let ending) = next.phase, self.ending == nil else { return }
        self.ending = ending.rawValue
        endedAt = now
    }
}
