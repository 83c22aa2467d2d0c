extension Migration {
    /// What waits to be told in an 835, and the files that were written of it.
    ///
    /// That one payment is told once at a time, and that a control number is given once, are rules of the tables too.
    static func remittances(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE remittance_batches (
                id TEXT NOT NULL PRIMARY KEY, sender TEXT NOT NULL, payer TEXT NOT NULL,
                control_number BIGINT NOT NULL CHECK (control_number BETWEEN 1 AND 999999999),
                file_name TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, bytes \(dialect.bytes.sql) NOT NULL,
                set_count BIGINT NOT NULL, payment_cents BIGINT NOT NULL, made_at BIGINT NOT NULL,
                UNIQUE (sender, control_number))
            """,
            """
            CREATE TABLE remittance_items (
                id TEXT NOT NULL PRIMARY KEY, idempotency_key TEXT NOT NULL UNIQUE, sender TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('payment', 'reversal')),
                document_id TEXT NOT NULL REFERENCES documents (id), event_id TEXT NOT NULL REFERENCES events (id),
                payer TEXT NOT NULL, payment_number TEXT NOT NULL, content TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('waiting', 'sent', 'reversed', 'withdrawn')), detail TEXT,
                batch_id TEXT REFERENCES remittance_batches (id), forward_cents BIGINT NOT NULL DEFAULT 0,
                created_at BIGINT NOT NULL, correlation_id TEXT NOT NULL,
                CHECK ((status IN ('sent', 'reversed')) = (batch_id IS NOT NULL)))
            """,
            """
            CREATE UNIQUE INDEX remittance_items_payment ON remittance_items (sender, payer, payment_number)
                WHERE kind = 'payment' AND status IN ('waiting', 'sent')
            """,
            "CREATE INDEX remittance_items_waiting ON remittance_items (sender, status, payer, id)",
            "CREATE INDEX remittance_items_document ON remittance_items (document_id)",
            "CREATE INDEX remittance_items_batch ON remittance_items (batch_id)",
            """
            CREATE TABLE x12_controls (
                sender TEXT NOT NULL PRIMARY KEY, last_number BIGINT NOT NULL)
            """,
        ]
    }
}
