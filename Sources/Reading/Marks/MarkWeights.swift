import Foundation

/// The weights by which marks are judged, fitted on drawn pages at every level of wear.
///
/// `mailroom corpus fit-marks --seed 71` draws the pages, fits, and prints the arrays below.
enum MarkWeights {
    /// A row for each of `Checkbox.State.allCases`: its bias, then a weight for each fact of `CheckboxMark`.
    static let checkbox: [[Double]] = [
        [
            7.913, -1.159, -0.2562, -4.351, -0.9523, -0.4402, -0.5925, 0.0236, 0.1895, -2.115, -0.5974, -0.2086, -2.755,
            -2.886, -0.9506, -4.022, -0.3609, 2.357, -0.4295, 1.808, -3.77, -3.071, 0.6369,
        ],
        [
            -2.472, 1.588, -4.212, 3.142, 3.02, 1.319, 0.952, -1.842, 0.2257, -0.826, 5.435, 2.03, 1.425, -1.299, 3.196,
            -0.4586, -0.08826, -3.143, 2.449, 0.1024, -1.76, -1.977, -0.7607,
        ],
        [
            0.9048, -0.06434, -1.353, 4.982, -1.565, -1.336, 0.7352, -0.9012, -4.127, -2.753, -4.367, -5.149, 2.156,
            0.7579, -1.717, 4.916, 3.052, -2.035, 0.4476, -0.1743, -1.193, -0.06766, 0.4869,
        ],
        [
            -4.451, 0.1095, 5.67, -2.544, 0.371, 0.9545, -0.6069, 2.857, 4.545, 4.933, -1.184, 3.369, 0.03558, 3.327,
            0.2981, 0.8018, -2.497, 3.505, -1.685, -2.782, -2.106, 1.26, -1.172,
        ],
        [
            -1.895, -0.4739, 0.1516, -1.23, -0.8737, -0.4971, -0.4877, -0.1367, -0.8325, 0.7616, 0.713, -0.04224,
            -0.861, 0.101, -0.8258, -1.238, -0.1062, -0.6848, -0.7826, 1.046, 8.829, 3.856, 0.8089,
        ],
    ]

    /// Print and handwriting, by the facts of `WritingFacts` for a word.
    static let handwriting: [[Double]] = [
        [
            10.67, -0.3246, -2.729, 1.497, -2.733, 1.147, -19.55, -1.001, -0.5888, 2.302, 2.53, -3.238, -1.69, 8.163,
            -54.73, -0.006243, -0.1472, -0.3741, 1.134,
        ],
        [
            -10.67, 0.3246, 2.729, -1.497, 2.733, -1.147, 19.55, 1.001, 0.5888, -2.302, -2.53, 3.238, 1.69, -8.163,
            54.73, 0.006243, 0.1472, 0.3741, -1.134,
        ],
    ]

    /// No signature and one, by the facts of `WritingFacts` for the ink on a line to sign on.
    static let signature: [[Double]] = [
        [
            -5.152, 0.4853, -7.824, 1.652, -4.226, -7.939, 30.43, 1.685, 1.523, 6.79, 10.38, 3.491, -5.616, 16.25,
            24.78, 0.3673, -0.04611, -7.942, -1.079,
        ],
        [
            5.152, -0.4853, 7.824, -1.652, 4.226, 7.939, -30.43, -1.685, -1.523, -6.79, -10.38, -3.491, 5.616, -16.25,
            -24.78, -0.3673, 0.04611, 7.942, 1.079,
        ],
    ]

    /// The probability of each row's class.
    static func probabilities(_ facts: [Double], weights: [[Double]]) -> [Double] {
        let sums = weights.map { row in zip(row.dropFirst(), facts).reduce(row.first ?? 0) { $0 + $1.0 * $1.1 } }
        let highest = sums.max() ?? 0
        let powers = sums.map { exp($0 - highest) }
        let total = powers.reduce(0, +)
        return powers.map { $0 / total }
    }
}
