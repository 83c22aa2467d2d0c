extension Transaction {
    /// Adds a policy with its text and what a trial on the last documents came to; throws `duplicate` when one is in
    /// service and this one is said to be, or its number is taken.
    package func addPolicy(_ record: PolicyRecord, text: String, report: String) throws {
        try execute(
            """
            INSERT INTO policies (\(PolicyRecord.columns), text, report)
            VALUES (\(record.number), \(record.hash), \(record.base), \(record.proposedBy), \(record.proposedAt),
                \(record.reason), \(record.vouchedBy), \(record.status), \(record.settledBy), \(record.settledAt),
                \(record.settledBecause), \(record.inServiceFrom), \(record.inServiceUntil), \(text), \(report))
            """)
    }

    /// Keeps what became of a policy; throws `notFound`.
    package func updatePolicy(_ record: PolicyRecord) throws {
        let changed = try execute(
            """
            UPDATE policies SET vouched_by = \(record.vouchedBy), status = \(record.status),
                settled_by = \(record.settledBy), settled_at = \(record.settledAt),
                settled_because = \(record.settledBecause), in_service_from = \(record.inServiceFrom),
                in_service_until = \(record.inServiceUntil)
            WHERE number = \(record.number)
            """)
        guard changed == 1 else { throw RecordsError(.notFound, "There is no policy number \(record.number).") }
    }

    /// The policy that decides now; nil until the service started for the first time.
    package func policyInService() throws -> PolicyRecord? {
        try first("SELECT \(PolicyRecord.columns) FROM policies WHERE status = 'in_service'")
    }

    /// What matters for what may happen next: the policy in service and those that are proposed, in their order.
    package func openPolicies() throws -> [PolicyRecord] {
        try all(
            """
            SELECT \(PolicyRecord.columns) FROM policies WHERE status IN ('proposed', 'in_service') ORDER BY number
            """)
    }

    /// The policy that was proposed last with this hash.
    package func policy(hash: String) throws -> PolicyRecord? {
        try first(
            "SELECT \(PolicyRecord.columns) FROM policies WHERE hash = \(hash) ORDER BY number DESC LIMIT 1")
    }

    /// Policies, the newest first; `before` is the number of the last one of the page before.
    package func policies(before: Int? = nil, limit: Int = 100) throws -> [PolicyRecord] {
        let next = before.map { "number < \($0)" as SQLStatement } ?? SQLStatement.all([])
        return try all(
            "SELECT \(PolicyRecord.columns) FROM policies WHERE \(next) ORDER BY number DESC LIMIT \(limit)")
    }

    /// The text of the policy with this number, and what its trial came to.
    package func policyText(_ number: Int) throws -> (text: String, report: String)? {
        try rows("SELECT text, report FROM policies WHERE number = \(number)").first.map {
            (try $0["text"], try $0["report"])
        }
    }

    /// The number that the next policy gets.
    package func nextPolicyNumber() throws -> Int {
        let latest: Int? = try rows("SELECT MAX(number) AS number FROM policies").first?["number"]
        return (latest ?? 0) + 1
    }
}
