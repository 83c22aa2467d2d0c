package import Documents
package import Foundation

extension Policy {
    private static let secondsPerDay = 86_400.0

    /// What makes the review of the document, which came at `arrival`, urgent.
    ///
    /// Two of the terms grow with time. So that their growth changes no order, and no stored rank has to be written again
    /// as time passes, all tasks gain the same each day: a document that names no deadline has one all the same,
    /// `deadline_days` after it came, and no term has a limit that it would reach at some later time. The order is then
    /// that of `rank`, at every moment.
    package func priorityTerms(of document: Document, arrival: Date) -> [PriorityTerm] {
        let weights = priorityWeights
        var terms: [PriorityTerm] = []
        if weights.perThousandDollars != 0, let amount = amountAtStake(in: document), amount > .zero {
            let dollars = min(Double(amount.cents) / 100, weights.dollarsMax)
            terms.append(
                PriorityTerm(
                    .amount, value: amount.description, points: dollars / 1000 * weights.perThousandDollars))
        }
        if weights.perDayNearerDeadline != 0 {
            let deadline = deadline(of: document)
            let daysLeft =
                deadline.map {
                    endOfDay($0).timeIntervalSince(arrival) / Policy.secondsPerDay
                } ?? weights.deadlineDays
            // A day that was misread, years off, counts no more than one that is long past.
            let counted = min(max(daysLeft, -weights.deadlineDays), weights.deadlineDays)
            terms.append(
                PriorityTerm(
                    .deadline, value: deadline?.description ?? "",
                    points: (weights.deadlineDays - counted) * weights.perDayNearerDeadline,
                    pointsPerDay: weights.perDayNearerDeadline))
        }
        if weights.perDayOfAge != 0 {
            terms.append(PriorityTerm(.age, points: 0, pointsPerDay: weights.perDayOfAge))
        }
        let doubtfulCount = Set(document.reasons.compactMap(\.field)).count
        if weights.perDoubtfulValue != 0, doubtfulCount > 0 {
            terms.append(
                PriorityTerm(
                    .effort, value: "\(doubtfulCount)", points: Double(doubtfulCount) * weights.perDoubtfulValue))
        }
        return terms
    }

    /// The term of a broken service level; nil when policy gives no points for it.
    package var breachTerm: PriorityTerm? {
        priorityWeights.breach == 0 ? nil : PriorityTerm(.breach, points: priorityWeights.breach)
    }

    /// The place of a task with these terms: of two, the one with the greater rank comes first, now and later.
    ///
    /// The points in hundredths that the task would have had at the beginning of 1970.
    package static func rank(_ terms: [PriorityTerm], arrival: Date) -> Int {
        let days = arrival.timeIntervalSince1970 / secondsPerDay
        return Int((terms.reduce(0) { $0 + $1.points(afterDays: -days) } * 100).rounded())
    }

    private func endOfDay(_ day: CalendarDate) -> Date {
        // Without a calendar days are those of Coordinated Universal Time.
        calendar?.end(of: day) ?? Date(timeIntervalSince1970: Double(day.dayNumber + 1) * Policy.secondsPerDay)
    }
}
