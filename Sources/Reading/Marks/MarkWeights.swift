import Foundation

/// The weights by which marks are judged, fitted on drawn pages at every level of wear.
///
/// `mailroom corpus fit-marks --seed 71` draws the pages, fits, and prints the arrays below.
enum MarkWeights {
    /// A row for each of `Checkbox.State.allCases`: its bias, then a weight for each fact of `CheckboxMark`.
    static let checkbox: [[Double]] = [
        [
            7.352, -1.119, -0.3441, -4.14, -1.424, -0.6881, -0.9636, -0.3542, 1.412, -1.277, 0.7985, 1.037, -1.314,
            -2.937, -1.686, -4.481, -1.004, 1.228, -0.6137, 3.486, -4.967, -2.342, -0.1163,
        ],
        [
            -2.078, 1.379, -4.617, 2.786, 3.725, 0.6845, 1.456, -2.033, -0.6703, -0.7968, 3.236, 1.348, -0.3132,
            -0.1565, 3.683, -0.6279, 0.8524, -1.24, 1.868, 1.239, -3.154, -2.456, -0.7641,
        ],
        [
            0.3948, 0.2168, -0.8315, 4.823, -2.205, 0.2758, 0.2464, 0.6495, -3.886, -4.594, -2.859, -4.777, 4.423,
            0.7566, -2.242, 4.647, 3.714, -2.12, 0.9205, -1.623, 0.2282, 0.3685, 0.9613,
        ],
        [
            -4.799, 0.3509, 5.689, -3.169, 1.925, 0.6732, -0.009495, 2.101, 4.112, 4.495, -1.325, 2.635, -3.384, 3.155,
            1.928, 1.637, -2.284, 3.969, -2.254, -2.573, -1.751, 1.729, -0.6234,
        ],
        [
            -0.8698, -0.8279, 0.1034, -0.3004, -2.021, -0.9454, -0.7296, -0.3632, -0.9683, 2.172, 0.1499, -0.2437,
            0.5874, -0.8184, -1.683, -1.175, -1.279, -1.837, 0.07898, -0.5297, 9.645, 2.701, 0.5424,
        ],
    ]

    /// Print and handwriting, by the facts of `WritingFacts` for a word.
    static let handwriting: [[Double]] = [
        [
            10.68, -0.3789, -2.805, 0.7435, -1.463, 1.087, -20.3, -1.134, -0.4687, 2.266, 2.69, -3.288, -1.683, 9.045,
            -53.59, 0.01341, -0.2108, -0.5435, 0.9588,
        ],
        [
            -10.68, 0.3789, 2.805, -0.7435, 1.463, -1.087, 20.3, 1.134, 0.4687, -2.266, -2.69, 3.288, 1.683, -9.045,
            53.59, -0.01341, 0.2108, 0.5435, -0.9588,
        ],
    ]

    /// No signature and one, by the facts of `WritingFacts` for the ink on a line to sign on.
    static let signature: [[Double]] = [
        [
            -2.157, 0.3418, -3.67, -1.623, -6.972, -4.618, 28.71, 0.3207, 2.162, 6.451, 9.696, 4.145, -5.529, 8.647,
            21.74, 0.3536, -0.167, -4.968, -2.582,
        ],
        [
            2.157, -0.3418, 3.67, 1.623, 6.972, 4.618, -28.71, -0.3207, -2.162, -6.451, -9.696, -4.145, 5.529, -8.647,
            -21.74, -0.3536, 0.167, 4.968, 2.582,
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
