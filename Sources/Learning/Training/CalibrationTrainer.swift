import Understanding

/// Fits a logistic curve over a few facts by Newton's method, with a pull towards `prior`.
struct CalibrationTrainer {
    /// How many answers the pull weighs.
    var pull = 2.0

    func fit(_ facts: [[Double]], _ answers: [Bool], prior: Calibration) -> Calibration {
        let size = prior.weights.count + 1
        let start = [prior.bias] + prior.weights
        var point = start
        for _ in 0..<30 {
            var gradient = zip(point, start).map { pull * ($0 - $1) }
            var curvature = (0..<size).map { row in (0..<size).map { row == $0 ? pull : 0 } }
            for (fact, answer) in zip(facts, answers) {
                let row = [1] + fact
                let probability = Calibration.logistic(zip(point, row).reduce(0) { $0 + $1.0 * $1.1 })
                let error = probability - (answer ? 1 : 0)
                let weight = max(1e-6, probability * (1 - probability))
                for i in 0..<size {
                    gradient[i] += error * row[i]
                    for j in 0..<size { curvature[i][j] += weight * row[i] * row[j] }
                }
            }
            guard let step = solve(curvature, gradient) else { break }
            let longest = step.map(abs).max() ?? 0
            let scale = longest > 2 ? 2 / longest : 1
            for i in 0..<size { point[i] -= scale * step[i] }
            if longest < 1e-6 { break }
        }
        return Calibration(bias: point[0], weights: Array(point.dropFirst()))
    }

    /// Gaussian elimination with the largest pivot.
    private func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
        var rows = zip(matrix, right).map { $0 + [$1] }
        let size = rows.count
        for column in 0..<size {
            guard let pivot = (column..<size).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
                abs(rows[pivot][column]) > 1e-12
            else { return nil }
            rows.swapAt(column, pivot)
            for row in 0..<size where row != column {
                let factor = rows[row][column] / rows[column][column]
                for index in column...size { rows[row][index] -= factor * rows[column][index] }
            }
        }
        return (0..<size).map { rows[$0][size] / rows[$0][$0] }
    }
}
