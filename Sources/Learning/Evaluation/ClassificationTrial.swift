package import Documents

/// How well and how fast files whose truth is known are classified by one way of reading.
package struct ClassificationTrial: Sendable {
    package private(set) var fileCount = 0
    /// Pages that the answers rest on.
    package private(set) var pageCount = 0
    /// Files of one document each; the others have no one type.
    package private(set) var judgedCount = 0
    package private(set) var rightCount = 0
    package private(set) var processorSeconds = 0.0
    /// The wrong answers, each with its file.
    package private(set) var mistakes: [String] = []
    private var clockSeconds: [Double] = []

    package init() {}

    package mutating func add(
        file: String, truth: [Document], type: String, confidence: Confidence, pageCount: Int, clockSeconds: Double,
        processorSeconds: Double
    ) {
        fileCount += 1
        self.pageCount += pageCount
        self.clockSeconds.append(clockSeconds)
        self.processorSeconds += processorSeconds
        guard let document = truth.first, truth.count == 1 else { return }
        judgedCount += 1
        if type == document.type {
            rightCount += 1
        } else {
            mistakes.append("\(file): \(document.type) taken for \(type), \(confidence.probability)")
        }
    }

    /// The seconds by the clock that a share of the files, in 0…1, did not exceed.
    package func clockSeconds(share: Double) -> Double {
        let sorted = clockSeconds.sorted()
        return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
}
