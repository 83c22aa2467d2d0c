import Foundation

/// Small sums over probabilities.
enum Probability {
    static func logarithm(_ probability: Double) -> Double { log(max(1e-12, probability)) }
    static func logit(_ probability: Double) -> Double {
        let bounded = min(1 - 1e-6, max(1e-6, probability))
        return log(bounded / (1 - bounded))
    }
    static func power(_ base: Double, _ exponent: Int) -> Double { pow(base, Double(exponent)) }
}
