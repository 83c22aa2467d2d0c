import Foundation
import Records
import Testing

@Suite struct AuditTests {
    /// A chain of `count` entries, two correlation ids.
    private static func chain(_ count: Int) async throws -> TestStore {
        let test = try await TestStore()
        try await test.store.write { transaction in
            for number in 1...count {
                try transaction.audit(
                    actor: "user:ann", action: "document.viewed", subject: "D\(number % 3)",
                    detail: ["page": "\(number)", "note": "“ü” \\ \" \n \u{1}"], correlationID: "C\(number % 2)",
                    at: start + Double(number))
            }
        }
        return test
    }

    private static func verdict(_ test: TestStore) async throws -> AuditVerdict {
        try await test.store.read { try $0.verifyAudit() }
    }

    /// What somebody with the database in their hands can do.
    private static func tamper(_ test: TestStore, _ statements: [SQLStatement]) async throws {
        let driver = try test.driver()
        try await driver.write { connection in
            try connection.execute("DROP TRIGGER IF EXISTS audit_entries_no_update")
            try connection.execute("DROP TRIGGER IF EXISTS audit_entries_no_delete")
            for statement in statements { try connection.execute(statement) }
        }
        try await driver.close()
    }

    @Test func anUntouchedChainIsIntact() async throws {
        let empty = try await TestStore()
        #expect(try await Self.verdict(empty) == .intact(count: 0, head: AuditEntry.genesisHash))
        // More than a verification holds in memory at once.
        let test = try await Self.chain(1201)
        let last = try #require(try await test.store.read { try $0.auditTrail(subject: "D1") }.last)
        #expect(last.sequence == 1201)
        #expect(try await Self.verdict(test) == .intact(count: 1201, head: last.hash))
    }

    @Test func whoDidSomethingLastIsKnown() async throws {
        let test = try await TestStore()
        try await test.store.write { transaction in
            for (actor, action) in [("user:ann", "retyped"), ("user:bob", "retyped"), ("user:cyd", "viewed")] {
                try transaction.audit(actor: actor, action: action, subject: "D1", correlationID: "C1", at: start)
            }
            #expect(try transaction.lastActor(of: "retyped", on: "D1") == "user:bob")
            #expect(try transaction.lastActor(of: "retyped", on: "D2") == nil)
        }
    }

    @Test func anEntryIsHashedOverCanonicalJSON() async throws {
        let test = try await TestStore()
        let entry = try await test.store.write { transaction in
            try transaction.audit(
                actor: "user:ann", action: "document.corrected", subject: "D1",
                detail: ["é": "1", "z": "a\"b\\c\n\u{1}/", "A": "2"], correlationID: "C1",
                at: Date(timeIntervalSince1970: 1_790_000_000.5))
        }
        // RFC 8785: sorted by UTF-16 code units, no white space, only the escapes that must be.
        let expected =
            #"{"action":"document.corrected","actor":"user:ann","correlation_id":"C1","detail":"#
            + #"{"A":"2","z":"a\"b\\c\n\u0001/","é":"1"},"previous_hash":""# + String(repeating: "0", count: 64)
            + #"","sequence":1,"subject":"D1","time":1790000000500}"#
        #expect(entry.canonicalJSON == expected)
        #expect(entry.hash == Originals.sha256(of: Data(expected.utf8)))
        #expect(try await test.store.read { try $0.auditTrail(correlationID: "C1") } == [entry])
    }

    @Test func aTrailTellsOneLifeInOrder() async throws {
        let test = try await Self.chain(6)
        let (bySubject, byCorrelation) = try await test.store.read { transaction in
            (try transaction.auditTrail(subject: "D0"), try transaction.auditTrail(correlationID: "C1"))
        }
        #expect(bySubject.map(\.sequence) == [3, 6])
        #expect(byCorrelation.map(\.sequence) == [1, 3, 5])
    }

    @Test func theEntryOfAFailedTransactionWasNeverThere() async throws {
        let test = try await Self.chain(2)
        await #expect(throws: CancellationError.self) {
            try await test.store.write { transaction in
                try transaction.audit(actor: "a", action: "b", subject: "c", correlationID: "d", at: start)
                throw CancellationError()
            }
        }
        guard case .intact(count: 2, _) = try await Self.verdict(test) else {
            Issue.record("The chain is broken.")
            return
        }
    }

    @Test func entriesFromManyHandsMakeOneChain() async throws {
        let test = try await TestStore()
        let stores = [test.store, try await test.another()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await stores[number % 2].write { transaction in
                        _ = try transaction.audit(
                            actor: "hand \(number)", action: "a", subject: "s", correlationID: "c", at: start)
                    }
                }
            }
            try await group.waitForAll()
        }
        guard case .intact(count: 40, _) = try await Self.verdict(test) else {
            Issue.record("The chain is broken.")
            return
        }
    }

    @Test(
        arguments: [
            "UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries WHERE sequence = 2",
            """
            INSERT INTO audit_entries SELECT * FROM audit_entries WHERE sequence = 2
                ON CONFLICT (sequence) DO UPDATE SET actor = 'x'
            """,
        ] as [SQLStatement])
    func theTableRefusesChanges(statement: SQLStatement) async throws {
        let test = try await Self.chain(3)
        let driver = try test.driver()
        await #expect(throws: RecordsError.self) {
            try await driver.write { _ = try $0.execute(statement) }
        }
        guard case .intact(count: 3, _) = try await Self.verdict(test) else {
            Issue.record("The chain is broken.")
            return
        }
    }

    /// Each with the sequence that verification of a chain of 9 must name.
    @Test(
        arguments: [
            ("UPDATE audit_entries SET action = 'x' WHERE sequence = 4", 4),
            ("UPDATE audit_entries SET detail = detail || ' ' WHERE sequence = 4", 4),
            ("UPDATE audit_entries SET actor = actor || char(0) || 'x' WHERE sequence = 4", 4),
            ("UPDATE audit_entries SET time = 9000000000000000000 WHERE sequence = 4", 4),
            ("UPDATE audit_entries SET detail = 'not JSON' WHERE sequence = 4", 4),
            ("UPDATE audit_entries SET hash = x'00' WHERE sequence = 4", 4),
            ("UPDATE audit_entries SET previous_hash = hash WHERE sequence = 1", 1),
            ("UPDATE audit_entries SET sequence = 'four' WHERE sequence = 4", 4),
            ("UPDATE audit_entries SET sequence = 99 WHERE sequence = 4", 4),
            ("UPDATE audit_entries SET sequence = 0 WHERE sequence = 1", 0),
            ("DELETE FROM audit_entries WHERE sequence = 4", 4),
            ("DELETE FROM audit_entries WHERE sequence = 1", 1),
            ("DELETE FROM audit_entries WHERE sequence = 9", 9),
            ("DELETE FROM audit_entries WHERE sequence > 5", 6),
            ("DELETE FROM audit_entries", 1),
            (
                "INSERT INTO audit_entries SELECT 10, time, actor, action, subject, detail, correlation_id, hash, hash "
                    + "FROM audit_entries WHERE sequence = 9", 10
            ),
            ("UPDATE audit_head SET entry_count = 8", 9),
            ("UPDATE audit_head SET hash = 'x'", 9),
            ("DELETE FROM audit_head", 1),
        ] as [(String, Int)])
    func aChangeByHandIsFoundWhereItIs(sql: String, sequence: Int) async throws {
        let test = try await Self.chain(9)
        try await Self.tamper(test, [SQLStatement(sql: sql, parameters: [])])
        guard case .broken(let found, let why) = try await Self.verdict(test) else {
            Issue.record("The change was not found.")
            return
        }
        #expect(found == sequence)
        #expect(why.hasSuffix("."))
    }

    @Test func anAlteredEntryWithANewHashIsFoundByTheNext() async throws {
        let test = try await Self.chain(9)
        var forged = try #require(try await test.store.read { try $0.auditTrail(subject: "D1") }.first)
        forged.actor = "somebody else"
        try await Self.tamper(
            test,
            [
                """
                UPDATE audit_entries SET actor = \(forged.actor), hash = \(forged.expectedHash)
                WHERE sequence = \(forged.sequence)
                """
            ])
        guard case .broken(let sequence, _) = try await Self.verdict(test) else {
            Issue.record("The change was not found.")
            return
        }
        #expect(sequence == forged.sequence + 1)
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func anySingleChangeIsFound(seed: UInt64) async throws {
        var dice = Dice(seed: seed)
        let count = dice.roll(2...12)
        let test = try await Self.chain(count)
        let (changes, sequence) = Self.anyChange(count, &dice)
        try await Self.tamper(test, changes)
        guard case .broken(let found, _) = try await Self.verdict(test) else {
            Issue.record("Not found: \(changes.map(\.sql))")
            return
        }
        #expect(found == sequence, "\(changes.map(\.sql))")
    }

    /// One change of a chain of `count` entries, and the sequence where it begins.
    private static func anyChange(_ count: Int, _ dice: inout Dice) -> ([SQLStatement], Int) {
        let sequence = dice.roll(1...count)
        switch dice.roll(0...4) {
        case 0:
            let columns = ["actor", "action", "subject", "detail", "correlation_id", "previous_hash", "hash"]
            let column = SQLStatement(stringLiteral: dice.pick(columns) ?? "actor")
            return (["UPDATE audit_entries SET \(column) = \(dice.word()) WHERE sequence = \(sequence)"], sequence)
        case 1:
            return (
                ["UPDATE audit_entries SET time = time + \(dice.roll(1...999)) WHERE sequence = \(sequence)"], sequence
            )
        case 2:
            return (["DELETE FROM audit_entries WHERE sequence = \(sequence)"], sequence)
        case 3:
            let first = dice.roll(1...(count - 1))
            let second = dice.roll((first + 1)...count)
            func move(_ from: Int, _ to: Int) -> SQLStatement {
                "UPDATE audit_entries SET sequence = \(to) WHERE sequence = \(from)"
            }
            return ([move(first, -1), move(second, first), move(-1, second)], first)
        default:
            // Room is made from the end, one by one: the column is unique.
            let shift: [SQLStatement] = (sequence...count).reversed().map {
                "UPDATE audit_entries SET sequence = \($0 + 1) WHERE sequence = \($0)"
            }
            let insert: SQLStatement =
                """
                INSERT INTO audit_entries
                SELECT \(sequence), time, \(dice.word()), action, subject, detail, correlation_id, previous_hash, hash
                FROM audit_entries WHERE sequence = \(sequence + 1)
                """
            return (shift + [insert], sequence)
        }
    }
}
