import Foundation

/// Turns what is known of an answer into the probability that it is right: a logistic curve over a few facts.
package struct Calibration: Codable, Hashable, Sendable {
    package var bias: Double
    package var weights: [Double]

    package init(bias: Double, weights: [Double]) {
        self.bias = bias
        self.weights = weights
    }

    package func probability(_ facts: [Double]) -> Double {
        Calibration.logistic(zip(weights, facts).reduce(bias) { $0 + $1.0 * $1.1 })
    }

    /// The log-odds of a probability.
    static func logit(_ probability: Double) -> Double {
        let bounded = min(1 - 1e-6, max(1e-6, probability))
        return log(bounded / (1 - bounded))
    }

    package static func logistic(_ logit: Double) -> Double {
        1 / (1 + exp(-max(-40, min(40, logit))))
    }
}
