package import Documents
package import Foundation

/// A person of the house, as the matrix judges them at one moment.
package struct Approver: Hashable, Sendable {
    package let name: String
    /// Nil for a role that this version does not know.
    package let role: Role?
    /// Whether they may sign in.
    package let isActive: Bool
    /// Whether their role has the permission to decide approvals.
    package let mayDecide: Bool
    /// Whether what is decided on is within the facilities and queues that they are limited to.
    package let isNear: Bool

    package init(name: String, role: Role?, isActive: Bool, mayDecide: Bool, isNear: Bool = true) {
        self.name = name
        self.role = role
        self.isActive = isActive
        self.mayDecide = mayDecide
        self.isNear = isNear
    }
}

/// What somebody had to do with what is to be approved, for which they may not approve it.
package struct Involvement: Codable, Hashable, Sendable {
    package enum Deed: String, Codable, Hashable, Sendable, CaseIterable {
        case requested, prepared, changed, keyed, corrected, confirmed

        var words: String {
            switch self {
            case .requested: "asked for it"
            case .prepared: "prepared it"
            case .changed: "changed what is asked for"
            case .keyed: "keyed values of the document"
            case .corrected: "corrected the document"
            case .confirmed: "confirmed the document"
            }
        }
    }

    /// The name that they sign in with.
    package let person: String
    package let deed: Deed

    package init(person: String, deed: Deed) {
        self.person = person
        self.deed = deed
    }
}

/// That one person decides on behalf of another for a time.
///
/// A delegate has what the delegator has of their own, never what was delegated to them: there are no chains.
package struct Delegation: Hashable, Sendable {
    /// The longest time.
    package static let dayCountMax = 92

    package let id: String
    package let from: String
    package let to: String
    /// Nil for every kind.
    package let kinds: Set<String>?
    /// The greatest amount; nil for the delegator's own limit.
    package let limit: Money?
    package let starts: Date
    /// The first moment at which it holds no longer.
    package let ends: Date
    package let isRevoked: Bool

    package init(
        id: String, from: String, to: String, kinds: Set<String>? = nil, limit: Money? = nil, starts: Date,
        ends: Date, isRevoked: Bool = false
    ) {
        self.id = id
        self.from = from
        self.to = to
        self.kinds = kinds
        self.limit = limit
        self.starts = starts
        self.ends = ends
        self.isRevoked = isRevoked
    }

    package func isInForce(at now: Date) -> Bool { !isRevoked && starts <= now && now < ends }

    func covers(_ content: ApprovalContent) -> Bool {
        guard kinds?.contains(content.kind) ?? true else { return false }
        guard let limit else { return true }
        return content.amount.map { $0 <= limit } ?? false
    }
}
