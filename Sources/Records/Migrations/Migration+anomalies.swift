extension Migration {
    /// What documents are found by that may be of one paper or payment, what is unusual about each, the payers' contracts,
    /// and what payers adjust.
    ///
    /// The document of an anomaly may be added after it, in the same transaction.
    static func anomalies(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE document_keys (
                match_key TEXT NOT NULL, document_id TEXT NOT NULL REFERENCES documents (id),
                PRIMARY KEY (match_key, document_id))
            """,
            "CREATE INDEX document_keys_document ON document_keys (document_id)",
            "ALTER TABLE documents ADD COLUMN key_version BIGINT NOT NULL DEFAULT 0",
            "CREATE INDEX documents_key_version ON documents (key_version, id)",
            "ALTER TABLE pages ADD COLUMN image_hash TEXT",
            """
            CREATE TABLE anomalies (
                document_id TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
                ordinal BIGINT NOT NULL, code TEXT NOT NULL, place TEXT, detail TEXT NOT NULL,
                other_id TEXT REFERENCES documents (id), evidence TEXT NOT NULL, found_at BIGINT NOT NULL,
                told BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (document_id, ordinal))
            """,
            "CREATE INDEX anomalies_other ON anomalies (other_id) WHERE other_id IS NOT NULL",
            """
            CREATE TABLE contract_rates (
                payer_key TEXT NOT NULL, procedure_code TEXT NOT NULL, modifier TEXT NOT NULL,
                facility TEXT NOT NULL, effective_from TEXT NOT NULL, effective_to TEXT, payer_name TEXT NOT NULL,
                allowed_cents BIGINT NOT NULL CHECK (allowed_cents > 0), imported_at BIGINT NOT NULL,
                PRIMARY KEY (procedure_code, payer_key, modifier, facility, effective_from))
            """,
            "CREATE INDEX contract_rates_payer ON contract_rates (payer_key)",
            """
            CREATE TABLE line_adjustments (
                document_id TEXT NOT NULL REFERENCES documents (id), ordinal BIGINT NOT NULL,
                payer_key TEXT NOT NULL, reason TEXT NOT NULL, share BIGINT NOT NULL,
                PRIMARY KEY (document_id, ordinal))
            """,
            "CREATE INDEX line_adjustments_reason ON line_adjustments (payer_key, reason, document_id)",
        ]
    }
}
