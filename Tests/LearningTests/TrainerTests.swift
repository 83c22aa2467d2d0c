import Documents
import Foundation
import Learning
import Testing
import Understanding

@Suite("Models learned from drawn documents")
struct TrainerTests {
    private static let seed: UInt64 = 41

    private static let catalog = Result {
        try DocumentTypeCatalog(
            folder: CorpusFolders.corpus.deletingLastPathComponent().appending(path: "Config/document-types"))
    }

    /// A small model, learned anew at each call.
    private static func learn() throws -> UnderstandingModel {
        let drawn = try DrawnExamples(seed: seed, wordLists: CorpusFolders.words)
        return try Trainer(catalog: try catalog.get(), seed: seed).train(
            drawn: try drawn.examples(.training, count: 90), read: [],
            calibration: try drawn.examples(.calibration, count: 40), noise: try RoughReader.noise.get())
    }

    private static let model = Result { try learn() }

    @Test("A small model tells most types on layouts it never saw, and is not sure where it is wrong")
    func typesOfUnseenLayouts() throws {
        let understander = Understander(catalog: try Self.catalog.get(), model: try Self.model.get())
        let unseen = try DrawnExamples(seed: Self.seed, wordLists: CorpusFolders.words).examples(.evaluation, count: 60)
        let answers = unseen.map { ($0.truth.type, understander.classify($0.pages)) }
        #expect(answers.count { $0.0 == $0.1.type } >= 45)
        #expect(answers.count { $0.0 != $0.1.type && $0.1.confidence > 0.99 } <= 3)
    }

    @Test("The same seed and examples give the same model, to the byte")
    func determinism() throws {
        #expect(try Self.learn().version == Self.model.get().version)
    }

    @Test("No family of layouts both trains and judges")
    func familiesAreApart() throws {
        let drawn = try DrawnExamples(seed: Self.seed, wordLists: CorpusFolders.words)
        let families = try CorpusSplit.allCases.map { split in
            Set(try drawn.examples(split, count: 200).map(\.family))
        }
        for (index, own) in families.enumerated() {
            for other in families.dropFirst(index + 1) { #expect(own.isDisjoint(with: other)) }
        }
    }

    @Test("Files that were really read become examples in the corpus's frame, with their truth")
    func readExamples() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mailroom-read-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try ReadExamples(seed: Self.seed, wordLists: CorpusFolders.words)
        let examples = try await files.examples(.calibration, count: 6, folder: folder, readers: 2) { file in
            // A reader that sees the words as they were drawn, on a page of half the size.
            let words = file.deletingPathExtension().appendingPathExtension("words.json")
            var pages = try JSONDecoder().decode([PageReading].self, from: Data(contentsOf: words))
            for index in pages.indices {
                pages[index].page.width /= 2
                for word in pages[index].words.indices {
                    let box = pages[index].words[word].box
                    pages[index].words[word].box = Box(
                        left: box.left / 2, top: box.top / 2, right: box.right / 2, bottom: box.bottom / 2)
                }
            }
            return pages
        }.examples
        #expect(examples.count == 6)
        for example in examples {
            #expect(example.truth.pages == Array(1...example.pages.count))
            for (_, field) in example.truth.everyField {
                guard case .text = field.value, let box = field.box, let page = field.page else { continue }
                let boxes = example.pages[page - 1].words.map(\.box) + example.pages[page - 1].checkboxes.map(\.box)
                #expect(boxes.contains { $0.overlapArea(box) > 0 }, "\(example.family) \(field)")
            }
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left.allSatisfy { $0.hasSuffix(".json") })
    }
}
