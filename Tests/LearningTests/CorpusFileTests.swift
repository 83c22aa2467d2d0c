import Documents
import Foundation
import Testing

@testable import Learning

@Suite("Files of drawn mail")
struct CorpusFileTests {
    /// A born-digital PDF, a scanned TIFF of two documents, a fax as PDF.
    private static func write(seed: UInt64, into folder: URL) throws -> [LabelledFile] {
        let generator = try CorpusGenerator(seed: seed, wordLists: CorpusFolders.words)
        let kinds = Dictionary(uniqueKeysWithValues: generator.kinds.map { ($0.name, $0) })
        func plan(_ wear: WearLevel, _ isTIFF: Bool, _ names: [String]) -> FilePlan {
            FilePlan(wear: wear, isTIFF: isTIFF, split: .training, kinds: names.compactMap { kinds[$0] })
        }
        let plans = [
            plan(.clean, false, ["remittance"]), plan(.office, true, ["letter-general", "other-separator"]),
            plan(.poor, false, ["form-referral"]),
        ]
        return try generator.write(plans, into: folder)
    }

    @Test("The same seed gives the same bytes")
    func sameSeedSameBytes() throws {
        try withTwoFolders { first, second in
            for folder in [first, second] { _ = try CorpusFileTests.write(seed: 3, into: folder) }
            let names = try FileManager.default.contentsOfDirectory(atPath: first.path)
            #expect(names.count == 9)
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
            let files = try CorpusFileTests.write(seed: 4, into: folder)
            #expect(files.map(\.truth.documents.count) == [1, 2, 1])
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
