package import Documents

/// A legal public holiday of the United States (title 5, section 6103 of the United States Code).
package enum FederalHoliday: String, CaseIterable, Hashable, Sendable {
    case newYearsDay = "new_years_day"
    case martinLutherKingDay = "martin_luther_king_day"
    case washingtonsBirthday = "washingtons_birthday"
    case memorialDay = "memorial_day"
    case juneteenth
    case independenceDay = "independence_day"
    case laborDay = "labor_day"
    case columbusDay = "columbus_day"
    case veteransDay = "veterans_day"
    case thanksgivingDay = "thanksgiving_day"
    case christmasDay = "christmas_day"

    /// The day on which the holiday of `year` is kept.
    ///
    /// One that falls on a Saturday is kept on the Friday before, one on a Sunday on the Monday after (section 6103(b) and
    /// Executive Order 11582); New Year's Day may be kept on the last day of the year before.
    package func observed(in year: Int) -> CalendarDate? {
        switch self {
        case .newYearsDay: FederalHoliday.fixed(year, 1, 1)
        case .martinLutherKingDay: FederalHoliday.weekday(.monday, number: 3, year, 1)
        case .washingtonsBirthday: FederalHoliday.weekday(.monday, number: 3, year, 2)
        // The last Monday is the first of the seven days before June.
        case .memorialDay: FederalHoliday.firstMonday(onOrAfter: CalendarDate(year: year, month: 5, day: 25))
        case .juneteenth: FederalHoliday.fixed(year, 6, 19)
        case .independenceDay: FederalHoliday.fixed(year, 7, 4)
        case .laborDay: FederalHoliday.weekday(.monday, number: 1, year, 9)
        case .columbusDay: FederalHoliday.weekday(.monday, number: 2, year, 10)
        case .veteransDay: FederalHoliday.fixed(year, 11, 11)
        case .thanksgivingDay: FederalHoliday.weekday(.thursday, number: 4, year, 11)
        case .christmasDay: FederalHoliday.fixed(year, 12, 25)
        }
    }

    private static func fixed(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate? {
        guard let date = CalendarDate(year: year, month: month, day: day) else { return nil }
        return switch Weekday(date) {
        case .saturday: date.adding(days: -1)
        case .sunday: date.adding(days: 1)
        default: date
        }
    }

    private static func weekday(_ weekday: Weekday, number: Int, _ year: Int, _ month: Int) -> CalendarDate? {
        first(weekday, onOrAfter: CalendarDate(year: year, month: month, day: 7 * (number - 1) + 1))
    }

    private static func firstMonday(onOrAfter date: CalendarDate?) -> CalendarDate? { first(.monday, onOrAfter: date) }

    private static func first(_ weekday: Weekday, onOrAfter date: CalendarDate?) -> CalendarDate? {
        date.flatMap { $0.adding(days: (weekday.number - Weekday($0).number + 7) % 7) }
    }
}

/// A day of the week.
package enum Weekday: String, CaseIterable, Hashable, Sendable {
    case sunday, monday, tuesday, wednesday, thursday, friday, saturday

    package init(_ date: CalendarDate) {
        // 1970-01-01 was a Thursday.
        let number = ((date.dayNumber + 4) % 7 + 7) % 7
        self = Weekday.allCases[number]
    }

    /// From 0 for Sunday.
    var number: Int { Weekday.allCases.firstIndex(of: self) ?? 0 }
}
