package import Foundation

/// What takes two people to change.
package enum GovernedKind: String, Sendable, CaseIterable, SQLConvertible {
    case policy
    /// Who may approve what, up to which amount.
    case approvalMatrix = "approval_matrix"
}

package enum GovernedStatus: String, Sendable, CaseIterable, SQLConvertible {
    case proposed
    case inService = "in_service"
    /// It was in service until another took its place.
    case former
    case refused
    /// Another came into service before it was confirmed.
    case outdated
}

/// A policy or an approval matrix that was proposed, and what became of it; its text is kept beside it.
package struct GovernedRecord: Sendable, Hashable {
    /// Its place among all of both kinds that were ever proposed, from 1.
    package var number: Int
    package var kind: GovernedKind
    /// SHA-256 of its text: what decisions call it.
    package var hash: String
    /// The hash of the one of its kind in service when it was proposed; nil for the first.
    package var base: String?
    package var proposedBy: String
    package var proposedAt: Date
    package var reason: String
    /// The person who stands for it; nil while only a file or a machine does.
    package var vouchedBy: String?
    package var status: GovernedStatus
    /// Who put it into service or refused it, and why; nil for one that is open or outdated.
    package var settledBy: String?
    package var settledAt: Date?
    package var settledBecause: String?
    package var inServiceFrom: Date?
    package var inServiceUntil: Date?

    package init(
        number: Int, kind: GovernedKind, hash: String, base: String?, proposedBy: String, proposedAt: Date,
        reason: String, vouchedBy: String? = nil, status: GovernedStatus = .proposed
    ) {
        self.number = number
        self.kind = kind
        self.hash = hash
        self.base = base
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
        self.reason = reason
        self.vouchedBy = vouchedBy
        self.status = status
    }
}

extension GovernedRecord: SQLRecord {
    static let columns: SQLStatement =
        """
        number, kind, hash, base, proposed_by, proposed_at, reason, vouched_by, status, settled_by, settled_at,
        settled_because, in_service_from, in_service_until
        """

    init(row: SQLRow) throws {
        self.init(
            number: try row["number"], kind: try row["kind"], hash: try row["hash"], base: try row["base"],
            proposedBy: try row["proposed_by"], proposedAt: try row["proposed_at"], reason: try row["reason"],
            vouchedBy: try row["vouched_by"], status: try row["status"])
        settledBy = try row["settled_by"]
        settledAt = try row["settled_at"]
        settledBecause = try row["settled_because"]
        inServiceFrom = try row["in_service_from"]
        inServiceUntil = try row["in_service_until"]
    }
}
