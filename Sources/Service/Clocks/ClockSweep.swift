import Actions
import Documents
import Foundation
import Governance
import Logging
import Records
import ServiceLifecycle

/// Looks from time to time which clocks of review tasks are to be set, and which of them or of approvals have run out.
///
/// Everything it does is on the store alone and done once, however many processes do it at the same time, and goes on
/// where it was when one is killed.
package struct ClockSweep: ServiceLifecycle.Service {
    private static let pauseSeconds = 30.0
    /// How many tasks one transaction looks after.
    private static let taskCountMax = 100

    private let context: ServiceContext

    package init(context: ServiceContext) { self.context = context }

    package func run() async throws {
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            do {
                try await sweep()
            } catch {
                context.logger.error(
                    "The clocks of tasks and approvals were not looked at.", metadata: ["error": "\(error)"])
            }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(ClockSweep.pauseSeconds)) }
        }
    }

    /// Sets the clocks that are missing or of another policy or queue, then notes and escalates what is overdue, tasks and
    /// approvals.
    package func sweep() async throws {
        let one = ClockSweep(context: context.holdingPolicy())
        while try await one.setClocks() == ClockSweep.taskCountMax {}
        while try await one.escalate() == ClockSweep.taskCountMax {}
        try await ApprovalSweep(context: one.context).sweep()
    }

    private func setClocks() async throws -> Int {
        let isDone = try await context.store.read { [context] in
            try $0.tasksToClock(policy: context.policy.hash, limit: 1).isEmpty
        }
        if isDone { return 0 }
        let now = context.clock()
        return try await context.store.write { [self, context] transaction in
            let tasks = try transaction.tasksToClock(policy: context.policy.hash, limit: ClockSweep.taskCountMax)
            for task in tasks {
                guard let record = try transaction.document(task.documentID) else { continue }
                try context.taskClocks.start(
                    try housed(task, record, in: transaction, at: now), record.document, in: transaction)
            }
            return tasks.count
        }
    }

    /// The task in a queue that policy has: work that began under a former policy may have put it into one that is gone.
    private func housed(
        _ task: ReviewTask, _ record: DocumentRecord, in transaction: Transaction, at now: Date
    ) throws -> ReviewTask {
        guard !context.policy.queues.contains(where: { $0.name == task.queue }) else { return task }
        let queue = context.policy.queue(
            for: record.document, facility: try transaction.file(record.sha256)?.facility)
        try transaction.routeTask(task, to: queue, reasons: task.reasons)
        try transaction.endQuestion(ofTask: task.id, as: .moved, at: now)
        try transaction.audit(
            actor: "policy", action: "task.moved", subject: record.id,
            detail: ["task": task.id, "from": task.queue, "to": queue, "policy": context.policy.hash],
            correlationID: record.correlationID, at: now)
        var moved = task
        moved.queue = queue
        return moved
    }

    private func escalate() async throws -> Int {
        let now = context.clock()
        let queues = context.policy.queues.filter { $0.escalateTo != nil }.map(\.name)
        if try await context.store.read({ try $0.tasksToEscalate(from: queues, at: now, limit: 1).isEmpty }) {
            return 0
        }
        return try await context.store.write { [self] transaction in
            let tasks = try transaction.tasksToEscalate(from: queues, at: now, limit: ClockSweep.taskCountMax)
            for task in tasks { try escalate(task, in: transaction, at: now) }
            return tasks.count
        }
    }

    /// Notes that the task is overdue, once, moves it up or to the queue that policy names, and tells who listens.
    ///
    /// A task that somebody holds stays with them, and goes to that queue when nobody does.
    private func escalate(_ task: ReviewTask, in transaction: Transaction, at now: Date) throws {
        guard let record = try transaction.document(task.documentID) else { return }
        let isNews = try transaction.noteBreach(of: task.id, at: now)
        if isNews { try context.taskClocks.replace(.breach, by: context.policy.breachTerm, of: task, in: transaction) }
        var detail = ["task": task.id, "queue": task.queue, "policy": context.policy.hash]
        let target = context.policy.queues.first { $0.name == task.queue }?.escalateTo
        if let target, try transaction.escalateTask(task.id, to: target, at: now) {
            detail["escalated_to"] = target
            try transaction.endQuestion(ofTask: task.id, as: .moved, at: now)
            var moved = task
            moved.queue = target
            try context.taskClocks.start(moved, record.document, in: transaction)
        }
        if let dueAt = try transaction.clock(of: task.id)?.dueAt { detail["due"] = dueAt.ISO8601Format() }
        try transaction.audit(
            actor: "policy", action: isNews ? "task.overdue" : "task.escalated", subject: record.id, detail: detail,
            correlationID: record.correlationID, at: now)
        if isNews { try context.raise(.documentReviewOverdue, about: record, in: transaction, at: now) }
    }
}
