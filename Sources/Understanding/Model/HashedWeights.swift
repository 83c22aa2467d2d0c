import Foundation

/// Weights of hashed features for one or several outcomes, kept in one byte each.
///
/// The weight of feature `i` for outcome `c` is `bytes[i * outcomes + c] * scales[c]`.
package struct HashedWeights: Hashable, Sendable {
    package let bits: Int
    package let outcomes: Int
    private let scales: [Float]
    private let bytes: [Int8]

    /// Rounds `weights`, of which there are `outcomes` for each of `1 << bits` features.
    package init(bits: Int, outcomes: Int, weights: [Float]) {
        precondition(weights.count == outcomes << bits, "as many weights as features times outcomes")
        self.bits = bits
        self.outcomes = outcomes
        var largest = [Float](repeating: 1e-6, count: outcomes)
        for (index, weight) in weights.enumerated() {
            largest[index % outcomes] = max(largest[index % outcomes], abs(weight))
        }
        let scales = largest.map { $0 / 127 }
        self.scales = scales
        bytes = weights.enumerated().map { Int8(($1 / scales[$0 % outcomes]).rounded()) }
    }

    /// Adds the weights of the feature that `hash` falls on, times `value`, to `sums`.
    package func add(_ hash: UInt64, times value: Float, to sums: inout [Float]) {
        let start = Int(truncatingIfNeeded: hash & (1 << UInt64(bits) - 1)) * outcomes
        for outcome in 0..<outcomes {
            sums[outcome] += Float(bytes[start + outcome]) * scales[outcome] * value
        }
    }

    /// The weight of the feature that `hash` falls on, where there is one outcome.
    func weight(_ hash: UInt64) -> Float {
        Float(bytes[Int(truncatingIfNeeded: hash & (1 << UInt64(bits) - 1))]) * scales[0]
    }
}

extension HashedWeights: Codable {
    private enum CodingKeys: String, CodingKey {
        case bits, outcomes, scales, bytes
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        bits = try container.decode(Int.self, forKey: .bits)
        outcomes = try container.decode(Int.self, forKey: .outcomes)
        scales = try container.decode([Float].self, forKey: .scales)
        bytes = try container.decode(Data.self, forKey: .bytes).withUnsafeBytes { Array($0.bindMemory(to: Int8.self)) }
        guard (1...22).contains(bits), (1...64).contains(outcomes), scales.count == outcomes,
            bytes.count == outcomes << bits
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .bytes, in: container,
                debugDescription: "The weights are not as many as features times outcomes")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(bits, forKey: .bits)
        try container.encode(outcomes, forKey: .outcomes)
        try container.encode(scales, forKey: .scales)
        try container.encode(Data(bytes.map { UInt8(bitPattern: $0) }), forKey: .bytes)
    }
}
