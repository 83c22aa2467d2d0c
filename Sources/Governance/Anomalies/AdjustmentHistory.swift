/// What a payer takes off charges for one reason, and whether one line is out of the ordinary.
///
/// The modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, ASQC 1993, section 3): the distance
/// from the median over 1.4826 median absolute deviations, unusual from 3.5 on. A payer that always takes off the same
/// share deviates by nothing; two hundredths of the charge are the least that counts as its deviation. Only what is taken
/// off too much is told, and only what nearly no line before was: an earlier price list may have had two rates.
package struct AdjustmentHistory: Sendable {
    private static let scoreMax = 3.5
    private static let deviationMin = 200.0
    /// The part of the lines before that took off as much or more, at most.
    private static let commonShare = 0.01

    /// Shares of the charge in ten-thousandths, ascending.
    private let shares: [Int]
    private let median: Double
    private let deviation: Double

    package var lineCount: Int { shares.count }

    /// Nil while there are fewer lines than `least`.
    package init?(shares: [Int], least: Int) {
        guard shares.count >= max(1, least) else { return nil }
        self.shares = shares.sorted()
        let median = AdjustmentHistory.median(self.shares.map(Double.init))
        self.median = median
        let deviations = shares.map { abs(Double($0) - median) }.sorted()
        deviation = max(1.4826 * AdjustmentHistory.median(deviations), AdjustmentHistory.deviationMin)
    }

    package func isUnusual(_ share: Int) -> Bool {
        guard (Double(share) - median) / deviation > AdjustmentHistory.scoreMax else { return false }
        let asMuch = shares.count { $0 >= share }
        return Double(asMuch) <= AdjustmentHistory.commonShare * Double(shares.count)
    }

    /// Between which shares nine of ten lines before were, as `31–48 %`.
    package var usual: String {
        func percent(_ rank: Double) -> Int { (shares[Int(rank * Double(shares.count - 1))] + 50) / 100 }
        let (low, high) = (percent(0.05), percent(0.95))
        return low == high ? "\(low) %" : "\(low)–\(high) %"
    }

    private static func median(_ ascending: [Double]) -> Double {
        let middle = ascending.count / 2
        return ascending.count % 2 == 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2
    }
}
