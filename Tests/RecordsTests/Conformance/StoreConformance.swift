import Foundation
import Records
import Testing

/// What every database engine must do alike; a new engine is a new case of `StoreEngine`.
@Suite enum StoreConformance {}

extension StoreConformance {
    @Suite struct SQL {
        @Test(arguments: StoreEngine.allCases)
        func placeholdersAreBoundByTheirNumberWhateverTheirOrder(engine: StoreEngine) async throws {
            let driver = try await TestDriver(engine)
            let row = try await driver.row(
                SQLStatement(
                    sql: "SELECT CAST($2 AS TEXT) AS a, CAST($1 AS TEXT) AS b, CAST($2 AS TEXT) AS c",
                    parameters: [.text("one"), .text("two")]))
            #expect(try row["a"] == "two")
            #expect(try row["b"] == "one")
            #expect(try row["c"] == "two")
        }

        @Test(arguments: StoreEngine.allCases)
        func moreThanNineParametersKeepTheirPlaces(engine: StoreEngine) async throws {
            let driver = try await TestDriver(engine)
            let columns = (1...12).reversed().map { "CAST($\($0) AS BIGINT) AS c\($0)" }.joined(separator: ", ")
            let row = try await driver.row(
                SQLStatement(sql: "SELECT \(columns)", parameters: (1...12).map { .integer($0 * 100) }))
            for number in 1...12 { #expect(try row["c\(number)"] == number * 100) }
        }

        @Test(arguments: StoreEngine.allCases)
        func everyKindOfValueComesBack(engine: StoreEngine) async throws {
            let driver = try await TestDriver(engine)
            let moment = Date(timeIntervalSince1970: 1_790_000_000.123)
            try await driver.write { connection in
                try connection.execute("CREATE TABLE v (t TEXT, i BIGINT, d DOUBLE PRECISION, n TEXT, m BIGINT)")
                try connection.execute(
                    """
                    INSERT INTO v (t, i, d, n, m)
                    VALUES (\("“Ünï’ '; DROP TABLE v; --"), \(Int64.min), \(0.1), \(String?.none), \(moment))
                    """)
            }
            let row = try await driver.row("SELECT t, i, d, n, m FROM v")
            #expect(try row["t"] == "“Ünï’ '; DROP TABLE v; --")
            #expect(try row["i"] == Int64.min)
            #expect(try row["d"] == 0.1)
            let none: String? = try row["n"]
            #expect(none == nil)
            #expect(try row["m"] == moment)
        }

        @Test(arguments: StoreEngine.allCases)
        func bytesComeBackAsTheyWere(engine: StoreEngine) async throws {
            let driver = try await TestDriver(engine)
            let bytes = Data((0...255).map { UInt8($0) })
            try await driver.write { connection in
                try connection.execute("CREATE TABLE v (b \(connection.dialect.bytes))")
                try connection.execute("INSERT INTO v (b) VALUES (\(bytes)), (\(Data()))")
            }
            let rows = try await driver.driver.read { try $0.rows("SELECT b FROM v") }
            #expect(try rows.map { try $0["b"] as Data }.sorted { $0.count < $1.count } == [Data(), bytes])
        }

        @Test(arguments: StoreEngine.allCases)
        func textIsKeptWithoutNulCharacters(engine: StoreEngine) async throws {
            let driver = try await TestDriver(engine)
            let row = try await driver.row("SELECT CAST(\("a\0b") AS TEXT) AS t")
            #expect(try row["t"] == "a\u{FFFD}b")
        }

        @Test(arguments: StoreEngine.allCases)
        func aFailedTransactionLeavesNothing(engine: StoreEngine) async throws {
            let driver = try await TestDriver(engine)
            try await driver.write { try $0.execute("CREATE TABLE v (i BIGINT)") }
            await #expect(throws: CancellationError.self) {
                try await driver.write { connection in
                    try connection.execute("INSERT INTO v (i) VALUES (1)")
                    throw CancellationError()
                }
            }
            let row = try await driver.row("SELECT COUNT(*) AS n FROM v")
            #expect(try row["n"] == 0)
        }

        @Test(arguments: StoreEngine.allCases)
        func executingGivesTheNumberOfRowsChanged(engine: StoreEngine) async throws {
            let driver = try await TestDriver(engine)
            try await driver.write { connection in
                try connection.execute("CREATE TABLE v (i BIGINT NOT NULL PRIMARY KEY)")
                #expect(try connection.execute("INSERT INTO v (i) VALUES (1), (2)") == 2)
                #expect(try connection.execute("INSERT INTO v (i) VALUES (1) ON CONFLICT (i) DO NOTHING") == 0)
                #expect(try connection.execute("UPDATE v SET i = 3 WHERE i = 1") == 1)
                #expect(try connection.execute("DELETE FROM v WHERE i = 7") == 0)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aSecondRowWithTheSameKeyIsADuplicate(engine: StoreEngine) async throws {
            let driver = try await TestDriver(engine)
            let error = await #expect(throws: RecordsError.self) {
                try await driver.write { connection in
                    try connection.execute("CREATE TABLE v (i BIGINT NOT NULL PRIMARY KEY)")
                    try connection.execute("INSERT INTO v (i) VALUES (1), (1)")
                }
            }
            #expect(error?.code == .duplicate)
        }

        @Test(arguments: StoreEngine.allCases)
        func aReadingTransactionCannotWrite(engine: StoreEngine) async throws {
            let driver = try await TestDriver(engine)
            await #expect(throws: RecordsError.self) {
                _ = try await driver.driver.read { try $0.execute("CREATE TABLE v (i BIGINT)") }
            }
        }
    }
}

/// A driver on an empty database of its own.
private struct TestDriver {
    let test: TestStore
    let driver: any SQLDriver

    init(_ engine: StoreEngine) async throws {
        test = try await TestStore(engine)
        driver = try test.driver()
    }

    func write(_ body: @escaping @Sendable (any SQLTransaction) throws -> Void) async throws {
        try await driver.write(body)
    }

    func row(_ statement: SQLStatement) async throws -> SQLRow {
        try #require(try await driver.read { try $0.rows(statement) }.first)
    }
}
