import Foundation

/// One row of an answer, its columns read by name and type.
package struct SQLRow: Sendable {
    private let columns: [String: Int]
    private let values: [SQLValue]

    /// `columns` maps each name to the place of its value in `values`.
    package init(columns: [String: Int], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The column's value; throws `damagedStore` when there is no such column or it holds another kind of value.
    package subscript<Value: SQLConvertible>(_ column: String) -> Value {
        get throws {
            guard let value: Value = try self[column] else {
                throw RecordsError(.damagedStore, "The column \(column) is empty.")
            }
            return value
        }
    }

    /// The column's value, nil for NULL; throws like the other.
    package subscript<Value: SQLConvertible>(_ column: String) -> Value? {
        get throws {
            guard let index = columns[column] else {
                throw RecordsError(.damagedStore, "The answer has no column \(column).")
            }
            if case .null = values[index] { return nil }
            guard let value = Value(sqlValue: values[index]) else {
                throw RecordsError(.damagedStore, "The column \(column) does not hold a \(Value.self).")
            }
            return value
        }
    }

    /// A column of JSON text, decoded; throws `damagedStore` when it is not what `type` encodes to.
    package func json<Value: Decodable>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        let text: String = try self[column]
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw RecordsError(.damagedStore, "The column \(column) does not hold a \(type).", underlying: error)
        }
    }
}

/// JSON text for a column, the same for the same value.
func jsonText(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
