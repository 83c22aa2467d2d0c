import Documents
package import Foundation
import Reading

/// Fits the weights by which the reader judges marks, on drawn sheets at every level of wear.
package struct MarkFitting {
    private let sheets: MarkSheets
    private let seed: UInt64
    private let samples: MarkSamples
    private let folder: URL

    /// - Parameter folder: takes the scans for as long as they are looked at.
    package init(sheets: MarkSheets, seed: UInt64, folder: URL) throws {
        self.sheets = sheets
        self.seed = seed
        self.folder = folder
        samples = try MarkSamples()
    }

    /// The weights for the states of squares: a row for each state, its bias first.
    package func checkboxWeights(sheetCount: Int) throws -> Fit {
        var drawn = 0
        var rows: [(facts: [Double], answer: Int)] = []
        try eachScan(.checkboxes, count: sheetCount) { sheet, scan in
            let found = try samples.checkboxes(in: scan)
            let scale = found.width / sheet.truth.page.width
            drawn += sheet.truth.checkboxes.count
            for sample in found.samples {
                let truth = sheet.truth.checkboxes.first {
                    $0.box.scaled(by: scale).overlapArea(sample.box) > 0.5 * sample.box.width * sample.box.height
                }
                guard let truth, let answer = Checkbox.State.allCases.firstIndex(of: truth.state) else { continue }
                rows.append((sample.facts, answer))
            }
        }
        return Fit(rows, classCount: Checkbox.State.allCases.count, drawn: drawn)
    }

    /// The weights for ink on a line to sign on: none, then a signature.
    package func signatureWeights(sheetCount: Int) throws -> Fit {
        var drawn = 0
        var rows: [(facts: [Double], answer: Int)] = []
        try eachScan(.signatures, count: sheetCount) { sheet, scan in
            let found = try samples.signatures(in: scan)
            let scale = found.width / sheet.truth.page.width
            drawn += sheet.truth.page.signatures.count
            for sample in found.samples {
                let isSigned = sheet.truth.page.signatures.contains {
                    $0.box.scaled(by: scale).overlapArea(sample.box) > 0.3 * sample.box.width * sample.box.height
                }
                rows.append((sample.facts, isSigned ? 1 : 0))
            }
        }
        return Fit(rows, classCount: 2, drawn: drawn)
    }

    /// The weights for words: printed, then written by hand.
    package func handwritingWeights(sheetCount: Int) throws -> Fit {
        var rows: [(facts: [Double], answer: Int)] = []
        var drawn = 0
        try eachScan(.handwriting, count: sheetCount) { sheet, scan in
            let words = sheet.truth.words.filter { $0.text.count > 1 }
            drawn += words.count
            let found = try samples.words(
                in: scan, boxes: words.map { $0.box.grown(by: 1.5) }, pageWidth: sheet.truth.page.width)
            for (word, sample) in zip(words, found) {
                if let sample { rows.append((sample.facts, word.handwritten == true ? 1 : 0)) }
            }
        }
        return Fit(rows, classCount: 2, drawn: drawn)
    }

    private func eachScan(
        _ kind: MarkKind, count: Int, _ body: (MarkSheet, Data) throws -> Void
    ) throws {
        let file = folder.appending(path: "fit.tif")
        defer { try? FileManager.default.removeItem(at: file) }
        for number in 0..<count {
            let sheet = try sheets.sheet(kind, number: number)
            for level in WearLevel.allCases {
                try sheet.write(to: file, level: level, seed: seed, number: number)
                try body(sheet, Data(contentsOf: file))
            }
        }
    }
}

/// Fitted weights, and on how much they stand.
package struct Fit {
    /// A row for each class: its bias, then one for each fact.
    package let weights: [[Double]]
    /// A sentence about the marks that were drawn and found.
    package let basis: String

    init(_ rows: [(facts: [Double], answer: Int)], classCount: Int, drawn: Int) {
        weights = LogisticFit.weights(rows, classCount: classCount)
        basis = "Fitted on \(rows.count) marks found of \(drawn) drawn."
    }
}

/// Multinomial logistic regression by gradient descent on standardised facts.
enum LogisticFit {
    private static let rounds = 3000
    private static let step = 0.5
    /// Pulls weights towards nothing.
    private static let decay = 0.0002

    /// A row of weights for each class: its bias, then one for each fact as it comes.
    static func weights(_ rows: [(facts: [Double], answer: Int)], classCount: Int) -> [[Double]] {
        guard let factCount = rows.first?.facts.count else { return [] }
        let (means, spreads) = moments(rows.map(\.facts), factCount)
        let points = rows.map { row in
            [1] + (0..<factCount).map { (row.facts[$0] - means[$0]) / spreads[$0] }
        }
        var weights = [[Double]](repeating: [Double](repeating: 0, count: factCount + 1), count: classCount)
        var speeds = weights
        for _ in 0..<rounds {
            var slopes = weights.map { $0.map { -decay * $0 } }
            for (point, row) in zip(points, rows) {
                let chances = softmax(weights.map { zip($0, point).reduce(0) { $0 + $1.0 * $1.1 } })
                for answer in 0..<classCount {
                    let error = ((answer == row.answer ? 1 : 0) - chances[answer]) / Double(rows.count)
                    for place in point.indices { slopes[answer][place] += error * point[place] }
                }
            }
            for answer in 0..<classCount {
                for place in 0...factCount {
                    speeds[answer][place] = 0.9 * speeds[answer][place] + step * slopes[answer][place]
                    weights[answer][place] += speeds[answer][place]
                }
            }
        }
        // Back from standardised facts to the facts as they come.
        return weights.map { row in
            let plain = (0..<factCount).map { row[$0 + 1] / spreads[$0] }
            return [row[0] - zip(plain, means).reduce(0) { $0 + $1.0 * $1.1 }] + plain
        }
    }

    private static func moments(_ rows: [[Double]], _ count: Int) -> (means: [Double], spreads: [Double]) {
        let size = Double(rows.count)
        let means = (0..<count).map { place in rows.reduce(0) { $0 + $1[place] } / size }
        let spreads = (0..<count).map { place in
            max(
                1e-6,
                (rows.reduce(0) { $0 + ($1[place] - means[place]) * ($1[place] - means[place]) } / size).squareRoot())
        }
        return (means, spreads)
    }

    private static func softmax(_ sums: [Double]) -> [Double] {
        let highest = sums.max() ?? 0
        let powers = sums.map { exp($0 - highest) }
        let total = powers.reduce(0, +)
        return powers.map { $0 / total }
    }
}
