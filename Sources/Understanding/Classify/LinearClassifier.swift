import Foundation

/// A multinomial linear model over hashed features, with its temperature.
package struct LinearClassifier: Codable, Hashable, Sendable {
    package let names: [String]
    package let weights: HashedWeights
    package let biases: [Float]
    /// Log-odds are divided by it: above 1 where training was surer than it was right.
    package var temperature: Float

    package init(names: [String], weights: HashedWeights, biases: [Float], temperature: Float) {
        self.names = names
        self.weights = weights
        self.biases = biases
        self.temperature = temperature
    }

    var isSound: Bool {
        !names.isEmpty && weights.outcomes == names.count && biases.count == names.count
            && temperature > 0
    }

    package func logits(_ features: SparseFeatures) -> [Float] {
        var sums = biases
        for (hash, value) in zip(features.hashes, features.values) {
            weights.add(hash, times: value, to: &sums)
        }
        return sums
    }

    /// The probability of each name, in the order of `names`.
    package func probabilities(_ features: SparseFeatures) -> [Double] {
        LinearClassifier.softmax(logits(features).map { Double($0 / temperature) })
    }

    package static func softmax(_ logits: [Double]) -> [Double] {
        let top = logits.max() ?? 0
        let powers = logits.map { exp($0 - top) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }
}
