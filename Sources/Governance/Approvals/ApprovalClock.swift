package import Foundation

/// When what is to happen to an approval that nobody decides; nil for never.
package struct ApprovalClock: Hashable, Sendable {
    /// When whoever is asked is reminded next.
    package var remindAt: Date?
    /// When the people of the next band are asked as well.
    package var climbAt: Date?
    package var expiresAt: Date?

    package init(remindAt: Date? = nil, climbAt: Date? = nil, expiresAt: Date? = nil) {
        self.remindAt = remindAt
        self.climbAt = climbAt
        self.expiresAt = expiresAt
    }
}

extension ApprovalMatrix {
    /// The clock of an approval of `content` that is asked for at `start`, in the hours of the policy's calendar.
    package func clock(for content: ApprovalContent, from start: Date, policy: Policy) -> ApprovalClock {
        func date(_ hours: Double?) -> Date? { hours.map { policy.working($0 * 3600, after: start) } }
        let kind = kind(content.kind)
        return ApprovalClock(
            remindAt: date(kind?.remindHours), climbAt: date(climbHours(of: content, climbed: 0)),
            expiresAt: date(kind?.expireHours))
    }

    /// The working hours after which an approval that climbed `levels` bands climbs to the next; nil for never.
    package func climbHours(of content: ApprovalContent, climbed levels: Int) -> Double? {
        guard let row = kind(content.kind)?.row(for: content), let band = row.band(for: content.amount),
            row.bands.indices.contains(band + levels + 1)
        else { return nil }
        return row.bands[band + levels].climbHours
    }
}
