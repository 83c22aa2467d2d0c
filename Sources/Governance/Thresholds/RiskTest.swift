import Foundation

/// The test of the hypothesis that a share of wrong values is over the target, as "Learn then Test" asks for one
/// (Angelopoulos, Bates, Candès, Jordan and Lei 2021, arXiv 2110.01052).
///
/// A loss is the share of wrong values in one document, in 0…1; documents are independent, the values of one are not.
/// Where every loss is 0 or 1 the p-value is the exact binomial one, the inversion of Clopper and Pearson's upper bound;
/// otherwise it is that of Hoeffding and Bentkus (Bates et al. 2021, arXiv 2101.02703, theorem 1), which holds for any
/// loss in 0…1.
struct RiskTest: Hashable, Sendable {
    /// The greatest share that may be wrong, in 0…1 without the ends.
    let target: Double

    /// The losses of some documents.
    struct Losses: Hashable, Sendable {
        private(set) var count = 0
        private(set) var valueCount = 0
        private(set) var sum = 0.0
        /// Whether each loss is 0 or 1.
        private(set) var areWhole = true

        var mean: Double { count == 0 ? 0 : sum / Double(count) }

        /// Adds a document with so many values, of which so many are wrong.
        mutating func add(wrong: Int, of values: Int) {
            count += 1
            valueCount += values
            sum += Double(wrong) / Double(values)
            if wrong != 0 && wrong != values { areWhole = false }
        }
    }

    /// The probability of losses as small as these, or a bound of it, were the share of wrong values over the target.
    func chanceOfSoFew(_ losses: Losses) -> Double {
        RiskTest.chance(ofMean: losses.mean, count: losses.count, areWhole: losses.areWhole, expected: target)
    }

    /// The probability of losses as great as these, or a bound of it, were the share of wrong values the target or less.
    func chanceOfSoMany(_ losses: Losses) -> Double {
        RiskTest.chance(ofMean: 1 - losses.mean, count: losses.count, areWhole: losses.areWhole, expected: 1 - target)
    }

    /// The fewest documents that keep the promise at the significance `level` when `wrong` of them are wholly wrong.
    func countNeeded(wrong: Int, level: Double) -> Int {
        var low = wrong
        var high = max(1, wrong * 2)
        func suffices(_ count: Int) -> Bool { RiskTest.binomial(atMost: wrong, of: count, target) <= level }
        while !suffices(high) { (low, high) = (high, high * 2) }
        while high - low > 1 {
            let middle = (low + high) / 2
            if suffices(middle) { high = middle } else { low = middle }
        }
        return high
    }

    private static func chance(ofMean mean: Double, count: Int, areWhole: Bool, expected: Double) -> Double {
        guard count > 0 else { return 1 }
        let sum = mean * Double(count)
        if areWhole { return binomial(atMost: Int(sum.rounded()), of: count, expected) }
        let hoeffding = exp(-Double(count) * divergence(min(mean, expected), expected))
        let bentkus = M_E * binomial(atMost: Int((sum - 1e-9).rounded(.up)), of: count, expected)
        return min(1, hoeffding, bentkus)
    }

    /// The probability of at most `successes` in `count` independent trials of the given chance each.
    static func binomial(atMost successes: Int, of count: Int, _ chance: Double) -> Double {
        guard successes < count else { return 1 }
        guard successes >= 0 else { return 0 }
        let odds = log(chance) - log1p(-chance)
        var logarithm = Double(count) * log1p(-chance)
        var sum = exp(logarithm)
        for number in 0..<successes {
            logarithm += log(Double(count - number) / Double(number + 1)) + odds
            sum += exp(logarithm)
        }
        return min(1, sum)
    }

    /// The divergence of Kullback and Leibler between two coins.
    private static func divergence(_ share: Double, _ expected: Double) -> Double {
        func part(_ a: Double, _ b: Double) -> Double { a == 0 ? 0 : a * log(a / b) }
        return part(share, expected) + part(1 - share, 1 - expected)
    }
}
