/// What has been learned about which column of a table holds which value.
package struct ColumnModel: Codable, Hashable, Sendable {
    /// Weights of hashed facts about a column, crossed with the value that it may hold.
    package var weights: HashedWeights

    package init(weights: HashedWeights) { self.weights = weights }

    var isSound: Bool { weights.outcomes == 1 }

    /// What the facts say for the value, in log-odds.
    func score(_ hashes: [UInt64]) -> Double {
        Double(hashes.reduce(0) { $0 + weights.weight($1) })
    }
}
