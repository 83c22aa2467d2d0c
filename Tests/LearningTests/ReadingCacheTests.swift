import Documents
import Foundation
import Learning
import Testing

@Suite("Readings kept from one training to the next")
struct ReadingCacheTests {
    @Test("What was read once is not read again, and comes out the same; another reader reads anew")
    func keepsReadings() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mailroom-readings-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        var page = PageReading(page: Page(number: 1, source: .ocr, width: 100, height: 200, dpi: 300))
        page.words = [
            Word(text: "ink", box: Box(left: 1.23456, top: 2, right: 3, bottom: 4), confidence: 0.5, line: 0)
        ]
        let bytes = Data("a file".utf8)
        let cache = ReadingCache(folder: folder, reader: "1")
        let first = try await cache.pages(of: bytes) { _ in [page] }
        let again = try await cache.pages(of: bytes) { _ in [] }
        #expect(first == again && first.first?.words.first?.text == "ink")
        #expect(try await ReadingCache(folder: folder, reader: "2").pages(of: bytes) { _ in [] }.isEmpty)
        #expect(try await cache.pages(of: Data("another".utf8)) { _ in [] }.isEmpty)
        let rights = try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int
        #expect(rights == 0o700, "words of a paper are for its owner alone")
    }

    @Test("A folder that cannot be written to only costs time")
    func needsNoFolder() async throws {
        let cache = ReadingCache(folder: URL(filePath: "/dev/null/readings"), reader: "1")
        let page = PageReading(page: Page(number: 1, source: .ocr, width: 1, height: 1, dpi: 1))
        #expect(try await cache.pages(of: Data()) { _ in [page] }.count == 1)
    }

    @Test("A folder that a person named is refused at once when it cannot be written to")
    func refusesFolder() {
        #expect {
            try ReadingCache.prepare(URL(filePath: "/dev/null/readings"))
        } throws: { error in
            "\(error)".contains("/dev/null/readings keeps no readings. Name a folder that you may write to.")
        }
    }
}
