extension Migration {
    /// Which document an event came of, so that what is held is held whatever it is told as; and an authorization's number
    /// for each letter that gives it, so that two letters do not take back each other's.
    ///
    /// A primary key cannot be changed, so the table of numbers is made anew; the same words run on both engines.
    static func eventDocuments(_ dialect: SQLDialect) -> [String] {
        [
            "ALTER TABLE events ADD COLUMN document_id TEXT",
            """
            UPDATE events SET document_id = COALESCE(
                (SELECT d.id FROM documents d WHERE d.id = events.subject),
                (SELECT a.document_id FROM approvals a WHERE a.id = events.subject),
                (SELECT w.document_id FROM work_items w WHERE w.id = events.subject))
            """,
            "DROP INDEX account_authorizations_document",
            "ALTER TABLE account_authorizations RENAME TO former_account_authorizations",
            """
            CREATE TABLE account_authorizations (
                account_number TEXT NOT NULL REFERENCES accounts (account_number), authorization_number TEXT NOT NULL,
                document_id TEXT NOT NULL REFERENCES documents (id), payer_name TEXT, service_start TEXT,
                service_end TEXT, written_by TEXT NOT NULL, written_at BIGINT NOT NULL, withdrawn_at BIGINT,
                PRIMARY KEY (account_number, authorization_number, document_id))
            """,
            """
            INSERT INTO account_authorizations (account_number, authorization_number, document_id, payer_name,
                service_start, service_end, written_by, written_at, withdrawn_at)
            SELECT account_number, authorization_number, document_id, payer_name, service_start, service_end,
                written_by, written_at, withdrawn_at
            FROM former_account_authorizations
            """,
            "DROP TABLE former_account_authorizations",
            "CREATE INDEX account_authorizations_document ON account_authorizations (document_id)",
        ]
    }
}
