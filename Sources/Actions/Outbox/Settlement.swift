import Foundation

/// What becomes of a delivery after an attempt.
enum Settlement: Hashable, Sendable {
    case delivered(status: Int?, receipt: String)
    /// It is sent again from `at` on.
    case retried(at: Date, status: Int?, problem: String)
    /// It is given up until a person replays it.
    case parked(status: Int?, problem: String)
    /// It failed after what it tells was taken back: it is not sent again.
    case dismissed(status: Int?, problem: String)

    /// Decides on the attempt numbered `attempt`, from 1; `chance` is a random number in 0..<1.
    init(_ outcome: SendOutcome, attempt: Int, retry: RetryPolicy, now: Date, chance: Double) {
        switch outcome {
        case .delivered(let status, let receipt):
            self = .delivered(status: status, receipt: receipt)
        case .refused(let status, let problem):
            self = .parked(status: status, problem: problem)
        case .failed(let status, let problem):
            self = Settlement(status, problem, pause: 0, attempt: attempt, retry: retry, now: now, chance: chance)
        case .busy(let status, let problem, let pause):
            self = Settlement(status, problem, pause: pause, attempt: attempt, retry: retry, now: now, chance: chance)
        }
    }

    /// A failure: tried again after the policy's wait, or after the `pause` that the receiver asked for where that is
    /// longer, but never later than the policy's longest wait.
    private init(
        _ status: Int?, _ problem: String, pause: Double, attempt: Int, retry: RetryPolicy, now: Date, chance: Double
    ) {
        if let delay = retry.delaySeconds(afterAttempt: attempt, chance: chance) {
            let wait = max(delay, min(pause, retry.delaySecondsMax))
            self = .retried(at: now.addingTimeInterval(wait), status: status, problem: problem)
        } else {
            self = .parked(status: status, problem: "\(problem) Attempt \(attempt) was the last.")
        }
    }

    /// What becomes of it when what it tells was taken back meanwhile: a failure is not tried again.
    var afterWithdrawal: Settlement {
        switch self {
        case .delivered, .dismissed: self
        case .retried(_, let status, let problem), .parked(let status, let problem):
            .dismissed(status: status, problem: "\(problem) What it tells was taken back meanwhile.")
        }
    }

    /// The action that the audit entry names.
    var auditAction: String {
        switch self {
        case .delivered: "action.delivered"
        case .retried: "action.failed"
        case .parked: "action.parked"
        case .dismissed: "action.dismissed"
        }
    }

    /// What the audit entry tells beside the delivery: status and problem, not what was sent or answered.
    var auditDetail: [String: String] {
        func detail(_ status: Int?, _ more: [String: String]) -> [String: String] {
            more.merging(status.map { ["status": "\($0)"] } ?? [:]) { first, _ in first }
        }
        return switch self {
        case .delivered(let status, _): detail(status, [:])
        case .retried(let date, let status, let problem):
            detail(status, ["problem": problem, "retry_at": date.formatted(.iso8601)])
        case .parked(let status, let problem), .dismissed(let status, let problem):
            detail(status, ["problem": problem])
        }
    }
}
