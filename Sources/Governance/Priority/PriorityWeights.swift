/// What makes a review task urgent, and by how many points.
struct PriorityWeights: Hashable, Sendable {
    /// Points for each thousand dollars at stake.
    var perThousandDollars = 0.0
    /// Dollars beyond these count no more.
    var dollarsMax = 100_000.0
    /// Points for each day that the payer's deadline is nearer than `deadlineDays`.
    var perDayNearerDeadline = 0.0
    /// A document without a deadline, or with a later one, is taken to be due so many days after it came.
    var deadlineDays = 30.0
    /// Points for each day that the task waits.
    var perDayOfAge = 0.0
    /// Points for each doubtful value; less than zero has what is quickly done come first.
    var perDoubtfulValue = 0.0
    /// Points for a broken service level.
    var breach = 0.0
}
