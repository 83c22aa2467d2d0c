import Foundation
import Synchronization

/// Slows down those who guess passwords: after a few failures an account, and an address, must wait, each time longer.
final class SignInThrottle: Sendable {
    struct Limits: Hashable {
        /// Failures without a wait.
        var freeFailureCount = 5
        var firstWaitSeconds = 5.0
        var waitSecondsMax = 900.0
        /// Failures are forgotten after this long without another.
        var memorySeconds = 3600.0
        /// How many names and addresses are remembered; beyond, the oldest are forgotten.
        var entryCountMax = 10_000
    }

    private struct Entry {
        var failureCount = 0
        var lastFailure = Date.distantPast
    }

    private let limits: Limits
    private let entries = Mutex<[String: Entry]>([:])

    init(limits: Limits = Limits()) { self.limits = limits }

    /// Whole seconds that any of `keys` still has to wait; 0 when it may try now.
    func secondsToWait(_ keys: [String], at now: Date) -> Int {
        entries.withLock { entries in
            let ends = keys.compactMap { key in
                entries[key].map { $0.lastFailure.addingTimeInterval(wait(after: $0.failureCount)) }
            }
            return max(0, Int((ends.max() ?? now).timeIntervalSince(now).rounded(.up)))
        }
    }

    func failed(_ keys: [String], at now: Date) {
        entries.withLock { entries in
            entries = entries.filter { now.timeIntervalSince($0.value.lastFailure) < limits.memorySeconds }
            for key in keys {
                entries[key, default: Entry()].failureCount += 1
                entries[key]?.lastFailure = now
            }
            while entries.count > limits.entryCountMax,
                let oldest = entries.min(by: { $0.value.lastFailure < $1.value.lastFailure })
            {
                entries[oldest.key] = nil
            }
        }
    }

    func succeeded(_ keys: [String]) {
        entries.withLock { entries in
            for key in keys { entries[key] = nil }
        }
    }

    private func wait(after failureCount: Int) -> TimeInterval {
        guard failureCount >= limits.freeFailureCount else { return 0 }
        let doublings = Double(min(failureCount - limits.freeFailureCount, 20))
        return min(limits.waitSecondsMax, limits.firstWaitSeconds * exp2(doublings))
    }
}
