import Documents
import Foundation
import Learning
import Testing
import Understanding

@Suite("A type of other paper than the corpus draws, taught by examples")
struct TaughtTypeTests {
    private static let notes = (0..<48).map { DeliveryNote($0) }

    /// Learned from 48 notes; once, for all tests of the suite.
    private static let learned = Task {
        let given = try await DeliveryNote.examples(notes)
        let shares = ExampleShares(given.examples)
        let catalog = try DeliveryNote.catalog.get()
        let taught = catalog.following(given.conventions.naming(sendersOf: shares.learning, catalog: catalog))
        let drawn = try DrawnExamples(seed: 47, wordLists: CorpusFolders.words)
        var material = TrainingMaterial(
            drawn: try drawn.examples(.training, count: 150), read: [],
            calibration: try drawn.examples(.calibration, count: 40), evaluation: [], noise: try RoughReader.noise.get()
        )
        _ = material.add(shares, catalog: taught, seed: 47)
        let model = try Trainer(catalog: taught, seed: 47).train(
            drawn: material.drawn, read: material.read, fragments: material.fragments,
            calibration: material.calibration, noise: material.noise)
        return (given: given, shares: shares, model: model)
    }

    private static func understander() async throws -> Understander {
        Understander(catalog: try DeliveryNote.catalog.get(), model: try await learned.value.model)
    }

    @Test("Examples show the order of dates, capitals and how many lines values run over; every value is found")
    func conventions() async throws {
        let given = try await Self.learned.value.given
        let known = try #require(given.conventions[DeliveryNote.typeName])
        #expect(known.isDayFirst)
        #expect(known.fields["shop_name"] == FieldConventions(isCapitals: true, lineCountMax: 2))
        #expect(known.fields["shop_address"] == FieldConventions(isCapitals: true, lineCountMax: 3))
        #expect(given.foundCount == given.valueCount && given.valueCount == 4 * Self.notes.count)
    }

    @Test("Values that no label announces, over several lines, are read on paper that was not among the examples")
    func unseen() async throws {
        var evaluator = Evaluator(understander: try await Self.understander())
        for note in (100..<130).map({ DeliveryNote($0) }) {
            let pages = [note.page()]
            let truth = try WrittenTruth(note.json).documents(on: pages, catalog: evaluator.understander.catalog)
            try evaluator.add(pages: pages, truth: truth)
        }
        let report = evaluator.report
        #expect(report.typeRightCount == report.documentCount, "\(report)")
        for field in ["shop_name", "shop_address", "delivery_date", "note_sum"] {
            let f1 = report.fieldsByName["\(DeliveryNote.typeName).\(field)"]?.f1 ?? 0
            #expect(f1 > 0.9, "\(report.fieldTable)")
        }
    }

    @Test(
        "A sender that the examples name is spelled as they do when a letter is misread; other fields are not touched")
    func knownSender() async throws {
        let understander = try await Self.understander()
        let shares = try await Self.learned.value.shares
        let known = Set(shares.learning.flatMap { $0.truth.fields["shop_name"]?.fields ?? [] }.map(\.value.description))
        let note = try #require(
            Self.notes.first { note in
                known.contains(note.values["shop_name"] ?? "") && note.name[0].contains("e")
                    && note.address[1].contains("e")
            })
        let page = note.page { line in
            line == note.name[0] || line == note.address[1] ? line.replacing("e", with: "c") : line
        }
        let document = try #require(understander.understand([page]).first)
        func value(_ name: String) -> String? { document.fields[name]?.fields.first?.value.description }
        #expect(value("shop_name") == note.values["shop_name"])
        #expect(value("shop_address") != note.values["shop_address"])
    }

    @Test("What examples taught of the paper is saved with the model")
    func saved() async throws {
        let model = try await Self.learned.value.model
        let folder = FileManager.default.temporaryDirectory.appending(path: "mailroom-taught-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try model.save(to: folder)
        let loaded = try UnderstandingModel.load(from: folder)
        #expect(loaded == model && loaded.conventions[DeliveryNote.typeName]?.isDayFirst == true)
    }

    @Test("Of types that the corpus draws nothing is learned from how examples are printed")
    func drawnTypes() async throws {
        let drawn = try DrawnExamples(seed: 6, wordLists: CorpusFolders.words).examples(.training, count: 20)
        #expect(ConventionLearner(catalog: try DeliveryNote.catalog.get()).conventions(of: drawn).isEmpty)
    }
}
