/// One SQL statement with its values, written as text: `"SELECT name FROM users WHERE id = \(id)"`.
///
/// Interpolation puts `$1`, `$2`, … where values stand and keeps the values apart, so that the safe way is the short
/// way, and the same text runs on SQLite (bound by name) and on PostgreSQL (bound by number).
package struct SQLStatement: Sendable, Hashable {
    fileprivate enum Piece: Sendable, Hashable {
        case text(String)
        case value(SQLValue)
    }

    private let pieces: [Piece]

    /// The statement's text, `$1…$n` where its parameters go.
    package let sql: String
    package let parameters: [SQLValue]

    private init(pieces: [Piece]) {
        self.pieces = pieces
        var sql = ""
        var parameters: [SQLValue] = []
        for piece in pieces {
            switch piece {
            case .text(let text): sql += text
            case .value(let value):
                parameters.append(value)
                sql += "$\(parameters.count)"
            }
        }
        self.sql = sql
        self.parameters = parameters
    }

    /// A statement whose placeholders are already in its text, in any order.
    package init(sql: String, parameters: [SQLValue]) {
        self.pieces = [.text(sql)]
        self.sql = sql
        self.parameters = parameters
    }
}

extension SQLStatement: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self.init(pieces: [.text(value)]) }
    package init(stringInterpolation: StringInterpolation) { self.init(pieces: stringInterpolation.pieces) }

    /// Builds a statement piece by piece; a value never becomes text of the statement.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var pieces: [Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            pieces.append(.text(literal))
        }

        package mutating func appendInterpolation(_ value: some SQLConvertible) {
            pieces.append(.value(value.sqlValue))
        }

        package mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value?) {
            pieces.append(.value(value?.sqlValue ?? .null))
        }

        /// Splices another statement in, its parameters renumbered.
        package mutating func appendInterpolation(_ statement: SQLStatement) {
            pieces.append(contentsOf: statement.pieces)
        }

        /// The values of `IN (…)`, separated by commas; NULL, which no value equals, when there are none.
        package mutating func appendInterpolation(list values: [some SQLConvertible]) {
            if values.isEmpty { pieces.append(.text("NULL")) }
            for (index, value) in values.enumerated() {
                if index > 0 { pieces.append(.text(", ")) }
                pieces.append(.value(value.sqlValue))
            }
        }
    }

    /// The conditions joined by AND; true when there are none.
    package static func all(_ conditions: [SQLStatement]) -> SQLStatement {
        guard let first = conditions.first else { return "1 = 1" }
        return conditions.dropFirst().reduce(first) { "\($0) AND \($1)" }
    }
}
