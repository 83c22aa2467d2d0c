import Documents
import Foundation
import Governance
import Records

/// The priority of a task and when it is due, as people read it.
struct PriorityWords: Sendable {
    /// The points that the task has now.
    let score: String
    /// What gives how many points, where it gives any: `$4,210 at stake +8`.
    let terms: [String]
    /// When the task is due: `in 3 h`, `since 2 d`; nil when nothing is promised.
    let due: String?
    let isOverdue: Bool

    /// - Parameter hidden: terms that are counted and not told.
    init(
        _ clock: TaskClock?, of task: ReviewTask, policy: Policy, at now: Date,
        hiding hidden: Set<PriorityTerm.Name> = []
    ) {
        let days = task.ageSeconds(at: now) / 86_400
        let terms = clock?.terms ?? []
        let sum = Int(terms.reduce(0) { $0 + $1.points(afterDays: days) }.rounded())
        score = "\(sum < 0 ? "−" : "")\(sum.magnitude)"
        self.terms = terms.compactMap { term in
            let points = Int(term.points(afterDays: days).rounded())
            guard points != 0, !hidden.contains(term.name) else { return nil }
            let sign = points < 0 ? "−" : "+"
            return "\(PriorityWords.words(term, of: task, policy: policy, at: now)) \(sign)\(points.magnitude)"
        }
        isOverdue = clock?.isOverdue(at: now) == true && task.status != .done
        due = clock?.dueAt.map { due in
            let seconds = due.timeIntervalSince(now)
            return seconds > 0 ? "in \(PageTime.age(seconds: seconds))" : "since \(PageTime.age(seconds: -seconds))"
        }
    }

    private static func words(_ term: PriorityTerm, of task: ReviewTask, policy: Policy, at now: Date) -> String {
        switch term.name {
        case .amount: "\(dollars(term.value)) at stake"
        case .deadline: deadline(term.value, today: policy.day(of: now))
        case .age: "\(PageTime.age(seconds: task.ageSeconds(at: now))) old"
        case .effort: term.value == "1" ? "1 doubtful value" : "\(term.value) doubtful values"
        case .breach: "service level broken"
        case .override: "\((term.by ?? "").replacing("user:", with: "")): \(term.value)"
        }
    }

    private static func deadline(_ value: String, today: CalendarDate?) -> String {
        guard let day = CalendarDate(printed: value), let today else { return "no deadline named" }
        let days = day.dayNumber - today.dayNumber
        let number = days.magnitude == 1 ? "1 day" : "\(days.magnitude) days"
        return switch days {
        case 0: "answer due today"
        case 1...: "answer due in \(number)"
        default: "answer was due \(number) ago"
        }
    }

    /// Whole dollars with separators: `$4,210`.
    static func dollars(_ value: String) -> String {
        let whole = Money(value).map { "\($0.cents.magnitude / 100)" } ?? value
        let groups = stride(from: whole.count, to: 0, by: -3).map { end in
            whole.dropLast(whole.count - end).suffix(3)
        }
        return "$" + groups.reversed().joined(separator: ",")
    }
}
