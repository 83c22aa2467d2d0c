package import Foundation

extension Transaction {
    /// Adds a person; throws `duplicate` when the name is taken.
    package func addUser(_ user: User) throws {
        try execute(
            """
            INSERT INTO users (\(User.columns))
            VALUES (\(user.id), \(user.name), \(user.role), \(user.passwordHash), \(user.createdAt), \(user.disabled))
            """)
    }

    package func user(_ id: String) throws -> User? {
        try first("SELECT \(User.columns) FROM users WHERE id = \(id)")
    }

    package func user(named name: String) throws -> User? {
        try first("SELECT \(User.columns) FROM users WHERE name = \(name)")
    }

    /// Everybody, by name, `offset` of them left out.
    package func users(offset: Int = 0, limit: Int = .max) throws -> [User] {
        try all("SELECT \(User.columns) FROM users ORDER BY name LIMIT \(limit) OFFSET \(offset)")
    }

    package func userCount() throws -> Int {
        try rows("SELECT COUNT(*) AS number FROM users").first?["number"] ?? 0
    }

    /// Changes a person's role, password hash or disabled mark, and ends their sessions.
    ///
    /// Throws `notFound`.
    package func updateUser(_ user: User) throws {
        let changed = try execute(
            """
            UPDATE users SET role = \(user.role), password_hash = \(user.passwordHash), disabled = \(user.disabled)
            WHERE id = \(user.id)
            """)
        guard changed == 1 else { throw RecordsError(.notFound, "There is no user \(user.name).") }
        try endSessions(of: user.id)
    }

    package func addAPIKey(_ key: APIKey) throws {
        try execute(
            """
            INSERT INTO api_keys (\(APIKey.columns))
            VALUES (\(key.id), \(key.name), \(key.role), \(key.secretHash), \(key.createdAt), \(key.revokedAt))
            """)
    }

    /// The key whose secret has this SHA-256, unless it was revoked.
    package func apiKey(secretHash: String) throws -> APIKey? {
        try first("SELECT \(APIKey.columns) FROM api_keys WHERE secret_hash = \(secretHash) AND revoked_at IS NULL")
    }

    /// Every key, revoked ones too, in the order they were made.
    package func apiKeys() throws -> [APIKey] {
        try all("SELECT \(APIKey.columns) FROM api_keys ORDER BY id")
    }

    /// Refuses a key from now on; throws `notFound` when there is no such key that is good.
    package func revokeAPIKey(_ id: String, at now: Date) throws {
        guard try execute("UPDATE api_keys SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL") == 1
        else { throw RecordsError(.notFound, "There is no API key \(id) that could be revoked.") }
    }

    package func addSession(_ session: Session) throws {
        try execute(
            """
            INSERT INTO sessions (\(Session.columns))
            VALUES (\(session.tokenHash), \(session.userID), \(session.csrfToken), \(session.createdAt),
                \(session.expiresAt), \(session.seenAt))
            """)
    }

    /// The session whose token has this SHA-256, unless it ran out, was not used since `seenSince`, or its user is disabled.
    package func session(
        tokenHash: String, at now: Date, seenSince: Date = .distantPast
    ) throws -> Session? {
        try first(
            """
            SELECT \(Session.columns) FROM sessions
            WHERE token_hash = \(tokenHash) AND expires_at > \(now) AND seen_at > \(seenSince)
                AND user_id IN (SELECT id FROM users WHERE disabled = 0)
            """)
    }

    /// Ends a session; it may have ended already.
    package func endSession(tokenHash: String) throws {
        try execute("DELETE FROM sessions WHERE token_hash = \(tokenHash)")
    }

    /// Forgets the sessions that ran out or were not used since `seenSince`.
    package func deleteSessions(expiredAt now: Date, seenSince: Date = .distantPast) throws {
        try execute("DELETE FROM sessions WHERE expires_at <= \(now) OR seen_at <= \(seenSince)")
    }
}
