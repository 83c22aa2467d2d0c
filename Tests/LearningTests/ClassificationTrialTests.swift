import Documents
import Learning
import Testing

struct ClassificationTrialTests {
    private static func document(_ type: String) -> Document { Document(type: type, typeConfidence: 1.0, pages: [1]) }

    private static func trial(of types: [(truth: [String], found: String)]) -> ClassificationTrial {
        var trial = ClassificationTrial()
        for (index, (truth, found)) in types.enumerated() {
            trial.add(
                file: "\(index).tif", truth: truth.map(document),
                type: found, confidence: 0.75, pageCount: 2, clockSeconds: Double(10 - index), processorSeconds: 0.5)
        }
        return trial
    }

    @Test func onlyFilesOfOneDocumentHaveARightType() {
        let trial = Self.trial(of: [(["eob"], "eob"), (["eob"], "other"), (["eob", "invoice"], "eob")])
        #expect(trial.fileCount == 3 && trial.judgedCount == 2 && trial.rightCount == 1)
        #expect(trial.mistakes == ["1.tif: eob taken for other, 0.75"])
        #expect(trial.pageCount == 6 && trial.processorSeconds == 1.5)
    }

    @Test func quantilesAreOfFilesInTheOrderOfTheirTime() {
        let trial = Self.trial(of: Array(repeating: (["eob"], "eob"), count: 10))
        #expect(trial.clockSeconds(share: 0.5) == 6)
        #expect(trial.clockSeconds(share: 0.9) == 10)
        #expect(ClassificationTrial().clockSeconds(share: 0.5) == 0)
    }
}
