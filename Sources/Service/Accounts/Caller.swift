package import Governance
package import Records

/// Who asks for something: a person who signed in, or a machine with a key.
package struct Caller: Sendable, Hashable {
    /// What the audit calls them: `user:ana`, `key:scanner-3`.
    package let actor: String
    /// What the screen calls them.
    package let name: String
    package let role: Role
    package let permissions: Set<Permission>
    /// The queues and facilities that they are limited to.
    package let reach: Reach

    /// Whether it is a person who signed in, and not a machine.
    package var isPerson: Bool { actor.hasPrefix("user:") }

    /// Nil when the stored role is not one that this version knows: nothing is allowed to it.
    init?(_ user: User, reach: Reach, policy: Policy) {
        self.init(actor: "user:\(user.name)", name: user.name, role: user.role, reach: reach, policy: policy)
    }

    init?(_ key: APIKey, reach: Reach, policy: Policy) {
        self.init(actor: "key:\(key.name)", name: key.name, role: key.role, reach: reach, policy: policy)
    }

    private init?(actor: String, name: String, role: String, reach: Reach, policy: Policy) {
        guard let role = Role(rawValue: role) else { return nil }
        self.actor = actor
        self.name = name
        self.reach = reach
        self.role = role
        permissions = policy.permissions(of: role)
    }
}
