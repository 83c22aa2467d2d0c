import Foundation
import Records
import TestSupport
import Testing

@Suite struct SQLiteStoreTests {
    @Test func aCommitIsOnTheDiskAndForeignKeysHold() async throws {
        let test = try await TestStore()
        let driver = try test.driver()
        let settings: [String: Int] = try await driver.write { connection in
            try ["synchronous", "foreign_keys"].reduce(into: [:]) { settings, name in
                settings[name] = try connection.rows(SQLStatement(sql: "PRAGMA \(name)", parameters: [])).first?[name]
            }
        }
        #expect(settings == ["synchronous": 2, "foreign_keys": 1])
        let mode: String? = try await driver.read { try $0.rows("PRAGMA journal_mode").first?["journal_mode"] }
        #expect(mode == "wal")
    }

    @Test func whatIsWrittenIsThereAfterOpeningAgain() async throws {
        let folder = try TemporaryFolder()
        let first = try await Store.open(folder: folder.url.appending(path: "new/store"))
        try await first.write { _ = try $0.takeFile(Sample.file(1)) }
        try await first.close()
        let second = try await Store.open(folder: folder.url.appending(path: "new/store"))
        #expect(try await second.read { try $0.file(Sample.sha256(1)) } == Sample.file(1))
    }

    @Test func theStoreIsClosedToOtherUsersOfTheMachine() async throws {
        let folder = try TemporaryFolder()
        let store = try await Store.open(folder: folder.url.appending(path: "store"))
        let permissions = try FileManager.default.attributesOfItem(atPath: store.folder.path)[.posixPermissions]
        #expect(permissions as? Int == 0o700)
    }

    @Test func manyMayOpenANewStoreAtOnce() async throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "store")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let store = try await Store.open(folder: url)
                    try await store.write { _ = try $0.enqueue(Sample.step(number)) }
                }
            }
            try await group.waitForAll()
        }
        let store = try await Store.open(folder: url)
        #expect(try await store.read { try $0.stepCounts() } == [.read: [.ready: 8]])
    }

    @Test func aReaderDoesNotWaitForAWriter() async throws {
        let test = try await TestStore()
        let other = try await test.another()
        let (written, write) = AsyncStream.makeStream(of: Void.self)
        let isRead = DispatchSemaphore(value: 0)
        let writer = Task {
            try await test.store.write { transaction in
                _ = try transaction.takeFile(Sample.file(1))
                write.finish()
                isRead.wait()
            }
        }
        for await _ in written {}
        #expect(try await other.read { try $0.files() }.isEmpty)
        isRead.signal()
        try await writer.value
        #expect(try await other.read { try $0.files() }.count == 1)
    }

    @Test func aStoreOfANewerVersionIsRefused() async throws {
        let test = try await TestStore()
        try await test.driver().write { connection in
            _ = try connection.execute(
                "INSERT INTO migrations (number, name, hash, applied_at) VALUES (999, 'from the future', 'x', 0)")
        }
        let error = await #expect(throws: RecordsError.self) { _ = try await Store.open(folder: test.folder.url) }
        #expect(error?.code == .newerStore)
        #expect(error?.description.contains("newer version of Mailroom") == true)
        #expect(error?.description.contains("from the future") == true)
    }

    @Test func aStoreMadeByOtherStepsIsRefused() async throws {
        let test = try await TestStore()
        try await test.driver().write { connection in
            _ = try connection.execute("UPDATE migrations SET hash = 'x' WHERE number = 1")
        }
        let error = await #expect(throws: RecordsError.self) { _ = try await Store.open(folder: test.folder.url) }
        #expect(error?.code == .damagedStore)
    }

    /// Takes a store back to what it was before the step of events by document, and puts something into it.
    private static let beforeEventDocuments = [
        "DELETE FROM migrations WHERE number = 22",
        "ALTER TABLE events DROP COLUMN document_id",
        "DROP TABLE account_authorizations",
        """
        CREATE TABLE account_authorizations (
            account_number TEXT NOT NULL REFERENCES accounts (account_number), authorization_number TEXT NOT NULL,
            document_id TEXT NOT NULL REFERENCES documents (id), payer_name TEXT, service_start TEXT,
            service_end TEXT, written_by TEXT NOT NULL, written_at BIGINT NOT NULL, withdrawn_at BIGINT,
            PRIMARY KEY (account_number, authorization_number))
        """,
        "CREATE INDEX account_authorizations_document ON account_authorizations (document_id)",
        "INSERT INTO accounts (account_number, account, imported_at) VALUES ('10001', '{}', 0)",
        """
        INSERT INTO account_authorizations (account_number, authorization_number, document_id, written_by, written_at)
        VALUES ('10001', 'N1', 'D1', 'rules', 0)
        """,
        """
        INSERT INTO approvals (id, request_key, kind, content, content_hash, document_id, requested_by, involved, status,
            version, requested_at, reminded_count, climbed_count, correlation_id)
        VALUES ('A1', 'k', 'refund', '{}', 'h', 'D1', 'key:erp', '[]', 'requested', 1, 0, 0, 0, 'C1')
        """,
        """
        INSERT INTO work_items (id, kind, document_id, place, status, version, opened_by, opened_at, correlation_id)
        VALUES ('W1', 'appeal', 'D2', 'claims[0]', 'open', 1, 'rules', 0, 'C1')
        """,
        """
        INSERT INTO events (id, type, subject, time, correlation_id, data)
        VALUES ('E1', 't', 'D1', 0, 'C1', '{}'), ('E2', 't', 'A1', 0, 'C1', '{}'), ('E3', 't', 'W1', 0, 'C1', '{}'),
            ('E4', 't', 'x12:remittances', 0, 'C1', '{}')
        """,
    ]

    @Test func anOlderStoreKeepsItsNumbersAndItsEventsGetTheirDocuments() async throws {
        let test = try await TestStore.reviewing(.sqlite)
        try await test.driver().write { connection in
            for sql in Self.beforeEventDocuments {
                _ = try connection.execute(SQLStatement(sql: sql, parameters: []))
            }
        }
        let store = try await test.another()
        try await store.write { transaction in
            let documents = try ["E1", "E2", "E3", "E4"].map { try transaction.event($0)?.documentID }
            #expect(documents == ["D1", "D1", "D2", nil])
            let kept = try transaction.authorizations(ofAccount: "10001")
            #expect(kept.map(\.authorizationNumber) == ["N1"] && kept.map(\.documentID) == ["D1"])
            try transaction.writeAuthorization(
                AccountAuthorization(
                    accountNumber: "10001", authorizationNumber: "N1", documentID: "D2", writtenBy: "rules",
                    writtenAt: start))
            #expect(try transaction.withdrawAuthorizations(ofDocument: "D1", at: start) == 1)
            #expect(try transaction.authorizations(ofAccount: "10001").map(\.documentID) == ["D2"])
        }
    }

    @Test func whatIsNoDatabaseIsRefused() async throws {
        let folder = try TemporaryFolder()
        try Data("These are not the bytes of a database, but of a letter to somebody.".utf8).write(
            to: folder.url.appending(path: "mailroom.sqlite"))
        let error = await #expect(throws: RecordsError.self) { _ = try await Store.open(folder: folder.url) }
        #expect(error?.code == .damagedStore)
    }

    @Test func errorsHoldNoValues() async throws {
        let test = try await TestStore()
        let error = await #expect(throws: RecordsError.self) {
            try await test.store.write { transaction in
                for id in ["U1", "U2"] {
                    try transaction.addUser(
                        User(id: id, name: "secret name", role: "r", passwordHash: "secret hash", createdAt: start))
                }
            }
        }
        #expect(error?.description.contains("secret") == false)
    }

    @Test func claimsAreFoundByTheirIndex() async throws {
        let test = try await TestStore()
        let plans: [String] = try await test.driver().read { connection in
            try [
                "steps WHERE status IN ('ready', 'leased')",
                "deliveries WHERE action = 'x' AND status IN ('pending', 'leased')",
            ].flatMap { rows in
                try connection.rows(
                    SQLStatement(
                        sql: """
                            EXPLAIN QUERY PLAN SELECT id FROM \(rows) AND available_at <= 5
                            ORDER BY available_at, id LIMIT 1
                            """, parameters: [])
                ).map { try $0["detail"] as String }
            }
        }
        #expect(plans.count == 2)
        #expect(plans[0].contains("steps_next (available_at<?)"), "\(plans)")
        #expect(plans[1].contains("deliveries_next (action=? AND available_at<?)"), "\(plans)")
    }
}
