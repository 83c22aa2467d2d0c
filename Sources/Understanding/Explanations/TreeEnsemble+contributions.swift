extension TreeEnsemble {
    /// What each feature adds to the score of a row, by its place: how the mean of the leaves that are still possible
    /// changes with each decision on the way (Saabas, "Interpreting random forests", 2014; leaves weigh alike).
    ///
    /// With the mean of all leaves they add up to the score.
    func contributions(_ row: [Float]) -> [Int: Float] {
        var sums: [Int: Float] = [:]
        let inner = (1 << depth) - 1
        var means = [Float](repeating: 0, count: 2 * inner + 1)
        for tree in 0..<leaves.count >> depth {
            for leaf in 0...inner { means[inner + leaf] = leaves[tree << depth + leaf] }
            for node in (0..<inner).reversed() { means[node] = (means[2 * node + 1] + means[2 * node + 2]) / 2 }
            var node = 0
            for _ in 0..<depth {
                let feature = Int(features[tree * inner + node])
                let next = 2 * node + (row[feature] > thresholds[tree * inner + node] ? 2 : 1)
                sums[feature, default: 0] += means[next] - means[node]
                node = next
            }
        }
        return sums
    }
}
