package import Documents
package import Foundation

extension Policy {
    /// The working time before its end in which a task is shown as due soon.
    private static let dueSoonSeconds: TimeInterval = 3600

    /// When a task that came into the queue at `arrival` is to be settled; nil when nothing is promised for the queue.
    package func dueDate(inQueue name: String, arrival: Date) -> Date? {
        queues.first { $0.name == name }?.serviceLevelHours.map { working($0 * 3600, after: arrival) }
    }

    /// Until when a task is kept for one person, from `now` on.
    package func keptUntil(from now: Date) -> Date { working(questionHours * 3600, after: now) }

    /// Tasks that are due by then are due soon.
    package func dueSoonDate(at now: Date) -> Date { working(Policy.dueSoonSeconds, after: now) }

    /// The day that it is at `moment` where people work; without a calendar, in Coordinated Universal Time.
    package func day(of moment: Date) -> CalendarDate? {
        calendar.map { $0.day(of: moment) }
            ?? CalendarDate(dayNumber: Int((moment.timeIntervalSince1970 / 86_400).rounded(.down)))
    }

    /// The moment at which so much working time has passed since `start`; without a calendar every hour counts.
    package func working(_ seconds: TimeInterval, after start: Date) -> Date {
        calendar?.date(after: start, workingSeconds: seconds) ?? start.addingTimeInterval(seconds)
    }
}
