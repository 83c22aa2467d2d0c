import Documents
import Foundation
import Learning
import Testing

@Suite("Streams of drawn documents")
struct CorpusStreamTests {
    private static func draw(_ kind: StreamKind, count: Int = 2) throws -> [LabelledFile] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "streams-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try CorpusGenerator(seed: 5, wordLists: CorpusFolders.words).generate(
            count: count, into: folder, wear: .clean, stream: kind)
    }

    @Test("Every page is in one document, or blank", arguments: StreamKind.allCases)
    func pagesAreCovered(kind: StreamKind) throws {
        for file in try Self.draw(kind) {
            let inked = file.readings.filter { !$0.page.blank }.map(\.page.number)
            #expect(file.truth.documents.flatMap(\.pages) == inked)
            #expect(file.readings.map(\.page.number) == Array(1...file.readings.count))
            #expect(file.truth.documents.count >= 2)
        }
    }

    @Test("Papers of one layout say different things")
    func sameLayout() throws {
        for file in try Self.draw(.sameLayout) {
            #expect(Set(file.families).count == 1)
            for (left, right) in zip(file.truth.documents, file.truth.documents.dropFirst()) {
                #expect(left.type == right.type && left.fields != right.fields)
            }
        }
    }

    @Test("Unpaginated remittances have three pages each, and no page is numbered")
    func unpaginated() throws {
        for file in try Self.draw(.unpaginated, count: 1) {
            #expect(file.truth.documents.allSatisfy { $0.pages.count == 3 && $0.subtype == "remittance_advice" })
            #expect(!file.readings.flatMap(\.words).contains { $0.text.lowercased().hasPrefix("page") })
        }
    }

    @Test("Pages of a document with a running head begin with words of its first page")
    func runningHeads() throws {
        for file in try Self.draw(.runningHeads, count: 1) {
            for document in file.truth.documents {
                #expect(document.pages.count > 1)
                let words = document.pages.map { page in file.readings[page - 1].words.map(\.text) }
                let first = Set(words.first ?? [])
                #expect(words.dropFirst().allSatisfy { first.contains($0.first ?? "") })
            }
        }
    }

    @Test("A form comes twice with the same values")
    func twoCopies() throws {
        for file in try Self.draw(.twoCopies) {
            let values = file.truth.documents.map { $0.fields.mapValues { $0.fields.map(\.value.description) } }
            #expect(Set(values.map { "\($0.sorted { $0.key < $1.key })" }).count == values.count - 1)
        }
    }

    @Test("Training draws no kind of paper that only evaluation has")
    func unseenKinds() throws {
        let drawn = try DrawnExamples(seed: 9, wordLists: CorpusFolders.words)
        func others(_ split: CorpusSplit) throws -> Set<Substring> {
            Set(
                try drawn.examples(split, count: 1500).filter { $0.truth.type == "other" }.compactMap {
                    $0.family.split(separator: "/").first
                })
        }
        let known = try others(.training).union(others(.calibration))
        #expect(known.count >= 30)
        #expect(try others(.evaluation).subtracting(known).count >= 15)
    }
}
