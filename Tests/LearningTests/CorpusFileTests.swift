import Documents
import Foundation
import Learning
import Testing

@Suite("Files of drawn mail")
struct CorpusFileTests {
    private static let count = 4

    private static func draw(into folder: URL) throws -> [LabelledFile] {
        try CorpusGenerator(seed: 80, wordLists: CorpusFolders.words).generate(count: count, into: folder)
    }

    @Test("The same seed gives the same bytes")
    func sameSeedSameBytes() throws {
        try withTwoFolders { first, second in
            for folder in [first, second] { _ = try CorpusFileTests.draw(into: folder) }
            let names = try FileManager.default.contentsOfDirectory(atPath: first.path)
            #expect(names.count == 3 * CorpusFileTests.count)
            for name in names {
                let one = try Data(contentsOf: first.appending(path: name))
                let other = try Data(contentsOf: second.appending(path: name))
                #expect(one == other, "\(name)")
            }
        }
    }

    @Test("Truth decodes, names its file's hash, and gives every page to one document")
    func truthDescribesTheFile() throws {
        try withTwoFolders { folder, _ in
            let files = try CorpusFileTests.draw(into: folder)
            #expect(Set(files.map(\.wear)) == Set(WearLevel.allCases))
            #expect(files.contains { $0.truth.documents.count > 1 } && files.contains { $0.name.hasSuffix("tif") })
            for file in files {
                let name = file.name.split(separator: ".")[0]
                let data = try Data(contentsOf: folder.appending(path: "\(name).json"))
                let truth = try JSONDecoder().decode(DocumentResult.self, from: data)
                #expect(truth.documents.flatMap(\.pages) == Array(1...truth.file.pageCount))
                #expect(truth.pages.count == truth.file.pageCount)
                #expect(truth.documents.allSatisfy { $0.disposition == .accept })
                for field in truth.documents.flatMap(\.everyField).map(\.field) {
                    #expect((1...truth.file.pageCount).contains(field.page ?? 0))
                }
                let bytes = try Data(contentsOf: folder.appending(path: file.name))
                for word in ["/Title", "/Subject", "/Keywords", "/Author"] {
                    #expect(bytes.range(of: Data(word.utf8)) == nil)
                }
                #expect(file.name.wholeMatch(of: /\d{6}\.(pdf|tif)/) != nil)
            }
        }
    }

    private func withTwoFolders(_ body: (URL, URL) throws -> Void) throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "corpus-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: base) }
        try body(base.appending(path: "a"), base.appending(path: "b"))
    }
}
