package import Foundation

/// Failed sign-ins of one name or from one address, since the last good one.
package struct SignInFailures: Sendable, Hashable {
    package var subject: String
    package var count: Int
    package var lastAt: Date

    package init(subject: String, count: Int, lastAt: Date) {
        self.subject = subject
        self.count = count
        self.lastAt = lastAt
    }
}

extension SignInFailures: SQLRecord {
    static let columns: SQLStatement = "subject, failure_count, last_failed_at"

    init(row: SQLRow) throws {
        self.init(subject: try row["subject"], count: try row["failure_count"], lastAt: try row["last_failed_at"])
    }
}

extension Transaction {
    /// What is known of these subjects.
    package func signInFailures(of subjects: [String]) throws -> [SignInFailures] {
        try all(
            "SELECT \(SignInFailures.columns) FROM sign_in_failures WHERE subject IN (\(list: subjects)) ORDER BY subject"
        )
    }

    /// Counts one more failure.
    package func noteSignInFailure(of subject: String, at now: Date) throws {
        try execute(
            """
            INSERT INTO sign_in_failures (\(SignInFailures.columns)) VALUES (\(subject), 1, \(now))
            ON CONFLICT (subject) DO UPDATE SET failure_count = sign_in_failures.failure_count + 1,
                last_failed_at = excluded.last_failed_at
            """)
    }

    /// Takes one failure back that turned out to be none; the one before it was at `lastAt`, nil when there was none.
    package func takeBackSignInFailure(of subject: String, lastAt: Date?) throws {
        let last: SQLStatement = lastAt.map { ", last_failed_at = \($0)" } ?? ""
        try execute("UPDATE sign_in_failures SET failure_count = failure_count - 1\(last) WHERE subject = \(subject)")
        try execute("DELETE FROM sign_in_failures WHERE subject = \(subject) AND failure_count <= 0")
    }

    /// Forgets the failures of a subject; false when there were none.
    @discardableResult
    package func forgetSignInFailures(of subject: String) throws -> Bool {
        try execute("DELETE FROM sign_in_failures WHERE subject = \(subject)") > 0
    }

    /// Forgets the failures of whoever has not failed since `time`.
    package func forgetSignInFailures(before time: Date) throws {
        try execute("DELETE FROM sign_in_failures WHERE last_failed_at < \(time)")
    }
}
