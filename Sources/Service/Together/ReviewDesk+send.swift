import Documents
import Foundation
import Governance
import Records

extension ReviewDesk {
    /// The longest sentence that says more of why a task is sent to another queue.
    static let sendNoteLengthMax = 500

    /// Sends the task `id` to the queue `name`, where it is free at once.
    ///
    /// The holder may, and whoever may set priorities while nobody holds it. Its due moment and points are the other
    /// queue's; machines that read the document again leave it there.
    package func send(
        _ id: String, to name: String, reason: SendReason, note: String, by caller: Caller
    ) async throws -> TaskPlace {
        let note = note.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard note.count <= ReviewDesk.sendNoteLengthMax else {
            throw ReviewError(
                .notPossible, "The note has \(note.count) characters. Shorten it to \(ReviewDesk.sendNoteLengthMax).")
        }
        guard reason != .other || !note.isEmpty else {
            throw ReviewError(.noReason, "Say in the note why the task is sent there.")
        }
        let now = context.clock()
        let place = try await inOneChange { transaction in
            let task = try self.task(id, for: caller, in: transaction)
            try mayLeave(task, by: caller, at: now)
            let record = try record(of: task, in: transaction)
            try check(name, for: task, of: record, in: transaction)
            try transaction.sendTask(task, to: name, by: caller.actor, at: now)
            var sent = task
            sent.queue = name
            try context.taskClocks.start(sent, record.document, in: transaction)
            var detail = [
                "task": id, "from": task.queue, "to": name, "reason": reason.rawValue, "policy": context.policy.hash,
            ]
            if !note.isEmpty { detail["note"] = note }
            try transaction.audit(
                actor: caller.actor, action: "task.sent", subject: record.id, detail: detail,
                correlationID: record.correlationID, at: now)
            try catchUp(record, in: transaction, at: now)
            return TaskPlace(queue: name, stays: false)
        }
        context.bell.ring()
        return place
    }

    private func mayLeave(_ task: ReviewTask, by caller: Caller, at now: Date) throws {
        try follow(task, .send(by: caller.actor, at: now))
        guard task.leaseOwner == caller.actor || caller.permissions.contains(.overridePriority) else {
            throw ReviewError(.taken, "You do not hold the review task. Take it, then send it.")
        }
    }

    /// Throws when nobody could work on the task there, or it is there.
    private func check(
        _ name: String, for task: ReviewTask, of record: DocumentRecord, in transaction: Transaction
    ) throws {
        guard let queue = context.policy.queues.first(where: { $0.name == name }) else {
            throw ReviewError(.notPossible, "Policy has no queue of that name. Choose one from the list.")
        }
        guard name != task.queue else {
            throw ReviewError(.notPossible, "The task is in the queue “\(queue.title)” already. Choose another.")
        }
        let facility = try transaction.file(record.sha256)?.facility
        guard try !reviewers(ofQueue: name, facility: facility, in: transaction).isEmpty else {
            throw ReviewError(
                .notPossible,
                "Nobody who may sign in works the queue “\(queue.title)”\(facility.map { " for \($0)" } ?? ""). Choose another, or ask an administrator."
            )
        }
    }

    /// The people who may sign in and take tasks from a queue about files that came to `facility`.
    func reviewers(ofQueue name: String, facility: String?, in transaction: Transaction) throws -> [User] {
        let reaches = try transaction.reaches()
        return try transaction.users().filter { user in
            let reach = reaches[user.id] ?? .everything
            return !user.disabled && reach.includes(queue: name) && reach.includes(facility: facility)
                && Role(rawValue: user.role).map { context.policy.mayWork(name, role: $0) } == true
        }
    }
}
