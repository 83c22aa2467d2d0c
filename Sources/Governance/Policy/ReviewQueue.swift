/// A queue of review tasks that people of some roles work.
package struct ReviewQueue: Codable, Hashable, Sendable {
    package var name: String
    /// What people call it.
    package var title: String
    /// Who may take tasks from it.
    package var roles: Set<Role>

    package init(name: String, title: String, roles: Set<Role>) {
        self.name = name
        self.title = title
        self.roles = roles
    }
}
