import Documents
import Foundation
import Records
import TestSupport
import Testing

/// A store that an earlier version made, with something in it, opened by this one.
@Suite struct OlderStoreTests {
    /// Takes a store back to what it was before approval matrices were proposed, anomalies ended and checks came on several
    /// papers.
    private static let back = [
        "DELETE FROM migrations WHERE number IN (23, 24, 25)",
        "DROP INDEX remittance_items_joint",
        "ALTER TABLE remittance_items DROP COLUMN joint_payment",
        "DROP INDEX anomalies_id",
        "DROP INDEX anomalies_outcome",
        "ALTER TABLE anomalies DROP COLUMN id",
        "ALTER TABLE anomalies DROP COLUMN amount_cents",
        "ALTER TABLE anomalies DROP COLUMN outcome",
        "ALTER TABLE anomalies DROP COLUMN ended_at",
        "ALTER TABLE anomalies DROP COLUMN ended_because",
        "DROP INDEX line_adjustments_reason",
        "CREATE INDEX line_adjustments_reason ON line_adjustments (payer_key, reason, document_id)",
        "ALTER TABLE contract_rates DROP COLUMN source",
        "DROP INDEX governed_one_in_service",
        "DROP INDEX governed_proposed_once",
        "DROP INDEX governed_hash",
        "ALTER TABLE governed_texts DROP COLUMN kind",
        "ALTER TABLE governed_texts RENAME TO policies",
        "CREATE UNIQUE INDEX policies_one_in_service ON policies (status) WHERE status = 'in_service'",
        "CREATE UNIQUE INDEX policies_proposed_once ON policies (hash) WHERE status = 'proposed'",
        "CREATE INDEX policies_hash ON policies (hash, number)",
        "ALTER TABLE delegations DROP COLUMN made_by",
    ]

    /// What a house of then had: a policy in service and one proposed, a delegation, what was unusual about documents in each
    /// state, a contract and a remittance that waits.
    private static let rows = [
        """
        INSERT INTO policies (number, hash, text, report, proposed_by, proposed_at, reason, status, in_service_from)
        VALUES (1, 'H1', 'queues: []', '', 'file:policy.yaml', 0, 'The first.', 'in_service', 0)
        """,
        """
        INSERT INTO policies (number, hash, base, text, report, proposed_by, proposed_at, reason, vouched_by, status)
        VALUES (2, 'H2', 'H1', 'queues: [a]', 'r', 'user:ana', 1, 'Drift.', 'user:ana', 'proposed')
        """,
        """
        INSERT INTO delegations (id, from_person, to_person, starts_at, ends_at, made_at)
        VALUES ('G1', 'dora', 'mia', 0, 9000000000000000, 0)
        """,
        """
        INSERT INTO anomalies (document_id, ordinal, code, detail, evidence, found_at)
        SELECT id, 1, 'duplicate_document', 'as another', '[]', 0 FROM documents
        """,
        """
        INSERT INTO contract_rates (payer_key, procedure_code, modifier, facility, effective_from, payer_name,
            allowed_cents, imported_at)
        VALUES ('acme', '99213', '', '', '2026-01-01', 'Acme', 8000, 0)
        """,
        "INSERT INTO events (id, type, subject, time, correlation_id, data) VALUES ('E1', 't', 'D1', 0, 'C1', '{}')",
        """
        INSERT INTO remittance_items (id, idempotency_key, sender, kind, document_id, event_id, payer, payment_number,
            content, status, created_at, correlation_id)
        VALUES ('R1', 'E1-r', 'r', 'payment', 'D1', 'E1', 'acme', '17', '{}', 'waiting', 0, 'C1')
        """,
    ]

    /// D1 is accepted after review, D2 refused as a copy, D3 refused, D4 accepted by policy alone, D5 in review.
    private func olderStore() async throws -> TestStore {
        let test = try await TestStore.reviewing(.sqlite)
        try await test.store.write { transaction in
            for number in 4...5 { try transaction.insertDocument(Sample.document("D\(number)", ordinal: number)) }
            for (id, status) in [
                ("D1", DocumentStatus.accepted), ("D2", .rejected), ("D3", .rejected), ("D4", .accepted),
            ] {
                var record = try #require(try transaction.document(id))
                record.status = status
                try transaction.updateDocument(record, at: start)
            }
            try transaction.audit(
                actor: "user:rob", action: "document.rejected", subject: "D2", detail: ["reason": "duplicate"],
                correlationID: "C1", at: start)
        }
        try await test.driver().write { connection in
            let done = "UPDATE review_tasks SET status = 'done', done_at = 0 WHERE document_id = 'D1'"
            for sql in Self.back + Self.rows + [done] {
                _ = try connection.execute(SQLStatement(sql: sql, parameters: []))
            }
        }
        return test
    }

    @Test func whatWasKeptIsReadAsWhatItIsNow() async throws {
        let store = try await olderStore().another()
        try await store.read { transaction in
            #expect(try transaction.governedInService(.policy)?.hash == "H1")
            #expect(try transaction.governed(.policy).map(\.hash) == ["H2", "H1"])
            #expect(try transaction.governed(.approvalMatrix).isEmpty)
            #expect(try transaction.nextGovernedNumber() == 3)
            #expect(try transaction.delegations(endingAfter: start).map(\.madeBy) == ["user:dora"])
            let outcomes = try (1...5).map { try transaction.anomalyRecords(of: "D\($0)").first?.ending?.outcome }
            #expect(outcomes == [.confirmed, .duplicate, .refused, nil, nil])
            #expect(try transaction.anomalyRecords(of: "D5").map(\.id) == ["D5-1"])
            #expect(try transaction.contractRates(of: nil, procedure: nil, limit: 9).map(\.source) == [nil])
            #expect(try transaction.remittances(ofDocument: "D1").map(\.jointPayment) == [nil])
        }
    }

    @Test func aMatrixComesIntoServiceBesideThePolicyOfThen() async throws {
        let store = try await olderStore().another()
        try await store.write { transaction in
            var record = GovernedRecord(
                number: 3, kind: .approvalMatrix, hash: "M1", base: nil, proposedBy: "file:approvals.yaml",
                proposedAt: start, reason: "The first.", status: .inService)
            record.inServiceFrom = start
            try transaction.addGoverned(record, text: "kinds: []", report: "")
            #expect(try transaction.governedInService(.approvalMatrix)?.hash == "M1")
            #expect(try transaction.governedInService(.policy)?.hash == "H1")
        }
    }
}
