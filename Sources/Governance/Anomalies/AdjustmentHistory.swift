/// What a payer takes off charges for one reason, and whether one line is out of the ordinary.
///
/// The modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, ASQC 1993, section 3): the distance
/// from the median over 1.4826 median absolute deviations, unusual from 3.5 on. A payer that always takes off the same
/// share deviates by nothing; two hundredths of the charge are the least that counts as its deviation. Only what is taken
/// off too much is told, and only what nearly no line before was: an earlier price list may have had two rates.
///
/// How rare is a matter of the whole document: of forty ordinary lines one is the first of forty. A line's chance is its
/// rank among those before, (r + 1) / (n + 1) where r of n took off as much or more (Phipson and Smyth, Permutation
/// P-values Should Never Be Zero, Statistical Applications in Genetics and Molecular Biology 9, 2010), and it counts as
/// rare where that, times the lines looked at (Bonferroni's inequality: they are of one paper and not independent), is at
/// most 1 in `least`. So a document without anything unusual is named at most once in `least` documents, whatever the
/// shape of the payer's adjustments, and one of many lines needs as many times more of a history.
package struct AdjustmentHistory: Sendable {
    private static let scoreMax = 3.5
    private static let deviationMin = 200.0

    /// Shares of the charge in ten-thousandths, ascending.
    private let shares: [Int]
    private let median: Double
    private let deviation: Double
    private let least: Int

    package var lineCount: Int { shares.count }

    /// Nil while there are fewer lines than `least`.
    package init?(shares: [Int], least: Int) {
        guard shares.count >= max(1, least) else { return nil }
        self.shares = shares.sorted()
        self.least = least
        let median = AdjustmentHistory.median(self.shares.map(Double.init))
        self.median = median
        let deviations = shares.map { abs(Double($0) - median) }.sorted()
        deviation = max(1.4826 * AdjustmentHistory.median(deviations), AdjustmentHistory.deviationMin)
    }

    /// Whether a line of which `share` was taken off is out of the ordinary.
    ///
    /// - Parameter lineCount: how many lines of the document are looked at, those with other reasons too.
    package func isUnusual(_ share: Int, amongLines lineCount: Int) -> Bool {
        guard (Double(share) - median) / deviation > AdjustmentHistory.scoreMax else { return false }
        let asMuch = shares.count { $0 >= share }
        // Longer documents than what is read could ever speak of are judged as the longest of those.
        let lines = min(max(1, lineCount), max(1, AdjustmentHistory.readMax / max(1, least) / 2))
        return (asMuch + 1) * lines * least <= shares.count + 1
    }

    /// How many lines before are read at most.
    private static let readMax = 20_000

    /// How many lines before to look at, where so many lines of a document are: twice as many as one of them needs to be
    /// called unusual, within what is read in a moment.
    package static func wanted(forLines lineCount: Int, least: Int) -> Int {
        let (lines, least) = (min(max(1, lineCount), 10_000), min(max(1, least), 100_000))
        return min(max(500, 2 * lines * least), readMax)
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
