import Documents
import Foundation
import Reading
import TestSupport
import Testing

/// Files that `.ci/fuzz` found to bring a library down: each costs its own page and no more.
@Suite struct CrashTests {
    private static let folder = packageFolder.appending(path: "Tests/ReadingTests/Fixtures/crashes")

    @Test func whatBringsTheReaderDownCostsItsPageOnly() async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(!names.isEmpty)
        let pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1)
        for name in names.sorted() {
            let page = try #require(await pool.pages(of: "crashes/\(name)").first).reading
            #expect(page.page.source == .unreadable && page.page.sourceReason == nil, "\(name)")
            #expect(page.problem?.contains("brought the reader down") == true, "\(name)")
            #expect(try await pool.pages(of: "four-pages.pdf").allSatisfy { $0.reading.problem == nil }, "\(name)")
        }
        await pool.close()
    }
}
