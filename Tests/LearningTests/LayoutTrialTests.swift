import Documents
import Foundation
import Learning
import Testing
import Understanding

@Suite("What confirmed documents teach is measured")
struct LayoutTrialTests {
    private static let understander = Result {
        Understander(
            catalog: try DocumentTypeCatalog(
                folder: CorpusFolders.corpus.deletingLastPathComponent().appending(path: "Config/document-types")),
            model: try UnderstandingModel.load(
                from: CorpusFolders.corpus.deletingLastPathComponent().appending(path: "Models")))
    }

    @Test("A folder for each layout, its documents alike and saying different things")
    func layouts() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "layouts-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try CorpusGenerator(seed: 8, wordLists: CorpusFolders.words).generateLayouts(
            2, count: 2, into: folder, split: .evaluation, wear: .clean)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["001", "002"])
        let truths = try names.map { name in
            try ["000001", "000002"].map { file in
                try JSONDecoder().decode(
                    DocumentResult.self, from: Data(contentsOf: folder.appending(path: "\(name)/\(file).json"))
                ).documents
            }
        }
        for layout in truths {
            #expect(layout.allSatisfy { $0.count == 1 && $0[0].type == layout[0][0].type })
            #expect(layout[0][0].fields != layout[1][0].fields)
        }
        #expect(truths[0][0][0].type != truths[1][0][0].type)
    }

    @Test("The same files are judged after none, one and two; what is learned makes them no worse")
    func judged() throws {
        let generator = try CorpusGenerator(seed: 8, wordLists: CorpusFolders.words)
        var trial = LayoutTrial(understander: try Self.understander.get(), confirmations: [1, 2])
        var index = 0
        for _ in 0..<3 {
            var first: LabelledDocument
            repeat {
                first = try generator.document(index: index, split: .evaluation)
                index += 1
            } while first.truth.fields.count < 6
            let family = first.family
            try trial.add(
                try (0..<4).map { number in
                    let document = try generator.document(family: family, number: number)
                    return ("\(number)", document.readings, [document.truth])
                })
        }
        #expect(trial.reports.map(\.confirmed) == [0, 1, 2])
        #expect(trial.reports.allSatisfy { $0.report.documentCount == 6 })
        #expect(trial.failures.isEmpty)
        let figures = trial.reports.compactMap(\.report.fields.f1)
        #expect(figures.count == 3 && figures[1] >= figures[0] && figures[2] >= figures[0])
    }
}
