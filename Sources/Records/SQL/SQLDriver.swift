/// An open transaction on a database: what a driver lends to the body of `write` or `read`.
///
/// It must not leave that body. When the database refuses a statement, the body must end with that error: one engine
/// would let it go on, the other would not.
package protocol SQLTransaction {
    var dialect: SQLDialect { get }
    /// Runs a statement and gives the number of rows it inserted, changed or deleted.
    @discardableResult
    func execute(_ statement: SQLStatement) throws -> Int
    /// Runs a statement and gives every row of its answer (of `RETURNING` too).
    func rows(_ statement: SQLStatement) throws -> [SQLRow]
}

/// A database engine behind the store.
///
/// SQLite is one, PostgreSQL the other; both pass `StoreConformance`.
package protocol SQLDriver: Sendable {
    /// What the engine's SQL says otherwise than the common text.
    var dialect: SQLDialect { get }
    /// Runs `body` in one transaction that may write: all of it is kept, durably, or nothing when `body` throws.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> Value) async throws -> Value
    /// Runs `body` in one transaction that only reads and sees one state of the database throughout.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> Value) async throws -> Value
    /// Closes every connection; nothing may be asked afterwards.
    func close() async throws
}

/// The few pieces of SQL that the engines do not share.
package struct SQLDialect: Sendable {
    /// The engine's name for people.
    package let name: String
    /// The column type for raw bytes.
    package let bytes: SQLStatement
    /// What follows the inner SELECT of a claim, so that claimants do not wait for one another; may be empty.
    package let skipLocked: SQLStatement
    /// The statements that make a table refuse UPDATE and DELETE with the given sentence.
    package let refuseChanges: @Sendable (_ table: String, _ sentence: String) -> [String]
}
