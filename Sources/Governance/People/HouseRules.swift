/// What may be done with the accounts of people, so that a house never locks itself out.
package struct HouseRules: Sendable {
    /// A person with an account.
    package struct Person: Hashable, Sendable {
        package let id: String
        /// Nil for a role that this version does not know.
        package let role: Role?
        /// Whether they may sign in.
        package let isActive: Bool

        package init(id: String, role: Role?, isActive: Bool) {
            self.id = id
            self.role = role
            self.isActive = isActive
        }
    }

    package enum Change: Hashable, Sendable {
        case role(Role)
        case disable
        case enable
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
                .peopleRefused,
                change == .disable
                    ? "Nobody disables their own account. Ask another person who manages people."
                    : "Nobody changes their own role. Ask another person who manages people.")
        }
        let after = people.map { person in
            guard person.id == id else { return person }
            return switch change {
            case .role(let role): Person(id: id, role: role, isActive: person.isActive)
            case .disable, .enable: Person(id: id, role: person.role, isActive: false)
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
        person.isActive && person.role.map { policy.permissions(of: $0).contains(.managePeople) } == true
    }
}
