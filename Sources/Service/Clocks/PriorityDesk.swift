import Documents
import Foundation
import Governance
import Records

/// Where a supervisor moves review tasks up or down.
package struct PriorityDesk: Sendable {
    /// The most points that a supervisor may add or take.
    package static let pointsMax = 1000
    /// The longest reason.
    static let reasonLengthMax = 200

    let context: ServiceContext

    package init(context: ServiceContext) { self.context = context.holdingPolicy() }

    /// Has the task `id` gain `points` for `reason`, in the place of what a supervisor gave before; none takes that away.
    package func override(_ id: String, points: Int, reason: String, by caller: Caller) async throws {
        let reason = reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !reason.isEmpty, reason.count <= PriorityDesk.reasonLengthMax else {
            throw ReviewError(
                .noReason, "Say in up to \(PriorityDesk.reasonLengthMax) characters why the priority is to be another.")
        }
        guard (-PriorityDesk.pointsMax...PriorityDesk.pointsMax).contains(points) else {
            throw ReviewError(
                .noReason, "The points should be in −\(PriorityDesk.pointsMax)…\(PriorityDesk.pointsMax).")
        }
        let now = context.clock()
        try await context.store.write { transaction in
            let (task, record) = try found(id, for: caller, in: transaction)
            if try transaction.clock(of: id) == nil {
                try context.taskClocks.start(task, record.document, in: transaction)
            }
            let term = PriorityTerm(.override, value: reason, points: Double(points), by: caller.actor)
            try context.taskClocks.replace(.override, by: points == 0 ? nil : term, of: task, in: transaction)
            try transaction.audit(
                actor: caller.actor, action: "task.priority_overridden", subject: record.id,
                detail: ["task": id, "points": "\(points)", "reason": reason, "policy": context.policy.hash],
                correlationID: record.correlationID, at: now)
        }
    }

    private func found(
        _ id: String, for caller: Caller, in transaction: Transaction
    ) throws -> (ReviewTask, DocumentRecord) {
        guard let task = try transaction.task(id, within: caller.reach),
            let record = try transaction.document(task.documentID)
        else {
            throw ReviewError(.notFound, "There is no such review task. Choose one from its queue.")
        }
        guard context.policy.permissions(of: caller.role).contains(.overridePriority),
            context.policy.mayWork(task.queue, role: caller.role)
        else {
            throw ReviewError(
                .notAllowed,
                "The role '\(caller.role.rawValue)' does not set priorities in the queue '\(task.queue)'. Ask a supervisor."
            )
        }
        guard task.status != .done else {
            throw ReviewError(.taken, "The review task is settled. Its priority makes no difference any more.")
        }
        return (task, record)
    }
}
