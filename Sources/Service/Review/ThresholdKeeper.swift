package import Foundation
package import Governance
package import Records

/// What the outcomes of reviews say of the thresholds of one policy.
package struct PolicyThresholds: Sendable {
    let keeper: ThresholdKeeper
    let policy: Policy

    /// The thresholds to decide by at `now`; nothing learned where policy's thresholds are fixed.
    package func thresholds(at now: Date) async throws -> LearnedThresholds {
        try await keeper.thresholds(of: policy, at: now)
    }
}

/// Keeps what the outcomes of reviews say of a policy's thresholds, and works it out anew from time to time.
package actor ThresholdKeeper {
    /// How old what was worked out may be: a review counts at the latest then.
    private static let ageSecondsMax: TimeInterval = 600

    private let store: Store
    private let model: String
    private var kept: (thresholds: LearnedThresholds, policy: String, at: Date)?

    /// - Parameter model: the version of the model in service: what others read says nothing about it.
    package init(store: Store, model: String) {
        self.store = store
        self.model = model
    }

    /// The thresholds of `policy` at `now`; nothing learned where they are fixed.
    func thresholds(of policy: Policy, at now: Date) async throws -> LearnedThresholds {
        guard policy.thresholdRule == .learned else { return .none }
        if let kept, kept.policy == policy.hash, abs(now.timeIntervalSince(kept.at)) < ThresholdKeeper.ageSecondsMax {
            return kept.thresholds
        }
        let outcomes = try await store.read { [model] in try $0.sampledOutcomes(model: model) }
        let learned = LearnedThresholds(outcomes, policy: policy)
        kept = (learned, policy.hash, now)
        return learned
    }
}
