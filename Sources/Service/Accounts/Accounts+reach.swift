package import Foundation
import Governance
package import Records

extension Accounts {
    /// Limits a person to queues and facilities from their next click on, or takes limits away.
    ///
    /// Throws `AccountError` when there is no such person, or no such queue, or a facility has no proper name.
    package func limit(userNamed name: String, to reach: Reach, by actor: String, at now: Date = Date()) async throws {
        try check(reach)
        try await store.write { transaction in
            guard let user = try transaction.user(named: name) else {
                throw AccountError(.badName, "There is no user '\(name)'. Check the name.")
            }
            try transaction.limit(user.id, called: "user:\(name)", to: reach, by: actor, at: now)
        }
    }

    /// Throws `AccountError` when the reach names a queue that policy has not, or a facility that cannot be one.
    func check(_ reach: Reach) throws {
        for queue in (reach.queues ?? []).sorted() where !policy.current.queues.contains(where: { $0.name == queue }) {
            throw AccountError(
                .badReach,
                "Policy has no queue '\(queue)'. Choose from \(policy.current.queues.map(\.name).joined(separator: ", "))."
            )
        }
        for facility in (reach.facilities ?? []).sorted() where !FacilityName.isProper(facility) {
            throw AccountError(.badReach, "'\(facility)' is no name of a facility: \(FacilityName.rule)")
        }
    }
}

extension Transaction {
    /// Keeps a limit with its audit entry.
    func limit(_ holder: String, called subject: String, to reach: Reach, by actor: String, at now: Date) throws {
        try setReach(reach, of: holder)
        func words(_ names: Set<String>?) -> String {
            names.flatMap { $0.isEmpty ? nil : $0.sorted().joined(separator: ",") } ?? "all"
        }
        try audit(
            actor: actor, action: subject.hasPrefix("key:") ? "key.limited" : "user.limited", subject: subject,
            detail: ["queues": words(reach.queues), "facilities": words(reach.facilities)], correlationID: holder,
            at: now)
    }
}

/// What a facility may be called, in settings, in policy and where files are handed in.
enum FacilityName {
    static let rule = "it has 1 to 40 small letters, digits and '-'."

    static func isProper(_ name: String) -> Bool { name.wholeMatch(of: /[a-z0-9][a-z0-9-]{0,39}/) != nil }
}
