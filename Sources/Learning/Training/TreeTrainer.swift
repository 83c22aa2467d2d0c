import Foundation
import Understanding

/// Trains boosted trees on rows of facts with a yes-or-no answer (logistic loss, histograms, second-order gains).
struct TreeTrainer {
    var depth = 5
    var treeCount = 150
    var rate: Float = 0.1
    /// The least sum of curvatures on each side of a decision.
    var childMin: Float = 8
    private static let binCount = 64

    /// `rows` holds `featureCount` numbers for each answer.
    func train(rows: [Float], answers: [Bool], weights: [Float], featureCount: Int) -> TreeEnsemble {
        let count = answers.count
        let edges = (0..<featureCount).map {
            cuts(rows, feature: $0, featureCount: featureCount, count: count)
        }
        let bins = binned(rows, edges: edges, featureCount: featureCount, count: count)
        let positive = zip(answers, weights).reduce(Float(1)) { $0 + ($1.0 ? $1.1 : 0) }
        let negative = zip(answers, weights).reduce(Float(1)) { $0 + ($1.0 ? 0 : $1.1) }
        let base = log(positive / negative)
        var scores = [Float](repeating: base, count: count)
        var gradients = [Float](repeating: 0, count: count)
        var curvatures = [Float](repeating: 0, count: count)
        var features: [UInt8] = []
        var thresholds: [Float] = []
        var leaves: [Float] = []
        for _ in 0..<treeCount {
            for index in 0..<count {
                let probability = 1 / (1 + exp(-scores[index]))
                gradients[index] = (probability - (answers[index] ? 1 : 0)) * weights[index]
                curvatures[index] = max(1e-6, probability * (1 - probability)) * weights[index]
            }
            let tree = grow(
                bins: bins, gradients: gradients, curvatures: curvatures, edges: edges,
                featureCount: featureCount)
            features += tree.features
            thresholds += tree.thresholds
            leaves += tree.leaves
            for index in 0..<count { scores[index] += tree.leaves[Int(tree.places[index])] }
        }
        return TreeEnsemble(
            depth: depth, base: base, features: features, thresholds: thresholds, leaves: leaves)
    }

    private struct Tree {
        var features: [UInt8] = []
        var thresholds: [Float] = []
        var leaves: [Float] = []
        /// The leaf of each row.
        var places: [Int32] = []
    }

    private struct Decision {
        var feature = 0
        var bin = TreeTrainer.binCount
        var gain: Float = 0
    }

    private func grow(
        bins: [UInt8], gradients: [Float], curvatures: [Float], edges: [[Float]], featureCount: Int
    ) -> Tree {
        var tree = Tree()
        tree.places = [Int32](repeating: 0, count: gradients.count)
        for level in 0..<depth {
            let decisions = decide(
                bins: bins, gradients: gradients, curvatures: curvatures, places: tree.places,
                nodes: 1 << level,
                featureCount: featureCount)
            for decision in decisions {
                tree.features.append(UInt8(decision.feature))
                let known = edges[decision.feature]
                tree.thresholds.append(
                    decision.bin < known.count ? known[decision.bin] : .greatestFiniteMagnitude)
            }
            for index in gradients.indices {
                let decision = decisions[Int(tree.places[index])]
                let isRight = Int(bins[index * featureCount + decision.feature]) > decision.bin
                tree.places[index] = 2 * tree.places[index] + (isRight ? 1 : 0)
            }
        }
        var sums = [(gradient: Float, curvature: Float)](repeating: (0, 0), count: 1 << depth)
        for index in gradients.indices {
            sums[Int(tree.places[index])].gradient += gradients[index]
            sums[Int(tree.places[index])].curvature += curvatures[index]
        }
        tree.leaves = sums.map { max(-0.6, min(0.6, -$0.gradient / ($0.curvature + 4) * rate)) }
        return tree
    }

    private func decide(
        bins: [UInt8], gradients: [Float], curvatures: [Float], places: [Int32], nodes: Int,
        featureCount: Int
    ) -> [Decision] {
        let binCount = Self.binCount
        var sums = [Float](repeating: 0, count: nodes * featureCount * binCount * 2)
        sums.withUnsafeMutableBufferPointer { sums in
            bins.withUnsafeBufferPointer { bins in
                for index in gradients.indices {
                    let node = Int(places[index]) * featureCount
                    for feature in 0..<featureCount {
                        let slot = ((node + feature) * binCount + Int(bins[index * featureCount + feature])) * 2
                        sums[slot] += gradients[index]
                        sums[slot + 1] += curvatures[index]
                    }
                }
            }
        }
        return (0..<nodes).map { node in
            var best = Decision()
            for feature in 0..<featureCount {
                let start = (node * featureCount + feature) * binCount * 2
                weigh(sums[start..<start + binCount * 2], feature: feature, best: &best)
            }
            return best
        }
    }

    private func weigh(_ histogram: ArraySlice<Float>, feature: Int, best: inout Decision) {
        var gradient: Float = 0
        var curvature: Float = 0
        for slot in stride(from: histogram.startIndex, to: histogram.endIndex, by: 2) {
            gradient += histogram[slot]
            curvature += histogram[slot + 1]
        }
        let whole = gradient * gradient / (curvature + 4)
        var leftGradient: Float = 0
        var leftCurvature: Float = 0
        for bin in 0..<Self.binCount - 1 {
            leftGradient += histogram[histogram.startIndex + 2 * bin]
            leftCurvature += histogram[histogram.startIndex + 2 * bin + 1]
            let rightCurvature = curvature - leftCurvature
            guard leftCurvature > childMin, rightCurvature > childMin else { continue }
            let rightGradient = gradient - leftGradient
            let gain =
                leftGradient * leftGradient / (leftCurvature + 4) + rightGradient * rightGradient
                / (rightCurvature + 4)
                - whole
            if gain > best.gain + 1e-3 { best = Decision(feature: feature, bin: bin, gain: gain) }
        }
    }

    /// Values that cut a feature into parts of like size.
    private func cuts(_ rows: [Float], feature: Int, featureCount: Int, count: Int) -> [Float] {
        let step = max(1, count / 20_000)
        let sample = stride(from: 0, to: count, by: step).map { rows[$0 * featureCount + feature] }
            .sorted()
        guard let last = sample.last else { return [] }
        var edges: [Float] = []
        for cut in 1..<Self.binCount {
            let value = sample[sample.count * cut / Self.binCount]
            if value < last, edges.last.map({ value > $0 }) ?? true { edges.append(value) }
        }
        if let first = sample.first, edges.first.map({ $0 > first }) ?? (first < last),
            edges.count < Self.binCount - 1
        {
            edges.insert(first, at: 0)
        }
        return edges
    }

    private func binned(_ rows: [Float], edges: [[Float]], featureCount: Int, count: Int) -> [UInt8] {
        var bins = [UInt8](repeating: 0, count: count * featureCount)
        for index in 0..<count {
            for feature in 0..<featureCount {
                let value = rows[index * featureCount + feature]
                var low = 0
                var high = edges[feature].count
                while low < high {
                    let middle = (low + high) / 2
                    if edges[feature][middle] < value { low = middle + 1 } else { high = middle }
                }
                bins[index * featureCount + feature] = UInt8(low)
            }
        }
        return bins
    }
}
