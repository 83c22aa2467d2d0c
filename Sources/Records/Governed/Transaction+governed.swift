extension Transaction {
    /// Adds what was proposed with its text and what a trial of it came to; throws `duplicate` when one of its kind is in
    /// service and this one is said to be, or its number is taken.
    package func addGoverned(_ record: GovernedRecord, text: String, report: String) throws {
        try execute(
            """
            INSERT INTO governed_texts (\(GovernedRecord.columns), text, report)
            VALUES (\(record.number), \(record.kind), \(record.hash), \(record.base), \(record.proposedBy),
                \(record.proposedAt), \(record.reason), \(record.vouchedBy), \(record.status), \(record.settledBy),
                \(record.settledAt), \(record.settledBecause), \(record.inServiceFrom), \(record.inServiceUntil),
                \(text), \(report))
            """)
    }

    /// Keeps what became of what was proposed; throws `notFound`.
    package func updateGoverned(_ record: GovernedRecord) throws {
        let changed = try execute(
            """
            UPDATE governed_texts SET vouched_by = \(record.vouchedBy), status = \(record.status),
                settled_by = \(record.settledBy), settled_at = \(record.settledAt),
                settled_because = \(record.settledBecause), in_service_from = \(record.inServiceFrom),
                in_service_until = \(record.inServiceUntil)
            WHERE number = \(record.number)
            """)
        guard changed == 1 else {
            throw RecordsError(.notFound, "Nothing with the number \(record.number) was proposed.")
        }
    }

    /// The one of its kind that decides now; nil until the service started for the first time.
    package func governedInService(_ kind: GovernedKind) throws -> GovernedRecord? {
        try first(
            """
            SELECT \(GovernedRecord.columns) FROM governed_texts WHERE kind = \(kind) AND status = 'in_service'
            """)
    }

    /// What matters for what may happen next: the one in service and those that are proposed, in their order.
    package func openGoverned(_ kind: GovernedKind) throws -> [GovernedRecord] {
        try all(
            """
            SELECT \(GovernedRecord.columns) FROM governed_texts
            WHERE kind = \(kind) AND status IN ('proposed', 'in_service') ORDER BY number
            """)
    }

    /// The one of its kind that was proposed last with this hash.
    package func governed(_ kind: GovernedKind, hash: String) throws -> GovernedRecord? {
        try first(
            """
            SELECT \(GovernedRecord.columns) FROM governed_texts WHERE kind = \(kind) AND hash = \(hash)
            ORDER BY number DESC LIMIT 1
            """)
    }

    /// All of one kind, the newest first; `before` is the number of the last one of the page before.
    package func governed(_ kind: GovernedKind, before: Int? = nil, limit: Int = 100) throws -> [GovernedRecord] {
        let next = before.map { "number < \($0)" as SQLStatement } ?? SQLStatement.all([])
        return try all(
            """
            SELECT \(GovernedRecord.columns) FROM governed_texts WHERE kind = \(kind) AND \(next)
            ORDER BY number DESC LIMIT \(limit)
            """)
    }

    /// The text with this number, and what its trial came to.
    package func governedText(_ number: Int) throws -> (text: String, report: String)? {
        try rows("SELECT text, report FROM governed_texts WHERE number = \(number)").first.map {
            (try $0["text"], try $0["report"])
        }
    }

    /// The number that what is proposed next gets.
    package func nextGovernedNumber() throws -> Int {
        let latest: Int? = try rows("SELECT MAX(number) AS number FROM governed_texts").first?["number"]
        return (latest ?? 0) + 1
    }
}
