import Foundation
import Learning
import Testing
import Understanding

@Suite("A new model is a candidate until it is promoted")
struct ModelShelfTests {
    private static let committed = CorpusFolders.corpus.deletingLastPathComponent().appending(path: "Models")
    private let folder: URL
    private let shelf: ModelShelf
    private let now = Date(timeIntervalSince1970: 1_790_000_000)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "mailroom-shelf-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        shelf = ModelShelf(folder: folder)
    }

    /// Puts the committed model into a folder, with so much white space behind it: other bytes are another version.
    @discardableResult
    private func put(into folder: URL, spaces: Int) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let bytes = try Data(contentsOf: Self.committed.appending(path: UnderstandingModel.fileName))
        try (bytes + Data(repeating: 0x20, count: spaces)).write(
            to: folder.appending(path: UnderstandingModel.fileName))
        try Data("card \(spaces)".utf8).write(to: folder.appending(path: "README.md"))
        return try UnderstandingModel.load(from: folder).version
    }

    private func version() throws -> String { try UnderstandingModel.load(from: folder).version }

    private func keep(_ own: String, _ new: String, _ verdict: String) throws {
        let json =
            #"{"in_service": "\#(own)", "candidate": "\#(new)", "files": 12, "figures": [{"name": "f", "verdict": "\#(verdict)"}]}"#
        try shelf.keep(JSONDecoder().decode(ModelComparison.self, from: Data(json.utf8)))
    }

    private func promote(because reason: String? = nil) throws {
        _ = try shelf.promote(because: reason, by: "ana", at: now)
    }

    @Test("The first model goes into service, the next is a candidate")
    func place() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(shelf.placeOfTrained == folder)
        try put(into: folder, spaces: 0)
        #expect(shelf.placeOfTrained == shelf.candidate)
    }

    @Test("A candidate that was not found better than this model is refused, and nothing changes")
    func refusal() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = try put(into: folder, spaces: 0)
        #expect(throws: LearningError.self) { try promote() }
        let new = try put(into: shelf.candidate, spaces: 1)
        for (inService, candidate, verdict) in [(own, "another", "better"), (own, new, "same"), (own, new, "worse")] {
            try keep(inService, candidate, verdict)
            let error = #expect(throws: LearningError.self) { try promote() }
            #expect(error?.code == .notBetter)
        }
        #expect(try version() == own)
        #expect(try UnderstandingModel.load(from: shelf.candidate).version == new)
    }

    @Test("A model whose confidence was fitted anew has a card that says of which")
    func refittedCard() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = try put(into: folder, spaces: 0)
        let known = try UnderstandingModel.load(from: folder)
        let types = CorpusFolders.corpus.deletingLastPathComponent().appending(path: "Config/document-types")
        let model = try Trainer(catalog: DocumentTypeCatalog(folder: types), seed: 1).refitted(known, calibration: [])
        try shelf.keepRefitted(model, of: known, by: "mailroom train --confidence")
        try promote(because: "tried")
        let card = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        let new = try version()
        #expect(new == model.version && new != own)
        #expect(card.contains("version `\(new)`: the model `\(own)`") && card.contains("`mailroom train --confidence`"))
        #expect(card.hasSuffix("card 0"))
    }

    @Test("A better one is promoted, and the former one comes back")
    func promotion() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = try put(into: folder, spaces: 0)
        let new = try put(into: shelf.candidate, spaces: 1)
        try keep(own, new, "better")
        try promote()
        #expect(try version() == new)
        #expect(try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8) == "card 1")
        #expect(!FileManager.default.fileExists(atPath: shelf.candidate.path))
        let back = try shelf.restore(because: "it misses dates", by: "bob", at: now)
        #expect(back.inService == own && back.former == new)
        #expect(try version() == own)
        #expect(try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8) == "card 0")
        _ = try shelf.restore(because: "it does not", by: "bob", at: now)
        #expect(try version() == new)
        let history = try String(contentsOf: folder.appending(path: "promotions.jsonl"), encoding: .utf8)
        #expect(history.split(separator: "\n").count == 3)
        #expect(history.contains(#""because":"better on 12 files","by":"ana","from":"\#(own)""#))
    }

    @Test("A reason takes the place of a comparison")
    func force() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put(into: folder, spaces: 0)
        let new = try put(into: shelf.candidate, spaces: 1)
        try promote(because: "it knows a new type")
        #expect(try version() == new)
        #expect(throws: LearningError.self) { try promote(because: "again") }
    }
}
