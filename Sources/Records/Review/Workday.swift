package import Foundation

/// What one person settled on one day.
package struct Workday: Sendable, Hashable {
    package var settledCount: Int
    /// From taking a task to settling it; nil when none was settled.
    package var medianSeconds: Double?
}

extension Transaction {
    /// What `actor` settled since `start`, as the audit chain tells it.
    ///
    /// The chain is in the order of time and has no index on it: the day's first entry is searched for by halves, and only
    /// what follows it is looked at.
    package func workday(of actor: String, since start: Date) throws -> Workday {
        let entries = try rows(
            """
            SELECT action, subject, time FROM audit_entries
            WHERE sequence >= \(try firstAuditSequence(since: start)) AND actor = \(actor)
                AND action IN ('task.taken', 'document.confirmed', 'document.rejected')
            ORDER BY sequence
            """)
        var taken: [String: Date] = [:]
        var seconds: [Double] = []
        var settledCount = 0
        for entry in entries {
            let (action, subject, time): (String, String, Date) = (
                try entry["action"], try entry["subject"], try entry["time"]
            )
            if action == "task.taken" {
                taken[subject] = time
            } else {
                settledCount += 1
                if let start = taken.removeValue(forKey: subject) { seconds.append(time.timeIntervalSince(start)) }
            }
        }
        seconds.sort()
        let middle = seconds.count / 2
        let median =
            seconds.isEmpty
            ? nil : seconds.count.isMultiple(of: 2) ? (seconds[middle - 1] + seconds[middle]) / 2 : seconds[middle]
        return Workday(settledCount: settledCount, medianSeconds: median)
    }

    func firstAuditSequence(since start: Date) throws -> Int {
        guard let head = try rows("SELECT entry_count FROM audit_head WHERE id = 1").first else { return 1 }
        var (low, high): (Int, Int) = (1, try head["entry_count"] + 1)
        while low < high {
            let middle = (low + high) / 2
            let time: Date? = try rows("SELECT time FROM audit_entries WHERE sequence = \(middle)").first?["time"]
            if let time, time < start { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
