/// What may be done with the accounts of people, so that a house never locks itself out.
package struct HouseRules: Sendable {
    /// A person with an account.
    package struct Person: Hashable, Sendable {
        package let id: String
        /// Nil for a role that this version does not know.
        package let role: Role?
        /// Whether they may sign in.
        package let isActive: Bool
        /// Whether they are limited to some queues or facilities: then they manage nobody.
        package let isLimited: Bool

        package init(id: String, role: Role?, isActive: Bool, isLimited: Bool = false) {
            self.id = id
            self.role = role
            self.isActive = isActive
            self.isLimited = isLimited
        }
    }

    package enum Change: Hashable, Sendable {
        case role(Role)
        case disable
        case enable
        /// To some queues or facilities, or to none.
        case limit(Bool)
    }

    let policy: Policy

    package init(policy: Policy) { self.policy = policy }

    /// Throws the rule that `change` of the person `id` by the person `actor` (nil: none of the house) would break.
    package func check(
        _ change: Change, of id: String, by actor: String?, among people: [Person]
    ) throws(GovernanceError) {
        guard change != .enable else { return }
        guard id != actor else {
            throw GovernanceError(
                .peopleRefused, "Nobody \(change.deed). Ask another person who manages people.")
        }
        let after = people.map { person in
            guard person.id == id else { return person }
            return switch change {
            case .role(let role):
                Person(id: id, role: role, isActive: person.isActive, isLimited: person.isLimited)
            case .disable, .enable:
                Person(id: id, role: person.role, isActive: false, isLimited: person.isLimited)
            case .limit(let isLimited):
                Person(id: id, role: person.role, isActive: person.isActive, isLimited: isLimited)
            }
        }
        // Where nobody manages people already, nothing more is lost.
        guard people.contains(where: manages), !after.contains(where: manages) else { return }
        throw GovernanceError(
            .peopleRefused,
            "Nobody else could manage people then: this is the last one. Make another person's role one that can, first."
        )
    }

    private func manages(_ person: Person) -> Bool {
        person.isActive && !person.isLimited
            && person.role.map { policy.permissions(of: $0).contains(.managePeople) } == true
    }
}

extension HouseRules.Change {
    /// What nobody does to themselves, as a sentence goes on.
    fileprivate var deed: String {
        switch self {
        case .role: "changes their own role"
        case .disable, .enable: "disables their own account"
        case .limit: "changes what they are limited to themselves"
        }
    }
}
