/// Who may decide what, on what evidence: `Config/policy.yaml`, checked as a whole.
package struct Policy: Hashable, Sendable {
    /// SHA-256 of the file's bytes in hexadecimal: every decision names the policy that made it.
    package let hash: String
    /// How long a reviewer holds a task without a sign of life.
    package let reviewLeaseMinutes: Int
    /// The review queues in the order of the file.
    package let queues: [ReviewQueue]
    let defaultQueue: String
    let types: [String: TypePolicy]
    let permissionsByRole: [Role: Set<Permission>]

    /// What people and machines of `role` may do.
    package func permissions(of role: Role) -> Set<Permission> { permissionsByRole[role] ?? [] }

    /// Whether people of `role` may take tasks from the queue named `queue`.
    package func mayWork(_ queue: String, role: Role) -> Bool {
        permissions(of: role).contains(.reviewDocuments)
            && queues.contains { $0.name == queue && $0.roles.contains(role) }
    }

    /// The name of the queue that reviews documents of `type`.
    package func queue(for type: String) -> String { types[type]?.queue ?? defaultQueue }
}
