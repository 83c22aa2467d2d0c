package import Foundation

/// A person who may sign in.
package struct User: Sendable, Hashable {
    package var id: String
    /// The name to sign in with; no two people have the same.
    package var name: String
    package var role: String
    /// Never the password itself.
    package var passwordHash: String
    package var createdAt: Date
    package var disabled: Bool

    package init(
        id: String, name: String, role: String, passwordHash: String, createdAt: Date, disabled: Bool = false
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.passwordHash = passwordHash
        self.createdAt = createdAt
        self.disabled = disabled
    }
}

/// A machine's key for the HTTP interface.
package struct APIKey: Sendable, Hashable {
    package var id: String
    package var name: String
    package var role: String
    /// SHA-256 of the secret, which is shown once and not kept.
    package var secretHash: String
    package var createdAt: Date
    /// Since when it is refused; nil while it is good.
    package var revokedAt: Date?

    package init(
        id: String, name: String, role: String, secretHash: String, createdAt: Date, revokedAt: Date? = nil
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.secretHash = secretHash
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }
}

/// A person's stay after signing in.
package struct Session: Sendable, Hashable {
    /// SHA-256 of the token in the browser's cookie, which is not kept.
    package var tokenHash: String
    package var userID: String
    /// What the session's own pages send back with a form; worth nothing without the cookie.
    package var csrfToken: String
    package var createdAt: Date
    package var expiresAt: Date
    /// When a request of it came last, to the minute.
    package var seenAt: Date

    package init(
        tokenHash: String, userID: String, csrfToken: String, createdAt: Date, expiresAt: Date, seenAt: Date? = nil
    ) {
        self.tokenHash = tokenHash
        self.userID = userID
        self.csrfToken = csrfToken
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.seenAt = seenAt ?? createdAt
    }
}

extension User: SQLRecord {
    static let columns: SQLStatement = "id, name, role, password_hash, created_at, disabled"

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], name: try row["name"], role: try row["role"],
            passwordHash: try row["password_hash"], createdAt: try row["created_at"], disabled: try row["disabled"])
    }
}

extension APIKey: SQLRecord {
    static let columns: SQLStatement = "id, name, role, secret_hash, created_at, revoked_at"

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], name: try row["name"], role: try row["role"], secretHash: try row["secret_hash"],
            createdAt: try row["created_at"], revokedAt: try row["revoked_at"])
    }
}

extension Session: SQLRecord {
    static let columns: SQLStatement = "token_hash, user_id, csrf_token, created_at, expires_at, seen_at"

    init(row: SQLRow) throws {
        self.init(
            tokenHash: try row["token_hash"], userID: try row["user_id"], csrfToken: try row["csrf_token"],
            createdAt: try row["created_at"], expiresAt: try row["expires_at"], seenAt: try row["seen_at"])
    }
}
