import Documents
import Foundation
import Reading
import TestSupport

/// The bytes of a file in the folder `Fixtures`.
func fixture(_ name: String) throws -> Data {
    try Data(contentsOf: packageFolder.appending(path: "Tests/ReadingTests/Fixtures").appending(path: name))
}

/// Keeps what `onPage` receives.
actor PageCollector {
    private(set) var pages: [ReadPage] = []

    func add(_ page: ReadPage) { pages.append(page) }
}

extension ReaderPool {
    /// The pages of a fixture.
    func pages(of name: String, wantImages: Bool = false, pages: Range<Int>? = nil) async throws -> [ReadPage] {
        let collector = PageCollector()
        _ = try await read(fixture(name), wantImages: wantImages, pages: pages) { await collector.add($0) }
        return await collector.pages
    }
}

extension ReadPage {
    /// The words in order, each line's joined by spaces.
    var lines: [String] {
        reading.words.reduce(into: [(line: Int, text: String)]()) { lines, word in
            if let last = lines.last, last.line == word.line {
                lines[lines.count - 1].text += " " + word.text
            } else {
                lines.append((word.line, word.text))
            }
        }.map(\.text)
    }

    var text: String { lines.joined(separator: "\n") }
}
