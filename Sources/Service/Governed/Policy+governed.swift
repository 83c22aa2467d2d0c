package import Foundation
package import Governance
package import Records
package import Settings
import Understanding

extension Policy: Governed {
    /// So many of the last documents are decided anew.
    private static let trialDocumentCountMax = 500
    /// So many of those whose way would change are named.
    private static let trialNamedMax = 30

    package static var kind: GovernedKind { .policy }

    package static func check(_ text: String, path: String, on ground: Vocabulary) -> GovernedCheck<Policy> {
        let check = Policy.check(text: text, path: path, vocabulary: ground)
        return GovernedCheck(value: check.policy, problems: check.problems, warnings: check.warnings)
    }

    package static func ground(of context: ServiceContext) -> Vocabulary { context.vocabulary }

    package static func inService(_ context: ServiceContext) -> InService<Policy> { context.policies }

    package func lockedOut(in transaction: Transaction, _ context: ServiceContext, at now: Date) throws -> [String] {
        let roles = try context.peopleWhoCanSignIn(in: transaction).compactMap { Role(rawValue: $0.role) }
        let waiting = try transaction.taskCounts(at: now).mapValues { ($0[.open] ?? 0) + ($0[.leased] ?? 0) }
        return lockedOut(roles: roles, waiting: waiting)
    }

    package func report(
        against former: Policy, _ differences: [SettingsDifference], _ context: ServiceContext
    ) async throws -> String {
        let (documents, leftOut) = try await context.store.read {
            try ReadDocument.last(Policy.trialDocumentCountMax, in: $0)
        }
        let model = context.understander.model.version
        let isLearned = [self, former].contains { $0.thresholdRule == .learned }
        let outcomes = try await isLearned ? context.store.read { try $0.sampledOutcomes(model: model) } : []
        let cases = [former, self].map { PolicyCase($0, learned: LearnedThresholds(outcomes, policy: $0)) }
        let simulation = PolicySimulation(documents, inService: cases[0], proposed: cases[1])
        let report = SimulationReport(simulation, differences: differences, namedMax: Policy.trialNamedMax)
        return leftOut == 0
            ? "\(report)" : "\(report)\nLeft out, as what was read of them is not known any more: \(leftOut).\n"
    }
}

extension ServiceContext {
    /// Everybody to whom a way to sign in is open.
    func peopleWhoCanSignIn(in transaction: Transaction) throws -> [User] {
        let signIn = SignInWays(settings)
        return try transaction.users().filter { try signIn.isOpen(to: $0, in: transaction) }
    }
}
