package import Documents
import Foundation
package import Governance
package import Records

/// Starts the clocks of review tasks by policy: why a task is urgent, and when it is due.
package struct TaskClocks: Sendable {
    let policy: Policy

    package init(policy: Policy) { self.policy = policy }

    /// Starts the clock of the task about `document`, or sets it anew for the policy in force and the task's queue.
    ///
    /// What was added since, by a supervisor or for a broken service level, stays; a task that was due stays so.
    package func start(_ task: ReviewTask, _ document: Document, in transaction: Transaction) throws {
        let previous = try transaction.clock(of: task.id)
        let added = (previous?.terms ?? []).filter { [.override, .breach].contains($0.name) }
        try keep(
            TaskClock(
                taskID: task.id, terms: policy.priorityTerms(of: document, arrival: task.createdAt) + added,
                basis: basis(queue: task.queue),
                dueAt: previous?.breachedAt == nil
                    ? policy.dueDate(inQueue: task.queue, arrival: task.createdAt) : previous?.dueAt),
            of: task, in: transaction)
    }

    /// Gives the task the reasons that its document has now, sets its clock anew, and gives the queue that it is in then.
    ///
    /// That is another where policy has documents like this one in another queue than `former`, what the document was;
    /// else the task stays where it is, for it may have been escalated. A machine that reads the document again (`isReread`)
    /// moves no task that a person sent where it is. Throws `versionConflict` when the task is another than the caller saw.
    func route(
        _ task: ReviewTask, after former: Document, about record: DocumentRecord, isReread: Bool = false,
        in transaction: Transaction, at now: Date
    ) throws -> String {
        let facility = try transaction.file(record.sha256)?.facility
        let routed = policy.queue(for: record.document, facility: facility)
        let isSame = routed == policy.queue(for: former, facility: facility)
        let stays = try isSame || isReread && transaction.wasSent(task.id)
        let queue = stays ? task.queue : routed
        if queue != task.queue { try transaction.endQuestion(ofTask: task.id, as: .moved, at: now) }
        try transaction.routeTask(task, to: queue, reasons: record.document.reasons)
        var task = task
        task.queue = queue
        try start(task, record.document, in: transaction)
        return queue
    }

    /// Adds `term` in the place of any other of its name; nil takes that away.
    func replace(
        _ name: PriorityTerm.Name, by term: PriorityTerm?, of task: ReviewTask, in transaction: Transaction
    ) throws {
        guard var clock = try transaction.clock(of: task.id) else { return }
        clock.terms.removeAll { $0.name == name }
        clock.terms += [term].compactMap { $0 }
        try keep(clock, of: task, in: transaction)
    }

    /// What a clock of a task in `queue` is worked out from.
    private func basis(queue: String) -> String { Transaction.basis(policy: policy.hash) + queue }

    private func keep(_ clock: TaskClock, of task: ReviewTask, in transaction: Transaction) throws {
        try transaction.keepClock(clock, priority: Policy.rank(clock.terms, arrival: task.createdAt))
    }
}
