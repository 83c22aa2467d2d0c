import Foundation
import Records

/// How long what nobody is done with has waited, as Prometheus reads it.
struct AgeFigures: Sendable {
    private let ages: [WaitingAges]
    /// What is measured though nothing of it waits: a gap in a graph would say that nothing was measured.
    private let names: Set<String>
    private let now: Date

    init(_ ages: [WaitingAges], names: Set<String> = [], at now: Date) {
        self.ages = ages
        self.names = names
        self.now = now
    }

    var counts: [(String, Double)] { figures { Double($0.count) } }

    var oldestSeconds: [(String, Double)] {
        figures { max(0, now.timeIntervalSince($0.oldestAt)).rounded(.down) }
    }

    /// How many have waited for less than a day, a week, thirty days, and longer; each counts once.
    var classes: [(String, String, Int)] {
        all.flatMap { name, ages in
            let (day, week, month) = (ages?.withinDay ?? 0, ages?.withinWeek ?? 0, ages?.withinMonth ?? 0)
            return [
                (name, "under 1 day", day), (name, "under 7 days", week - day), (name, "under 30 days", month - week),
                (name, "30 days and more", (ages?.count ?? 0) - month),
            ]
        }
    }

    private var all: [(String, WaitingAges?)] {
        names.union(ages.map(\.name)).sorted().map { name in (name, ages.first { $0.name == name }) }
    }

    private func figures(_ value: (WaitingAges) -> Double) -> [(String, Double)] {
        all.map { name, ages in (name, ages.map(value) ?? 0) }
    }
}
