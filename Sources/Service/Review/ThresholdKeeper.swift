package import Foundation
package import Governance
package import Records

/// What the outcomes of reviews say of policy's thresholds, worked out anew from time to time.
package actor ThresholdKeeper {
    /// How old what was worked out may be: a review counts at the latest then.
    private static let ageSecondsMax: TimeInterval = 600

    private let store: Store
    private let policy: Policy
    private let model: String
    private var kept: (thresholds: LearnedThresholds, at: Date)?

    /// - Parameter model: the version of the model in service: what others read says nothing about it.
    package init(store: Store, policy: Policy, model: String) {
        self.store = store
        self.policy = policy
        self.model = model
    }

    /// The thresholds to decide by at `now`; nothing learned where policy's thresholds are fixed.
    package func thresholds(at now: Date) async throws -> LearnedThresholds {
        guard policy.thresholdRule == .learned else { return .none }
        if let kept, abs(now.timeIntervalSince(kept.at)) < ThresholdKeeper.ageSecondsMax { return kept.thresholds }
        let outcomes = try await store.read { [model] in try $0.sampledOutcomes(model: model) }
        let learned = LearnedThresholds(outcomes, policy: policy)
        kept = (learned, now)
        return learned
    }
}
