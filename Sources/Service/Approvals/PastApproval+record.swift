package import Governance
package import Records

extension PastApproval {
    /// The last approvals that were asked for in the store, the newest first.
    package static func last(_ count: Int, in transaction: Transaction) throws -> [PastApproval] {
        let approvals = try transaction.approvals(limit: count)
        let decisions = try transaction.decisions(on: approvals.map(\.id))
        return try approvals.map { approval in
            let decided = decisions[approval.id] ?? []
            return PastApproval(
                id: approval.id, requestedAt: approval.requestedAt,
                state: try approval.state(try approval.decodedContent(), decided, in: transaction),
                approvedBy: decided.filter { $0.verdict == .approved }.map(\.person))
        }
    }
}

extension Approver {
    /// The people of the store with the roles that they have now.
    package static func everybody(in transaction: Transaction, policy: Policy) throws -> [Approver] {
        try transaction.users().map { Approver($0, policy: policy) }
    }

    init(_ user: User, policy: Policy, isNear: Bool = true) {
        let role = Role(rawValue: user.role)
        self.init(
            name: user.name, role: role, isActive: !user.disabled,
            mayDecide: role.map { policy.permissions(of: $0).contains(.decideApprovals) } ?? false, isNear: isNear)
    }
}
