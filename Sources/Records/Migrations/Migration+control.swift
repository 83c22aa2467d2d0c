extension Migration {
    /// What double-blind keys and known-answer checks need.
    ///
    /// That no person gives both keys is a rule of the table too, whatever the program does.
    static func firstControl(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE key_rounds (
                document_id TEXT NOT NULL PRIMARY KEY REFERENCES documents (id), document_version BIGINT NOT NULL,
                basis TEXT NOT NULL, places TEXT NOT NULL, opened_at BIGINT NOT NULL,
                first_by TEXT, first_values TEXT, second_by TEXT, second_values TEXT,
                CHECK ((first_by IS NULL) = (first_values IS NULL)),
                CHECK ((second_by IS NULL) = (second_values IS NULL)),
                CHECK (second_by IS NULL OR first_by IS NOT NULL AND first_by <> second_by))
            """,
            """
            CREATE TABLE known_answer_checks (
                id TEXT NOT NULL PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id),
                person TEXT NOT NULL, queue TEXT NOT NULL, instead_of TEXT NOT NULL, answer TEXT NOT NULL,
                document TEXT, version BIGINT NOT NULL, lease_until BIGINT NOT NULL, created_at BIGINT NOT NULL,
                outcome TEXT CHECK (outcome IN ('caught', 'missed', 'unanswered')), ended_at BIGINT,
                UNIQUE (document_id, person), UNIQUE (person, instead_of),
                CHECK ((outcome IS NULL) = (ended_at IS NULL)),
                CHECK ((outcome IS NULL) = (document IS NOT NULL)))
            """,
            "CREATE INDEX known_answer_checks_person ON known_answer_checks (person, outcome)",
        ]
    }
}
