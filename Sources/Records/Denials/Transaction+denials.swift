import Documents
package import Foundation

extension Transaction {
    /// Adds what a document's payer refuses.
    package func addDenial(_ denial: DenialRecord) throws {
        try execute(
            """
            INSERT INTO denials (id, document_id, ordinal, place, claim_place, category, scenario, root_cause, is_appealable,
                confidence, grounds, codes, amount_cents, payer_name, payer_key, deadline, deadline_day,
                deadline_source, recorded_at, withdrawn_at)
            VALUES (\(denial.id), \(denial.documentID), \(denial.ordinal), \(denial.place), \(denial.claimPlace), \(denial.category),
                \(denial.scenario), \(denial.rootCause), \(denial.isAppealable), \(denial.confidence.tenThousandths),
                \(try jsonText(denial.grounds)), \(try jsonText(denial.codes)), \(denial.amountAtStake.cents),
                \(denial.payerName), \(denial.payerKey), \(denial.deadline?.description),
                \(denial.deadline?.dayNumber), \(denial.deadlineSource), \(denial.recordedAt), \(denial.withdrawnAt))
            """)
    }

    /// Takes the standing denials of a document away and gives how many there were.
    @discardableResult
    package func withdrawDenials(ofDocument id: String, at now: Date) throws -> Int {
        try execute("UPDATE denials SET withdrawn_at = \(now) WHERE document_id = \(id) AND withdrawn_at IS NULL")
    }

    /// The standing denials of a document, in the order of their places.
    package func denials(ofDocument id: String) throws -> [DenialRecord] {
        try all(
            """
            SELECT \(DenialRecord.columns) FROM denials d WHERE d.document_id = \(id) AND d.withdrawn_at IS NULL
            ORDER BY d.ordinal
            """)
    }

    /// The standing denial, unless its document is out of reach.
    package func denial(_ id: String, within reach: Reach) throws -> DenialRecord? {
        try first(
            """
            SELECT \(DenialRecord.columns) FROM denials d JOIN documents ON documents.id = d.document_id
            WHERE d.id = \(id) AND d.withdrawn_at IS NULL AND \(reach.ofDocuments())
            """)
    }

    /// Standing denials within reach, those with the most points first.
    ///
    /// - Parameter person: those of documents that this person checks without knowing it are left out, for they would tell
    ///   the answer (`KnownAnswerCheck`).
    package func denials(
        _ filter: DenialFilter = DenialFilter(), within reach: Reach, hidingChecksOf person: String,
        order: DenialOrder, offset: Int = 0, limit: Int
    ) throws -> [ListedDenial] {
        let found = try rows(
            """
            SELECT \(DenialRecord.columns), files.facility AS facility, w.id AS work_id FROM denials d
            \(Self.joined) WHERE \(Self.listed(filter, reach, person))
            ORDER BY \(order.points) DESC, d.id LIMIT \(limit) OFFSET \(offset)
            """)
        return try found.map { row in
            let workID: String? = try row["work_id"]
            return ListedDenial(
                denial: try DenialRecord(row: row), work: try workID.flatMap { try work($0) },
                facility: try row["facility"])
        }
    }

    /// Standing denials within reach that are not done with, by category, those of the most money first.
    package func denialCountsByCategory(
        within reach: Reach, hidingChecksOf person: String = ""
    ) throws -> [DenialCount] {
        try counts("d.category", "NULL", within: reach, person, limit: 1_000)
    }

    /// The same by payer; the `limit` with the most money.
    package func denialCountsByPayer(
        within reach: Reach, hidingChecksOf person: String = "", limit: Int
    ) throws -> [DenialCount] {
        try counts("d.payer_key", "MIN(d.payer_name)", within: reach, person, limit: limit)
    }

    /// How long standing denials that are not done with have waited at `now`, by category.
    package func denialAges(at now: Date) throws -> [WaitingAges] {
        try all(
            """
            SELECT d.category AS name, \(WaitingAges.columns(of: "d.recorded_at", at: now))
            FROM denials d \(Self.joined) WHERE \(Self.listed(DenialFilter(), .everything, ""))
            GROUP BY d.category ORDER BY d.category
            """)
    }

    private func counts(
        _ name: SQLStatement, _ payer: SQLStatement, within reach: Reach, _ person: String, limit: Int
    ) throws -> [DenialCount] {
        try rows(
            """
            SELECT \(name) AS name, \(payer) AS payer, COUNT(*) AS number, CAST(SUM(d.amount_cents) AS BIGINT) AS cents
            FROM denials d \(Self.joined) WHERE \(Self.listed(DenialFilter(), reach, person))
            GROUP BY \(name) ORDER BY SUM(d.amount_cents) DESC, \(name) LIMIT \(limit)
            """
        ).map { row in
            DenialCount(
                name: try row["name"], payerName: try row["payer"], count: try row["number"],
                amountAtStake: Money(cents: try row["cents"]))
        }
    }

    /// The latest appeal of a denial's claim is what became of it.
    private static let joined: SQLStatement =
        """
        JOIN documents ON documents.id = d.document_id JOIN files ON files.sha256 = documents.sha256
        LEFT JOIN work_items w ON w.id = (SELECT MAX(lw.id) FROM work_items lw
            WHERE lw.document_id = d.document_id AND lw.place = d.claim_place AND lw.kind = 'appeal'
                AND lw.status <> 'withdrawn' AND lw.opened_at >= d.recorded_at)
        """

    private static func listed(_ filter: DenialFilter, _ reach: Reach, _ person: String) -> SQLStatement {
        var conditions: [SQLStatement] = [
            "d.withdrawn_at IS NULL", reach.ofDocuments(),
            """
            NOT EXISTS (SELECT 1 FROM known_answer_checks kc
                WHERE kc.document_id = d.document_id AND kc.person = \(person) AND kc.outcome IS NULL)
            """,
        ]
        if let payer = filter.payerKey { conditions.append("d.payer_key = \(payer)") }
        if let category = filter.category { conditions.append("d.category = \(category)") }
        if !filter.isAll { conditions.append("(w.status IS NULL OR w.status <> 'closed')") }
        return .all(conditions)
    }
}
