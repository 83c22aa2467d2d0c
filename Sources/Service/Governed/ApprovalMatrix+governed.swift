import Actions
package import Foundation
package import Governance
package import Records
package import Settings

extension ApprovalMatrix: Governed {
    /// So many of the last approvals that were asked for are judged anew.
    private static let trialApprovalCountMax = 500
    /// So many of those for which something would change are named.
    private static let trialNamedMax = 30

    package static var kind: GovernedKind { .approvalMatrix }

    package static func check(_ text: String, path: String, on ground: Policy) -> GovernedCheck<ApprovalMatrix> {
        let check = ApprovalMatrix.check(text: text, path: path, policy: ground)
        return GovernedCheck(value: check.matrix, problems: check.problems, warnings: check.warnings)
    }

    package static func ground(of context: ServiceContext) -> Policy { context.policy }

    package static func inService(_ context: ServiceContext) -> InService<ApprovalMatrix> { context.matrices }

    package func lockedOut(in transaction: Transaction, _ context: ServiceContext, at now: Date) throws -> [String] {
        let open = try transaction.openApprovalAges(at: now).map { ($0.name, $0.count) }
        return lockedOut(
            people: try context.peopleWhoCanSignIn(in: transaction).map { Approver($0, policy: context.policy) },
            open: Dictionary(uniqueKeysWithValues: open), named: context.actionRules.approvalKinds)
    }

    package func report(
        against former: ApprovalMatrix, _ differences: [SettingsDifference], _ context: ServiceContext
    ) async throws -> String {
        let policy = context.policy
        let (approvals, people) = try await context.store.read { transaction in
            (
                try PastApproval.last(ApprovalMatrix.trialApprovalCountMax, in: transaction),
                try Approver.everybody(in: transaction, policy: policy)
            )
        }
        return ApprovalSimulation(approvals, inService: former, proposed: self, people: people)
            .report(namedMax: ApprovalMatrix.trialNamedMax)
    }
}
