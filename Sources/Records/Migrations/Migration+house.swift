extension Migration {
    /// Policies that one proposes and another confirms, sessions that end when nobody works, failed sign-ins.
    static func house(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE policies (
                number BIGINT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, base TEXT, text TEXT NOT NULL,
                report TEXT NOT NULL, proposed_by TEXT NOT NULL, proposed_at BIGINT NOT NULL, reason TEXT NOT NULL,
                vouched_by TEXT,
                status TEXT NOT NULL
                    CHECK (status IN ('proposed', 'in_service', 'former', 'refused', 'outdated')),
                settled_by TEXT, settled_at BIGINT, settled_because TEXT, in_service_from BIGINT, in_service_until BIGINT,
                CHECK ((settled_by IS NULL) = (settled_at IS NULL)),
                CHECK ((status IN ('in_service', 'former')) = (in_service_from IS NOT NULL)),
                CHECK ((status = 'former') = (in_service_until IS NOT NULL)))
            """,
            "CREATE UNIQUE INDEX policies_one_in_service ON policies (status) WHERE status = 'in_service'",
            "CREATE UNIQUE INDEX policies_proposed_once ON policies (hash) WHERE status = 'proposed'",
            "CREATE INDEX policies_hash ON policies (hash, number)",
            "ALTER TABLE sessions ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0",
            "UPDATE sessions SET seen_at = created_at",
            "CREATE INDEX sessions_user ON sessions (user_id)",
            """
            CREATE TABLE sign_in_failures (
                subject TEXT NOT NULL PRIMARY KEY, failure_count BIGINT NOT NULL, last_failed_at BIGINT NOT NULL)
            """,
            "CREATE INDEX sign_in_failures_time ON sign_in_failures (last_failed_at)",
            "CREATE TABLE last_uses (subject TEXT NOT NULL PRIMARY KEY, used_at BIGINT NOT NULL)",
            "CREATE INDEX review_tasks_owner ON review_tasks (lease_owner) WHERE lease_owner IS NOT NULL",
        ]
    }
}
