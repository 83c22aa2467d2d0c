package import Foundation

extension Transaction {
    /// Changes a person's password hash and nothing else: their sessions stay.
    ///
    /// Throws `notFound`.
    package func setPasswordHash(_ passwordHash: String, of userID: String) throws {
        guard try execute("UPDATE users SET password_hash = \(passwordHash) WHERE id = \(userID)") == 1 else {
            throw RecordsError(.notFound, "There is no user with the id \(userID).")
        }
    }

    /// The sessions of a person that have not ended by themselves, the one that was used last first.
    package func sessions(of userID: String, at now: Date, seenSince: Date) throws -> [Session] {
        try all(
            """
            SELECT \(Session.columns) FROM sessions
            WHERE user_id = \(userID) AND expires_at > \(now) AND seen_at > \(seenSince)
            ORDER BY seen_at DESC, token_hash
            """)
    }

    /// How many such sessions each person has, by the person's id.
    package func sessionCounts(at now: Date, seenSince: Date) throws -> [String: Int] {
        try counts(
            """
            SELECT user_id AS word, COUNT(*) AS number FROM sessions
            WHERE expires_at > \(now) AND seen_at > \(seenSince) GROUP BY user_id
            """)
    }

    /// Notes that a session was used; it may have ended.
    package func noteSessionUse(tokenHash: String, at now: Date) throws {
        try execute("UPDATE sessions SET seen_at = \(now) WHERE token_hash = \(tokenHash) AND seen_at < \(now)")
    }

    /// Ends a person's sessions, but for one where that is named, and gives how many there were.
    @discardableResult
    package func endSessions(of userID: String, except tokenHash: String? = nil) throws -> Int {
        try execute("DELETE FROM sessions WHERE user_id = \(userID) AND token_hash <> \(tokenHash ?? "")")
    }

    /// Notes when somebody or something was last there: `user:ID`, `key:ID`.
    package func noteUse(of subject: String, at now: Date) throws {
        try execute(
            """
            INSERT INTO last_uses (subject, used_at) VALUES (\(subject), \(now))
            ON CONFLICT (subject) DO UPDATE SET used_at = excluded.used_at
            """)
    }

    /// When somebody or something was last there; nil for never.
    package func lastUse(of subject: String) throws -> Date? {
        try rows("SELECT used_at FROM last_uses WHERE subject = \(subject)").first?["used_at"]
    }

    /// When each of those was last there that ever were.
    package func lastUses() throws -> [String: Date] {
        try rows("SELECT subject, used_at FROM last_uses").reduce(into: [:]) { uses, row in
            uses[try row["subject"]] = try row["used_at"] as Date
        }
    }

    /// Gives every task that `owner` holds back to its queue, and gives these tasks.
    package func releaseTasks(of owner: String) throws -> [ReviewTask] {
        try all(
            """
            UPDATE review_tasks SET status = 'open', version = version + 1, lease_owner = NULL, lease_until = NULL
            WHERE status = 'leased' AND lease_owner = \(owner)
            RETURNING \(ReviewTask.columns)
            """)
    }
}
