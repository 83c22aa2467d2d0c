/// One reason for the place of a review task in its queue: what counts, and the points that it gives.
package struct PriorityTerm: Codable, Hashable, Sendable {
    package enum Name: String, Codable, Hashable, Sendable {
        /// The money that the document is about; the value is an amount.
        case amount
        /// The payer's deadline; the value is its day, empty where the document names none.
        case deadline
        /// How long the task waits.
        case age
        /// How many values are doubtful; the value is their number.
        case effort
        /// The service level is broken.
        case breach
        /// A supervisor's will; the value is the reason.
        case override
    }

    package var name: Name
    package var value: String
    /// The points when the task was made.
    package var points: Double
    /// What each day since then adds.
    package var pointsPerDay: Double
    /// Who gave the points, where a person did.
    package var by: String?

    package init(_ name: Name, value: String = "", points: Double, pointsPerDay: Double = 0, by: String? = nil) {
        self.name = name
        self.value = value
        self.points = points
        self.pointsPerDay = pointsPerDay
        self.by = by
    }

    /// The points when the task is `days` old.
    package func points(afterDays days: Double) -> Double { points + pointsPerDay * days }

    private enum CodingKeys: String, CodingKey {
        case name, value, points
        case pointsPerDay = "points_per_day"
        case by
    }
}
