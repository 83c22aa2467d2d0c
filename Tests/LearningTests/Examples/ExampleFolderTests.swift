import Documents
import Foundation
import Learning
import Testing
import Understanding

@Suite("Examples from a folder")
struct ExampleFolderTests {
    private static let drawn = Result {
        try DrawnExamples(seed: 6, wordLists: CorpusFolders.words).examples(.training, count: 40)
    }

    /// Writes files whose bytes name their place in `files`, each with its truth; the reader hands out their pages.
    private func folder(_ files: [(pages: [PageReading], truth: Data)]) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mailroom-examples-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (index, file) in files.enumerated() {
            try Data("\(index)".utf8).write(to: folder.appending(path: "\(index).pdf"))
            try file.truth.write(to: folder.appending(path: "\(index).json"))
        }
        return folder
    }

    private func read(_ files: [(pages: [PageReading], truth: Data)], in folder: URL) async throws -> ExampleFolder {
        let pages = files.map(\.pages)
        return try await ExampleFolder(folders: [folder], catalog: try GivenPaper.catalog.get(), readers: 2) { bytes in
            guard let index = Int(String(decoding: bytes, as: UTF8.self)) else {
                throw CocoaError(.fileReadCorruptFile)
            }
            return pages[index]
        }
    }

    @Test("Values that are known by their normal form alone are found where they were drawn")
    func valuesAreFound() async throws {
        let drawn = try Self.drawn.get().filter { !$0.truth.fields.isEmpty }
        let files = try drawn.map { (pages: $0.pages, truth: try GivenPaper.bareJSON([$0.truth])) }
        let folder = try folder(files)
        defer { try? FileManager.default.removeItem(at: folder) }
        let given = try await read(files, in: folder)
        #expect(given.problems.isEmpty && given.fileCount == drawn.count && given.examples.count == drawn.count)
        #expect(Double(given.foundCount) > 0.9 * Double(given.valueCount), "\(given.foundCount) of \(given.valueCount)")
        let known = Dictionary(uniqueKeysWithValues: files.indices.map { ("\($0)", drawn[$0].truth) })
        var right = 0
        var all = 0
        for (index, example) in given.examples.enumerated() {
            // The files come in the order of their names.
            let truth = try #require(known[known.keys.sorted()[index]])
            #expect(example.truth.type == truth.type)
            for (name, leaf) in truth.fields {
                guard case .one(let field) = leaf, let box = field.box,
                    case .one(let found) = example.truth.fields[name], let place = found.box
                else { continue }
                #expect(found.value == field.value)
                all += 1
                if found.page == field.page, place.overlapArea(box) > 0 { right += 1 }
            }
        }
        #expect(all > 100 && Double(right) > 0.9 * Double(all), "\(right) of \(all)")
    }

    @Test("A file of several documents gives several examples, each with pages of its own from 1")
    func severalDocuments() async throws {
        let papers = Array(try Self.drawn.get().filter { $0.pages.count == 1 }.prefix(3))
        var pages: [PageReading] = []
        var truths: [Document] = []
        for paper in papers {
            var page = try #require(paper.pages.first)
            page.page.number = pages.count + 1
            var truth = paper.truth
            truth.pages = [page.page.number]
            pages.append(page)
            truths.append(truth)
        }
        let files = [(pages: pages, truth: try GivenPaper.bareJSON(truths))]
        let folder = try folder(files)
        defer { try? FileManager.default.removeItem(at: folder) }
        let given = try await read(files, in: folder)
        #expect(given.examples.map(\.truth.type) == papers.map(\.truth.type))
        #expect(Set(given.examples.map(\.family)).count == 1)
        for (example, paper) in zip(given.examples, papers) {
            #expect(example.pages.map(\.page.number) == [1] && example.truth.pages == [1])
            #expect(example.pages.first?.words == paper.pages.first?.words)
            #expect(example.truth.fields.values.flatMap(\.fields).allSatisfy { $0.page ?? 1 == 1 })
        }
    }

    @Test("What cannot be used is named and stops nothing; when nothing is left, that is said")
    func badExamples() async throws {
        let paper = try #require(try Self.drawn.get().first { $0.truth.type != "other" })
        let good = (pages: paper.pages, truth: try GivenPaper.bareJSON([paper.truth]))
        var lost = paper.pages
        lost[0].problem = "The page is torn."
        let files = [
            good, (pages: paper.pages, truth: Data("{".utf8)), (pages: lost, truth: good.truth),
            (pages: paper.pages, truth: Data(#"{"documents": [{"type": "passport"}]}"#.utf8)),
        ]
        let folder = try folder(files)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("a picture".utf8).write(to: folder.appending(path: "z.png"))
        try good.truth.write(to: folder.appending(path: "z.json"))
        try Data("0".utf8).write(to: folder.appending(path: "0.tif"))
        try Data("nothing says what this is".utf8).write(to: folder.appending(path: "stray.pdf"))
        let given = try await read(files, in: folder)
        #expect(given.examples.count == 1 && given.fileCount == 6 && given.problems.count == 5)
        for part in [
            "0.tif: Another", "1.json: It is no JSON", "2.pdf: A page cannot be read: The page is torn.",
            "3.json: documents[0].type 'passport'", "z.png: ",
        ] {
            #expect(given.problems.contains { $0.contains(part) }, "\(part) in \(given.problems)")
        }
        for name in ["0.pdf", "0.tif"] { try FileManager.default.removeItem(at: folder.appending(path: name)) }
        let error = await #expect(throws: LearningError.self) { try await read(files, in: folder) }
        #expect(error?.code == .noExamples && error?.description.contains("No example is left") == true)
    }

    @Test("A folder that is not there, or without a truth, is named")
    func noFolder() async throws {
        let empty = try folder([])
        defer { try? FileManager.default.removeItem(at: empty) }
        for url in [URL(filePath: "/nowhere"), empty] {
            let error = await #expect(throws: LearningError.self) { try await read([], in: url) }
            #expect(error?.description.contains(url.path) == true)
        }
    }

    @Test("No file is both learned from and judged by; few files are all learned from")
    func shares() throws {
        let cards = try GivenPaper.cards("learn", .training, count: 20).enumerated().map { index, card in
            Example(pages: card.pages, truth: card.truth, family: "given/\(index / 2)")
        }
        let shares = ExampleShares(cards)
        #expect(shares.learning.count == 16 && shares.calibration.count == 4)
        #expect(Set(shares.learning.map(\.family)).isDisjoint(with: shares.calibration.map(\.family)))
        let noise = try RoughReader.noise.get()
        let copies = shares.repeated(seed: 1, noise: noise)
        #expect(copies.count > 100 && Set(copies.map(\.family)) == Set(shares.learning.map(\.family)))
        #expect(Set(copies.flatMap { $0.pages.map(\.words) }).count > copies.count / 2)
        #expect(copies == shares.repeated(seed: 1, noise: noise))
        let words = { (examples: [Example]) in
            examples.flatMap(\.pages).reduce(0) { $0 + $1.words.count } / examples.count
        }
        let fragments = shares.fragments(seed: 1, noise: noise)
        #expect(fragments.count > copies.count && words(fragments) < words(copies) * 3 / 4)
        #expect(ExampleShares(Array(cards.prefix(6))).calibration.isEmpty)
    }
}
