package import Foundation

/// How long what nobody is done with has waited: approvals of a kind, denials of a category.
package struct WaitingAges: Sendable, Hashable {
    /// Of what: the kind or category.
    package var name: String
    package var count: Int
    package var oldestAt: Date
    /// How many of them have waited for less than a day, a week and thirty days, each with those of the times before.
    package var withinDay: Int
    package var withinWeek: Int
    package var withinMonth: Int
}

extension WaitingAges: SQLRecord {
    /// The columns that are counted in groups of `name`.
    ///
    /// - Parameter column: since when each waits.
    static func columns(of column: SQLStatement, at now: Date) -> SQLStatement {
        func count(days: Double) -> SQLStatement {
            let start = now.addingTimeInterval(-days * 86_400)
            return "CAST(SUM(CASE WHEN \(column) > \(start) THEN 1 ELSE 0 END) AS BIGINT)"
        }
        return """
            COUNT(*) AS number, MIN(\(column)) AS oldest, \(count(days: 1)) AS within_day,
            \(count(days: 7)) AS within_week, \(count(days: 30)) AS within_month
            """
    }

    init(row: SQLRow) throws {
        self.init(
            name: try row["name"], count: try row["number"], oldestAt: try row["oldest"],
            withinDay: try row["within_day"], withinWeek: try row["within_week"],
            withinMonth: try row["within_month"])
    }
}
