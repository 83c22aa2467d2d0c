import Foundation
import Records
import Testing

@Suite struct SQLStatementTests {
    @Test func valuesBecomeNumberedParameters() {
        let name = "O'Brien"
        let statement: SQLStatement = "SELECT * FROM users WHERE name = \(name) AND role = \("reviewer")"
        #expect(statement.sql == "SELECT * FROM users WHERE name = $1 AND role = $2")
        #expect(statement.parameters == [.text("O'Brien"), .text("reviewer")])
    }

    @Test func aStatementWithinAStatementIsRenumbered() {
        let condition: SQLStatement = "b = \(2) AND c IN (\(list: ["x", "y"]))"
        let statement: SQLStatement = "UPDATE t SET a = \(1) WHERE \(condition) OR \(condition) OR d = \(true)"
        #expect(
            statement.sql
                == "UPDATE t SET a = $1 WHERE b = $2 AND c IN ($3, $4) OR b = $5 AND c IN ($6, $7) OR d = $8")
        #expect(statement.parameters.count == 8)
        #expect(statement.parameters[6] == .text("y"))
    }

    @Test func nothingIsInAnEmptyList() {
        let statement: SQLStatement = "a IN (\(list: [String]()))"
        #expect(statement.sql == "a IN (NULL)")
    }

    @Test func noConditionIsAlwaysTrue() {
        #expect(SQLStatement.all([]).sql == "1 = 1")
        #expect(SQLStatement.all(["a = \(1)", "b = \(2)"]).sql == "a = $1 AND b = $2")
    }

    @Test func aMissingValueIsNull() {
        let statement: SQLStatement = "VALUES (\(Int?.none), \(Date(timeIntervalSince1970: 1.5)), \(Int?(7)))"
        #expect(statement.parameters == [.null, .integer(1500), .integer(7)])
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
    func timesOutsideTheCalendarAreKeptAsTheNearestNumber(seconds: Double) {
        let milliseconds = Date(timeIntervalSince1970: seconds).millisecondsSince1970
        #expect(milliseconds == (seconds < 0 ? Int64.min : Int64.max))
    }

    @Test func aColumnOfAnotherKindIsDamage() throws {
        let row = SQLRow(columns: ["a": 0, "b": 1], values: [.text("x"), .null])
        #expect(code { let _: Int = try row["a"] } == .damagedStore)
        #expect(code { let _: String = try row["b"] } == .damagedStore)
        #expect(code { let _: String? = try row["missing"] } == .damagedStore)
        #expect(try row["a"] == "x")
    }
}
