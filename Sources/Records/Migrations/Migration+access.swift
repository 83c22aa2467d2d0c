extension Migration {
    /// Who people are to OpenID providers, where files came to, and what people and machines are limited to.
    static func identitiesAndGrants(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE user_identities (
                issuer TEXT NOT NULL, subject TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES users (id),
                PRIMARY KEY (issuer, subject))
            """,
            "CREATE INDEX user_identities_user ON user_identities (user_id)",
            """
            CREATE TABLE grants (
                holder_id TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('queue', 'facility')), name TEXT NOT NULL,
                PRIMARY KEY (holder_id, kind, name))
            """,
            "ALTER TABLE files ADD COLUMN facility TEXT",
            "ALTER TABLE arrivals ADD COLUMN facility TEXT",
            "CREATE INDEX review_tasks_document ON review_tasks (document_id, id)",
        ]
    }
}
