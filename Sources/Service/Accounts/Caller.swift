package import Governance
import Records

/// Who asks for something: a person who signed in, or a machine with a key.
package struct Caller: Sendable, Hashable {
    /// What the audit calls them: `user:ana`, `key:scanner-3`.
    package let actor: String
    /// What the screen calls them.
    package let name: String
    package let role: Role
    package let permissions: Set<Permission>

    /// Whether it is a person who signed in, and not a machine.
    package var isPerson: Bool { actor.hasPrefix("user:") }

    /// Nil when the stored role is not one that this version knows: nothing is allowed to it.
    init?(_ user: User, policy: Policy) {
        self.init(actor: "user:\(user.name)", name: user.name, role: user.role, policy: policy)
    }

    init?(_ key: APIKey, policy: Policy) {
        self.init(actor: "key:\(key.name)", name: key.name, role: key.role, policy: policy)
    }

    private init?(actor: String, name: String, role: String, policy: Policy) {
        guard let role = Role(rawValue: role) else { return nil }
        self.actor = actor
        self.name = name
        self.role = role
        permissions = policy.permissions(of: role)
    }
}
