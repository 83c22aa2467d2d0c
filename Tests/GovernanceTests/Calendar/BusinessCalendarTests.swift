import Documents
import Foundation
import Governance
import TestSupport
import Testing

@Suite struct BusinessCalendarTests {
    private static let chicago = TimeZone(identifier: "America/Chicago") ?? .gmt
    private static let weekdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]

    /// Calendars by which the arithmetic is tried: an office, and one that never closes but for holidays.
    private static let calendars = [
        BusinessCalendar(
            timeZone: chicago,
            hours: Dictionary(
                uniqueKeysWithValues: weekdays.map { ($0, BusinessCalendar.Hours(start: 480, end: 1020)) }),
            holidays: Set(FederalHoliday.allCases), closed: []),
        BusinessCalendar(
            timeZone: chicago,
            hours: Dictionary(
                uniqueKeysWithValues: Weekday.allCases.map { ($0, BusinessCalendar.Hours(start: 0, end: 1440)) }),
            holidays: [.independenceDay]),
    ]

    private func moment(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    @Test(arguments: [
        // Friday afternoon, over the weekend.
        ("2026-03-13T21:00:00Z", 4.0, "2026-03-16T16:00:00Z"),
        // The clocks went forward on 8 March: 17:00 is 23:00 UTC before, 22:00 after.
        ("2026-03-06T22:00:00Z", 2.0, "2026-03-09T14:00:00Z"),
        // Over Thanksgiving; Wednesday 16:00 to Friday 09:00.
        ("2026-11-25T22:00:00Z", 2.0, "2026-11-27T15:00:00Z"),
        // 4 July 2026 is a Saturday and is kept on the Friday.
        ("2026-07-02T21:30:00Z", 1.0, "2026-07-06T13:30:00Z"),
        // 1 January 2028 is a Saturday and is kept in the year before.
        ("2027-12-30T22:00:00Z", 2.0, "2028-01-03T15:00:00Z"),
        // Before work begins.
        ("2026-03-16T05:00:00Z", 0.5, "2026-03-16T13:30:00Z"),
    ])
    func hoursOfWorkEndWhere(start: String, hours: Double, end: String) throws {
        let calendar = Self.calendars[0]
        #expect(calendar.date(after: try moment(start), workingSeconds: hours * 3600) == (try moment(end)))
        #expect(calendar.workingSeconds(from: try moment(start), to: try moment(end)) == hours * 3600)
    }

    @Test func aDayWithoutAnHourIsShorter() throws {
        let day = (try moment("2026-03-08T06:00:00Z"), try moment("2026-03-09T05:00:00Z"))
        #expect(Self.calendars[1].workingSeconds(from: day.0, to: day.1) == 23 * 3600)
        let autumn = (try moment("2026-11-01T05:00:00Z"), try moment("2026-11-02T06:00:00Z"))
        #expect(Self.calendars[1].workingSeconds(from: autumn.0, to: autumn.1) == 25 * 3600)
    }

    /// Over three years, with every holiday and change of the clocks in them.
    @Test(arguments: [0, 1]) func workingTimeIsAdditiveMonotoneAndUndone(number: Int) throws {
        let calendar = Self.calendars[number]
        var dice = SeededGenerator(seed: UInt64(number))
        let origin = try moment("2026-01-01T00:00:00Z")
        for _ in 0..<150 {
            let from = origin + Double(Int.random(in: 0..<94_608_000, using: &dice))
            let seconds = (0..<2).map { _ in Double(Int.random(in: 1...400_000, using: &dice)) }
            let middle = calendar.date(after: from, workingSeconds: seconds[0])
            let end = calendar.date(after: middle, workingSeconds: seconds[1])
            #expect(calendar.date(after: from, workingSeconds: seconds[0] + seconds[1]) == end)
            #expect(from < middle && middle < end)
            #expect(calendar.workingSeconds(from: from, to: middle) == seconds[0])
            #expect(calendar.workingSeconds(from: from, to: end) == seconds[0] + seconds[1])
            #expect(calendar.workingSeconds(from: end, to: from) == -(seconds[0] + seconds[1]))
            let later = from + Double(Int.random(in: 1...900_000, using: &dice))
            #expect(calendar.date(after: later, workingSeconds: seconds[0]) >= middle)
            #expect(calendar.workingSeconds(from: from, to: later) <= later.timeIntervalSince(from))
        }
    }

    /// As the Office of Personnel Management lists them.
    @Test(arguments: [
        (
            2026,
            "2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-12-25"
        ),
        (
            2027,
            "2027-01-01 2027-01-18 2027-02-15 2027-05-31 2027-06-18 2027-07-05 2027-09-06 2027-10-11 2027-11-11 2027-11-25 2027-12-24"
        ),
        (
            2022,
            "2021-12-31 2022-01-17 2022-02-21 2022-05-30 2022-06-20 2022-07-04 2022-09-05 2022-10-10 2022-11-11 2022-11-24 2022-12-26"
        ),
    ])
    func federalHolidaysAreKeptOn(year: Int, days: String) {
        let observed = FederalHoliday.allCases.compactMap { $0.observed(in: year)?.description }
        #expect(observed.joined(separator: " ") == days)
    }
}
