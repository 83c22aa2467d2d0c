import Settings

extension PolicyReader {
    private static let pointsMax = 10_000.0
    private static let deadlineDaysRange = 1.0...365.0

    mutating func priorityWeights() -> PriorityWeights {
        var weights = PriorityWeights()
        guard let given = content.priority else { return weights }
        weights.perThousandDollars = points(given.perThousandDollars, "per_thousand_dollars")
        weights.dollarsMax = number(
            given.dollarsMax, at: ["priority", "dollars_max"], in: 1...1e9, default: weights.dollarsMax)
        weights.perDayNearerDeadline = points(given.perDayNearerDeadline, "per_day_nearer_deadline")
        weights.deadlineDays = number(
            given.deadlineDays, at: ["priority", "deadline_days"], in: PolicyReader.deadlineDaysRange,
            default: weights.deadlineDays)
        weights.perDayOfAge = points(given.perDayOfAge, "per_day_of_age")
        weights.perDoubtfulValue = points(given.perDoubtfulValue, "per_doubtful_value", least: -PolicyReader.pointsMax)
        weights.breach = points(given.breach, "breach")
        return weights
    }

    private mutating func points(_ value: Double?, _ key: String, least: Double = 0) -> Double {
        number(value, at: ["priority", key], in: least...PolicyReader.pointsMax, default: 0)
    }
}
