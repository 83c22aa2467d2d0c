package import Foundation

extension Transaction {
    /// How many entries a verification holds in memory at once.
    private static let auditBatch = 500

    /// Appends an entry to the audit chain, in the same transaction as what it tells of, and gives it.
    @discardableResult
    package func audit(
        actor: String, action: String, subject: String, detail: [String: String] = [:], correlationID: String,
        at now: Date
    ) throws -> AuditEntry {
        // Taking the next number first makes whoever appends at the same time wait for this transaction's end.
        let head = try rows(
            "UPDATE audit_head SET entry_count = entry_count + 1 WHERE id = 1 RETURNING entry_count, hash")
        guard let head = head.first else {
            throw RecordsError(.damagedStore, "The head of the audit chain is missing: restore the store's database.")
        }
        var entry = AuditEntry(
            sequence: try head["entry_count"], time: now, actor: SQLValue.storable(actor),
            action: SQLValue.storable(action), subject: SQLValue.storable(subject), detail: detail,
            correlationID: SQLValue.storable(correlationID), previousHash: try head["hash"], hash: "")
        entry.hash = entry.expectedHash
        try execute(
            """
            INSERT INTO audit_entries (\(AuditEntry.columns))
            VALUES (\(entry.sequence), \(entry.time), \(entry.actor), \(entry.action), \(entry.subject),
                \(AuditEntry.detailText(detail)), \(entry.correlationID), \(entry.previousHash), \(entry.hash))
            """)
        try execute("UPDATE audit_head SET hash = \(entry.hash) WHERE id = 1")
        return entry
    }

    /// The entries about a subject, in order.
    package func auditTrail(subject: String) throws -> [AuditEntry] {
        try all("SELECT \(AuditEntry.columns) FROM audit_entries WHERE subject = \(subject) ORDER BY sequence")
    }

    /// Who did `action` to a subject last; nil when nobody did.
    package func lastActor(of action: String, on subject: String) throws -> String? {
        try rows(
            """
            SELECT actor FROM audit_entries WHERE subject = \(subject) AND action = \(action)
            ORDER BY sequence DESC LIMIT 1
            """
        ).first.map { row -> String in try row["actor"] }
    }

    /// The entries with a correlation id, in order: a file's whole life, and that of its documents.
    package func auditTrail(correlationID: String) throws -> [AuditEntry] {
        try all(
            """
            SELECT \(AuditEntry.columns) FROM audit_entries WHERE correlation_id = \(correlationID) ORDER BY sequence
            """)
    }

    /// Looks at every entry of the chain and at its head.
    ///
    /// It cannot show that somebody who holds the database wrote the chain anew from some entry to its end, head
    /// included; a head's hash that was kept elsewhere shows that.
    package func verifyAudit() throws -> AuditVerdict {
        guard let head = try rows("SELECT entry_count, hash FROM audit_head WHERE id = 1").first else {
            return .broken(sequence: 1, why: "The head of the chain, which tells its length, is missing.")
        }
        let (count, headHash): (Int, String) = (try head["entry_count"], try head["hash"])
        var verifier = AuditVerifier()
        var latest = Int64.min
        while verifier.verdict == nil {
            let rows = try rows(
                """
                SELECT \(AuditEntry.columns) FROM audit_entries WHERE sequence > \(latest)
                ORDER BY sequence LIMIT \(Self.auditBatch)
                """)
            if rows.isEmpty { break }
            for row in rows where verifier.verdict == nil { verifier.check(row) }
            latest = Int64(verifier.next) - 1
        }
        return verifier.verdict ?? verifier.end(count: count, head: headHash)
    }
}
