package import Foundation

extension Transaction {
    /// Enters a file into the receipt ledger, or sees it again when it waits there already (same source and path).
    ///
    /// Gives the ledger's line, which keeps its first identifier and correlation id; size, detail (why it still waits)
    /// and a known SHA-256 replace the earlier ones.
    @discardableResult
    package func recordArrival(_ arrival: Arrival) throws -> Arrival {
        let recorded: Arrival? = try first(
            """
            INSERT INTO arrivals (\(Arrival.columns))
            VALUES (\(arrival.id), \(arrival.source), \(arrival.name), \(arrival.path), \(arrival.size),
                \(arrival.firstSeenAt), \(arrival.lastSeenAt), \(arrival.verdict), \(arrival.detail),
                \(arrival.sha256), \(arrival.correlationID), \(arrival.facility))
            ON CONFLICT (source, path) WHERE verdict = 'waiting' DO UPDATE SET
                last_seen_at = excluded.last_seen_at, size = excluded.size, detail = excluded.detail,
                sha256 = COALESCE(excluded.sha256, arrivals.sha256)
            RETURNING \(Arrival.columns)
            """)
        guard let recorded else { throw RecordsError(.database, "The arrival \(arrival.id) was not recorded.") }
        return recorded
    }

    /// Gives a waiting arrival its verdict; throws `wrongState` when it does not wait any more.
    package func settleArrival(
        _ id: String, _ verdict: ArrivalVerdict, detail: String? = nil, sha256: String? = nil, at now: Date
    ) throws {
        let changed = try execute(
            """
            UPDATE arrivals SET verdict = \(verdict), detail = \(detail), sha256 = COALESCE(\(sha256), sha256),
                last_seen_at = \(now)
            WHERE id = \(id) AND verdict = 'waiting'
            """)
        guard changed == 1 else { throw RecordsError(.wrongState, "The arrival \(id) does not wait for a verdict.") }
    }

    package func arrival(_ id: String) throws -> Arrival? {
        try first("SELECT \(Arrival.columns) FROM arrivals WHERE id = \(id)")
    }

    /// Arrivals, the newest first; `before` is the identifier of the last one of the page before.
    package func arrivals(
        verdict: ArrivalVerdict? = nil, source: String? = nil, sha256: String? = nil, before: String? = nil,
        within reach: Reach = .everything, limit: Int = 100
    ) throws -> [Arrival] {
        var conditions = [reach.ofArrivals]
        if let verdict { conditions.append("verdict = \(verdict)") }
        if let source { conditions.append("source = \(source)") }
        if let sha256 { conditions.append("sha256 = \(sha256)") }
        if let before { conditions.append("id < \(before)") }
        return try all(
            """
            SELECT \(Arrival.columns) FROM arrivals WHERE \(SQLStatement.all(conditions))
            ORDER BY id DESC LIMIT \(limit)
            """)
    }

    /// How many arrivals have each verdict.
    package func arrivalCounts(within reach: Reach = .everything) throws -> [ArrivalVerdict: Int] {
        try counts(
            "SELECT verdict AS word, COUNT(*) AS number FROM arrivals WHERE \(reach.ofArrivals) GROUP BY verdict")
    }

    /// Arrivals that nobody answers for: waiting since before `deadline`, or taken without a file in custody.
    package func unaccountedArrivals(
        waitingSince deadline: Date, within reach: Reach = .everything, limit: Int = 100
    ) throws -> [Arrival] {
        try all(
            """
            SELECT \(Arrival.columns) FROM arrivals
            WHERE \(Self.unaccounted(deadline)) AND \(reach.ofArrivals) ORDER BY id LIMIT \(limit)
            """)
    }

    /// How many arrivals `unaccountedArrivals` would give without a limit.
    package func unaccountedCount(waitingSince deadline: Date, within reach: Reach = .everything) throws -> Int {
        let rows = try rows(
            "SELECT COUNT(*) AS number FROM arrivals WHERE \(Self.unaccounted(deadline)) AND \(reach.ofArrivals)")
        return try rows.first?["number"] ?? 0
    }

    private static func unaccounted(_ deadline: Date) -> SQLStatement {
        """
        (verdict = 'waiting' AND first_seen_at < \(deadline)
            OR verdict IN ('taken', 'duplicate')
            AND NOT EXISTS (SELECT 1 FROM files WHERE files.sha256 = arrivals.sha256))
        """
    }
}
