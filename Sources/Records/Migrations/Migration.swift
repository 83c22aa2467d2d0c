import Crypto
import Documents
import Foundation

/// One step of the database's form: forward only, in one transaction, never changed once released.
struct Migration: Sendable {
    /// Its place in the list, from 1.
    let number: Int
    let name: String
    /// Its statements, in order, in the words of the engine.
    let statements: @Sendable (SQLDialect) -> [String]

    /// SHA-256 of the statements: a migration that was changed after it ran is noticed.
    func hash(_ dialect: SQLDialect) -> String {
        SHA256.hash(data: Data(statements(dialect).joined(separator: ";\n").utf8)).hexadecimal
    }

    /// Runs the migrations that the database does not have yet, each in a transaction of its own.
    ///
    /// Two processes may do this at once: each transaction looks afresh what is to be done.
    static func run(_ migrations: [Migration], on driver: any SQLDriver, at now: Date) async throws {
        let found = try await driver.write { connection in
            try connection.execute(
                """
                CREATE TABLE IF NOT EXISTS migrations (
                    number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at BIGINT NOT NULL)
                """)
            return try applied(connection, checkedAgainst: migrations)
        }
        for migration in migrations where found[migration.number] == nil {
            try await driver.write { connection in
                let done = try applied(connection, checkedAgainst: migrations)
                guard done[migration.number] == nil else { return }
                for statement in migration.statements(connection.dialect) {
                    try connection.execute(SQLStatement(sql: statement, parameters: []))
                }
                try connection.execute(
                    """
                    INSERT INTO migrations (number, name, hash, applied_at)
                    VALUES (\(migration.number), \(migration.name), \(migration.hash(connection.dialect)), \(now))
                    """)
            }
        }
    }

    private struct Applied {
        let name: String
        let hash: String
    }

    /// What ran already, by number; throws `newerStore` or `damagedStore` when it is not what `migrations` has.
    private static func applied(
        _ connection: any SQLTransaction, checkedAgainst migrations: [Migration]
    ) throws -> [Int: Applied] {
        let rows = try connection.rows("SELECT number, name, hash FROM migrations")
        let done: [Int: Applied] = try rows.reduce(into: [:]) { done, row in
            done[try row["number"]] = Applied(name: try row["name"], hash: try row["hash"])
        }
        try check(done, against: migrations, connection.dialect)
        return done
    }

    private static func check(_ done: [Int: Applied], against migrations: [Migration], _ dialect: SQLDialect) throws {
        for (number, applied) in done.sorted(by: { $0.key < $1.key }) {
            guard let known = migrations.first(where: { $0.number == number }) else {
                throw RecordsError(
                    .newerStore,
                    """
                    The store was made by a newer version of Mailroom (its database has step \(number), \
                    “\(applied.name)”, which this version does not know): start that version or a later one.
                    """)
            }
            guard known.hash(dialect) == applied.hash else {
                throw RecordsError(
                    .damagedStore,
                    """
                    The store's database was made with another step \(number), “\(applied.name)”, than this version \
                    has: start the version that made it.
                    """)
            }
        }
    }
}
