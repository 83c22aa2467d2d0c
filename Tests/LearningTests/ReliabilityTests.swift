import Documents
import Foundation
import Learning
import Testing
import Understanding

@Suite("How far confidences can be trusted is measured")
struct ReliabilityTests {
    private static func reliability(_ answers: [(Double, Bool)]) -> Reliability {
        var reliability = Reliability()
        for (probability, isRight) in answers { reliability.add(probability, isRight: isRight) }
        return reliability
    }

    @Test("Right answers stated with more than wrong ones have the whole area, ties a half of theirs")
    func rocArea() {
        #expect(Self.reliability([(0.9, true), (0.8, true), (0.2, false)]).rocArea == 1)
        #expect(Self.reliability([(0.9, false), (0.2, true)]).rocArea == 0)
        #expect(Self.reliability([(0.5, false), (0.5, true)]).rocArea == 0.5)
        #expect(Self.reliability([(0.9, true), (0.7, false), (0.7, true), (0.1, false)]).rocArea == 0.875)
        #expect(Self.reliability([(0.9, true)]).rocArea == nil)
    }

    @Test("One threshold accepts as much as keeps the promise, answers of one confidence together")
    func acceptedShare() {
        let answers = [(0.9, true), (0.8, true), (0.7, false), (0.7, true), (0.6, true)]
        #expect(Self.reliability(answers).acceptedShare(precision: 0.8) == 1)
        #expect(Self.reliability(answers).acceptedShare(precision: 0.99) == 0.4)
        #expect(Self.reliability([(0.9, false)]).acceptedShare(precision: 0.5) == 0)
        #expect(Reliability().acceptedShare(precision: 0.5) == nil)
    }

    @Test("Amounts changed on the page are noticed, those that add up are left alone")
    func imbalances() throws {
        let root = CorpusFolders.corpus.deletingLastPathComponent()
        let catalog = try DocumentTypeCatalog(folder: root.appending(path: "Config/document-types"))
        var evaluator = Evaluator(
            understander: Understander(
                catalog: catalog, model: try UnderstandingModel.load(from: root.appending(path: "Models"))),
            plantsImbalances: true)
        let generator = try CorpusGenerator(seed: 4, wordLists: CorpusFolders.words)
        for index in 0..<100 {
            let labelled = try generator.document(index: index, split: .evaluation)
            guard labelled.truth.type == "eob" else { continue }
            try evaluator.add(pages: labelled.readings, truth: [labelled.truth])
        }
        let trial = try #require(evaluator.report.imbalances)
        #expect(trial.balancedCount > 0 && trial.falseAlarmCount == 0)
        #expect(trial.plantedCount > 0 && 10 * trial.foundCount >= 8 * trial.plantedCount, "\(trial)")
        #expect("\(evaluator.report)".contains("planted imbalances found"))
    }
}
