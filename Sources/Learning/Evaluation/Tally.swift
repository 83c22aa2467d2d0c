/// Right, wrong and missed answers.
package struct Tally: Hashable, Sendable {
    package var right = 0
    /// Given, but not so.
    package var wrong = 0
    /// True, but not given.
    package var missed = 0

    /// The harmonic mean of precision and recall; nil when there was nothing to find and nothing was found.
    package var f1: Double? {
        let all = 2 * right + wrong + missed
        return all == 0 ? nil : 2 * Double(right) / Double(all)
    }

    static func + (left: Tally, right: Tally) -> Tally {
        Tally(right: left.right + right.right, wrong: left.wrong + right.wrong, missed: left.missed + right.missed)
    }

    static func += (left: inout Tally, right: Tally) { left = left + right }

    /// Counts `read` against `truth`, equal values paired off.
    static func of(_ truth: [String], _ read: [String]) -> Tally {
        var open = truth
        var tally = Tally()
        for value in read {
            if let index = open.firstIndex(of: value) {
                open.remove(at: index)
                tally.right += 1
            } else {
                tally.wrong += 1
            }
        }
        tally.missed = open.count
        return tally
    }
}

/// How well stated probabilities keep their promise.
package struct Reliability: Sendable {
    private var bins = [(count: Int, right: Int, stated: Double)](repeating: (0, 0, 0), count: 10)
    private var answers: [(probability: Double, isRight: Bool)] = []

    package init() {}

    package mutating func add(_ probability: Double, isRight: Bool) {
        let bin = max(0, min(9, Int(probability * 10)))
        bins[bin].count += 1
        bins[bin].right += isRight ? 1 : 0
        bins[bin].stated += probability
        answers.append((probability, isRight))
    }

    mutating func merge(_ other: Reliability) {
        for index in bins.indices {
            bins[index].count += other.bins[index].count
            bins[index].right += other.bins[index].right
            bins[index].stated += other.bins[index].stated
        }
        answers += other.answers
    }

    package var count: Int { bins.reduce(0) { $0 + $1.count } }

    /// The probability that a right answer is stated with more than a wrong one, ties half: the area under the receiver
    /// operating characteristic (Mann-Whitney); nil without both.
    package var rocArea: Double? {
        let right = answers.count(where: \.isRight)
        let pairs = Double(right) * Double(answers.count - right)
        guard pairs > 0 else { return nil }
        let groups = Dictionary(grouping: answers, by: \.probability).sorted { $0.key < $1.key }.map(\.value)
        var (wrongBelow, area) = (0.0, 0.0)
        for group in groups {
            let right = Double(group.count(where: \.isRight))
            let wrong = Double(group.count) - right
            area += right * (wrongBelow + wrong / 2)
            wrongBelow += wrong
        }
        return area / pairs
    }

    /// The largest share of answers that one threshold accepts with at least `precision` of them right; nil without answers.
    package func acceptedShare(precision: Double) -> Double? {
        guard !answers.isEmpty else { return nil }
        let groups = Dictionary(grouping: answers, by: \.probability).sorted { $0.key > $1.key }.map(\.value)
        var (accepted, right, best) = (0, 0, 0)
        for group in groups {
            accepted += group.count
            right += group.count(where: \.isRight)
            if Double(right) >= precision * Double(accepted) { best = accepted }
        }
        return Double(best) / Double(answers.count)
    }

    /// The expected calibration error over ten bins, 0…1; nil without answers.
    package var error: Double? {
        guard count > 0 else { return nil }
        return bins.reduce(0) { $0 + abs($1.stated - Double($1.right)) } / Double(count)
    }
}
