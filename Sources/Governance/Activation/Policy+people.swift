extension Policy {
    /// What a house cannot be without, lest nobody could ever mend anything.
    package static let neededPermissions: [Permission] = [.managePeople, .proposePolicy, .confirmPolicy]

    /// Why this policy may not come into service in a house as it is, as sentences; none when it may.
    ///
    /// - Parameters:
    ///   - roles: those of the people who may sign in, one each.
    ///   - waiting: how many documents wait in each queue.
    package func lockedOut(roles: [Role], waiting: [String: Int]) -> [String] {
        let nobody = Policy.neededPermissions.filter { permission in
            !roles.contains { permissions(of: $0).contains(permission) }
        }
        let stranded = waiting.filter { name, count in count > 0 && !queues.contains { $0.name == name } }
        return nobody.map {
            "Under this policy nobody who can sign in would have the permission '\($0.rawValue)'. Leave it to a role that somebody has."
        }
            + stranded.sorted { $0.key < $1.key }.map {
                "\($0.value == 1 ? "1 document waits" : "\($0.value) documents wait") in the queue '\($0.key)', which this policy does not have. Keep the queue until it is empty."
            }
    }
}
