package import Documents

/// The day by which work is to be done so that the payer has the answer in time.
package struct DueDate: Hashable, Sendable {
    package let day: CalendarDate
    package let deadline: CalendarDate
    /// Whether the payer's deadline was past already when the day was set.
    package let isPast: Bool

    /// The last working day that is `marginDays` working days before the deadline.
    ///
    /// Never after the deadline; not before `today` unless the deadline is past. Without a calendar people work from
    /// Monday to Friday.
    package init(
        deadline: CalendarDate, marginDays: Int, today: CalendarDate, calendar: BusinessCalendar?
    ) {
        self.deadline = deadline
        isPast = deadline < today
        guard !isPast else {
            day = deadline
            return
        }
        day = max(DueDate.workingDay(deadline, back: marginDays, calendar) ?? deadline, today)
    }

    /// How many days off in a row are gone back over.
    private static let dayCountMax = 400

    private static func workingDay(
        _ deadline: CalendarDate, back marginDays: Int, _ calendar: BusinessCalendar?
    ) -> CalendarDate? {
        var left = marginDays
        for offset in 0...(dayCountMax + marginDays) {
            guard let day = deadline.adding(days: -offset) else { return nil }
            guard isWorkingDay(day, calendar) else { continue }
            if left == 0 { return day }
            left -= 1
        }
        return nil
    }

    private static func isWorkingDay(_ day: CalendarDate, _ calendar: BusinessCalendar?) -> Bool {
        calendar?.isWorkingDay(day) ?? ![.saturday, .sunday].contains(Weekday(day))
    }
}
