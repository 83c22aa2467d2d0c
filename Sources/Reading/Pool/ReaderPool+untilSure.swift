package import Documents
package import Foundation
import Synchronization

/// What an answer about a file rests on.
package enum ReadingBasis: String, Codable, CaseIterable, Sendable {
    /// The file's own text, as it is.
    case textLayer = "text_layer"
    /// The upper part of the first page.
    case partOfPage = "part_of_page"
    /// Pages as a whole.
    case wholePages = "whole_pages"
}

/// An answer about a file, and what it rests on.
package struct Finding<Answer: Sendable>: Sendable {
    package var answer: Answer
    package var basis: ReadingBasis
    /// Pages that were looked at.
    package var pageCount: Int
}

extension ReaderPool {
    /// Reads as little of a file as it takes for `judge` to be sure.
    ///
    /// First comes a glance at the first page, then the whole of it, still quickly; where pages have text of their own the
    /// next ones follow, and last everything is read fully, after which the answer stands. What cannot be read with some
    /// confidence is never shown to `judge` before the full reading.
    ///
    /// - Parameters:
    ///   - pageCountMax: how many pages, from the first, may be read at all.
    ///   - judge: says what it makes of the pages and whether it is sure; asked again when there is more.
    package func readUntilSure<Answer: Sendable>(
        _ bytes: Data, password: String? = nil, pageCountMax: Int,
        judge: ([PageReading]) -> (answer: Answer, isSure: Bool)
    ) async throws -> Finding<Answer> {
        var pages: [PageReading] = []
        var next: (index: Int, depth: ReadingDepth)? = (0, .glance)
        while let (index, depth) = next {
            next = nil
            let (pageCount, page) = try await page(index, of: bytes, password: password, depth: depth)
            guard let page, page.reading.problem == nil, !page.reading.words.isEmpty else { break }
            let shown = pages + [page.reading]
            let (answer, isSure) = judge(shown)
            if isSure {
                return Finding(answer: answer, basis: basis(of: shown, isPart: page.isPart), pageCount: shown.count)
            }
            if page.isPart {
                next = (index, .skim)
            } else if page.reading.page.source == .text, shown.count < min(pageCount, pageCountMax) {
                pages = shown
                next = (shown.count, .glance)
            }
        }
        pages = try await readings(of: bytes, password: password, pages: 0..<pageCountMax).pages
        return Finding(answer: judge(pages).answer, basis: .wholePages, pageCount: pages.count)
    }

    /// One page, nil when the file has no such page, and how many the file has.
    private func page(
        _ index: Int, of bytes: Data, password: String?, depth: ReadingDepth
    ) async throws -> (pageCount: Int, page: ReadPage?) {
        let found = Mutex<ReadPage?>(nil)
        let file = try await read(bytes, password: password, depth: depth, pages: index..<index + 1) { page in
            found.withLock { $0 = page }
        }
        return (file.pageCount, found.withLock { $0 })
    }

    private func basis(of pages: [PageReading], isPart: Bool) -> ReadingBasis {
        if pages.allSatisfy({ $0.page.source == .text }) { return .textLayer }
        return isPart ? .partOfPage : .wholePages
    }
}
