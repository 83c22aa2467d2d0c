package import Foundation
import GRDB

/// SQLite behind the store: one writer and several readers on a file in WAL mode, through GRDB.
///
/// A commit is on the disk before `write` returns (`synchronous = FULL`). Several processes may open the same file.
package struct SQLiteDriver: SQLDriver {
    /// How long a connection waits for another process to finish its transaction.
    private static let busySecondsMax: TimeInterval = 30

    private let pool: DatabasePool

    /// Opens the database file, making it when there is none.
    package init(file: URL) throws {
        var configuration = GRDB.Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(Self.busySecondsMax)
        configuration.label = "mailroom.records"
        do {
            pool = try DatabasePool(path: file.path, configuration: configuration)
            // GRDB sets NORMAL in WAL mode, with which a power cut may take back the latest commits.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        } catch let error as DatabaseError {
            throw RecordsError(error)
        }
    }

    package var dialect: SQLDialect { .sqlite }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await translating {
            try await pool.writeWithoutTransaction { database in
                var value: Value?
                try database.inTransaction(.immediate) {
                    value = try body(SQLiteTransaction(database: database))
                    return .commit
                }
                guard let value else { throw RecordsError(.database, "The transaction gave no answer.") }
                return value
            }
        }
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await translating {
            try await pool.read { try body(SQLiteTransaction(database: $0)) }
        }
    }

    package func close() async throws {
        try await translating { try pool.close() }
    }

    /// Opening and ending a transaction can fail too: a full disk shows at the commit.
    private func translating<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw RecordsError(error)
        }
    }
}

extension SQLDialect {
    fileprivate static let sqlite = SQLDialect(
        name: "SQLite", bytes: "BLOB", skipLocked: "",
        refuseChanges: { table, sentence in
            ["UPDATE", "DELETE"].map { change in
                """
                CREATE TRIGGER \(table)_no_\(change.lowercased()) BEFORE \(change) ON \(table)
                BEGIN SELECT RAISE(ABORT, '\(sentence)'); END
                """
            }
        })
}

private struct SQLiteTransaction: SQLTransaction {
    let database: Database

    var dialect: SQLDialect { .sqlite }

    func execute(_ statement: SQLStatement) throws -> Int {
        try translating {
            try database.cachedStatement(sql: statement.sql).execute(arguments: arguments(of: statement))
            return database.changesCount
        }
    }

    func rows(_ statement: SQLStatement) throws -> [SQLRow] {
        try translating { try fetch(statement) }
    }

    private func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw RecordsError(error)
        }
    }

    private func fetch(_ statement: SQLStatement) throws -> [SQLRow] {
        let prepared = try database.cachedStatement(sql: statement.sql)
        let names = prepared.columnNames
        let columns = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let cursor = try GRDB.Row.fetchCursor(prepared, arguments: arguments(of: statement))
        var rows: [SQLRow] = []
        while let row = try cursor.next() {
            rows.append(SQLRow(columns: columns, values: names.indices.map { value(of: row, at: $0) }))
        }
        return rows
    }

    /// `$2` is a name to SQLite, not a number: given an array it would bind in order of first appearance.
    private func arguments(of statement: SQLStatement) -> StatementArguments {
        let named = statement.parameters.enumerated().map { ("\($0 + 1)", databaseValue(of: $1)) }
        return StatementArguments(Dictionary(uniqueKeysWithValues: named))
    }

    private func databaseValue(of value: SQLValue) -> DatabaseValue {
        switch value {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): SQLValue.storable(text).databaseValue
        case .blob(let bytes): bytes.databaseValue
        }
    }

    private func value(of row: GRDB.Row, at index: Int) -> SQLValue {
        let value: DatabaseValue = row[index]
        switch value.storage {
        case .null: return .null
        case .int64(let number): return .integer(number)
        case .double(let number): return .real(number)
        case .blob(let bytes): return .blob(bytes)
        case .string:
            // As bytes: a C string would hide what somebody wrote behind a U+0000.
            let bytes: Data = row[index]
            return .text(String(decoding: bytes, as: UTF8.self))
        }
    }
}

extension RecordsError {
    /// GRDB keeps a statement's values, which may be patients' data, out of its error's description.
    fileprivate init(_ error: DatabaseError) {
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY:
            self.init(.duplicate, "The record is already in the store.", underlying: error)
        default:
            switch error.resultCode {
            case .SQLITE_FULL, .SQLITE_IOERR:
                self.init(
                    .fileSystem, "The store's database cannot be written: check its disk for space and faults.",
                    underlying: error)
            case .SQLITE_BUSY, .SQLITE_LOCKED:
                self.init(
                    .database, "Another process holds the store's database for too long: try again.",
                    underlying: error)
            case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
                self.init(
                    .fileSystem, "The store's database cannot be opened: check who may write in its folder.",
                    underlying: error)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB:
                self.init(
                    .damagedStore, "The store's database is damaged: restore it from a backup.", underlying: error)
            default:
                self.init(.database, "The store's database refused what was asked.", underlying: error)
            }
        }
    }
}
