package import Documents

/// What brings a denial up the worklist, and by how many points.
package struct DenialPriority: Hashable, Sendable {
    package var perThousandDollars: Double
    /// Dollars beyond these count no more.
    package var dollarsMax: Double
    /// For each day that the deadline is nearer than `deadlineDays`.
    package var perDayNearerDeadline: Double
    /// What has no deadline counts as if it were so far away.
    package var deadlineDays: Int

    /// The terms of a denial with these dollars at stake and this deadline, on the day `today`.
    package func terms(amount: Money, deadline: CalendarDate?, today: CalendarDate) -> [PriorityTerm] {
        let dollars = min(max(Double(amount.cents) / 100, 0), dollarsMax)
        let left = deadline.map { min(max($0.dayNumber - today.dayNumber, -deadlineDays), deadlineDays) }
        return [
            PriorityTerm(.amount, value: amount.description, points: dollars / 1000 * perThousandDollars),
            PriorityTerm(
                .deadline, value: deadline?.description ?? "",
                points: Double(deadlineDays - (left ?? deadlineDays)) * perDayNearerDeadline),
        ]
    }
}
