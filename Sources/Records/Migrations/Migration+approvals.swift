extension Migration {
    /// Approvals with their decisions, delegations, and the texts of the matrices that decisions were made under.
    ///
    /// That nobody decides twice on the same content under one matrix, or for themselves, is a rule of the tables too.
    static func approvals(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE approval_matrices (
                hash TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL, first_used_at BIGINT NOT NULL)
            """,
            """
            CREATE TABLE approvals (
                id TEXT NOT NULL PRIMARY KEY, request_key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
                content TEXT NOT NULL, content_hash TEXT NOT NULL, amount_cents BIGINT, facility TEXT,
                document_id TEXT REFERENCES documents (id), requested_by TEXT NOT NULL, involved TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('requested', 'approved', 'refused', 'withdrawn', 'expired')),
                version BIGINT NOT NULL, requested_at BIGINT NOT NULL, remind_at BIGINT, reminded_count BIGINT NOT NULL,
                climb_at BIGINT, climbed_count BIGINT NOT NULL, expires_at BIGINT, ended_at BIGINT, ended_by TEXT,
                reason TEXT, correlation_id TEXT NOT NULL,
                CHECK ((status = 'requested') = (ended_at IS NULL)),
                CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
                CHECK (status <> 'approved' OR amount_cents IS NOT NULL))
            """,
            "CREATE INDEX approvals_status ON approvals (status, id)",
            "CREATE INDEX approvals_document ON approvals (document_id) WHERE document_id IS NOT NULL",
            """
            CREATE TABLE approval_decisions (
                id TEXT NOT NULL PRIMARY KEY, approval_id TEXT NOT NULL REFERENCES approvals (id),
                verdict TEXT NOT NULL CHECK (verdict IN ('approved', 'refused')), person TEXT NOT NULL,
                on_behalf_of TEXT, delegation_id TEXT, warrant TEXT NOT NULL, content_hash TEXT NOT NULL,
                matrix_hash TEXT NOT NULL REFERENCES approval_matrices (hash), reason TEXT, decided_at BIGINT NOT NULL,
                UNIQUE (approval_id, person, content_hash, matrix_hash),
                CHECK (on_behalf_of IS NULL OR on_behalf_of <> person),
                CHECK ((on_behalf_of IS NULL) = (delegation_id IS NULL)))
            """,
            """
            CREATE TABLE delegations (
                id TEXT NOT NULL PRIMARY KEY, from_person TEXT NOT NULL, to_person TEXT NOT NULL, kinds TEXT,
                limit_cents BIGINT, starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL, made_at BIGINT NOT NULL,
                revoked_at BIGINT, CHECK (from_person <> to_person), CHECK (starts_at < ends_at))
            """,
            "CREATE INDEX delegations_ends ON delegations (ends_at)",
        ]
    }
}
