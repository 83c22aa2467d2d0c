package import Actions
package import Documents
package import Foundation
package import Governance
package import Logging
package import Reading
package import Records
package import Understanding

/// What everything that runs in the service shares; `buildService` makes the only one.
package struct ServiceContext: Sendable {
    package let settings: ServiceSettings
    package let store: Store
    package let readers: ReaderPool
    package let readerLimits: ReaderLimits
    package let understander: Understander
    package let vocabulary: Vocabulary
    /// The policy in service, shared with all that may put another into its place.
    package let policies: InService<Policy>
    /// Likewise the approval matrix in service: who may approve what.
    package let matrices: InService<ApprovalMatrix>
    private var held: (policy: Policy, matrix: ApprovalMatrix)?
    private let thresholdKeeper: ThresholdKeeper
    /// The layouts that confirmed documents taught.
    package let layouts: LayoutKeeper
    /// The layouts of documents that wait for a reviewer.
    let waitingLayouts = WaitingLayouts()
    package let actionRules: ActionRules
    /// Which connectors are left alone for now.
    package let breakers = Breakers()
    /// What payers refuse, in which categories.
    package let denials: DenialRules
    /// Rings when there may be work or an answer for somebody who waits.
    package let bell: WorkBell
    package let clock: @Sendable () -> Date
    package let logger: Logger

    package init(
        settings: ServiceSettings, store: Store, readers: ReaderPool, readerLimits: ReaderLimits,
        understander: Understander, vocabulary: Vocabulary, policy: InService<Policy>, actionRules: ActionRules,
        approvalMatrix: InService<ApprovalMatrix>, denials: DenialRules, bell: WorkBell = WorkBell(),
        clock: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        self.settings = settings
        self.store = store
        self.readers = readers
        self.readerLimits = readerLimits
        self.understander = understander
        self.vocabulary = vocabulary
        policies = policy
        matrices = approvalMatrix
        thresholdKeeper = ThresholdKeeper(store: store, model: understander.model.version)
        layouts = LayoutKeeper(store: store, policy: policy, logger: logger)
        self.actionRules = actionRules
        self.denials = denials
        self.bell = bell
        self.clock = clock
        self.logger = logger
    }

    /// The policy to decide by: that in service now, or that of the moment at which it was held.
    package var policy: Policy { held?.policy ?? policies.current }

    /// The approval matrix to decide by, likewise.
    package var approvalMatrix: ApprovalMatrix { held?.matrix ?? matrices.current }

    /// The same with the policy and the approval matrix of this moment throughout: a decision is made by one of each and
    /// carries its hash.
    package func holdingPolicy() -> ServiceContext {
        var context = self
        context.held = (policy, approvalMatrix)
        return context
    }

    /// What reviews teach of the policy's thresholds.
    package var thresholds: PolicyThresholds { PolicyThresholds(keeper: thresholdKeeper, policy: policy) }

    /// What a result made now is made by.
    package var versions: Versions {
        Versions(model: understander.model.version, policy: policy.hash, reader: readerVersion)
    }

    package var accountMatcher: AccountMatcher { AccountMatcher(catalog: understander.catalog) }

    package var taskClocks: TaskClocks { TaskClocks(policy: policy) }

    package var intake: Intake { Intake(store: store, limits: readerLimits, bell: bell, clock: clock) }

    package var documentWaiter: DocumentWaiter { DocumentWaiter(store: store, bell: bell, clock: clock) }
}
