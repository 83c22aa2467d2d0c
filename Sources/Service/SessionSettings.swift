import Foundation

/// How long people stay signed in, and what failed sign-ins cost: `sessions` of `Config/service.yaml`.
package struct SessionSettings: Hashable, Sendable {
    /// A session ends when nobody used it for so long.
    package var idleMinutes = 30.0
    /// A session ends so long after it began, used or not.
    package var hoursMax = 12.0
    /// So many failures in a row lock a name; ten times as many an address, which a whole house may share.
    package var failuresBeforeLock = 5
    /// How long the first lock lasts; each further failure doubles it.
    package var lockSeconds = 30.0
    package var lockMinutesMax = 60.0

    package init() {}

    var idleSeconds: TimeInterval { idleMinutes * 60 }
    var secondsMax: TimeInterval { hoursMax * 3600 }

    /// Until when `count` failures, the last at `last`, lock who had so many of `free` allowed; nil when they do not.
    func lockEnd(after count: Int, of free: Int, last: Date) -> Date? {
        guard count >= free else { return nil }
        let doublings = Double(min(count - free, 30))
        return last.addingTimeInterval(min(lockMinutesMax * 60, lockSeconds * exp2(doublings)))
    }

    /// Failures are forgotten after this long without another.
    var memorySeconds: TimeInterval { max(3600, 2 * lockMinutesMax * 60) }

    /// The rules that the values break, by key.
    var problems: [(key: String, sentence: String)] {
        var problems: [(key: String, sentence: String)] = []
        func ask(_ holds: Bool, _ key: String, _ sentence: String) {
            if !holds { problems.append((key, sentence)) }
        }
        ask((1...720).contains(idleMinutes), "idle_minutes", "should be in 1…720.")
        ask((0.1...72).contains(hoursMax), "hours_max", "should be in 0.1…72.")
        ask((3...100).contains(failuresBeforeLock), "failures_before_lock", "should be in 3…100.")
        ask((1...3600).contains(lockSeconds), "lock_seconds", "should be in 1…3600.")
        ask((1...1440).contains(lockMinutesMax), "lock_minutes_max", "should be in 1…1440.")
        return problems
    }
}

extension SessionSettings: Codable {
    private enum CodingKeys: String, CodingKey {
        case idleMinutes = "idle_minutes"
        case hoursMax = "hours_max"
        case failuresBeforeLock = "failures_before_lock"
        case lockSeconds = "lock_seconds"
        case lockMinutesMax = "lock_minutes_max"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try container.decode(into: &idleMinutes, forKey: .idleMinutes)
        try container.decode(into: &hoursMax, forKey: .hoursMax)
        try container.decode(into: &failuresBeforeLock, forKey: .failuresBeforeLock)
        try container.decode(into: &lockSeconds, forKey: .lockSeconds)
        try container.decode(into: &lockMinutesMax, forKey: .lockMinutesMax)
    }
}
