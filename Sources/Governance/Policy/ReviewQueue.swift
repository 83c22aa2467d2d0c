/// A queue of review tasks that people of some roles work.
package struct ReviewQueue: Codable, Hashable, Sendable {
    package var name: String
    /// What people call it.
    package var title: String
    /// Who may take tasks from it.
    package var roles: Set<Role>
    /// The hours of work within which a task is to be settled; nil when nothing is promised.
    package var serviceLevelHours: Double?
    /// The queue that a task goes to when the service level is broken; nil: it stays, with more priority.
    package var escalateTo: String?

    package init(
        name: String, title: String, roles: Set<Role>, serviceLevelHours: Double? = nil, escalateTo: String? = nil
    ) {
        self.name = name
        self.title = title
        self.roles = roles
        self.serviceLevelHours = serviceLevelHours
        self.escalateTo = escalateTo
    }
}
