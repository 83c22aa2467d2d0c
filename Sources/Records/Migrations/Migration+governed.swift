extension Migration {
    /// Approval matrices that one proposes and another confirms, beside policies; who made a delegation.
    static func governed(_ dialect: SQLDialect) -> [String] {
        [
            "ALTER TABLE policies RENAME TO governed_texts",
            """
            ALTER TABLE governed_texts ADD COLUMN kind TEXT NOT NULL DEFAULT 'policy'
                CHECK (kind IN ('policy', 'approval_matrix'))
            """,
            "DROP INDEX policies_one_in_service",
            "DROP INDEX policies_proposed_once",
            "DROP INDEX policies_hash",
            "CREATE UNIQUE INDEX governed_one_in_service ON governed_texts (kind) WHERE status = 'in_service'",
            "CREATE UNIQUE INDEX governed_proposed_once ON governed_texts (kind, hash) WHERE status = 'proposed'",
            "CREATE INDEX governed_hash ON governed_texts (kind, hash, number)",
            "ALTER TABLE delegations ADD COLUMN made_by TEXT NOT NULL DEFAULT ''",
            "UPDATE delegations SET made_by = 'user:' || from_person",
        ]
    }
}
