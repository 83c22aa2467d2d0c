import Documents
import Foundation
import Settings

extension PolicyReader {
    /// A working day of less would make a service level end in another decade.
    private static let minutesMin = 60

    mutating func calendar() -> BusinessCalendar? {
        guard let given = content.calendar else { return nil }
        let name = needed(given.timeZone, at: ["calendar", "time_zone"]) ?? "UTC"
        let zone = TimeZone(identifier: name)
        if zone == nil {
            wrong(
                at: ["calendar", "time_zone"],
                "The time zone '\(name)' is not known. Name one as America/Chicago.")
        }
        var hours: [Weekday: BusinessCalendar.Hours] = [:]
        for (word, text) in (needed(given.hours, at: ["calendar", "hours"]) ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = ["calendar", "hours", word]
            guard let weekday: Weekday = known(word, at: place, what: "day of the week") else { continue }
            hours[weekday] = self.hours(text, at: place)
        }
        if given.hours?.isEmpty == true {
            wrong(
                at: ["calendar", "hours"], "Nobody ever works. Name the hours of a day, such as monday: 08:00-17:00.")
        }
        let holidays = (given.holidays ?? []).enumerated().compactMap { index, word -> FederalHoliday? in
            known(word, at: ["calendar", "holidays", "\(index)"], what: "holiday")
        }
        let closed = (given.closed ?? []).enumerated().compactMap { index, text in
            day(text, at: ["calendar", "closed", "\(index)"])
        }
        return BusinessCalendar(
            timeZone: zone ?? .gmt, hours: hours, holidays: Set(holidays), closed: Set(closed))
    }

    private mutating func hours(_ text: String, at place: [String]) -> BusinessCalendar.Hours? {
        let parts = text.wholeMatch(of: /([0-2]?[0-9]):([0-5][0-9]) *[-–] *([0-2]?[0-9]):([0-5][0-9])/)?.output
        let numbers = parts.map { [$0.1, $0.2, $0.3, $0.4].compactMap { Int($0) } } ?? []
        guard numbers.count == 4, case let start = numbers[0] * 60 + numbers[1],
            case let end = numbers[2] * 60 + numbers[3], end <= 1440, end - start >= PolicyReader.minutesMin
        else {
            wrong(
                at: place,
                "'\(text)' are no working hours. Write the start and the end, an hour or more later, as 08:00-17:00; 24:00 is the end of the day."
            )
            return nil
        }
        return BusinessCalendar.Hours(start: start, end: end)
    }

    private mutating func day(_ text: String, at place: [String]) -> CalendarDate? {
        if let day = CalendarDate(printed: text), day.description == text { return day }
        wrong(at: place, "'\(text)' is not a day. Write it as 2026-12-24.")
        return nil
    }
}
