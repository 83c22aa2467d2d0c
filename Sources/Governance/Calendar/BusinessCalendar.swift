package import Documents
package import Foundation

/// When people work: hours of each day of the week, in one time zone, but for holidays.
package struct BusinessCalendar: Hashable, Sendable {
    /// From one minute of a day to another, 1440 for its end.
    package struct Hours: Hashable, Sendable {
        package var start: Int
        package var end: Int

        package init(start: Int, end: Int) {
            self.start = start
            self.end = end
        }
    }

    /// The furthest that an end of working time is looked for.
    private static let dayCountMax = 20_000

    private let hours: [Weekday: Hours]
    private let holidays: Set<FederalHoliday>
    private let closed: Set<CalendarDate>
    private let calendar: Calendar

    package init(
        timeZone: TimeZone, hours: [Weekday: Hours], holidays: Set<FederalHoliday> = [],
        closed: Set<CalendarDate> = []
    ) {
        self.hours = hours
        self.holidays = holidays
        self.closed = closed
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        self.calendar = calendar
    }

    package var timeZone: TimeZone { calendar.timeZone }

    /// The seconds of working time between two moments; less than zero when `end` is the earlier one.
    ///
    /// What a change of the clocks takes from working hours, or gives to them, counts.
    package func workingSeconds(from start: Date, to end: Date) -> TimeInterval {
        guard start <= end else { return -workingSeconds(from: end, to: start) }
        guard let first = day(of: start), let last = day(of: end) else { return 0 }
        return (first.dayNumber...last.dayNumber).reduce(0) { sum, number in
            guard let time = CalendarDate(dayNumber: number).flatMap(workingTime) else { return sum }
            return sum + max(0, min(time.end, end).timeIntervalSince(max(time.start, start)))
        }
    }

    /// The first moment by which `seconds` of working time have passed since `start`.
    ///
    /// The distant future when that is more than half a century away.
    package func date(after start: Date, workingSeconds seconds: TimeInterval) -> Date {
        guard seconds > 0 else { return start }
        var left = seconds
        guard let first = day(of: start) else { return .distantFuture }
        for number in first.dayNumber..<(first.dayNumber + BusinessCalendar.dayCountMax) {
            guard let time = CalendarDate(dayNumber: number).flatMap(workingTime) else { continue }
            let from = max(time.start, start)
            let available = time.end.timeIntervalSince(from)
            guard available > 0 else { continue }
            if left <= available { return from.addingTimeInterval(left) }
            left -= available
        }
        return .distantFuture
    }

    /// The moment at which the day is over.
    package func end(of day: CalendarDate) -> Date? { day.adding(days: 1).flatMap { moment($0, minute: 0) } }

    /// Whether nobody works on the day, whatever day of the week it is.
    package func isHoliday(_ day: CalendarDate) -> Bool {
        closed.contains(day)
            || holidays.contains { $0.observed(in: day.year) == day || $0.observed(in: day.year + 1) == day }
    }

    /// Whether people work on the day at all.
    package func isWorkingDay(_ day: CalendarDate) -> Bool { hours[Weekday(day)] != nil && !isHoliday(day) }

    private func workingTime(on day: CalendarDate) -> (start: Date, end: Date)? {
        guard let hours = hours[Weekday(day)], !isHoliday(day), let start = moment(day, minute: hours.start),
            let end = hours.end == 1440 ? end(of: day) : moment(day, minute: hours.end)
        else { return nil }
        return (start, end)
    }

    /// The day that it is at `moment`.
    package func day(of moment: Date) -> CalendarDate? {
        let parts = calendar.dateComponents([.year, .month, .day], from: moment)
        guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }

    private func moment(_ day: CalendarDate, minute: Int) -> Date? {
        calendar.date(
            from: DateComponents(
                year: day.year, month: day.month, day: day.day, hour: minute / 60, minute: minute % 60))
    }
}
