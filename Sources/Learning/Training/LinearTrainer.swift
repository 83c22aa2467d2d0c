import Foundation
import Understanding

/// Trains linear models over hashed features by Adagrad, in an order that the seed fixes.
struct LinearTrainer {
    let bits: Int
    let outcomes: Int
    private(set) var weights: [Float]
    private(set) var biases: [Float]
    private var squares: [Float]
    private var biasSquares: [Float]
    private let rate: Float

    init(bits: Int, outcomes: Int, rate: Float) {
        self.bits = bits
        self.outcomes = outcomes
        self.rate = rate
        weights = [Float](repeating: 0, count: outcomes << bits)
        squares = [Float](repeating: 1e-4, count: outcomes << bits)
        biases = [Float](repeating: 0, count: outcomes)
        biasSquares = [Float](repeating: 1e-4, count: outcomes)
    }

    private func place(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash & (1 << UInt64(bits) - 1)) * outcomes
    }

    /// One step of multinomial logistic regression; features are left out with probability `dropped`.
    mutating func learn(
        _ features: SparseFeatures, outcome: Int, dropped: Double, weight: Float = 1,
        using generator: inout Dice
    ) {
        let kept = features.hashes.indices.filter { _ in !generator.chance(dropped) }
        let gain = Float(1 / (1 - dropped))
        var sums = biases
        for index in kept {
            let start = place(features.hashes[index])
            for outcome in 0..<outcomes {
                sums[outcome] += weights[start + outcome] * features.values[index] * gain
            }
        }
        let probabilities = LinearClassifier.softmax(sums.map(Double.init))
        let errors = probabilities.enumerated().map { weight * (Float($1) - ($0 == outcome ? 1 : 0)) }
        for index in kept {
            let start = place(features.hashes[index])
            let value = features.values[index] * gain
            for outcome in 0..<outcomes {
                let gradient = errors[outcome] * value + 1e-6 * weights[start + outcome]
                squares[start + outcome] += gradient * gradient
                weights[start + outcome] -= rate * gradient / squares[start + outcome].squareRoot()
            }
        }
        for outcome in 0..<outcomes {
            biasSquares[outcome] += errors[outcome] * errors[outcome]
            biases[outcome] -= rate * errors[outcome] / biasSquares[outcome].squareRoot()
        }
    }

    /// One step of logistic regression over the features at `places`, each of value 1, without bias.
    mutating func learn(_ places: [Int], isTrue: Bool, weight: Float) {
        let sum = score(places)
        let error = weight * (1 / (1 + exp(-sum)) - (isTrue ? 1 : 0))
        for place in places {
            let gradient = error + 2e-5 * weights[place]
            squares[place] += gradient * gradient
            weights[place] -= rate * gradient / squares[place].squareRoot()
        }
    }

    func score(_ places: [Int]) -> Float { places.reduce(0) { $0 + weights[$1] } }

    /// The places of a candidate's hashes as the field with `key` sees them.
    func places(_ hashes: [UInt64], key: UInt64) -> [Int] {
        hashes.map { place(FieldModel.crossed($0, with: key)) }
    }

    /// The places of hashes that are crossed with what they speak of already.
    func places(_ hashes: [UInt64]) -> [Int] { hashes.map(place) }

    var hashed: HashedWeights { HashedWeights(bits: bits, outcomes: outcomes, weights: weights) }
}
