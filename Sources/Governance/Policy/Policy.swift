/// Who may decide what, on what evidence: `Config/policy.yaml`, checked as a whole.
package struct Policy: Hashable, Sendable {
    /// SHA-256 of the file's bytes in hexadecimal: every decision names the policy that made it.
    package let hash: String
    /// How long a reviewer holds a task without a sign of life.
    package let reviewLeaseMinutes: Int
    /// The working hours for which a task is kept for a person who was asked about it, and then for whoever asked.
    package let questionHours: Double
    /// The review queues in the order of the file.
    package let queues: [ReviewQueue]
    /// Whether what reviews teach of thresholds counts, or only what the file says.
    package let thresholdRule: ThresholdRule
    /// The greatest share of the values that are trusted without review that may be wrong, in 0…1 without the ends.
    package let errorTarget: Double
    /// How surely a learned threshold must keep the target, in 0…1 without the ends.
    package let errorCertainty: Double
    /// The share, in 0…1, of the documents without any doubt that are reviewed all the same.
    package let auditShare: Double
    /// How reviewers are checked with documents whose values are known.
    package let knownAnswers: KnownAnswerRule
    /// Whether the documents that reviewers confirm teach their layouts, and what they taught is used.
    package let learnsLayouts: Bool
    /// What of the unusual sends a document to review.
    package let anomalies: AnomalyRules
    /// Which documents go to another queue than their type's; the first that matches counts.
    package let routes: [Route]
    let priorityWeights: PriorityWeights
    /// When people work; nil when policy has no calendar.
    package let calendar: BusinessCalendar?
    let defaultQueue: String
    let types: [String: TypePolicy]
    let permissionsByRole: [Role: Set<Permission>]

    /// Where the thresholds of fields come from.
    package enum ThresholdRule: String, Codable, CaseIterable, Sendable {
        /// The policy file alone.
        case fixed
        /// What the outcomes of reviews promise; the policy file where they promise nothing yet.
        case learned
    }

    /// What people and machines of `role` may do.
    package func permissions(of role: Role) -> Set<Permission> { permissionsByRole[role] ?? [] }

    /// Whether people of `role` may take tasks from the queue named `queue`.
    package func mayWork(_ queue: String, role: Role) -> Bool {
        permissions(of: role).contains(.reviewDocuments)
            && queues.contains { $0.name == queue && $0.roles.contains(role) }
    }

    /// The name of the queue that reviews documents of `type` which no route sends to another.
    package func queue(for type: String) -> String { types[type]?.queue ?? defaultQueue }
}
