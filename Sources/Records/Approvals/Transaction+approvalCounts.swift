package import Foundation

extension Transaction {
    /// How many approvals have each status.
    package func approvalCounts() throws -> [ApprovalStatus: Int] {
        try counts("SELECT status AS word, COUNT(*) AS number FROM approvals GROUP BY status")
    }

    /// How long approvals that nobody has decided have waited at `now`, by kind.
    package func openApprovalAges(at now: Date) throws -> [WaitingAges] {
        try all(
            """
            SELECT kind AS name, \(WaitingAges.columns(of: "requested_at", at: now)) FROM approvals
            WHERE status = 'requested' GROUP BY kind ORDER BY kind
            """)
    }
}
