/// What a share that was counted in a sample says of the share in all: the exact interval of Clopper and Pearson (1934) at
/// 95 per cent.
package struct ShareInterval: Hashable, Sendable {
    package let count: Int
    package let total: Int
    package let lower: Double
    package let upper: Double

    private static let tail = 0.025

    /// - Parameter count: how many of `total` independent trials had it; in 0…`total`.
    package init(count: Int, of total: Int) {
        self.count = count
        self.total = total
        // As many or more are just likely enough at the lower end, as many or fewer at the upper.
        lower =
            count == 0
            ? 0
            : ShareInterval.share {
                1 - RiskTest.binomial(atMost: count - 1, of: total, $0) >= ShareInterval.tail
            }
        upper =
            count == total
            ? 1 : ShareInterval.share { RiskTest.binomial(atMost: count, of: total, $0) <= ShareInterval.tail }
    }

    /// The least share at which `holds`, which holds from there on.
    private static func share(where holds: (Double) -> Bool) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle }
        }
        return high
    }
}

extension ShareInterval: CustomStringConvertible {
    /// `3.2 % (0.4 % to 11 %)`, or a dash where nothing was counted.
    package var description: String {
        guard total > 0 else { return "–" }
        return "\(text(Double(count) / Double(total))) (\(text(lower)) to \(text(upper)))"
    }

    /// Per cent with at most one place.
    private func text(_ share: Double) -> String {
        Decimals.percent((share * 1000).rounded() / 1000)
    }
}
