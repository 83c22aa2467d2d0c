extension Migration {
    /// Journals that were sent to the hospital's ledger, with their lines.
    ///
    /// That a line has one side, and that a journal is taken back once, are rules of the tables too.
    static func postings(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE journals (
                journal_key TEXT NOT NULL PRIMARY KEY, connector TEXT NOT NULL, subject TEXT NOT NULL,
                document_id TEXT, approval_id TEXT, kind TEXT NOT NULL,
                reverses TEXT REFERENCES journals (journal_key), journal TEXT NOT NULL,
                total_cents BIGINT NOT NULL CHECK (total_cents > 0),
                status TEXT NOT NULL CHECK (status IN ('sent', 'posted', 'differing', 'refused')), ledger_id TEXT,
                problem TEXT, correlation_id TEXT NOT NULL, sent_at BIGINT NOT NULL, settled_at BIGINT,
                CHECK (status <> 'posted' OR ledger_id IS NOT NULL), CHECK ((status = 'sent') = (settled_at IS NULL)))
            """,
            "CREATE UNIQUE INDEX journals_reversed_once ON journals (reverses) WHERE reverses IS NOT NULL",
            "CREATE INDEX journals_subject ON journals (subject, journal_key)",
            "CREATE INDEX journals_status ON journals (status, journal_key)",
            """
            CREATE TABLE journal_lines (
                journal_key TEXT NOT NULL REFERENCES journals (journal_key), number BIGINT NOT NULL,
                account TEXT NOT NULL, debit_cents BIGINT NOT NULL CHECK (debit_cents >= 0),
                credit_cents BIGINT NOT NULL CHECK (credit_cents >= 0), reference TEXT,
                PRIMARY KEY (journal_key, number), CHECK ((debit_cents = 0) <> (credit_cents = 0)))
            """,
            "CREATE INDEX journal_lines_account ON journal_lines (account, journal_key)",
        ]
    }
}
