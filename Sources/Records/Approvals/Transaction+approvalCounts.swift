package import Foundation

/// The approvals of a kind that nobody has decided.
package struct OpenApprovalAge: Sendable, Hashable {
    package var kind: String
    package var count: Int
    package var oldestAt: Date
}

extension OpenApprovalAge: SQLRecord {
    init(row: SQLRow) throws {
        self.init(kind: try row["kind"], count: try row["number"], oldestAt: try row["oldest"])
    }
}

extension Transaction {
    /// How many approvals have each status.
    package func approvalCounts() throws -> [ApprovalStatus: Int] {
        try counts("SELECT status AS word, COUNT(*) AS number FROM approvals GROUP BY status")
    }

    /// Open approvals by kind, with the moment at which the oldest was asked for.
    package func openApprovalAges() throws -> [OpenApprovalAge] {
        try all(
            """
            SELECT kind, COUNT(*) AS number, MIN(requested_at) AS oldest FROM approvals
            WHERE status = 'requested' GROUP BY kind ORDER BY kind
            """)
    }
}
