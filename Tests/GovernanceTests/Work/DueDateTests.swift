import Documents
import Foundation
import Governance
import TestSupport
import Testing

/// The day by which work is due, on working days and never after the payer's deadline.
@Suite struct DueDateTests {
    private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(printed: text)) }

    private static let calendar = BusinessCalendar(
        timeZone: .gmt,
        hours: Dictionary(
            uniqueKeysWithValues: [Weekday.monday, .tuesday, .wednesday, .thursday, .friday].map {
                ($0, BusinessCalendar.Hours(start: 480, end: 1020))
            }), holidays: [.memorialDay, .christmasDay])

    @Test(arguments: [
        // Tuesday; Memorial Day, Saturday and Sunday do not count.
        ("2026-05-26", 3, "2026-05-20"), ("2026-05-26", 0, "2026-05-26"), ("2026-05-25", 0, "2026-05-22"),
        ("2026-05-24", 1, "2026-05-21"), ("2026-12-28", 1, "2026-12-24"),
    ])
    func theMarginIsOfWorkingDays(deadline: String, margin: Int, due: String) throws {
        let found = DueDate(
            deadline: try Self.day(deadline), marginDays: margin, today: try Self.day("2026-05-01"),
            calendar: Self.calendar)
        #expect(found.day.description == due && !found.isPast)
    }

    @Test func aDeadlineThatIsNearOrPastIsSaid() throws {
        let today = try Self.day("2026-05-21")
        let near = DueDate(deadline: try Self.day("2026-05-22"), marginDays: 3, today: today, calendar: Self.calendar)
        #expect(near.day == today && !near.isPast)
        let past = DueDate(deadline: try Self.day("2026-05-20"), marginDays: 3, today: today, calendar: Self.calendar)
        #expect(past.day.description == "2026-05-20" && past.isPast)
    }

    @Test func neverAfterTheDeadlineNorOnADayOff() throws {
        var random = SeededGenerator(seed: 7)
        let nobody = BusinessCalendar(timeZone: .gmt, hours: [:])
        for _ in 0..<10_000 {
            let today = try #require(CalendarDate(dayNumber: Int.random(in: 19_000...22_000, using: &random)))
            let deadline = try #require(today.adding(days: Int.random(in: -30...200, using: &random)))
            let calendar = [Self.calendar, nil, nobody].randomElement(using: &random) ?? nil
            let due = DueDate(
                deadline: deadline, marginDays: Int.random(in: 0...60, using: &random), today: today, calendar: calendar
            )
            #expect(due.day <= deadline)
            #expect(due.isPast == (deadline < today))
            if !due.isPast { #expect(due.day >= today) }
            if due.day > today, due.day < deadline, let calendar { #expect(calendar.isWorkingDay(due.day)) }
        }
    }
}
