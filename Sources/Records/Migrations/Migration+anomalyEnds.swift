extension Migration {
    /// What each anomaly is worth, how it ended and when, and where contracts came from.
    ///
    /// Anomalies have identifiers of their own now, by which a list goes on; those of before sort by their documents'. How
    /// those of settled documents ended is told by the documents, and by the audit chain where they were closed as copies.
    static func anomalyEnds(_ dialect: SQLDialect) -> [String] {
        [
            "ALTER TABLE anomalies ADD COLUMN id TEXT",
            "UPDATE anomalies SET id = document_id || '-' || ordinal",
            "CREATE UNIQUE INDEX anomalies_id ON anomalies (id)",
            "ALTER TABLE anomalies ADD COLUMN amount_cents BIGINT",
            """
            ALTER TABLE anomalies ADD COLUMN outcome TEXT
                CHECK (outcome IN ('confirmed', 'refused', 'duplicate', 'withdrawn'))
            """,
            "ALTER TABLE anomalies ADD COLUMN ended_at BIGINT",
            "ALTER TABLE anomalies ADD COLUMN ended_because TEXT",
            end("confirmed", "accepted", isSeen), end("refused", "rejected"), end("withdrawn", "merged"),
            """
            UPDATE anomalies SET outcome = 'duplicate' WHERE outcome = 'refused' AND EXISTS (
                SELECT 1 FROM audit_entries a WHERE a.subject = anomalies.document_id
                    AND a.action = 'document.rejected' AND a.detail LIKE '%"reason":"duplicate"%')
            """,
            "CREATE INDEX anomalies_outcome ON anomalies (outcome, id)",
            // What is asked of many lines stands in the index itself.
            "DROP INDEX line_adjustments_reason",
            "CREATE INDEX line_adjustments_reason ON line_adjustments (payer_key, reason, document_id, share)",
            "ALTER TABLE contract_rates ADD COLUMN source TEXT NOT NULL DEFAULT ''",
        ]
    }

    /// A person looked at the document: what policy accepted by itself nobody let stand.
    private static let isSeen =
        "EXISTS (SELECT 1 FROM review_tasks t WHERE t.document_id = anomalies.document_id AND t.status = 'done')"

    private static func end(_ outcome: String, _ status: String, _ condition: String = "1 = 1") -> String {
        """
        UPDATE anomalies SET outcome = '\(outcome)',
            ended_at = (SELECT d.updated_at FROM documents d WHERE d.id = anomalies.document_id)
        WHERE EXISTS (SELECT 1 FROM documents d WHERE d.id = anomalies.document_id AND d.status = '\(status)')
            AND \(condition)
        """
    }
}
