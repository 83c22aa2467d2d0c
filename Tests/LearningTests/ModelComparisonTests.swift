import Documents
import Foundation
import Learning
import Testing
import Understanding

@Suite("Two models are judged on the same files")
struct ModelComparisonTests {
    private static let root = CorpusFolders.corpus.deletingLastPathComponent()

    private static let catalog = Result {
        try DocumentTypeCatalog(folder: root.appending(path: "Config/document-types"))
    }

    private static let committed = Result { try UnderstandingModel.load(from: root.appending(path: "Models")) }

    /// Learned from next to nothing.
    private static let small = Result {
        let drawn = try DrawnExamples(seed: 5, wordLists: CorpusFolders.words)
        return try Trainer(catalog: try catalog.get(), seed: 5).train(
            drawn: try drawn.examples(.training, count: 60), read: [],
            calibration: try drawn.examples(.calibration, count: 30), noise: try RoughReader.noise.get())
    }

    private func compare(_ inService: UnderstandingModel, _ candidate: UnderstandingModel) throws -> ModelComparison {
        var trial = ModelTrial(catalog: try Self.catalog.get(), inService: inService, candidate: candidate)
        let drawn = try DrawnExamples(seed: 6, wordLists: CorpusFolders.words)
        for example in try drawn.examples(.evaluation, count: 40) {
            try trial.add(pages: example.pages, truth: [example.truth])
        }
        return trial.comparison
    }

    @Test("A model is no better than itself")
    func same() throws {
        let comparison = try compare(Self.committed.get(), Self.committed.get())
        #expect(comparison.fileCount == 40)
        for figure in comparison.figures {
            #expect(figure.verdict == .same)
            // Probabilities are summed in any order.
            #expect(abs((figure.inService ?? 0) - (figure.candidate ?? 0)) < 1e-9)
        }
        #expect(!comparison.isBetter)
    }

    @Test("A model of much material is better than one of little, and not the other way round")
    func better() throws {
        let (small, committed) = (try Self.small.get(), try Self.committed.get())
        let up = try compare(small, committed)
        #expect(up.isBetter, "\(up)")
        let down = try compare(committed, small)
        #expect(down.figures.contains { $0.name == "header fields, micro F1" && $0.verdict == .worse })
        #expect(!down.isBetter)
        #expect(down.description.contains("is not better than \(committed.version)"))
    }

    /// Six files of six are more than a coin's doing (0.03), five of five are not (0.06), nor eight of ten (0.11).
    @Test(
        "So many files one way and the other tell two models apart, or do not",
        arguments: [
            (6, 0, ModelComparison.Verdict.better), (0, 6, .worse), (5, 0, .same), (8, 2, .same), (9, 1, .better),
            (0, 0, .same), (5, 5, .same), (40, 60, .same), (39, 61, .worse),
        ])
    func signTest(better: Int, worse: Int, verdict: ModelComparison.Verdict) {
        #expect(ModelComparison.Verdict(better: better, worse: worse) == verdict)
    }
}
