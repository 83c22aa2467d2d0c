import Documents
import Governance
import Records

/// The part of a task's page that says why the task is where it is in its queue.
struct PriorityView: Sendable {
    let words: PriorityWords
    let taskID: String
    /// Whether the person who looks may have the task go up or down.
    let mayOverride: Bool
    /// The points and the reason of a supervisor, as the form offers them.
    let points: String
    let reason: String
    let pointsMax = PriorityDesk.pointsMax
    let reasonLengthMax = PriorityDesk.reasonLengthMax
    let formToken: String

    init(_ review: ReviewCase, context: ServiceContext, session: SignedInSession) {
        words = PriorityWords(
            review.clock, of: review.task, policy: context.policy, at: context.clock(),
            hiding: review.hidden.isEmpty ? [] : context.policy.telltaleTerms(of: review.record.type))
        taskID = review.task.id
        mayOverride = review.task.status != .done && session.caller.permissions.contains(.overridePriority)
        let override = review.clock?.terms.first { $0.name == .override }
        points = override.map { "\(Int($0.points))" } ?? ""
        reason = override?.value ?? ""
        formToken = session.formToken
    }
}
