import Documents
import Foundation
import Learning
import Testing
import Understanding

@Suite("A type that is a YAML file and a few examples")
struct NewTypeTests {
    private static let learned = Result {
        let catalog = try GivenPaper.catalog.get()
        let drawn = try DrawnExamples(seed: 41, wordLists: CorpusFolders.words)
        var material = TrainingMaterial(
            drawn: try drawn.examples(.training, count: 400), read: [],
            calibration: try drawn.examples(.calibration, count: 60), evaluation: [], noise: try RoughReader.noise.get()
        )
        let shares = ExampleShares(try GivenPaper.cards("learn", .training, count: 20))
        let leftOut = material.add(shares, catalog: catalog, seed: 41)
        let model = try Trainer(catalog: catalog, seed: 41).train(
            drawn: material.drawn, read: material.read, fragments: material.fragments,
            calibration: material.calibration,
            noise: material.noise)
        return (understander: Understander(catalog: catalog, model: model), material: material, leftOut: leftOut)
    }

    @Test("What the corpus draws as other paper and is the new type is left out, and nothing else")
    func lookAlikes() throws {
        let learned = try Self.learned.get()
        #expect(learned.leftOut == ["other-id_card"])
        #expect(!(learned.material.drawn + learned.material.calibration).contains { $0.kind == "other-id_card" })
    }

    @Test("Cards of layouts that were not among the examples are told from all else, and most of their values are read")
    func newType() throws {
        let understander = try Self.learned.get().understander
        var evaluator = Evaluator(understander: understander)
        for card in try GivenPaper.cards("judge", .evaluation, count: 20) {
            try evaluator.add(pages: card.pages, truth: [card.truth])
        }
        for paper in try DrawnExamples(seed: 41, wordLists: CorpusFolders.words).examples(.evaluation, count: 60)
        where paper.kind != "other-id_card" {
            try evaluator.add(pages: paper.pages, truth: [paper.truth])
        }
        let type = try #require(evaluator.report.types["id_card"]?.f1)
        let fields = try #require(evaluator.report.fieldsByType["id_card"]?.f1)
        #expect(type > 0.8 && fields > 0.6, "\(evaluator.report)")
    }
}
