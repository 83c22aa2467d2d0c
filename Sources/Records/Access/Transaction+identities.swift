/// People as OpenID providers know them.
extension Transaction {
    /// Binds a person to the name that a provider has for them; throws `duplicate` when it is another's already.
    package func addIdentity(issuer: String, subject: String, of userID: String) throws {
        try execute(
            """
            INSERT INTO user_identities (issuer, subject, user_id) VALUES (\(issuer), \(subject), \(userID))
            """)
    }

    /// The person whom the provider calls `subject`.
    package func user(issuer: String, subject: String) throws -> User? {
        try first(
            """
            SELECT \(User.columns) FROM users WHERE id = (
                SELECT user_id FROM user_identities WHERE issuer = \(issuer) AND subject = \(subject))
            """)
    }

    /// Whether some provider knows the person.
    package func hasIdentity(_ userID: String) throws -> Bool {
        try !rows("SELECT 1 AS found FROM user_identities WHERE user_id = \(userID) LIMIT 1").isEmpty
    }

}
