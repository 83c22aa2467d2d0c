/// Boosted regression trees, all of one depth: the sum of their leaves is a score in log-odds.
package struct TreeEnsemble: Codable, Hashable, Sendable {
    /// How many decisions lead to a leaf.
    package let depth: Int
    package let base: Float
    /// The feature that each inner node looks at, tree after tree, level after level.
    package let features: [UInt8]
    /// A node sends a value over its threshold to the right.
    package let thresholds: [Float]
    /// The leaves, `1 << depth` a tree.
    package let leaves: [Float]

    package init(depth: Int, base: Float, features: [UInt8], thresholds: [Float], leaves: [Float]) {
        self.depth = depth
        self.base = base
        self.features = features
        self.thresholds = thresholds
        self.leaves = leaves
    }

    /// Whether the arrays fit each other and look only at the first `featureCount` features.
    func isSound(featureCount: Int) -> Bool {
        guard (1...8).contains(depth), leaves.count % (1 << depth) == 0 else { return false }
        let nodes = leaves.count >> depth * ((1 << depth) - 1)
        return features.count == nodes && thresholds.count == nodes
            && features.allSatisfy { Int($0) < featureCount }
    }

    package func score(_ row: [Float]) -> Float {
        var sum = base
        let inner = (1 << depth) - 1
        var start = 0
        for tree in 0..<leaves.count >> depth {
            var node = 0
            for _ in 0..<depth {
                let right = row[Int(features[start + node])] > thresholds[start + node]
                node = 2 * node + (right ? 2 : 1)
            }
            sum += leaves[tree << depth + node - inner]
            start += inner
        }
        return sum
    }
}
