import Governance

/// The kinds of approval and of work that exist, for rules that name them.
package struct KnownKinds: Hashable, Sendable {
    package var approvals: Set<String>
    package var work: Set<String>

    package init(approvals: Set<String> = [], work: Set<String> = Set(WorkKind.allCases.map(\.rawValue))) {
        self.approvals = approvals
        self.work = work
    }
}
