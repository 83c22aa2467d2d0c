extension Migration {
    /// What payers refuse, the work that people do about it, and numbers of authorizations written to accounts.
    static func firstDenials(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE denials (
                id TEXT NOT NULL PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id),
                ordinal BIGINT NOT NULL, place TEXT NOT NULL, claim_place TEXT NOT NULL, category TEXT NOT NULL,
                scenario TEXT NOT NULL, root_cause TEXT NOT NULL, is_appealable BIGINT NOT NULL,
                confidence BIGINT NOT NULL CHECK (confidence BETWEEN 0 AND 10000),
                grounds TEXT NOT NULL, codes TEXT NOT NULL, amount_cents BIGINT NOT NULL CHECK (amount_cents >= 0),
                payer_name TEXT, payer_key TEXT NOT NULL, deadline TEXT, deadline_day BIGINT, deadline_source TEXT,
                recorded_at BIGINT NOT NULL, withdrawn_at BIGINT,
                CHECK ((deadline IS NULL) = (deadline_day IS NULL)),
                CHECK ((deadline IS NULL) = (deadline_source IS NULL)))
            """,
            "CREATE INDEX denials_document ON denials (document_id)",
            "CREATE INDEX denials_standing ON denials (category, payer_key) WHERE withdrawn_at IS NULL",
            """
            CREATE TABLE work_items (
                id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL,
                document_id TEXT NOT NULL REFERENCES documents (id), place TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('open', 'taken', 'awaiting', 'closed', 'withdrawn')),
                version BIGINT NOT NULL, holder TEXT, opened_by TEXT NOT NULL, opened_at BIGINT NOT NULL,
                due_date TEXT, deadline TEXT, amount_cents BIGINT, outcome TEXT, closed_by TEXT, closed_at BIGINT,
                correlation_id TEXT NOT NULL,
                CHECK ((status IN ('taken', 'awaiting')) = (holder IS NOT NULL)),
                CHECK ((status = 'closed') = (outcome IS NOT NULL)),
                CHECK ((status IN ('closed', 'withdrawn')) = (closed_at IS NOT NULL)))
            """,
            """
            CREATE UNIQUE INDEX work_items_one_at_a_time ON work_items (document_id, kind, place)
                WHERE status IN ('open', 'taken', 'awaiting')
            """,
            "CREATE INDEX work_items_document ON work_items (document_id)",
            "CREATE INDEX work_items_due ON work_items (status, due_date)",
            """
            CREATE TABLE account_authorizations (
                account_number TEXT NOT NULL REFERENCES accounts (account_number), authorization_number TEXT NOT NULL,
                document_id TEXT NOT NULL REFERENCES documents (id), payer_name TEXT, service_start TEXT,
                service_end TEXT, written_by TEXT NOT NULL, written_at BIGINT NOT NULL, withdrawn_at BIGINT,
                PRIMARY KEY (account_number, authorization_number))
            """,
            "CREATE INDEX account_authorizations_document ON account_authorizations (document_id)",
        ]
    }
}
