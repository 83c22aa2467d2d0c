import Foundation

/// One transaction on the store: its methods, one file a noun, may be put together freely and are kept all or none.
///
/// Times are passed in and kept as whole milliseconds; identifiers are made by the caller (`Identifier.make`).
package struct Transaction {
    private let connection: any SQLTransaction

    package init(_ connection: any SQLTransaction) {
        self.connection = connection
    }

    var dialect: SQLDialect { connection.dialect }

    @discardableResult
    func execute(_ statement: SQLStatement) throws -> Int { try connection.execute(statement) }

    func rows(_ statement: SQLStatement) throws -> [SQLRow] { try connection.rows(statement) }

    /// Every row of the answer as a record.
    func all<Record: SQLRecord>(_ statement: SQLStatement) throws -> [Record] {
        try rows(statement).map(Record.init(row:))
    }

    /// The first row of the answer as a record, or nil when the answer is empty.
    func first<Record: SQLRecord>(_ statement: SQLStatement) throws -> Record? {
        try rows(statement).first.map(Record.init(row:))
    }

    /// The numbers of an answer with the columns `word` and `number`, by word.
    func counts<Word: SQLConvertible & Hashable>(_ statement: SQLStatement) throws -> [Word: Int] {
        try rows(statement).reduce(into: [:]) { counts, row in counts[try row["word"]] = try row["number"] }
    }
}

/// A value that is read from a row of its table.
protocol SQLRecord {
    init(row: SQLRow) throws
}
