/// A calibrated probability, in 0…1, that a value is right.
package struct Confidence: Hashable, Sendable, Comparable {
    package let probability: Double

    /// Clamps to 0…1; a probability that is not a number becomes 0.
    package init(_ probability: Double) {
        self.probability = probability.isNaN ? 0 : min(1, max(0, probability))
    }

    /// The probability as a result records it: with four decimals, for more would promise what calibration does not give.
    package var tenThousandths: Int { Int((probability * 10_000).rounded()) }

    package static func < (left: Confidence, right: Confidence) -> Bool {
        left.probability < right.probability
    }
}

extension Confidence: ExpressibleByFloatLiteral {
    package init(floatLiteral value: Double) { self.init(value) }
}

extension Confidence: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Double.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Double(tenThousandths) / 10_000)
    }
}
