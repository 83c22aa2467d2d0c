package import Documents

/// A page without the words on it, which are most of what is kept of one and take longest to decode.
package struct PageFace: Sendable, Hashable {
    package let page: Page
    /// Why the page could not be read, as a sentence for a person; nil when it was read.
    package let problem: String?
    /// Its image, and what people said of the page.
    package let handling: PageHandling
}

extension PageFace: SQLRecord {
    static let columns: SQLStatement = "reading, \(PageHandling.columns)"

    /// As much of a `PageReading` as is no words.
    private struct Described: Decodable {
        let page: Page
        let problem: String?
    }

    init(row: SQLRow) throws {
        let described: Described = try row.json("reading")
        self.init(page: described.page, problem: described.problem, handling: try PageHandling(row: row))
    }
}

extension Transaction {
    /// The pages of a file without their words, in order.
    package func pageFaces(of sha256: String) throws -> [PageFace] {
        try all("SELECT \(PageFace.columns) FROM pages WHERE sha256 = \(sha256) ORDER BY number")
    }

    /// One page of a file without its words, from 1.
    package func pageFace(of sha256: String, number: Int) throws -> PageFace? {
        try first("SELECT \(PageFace.columns) FROM pages WHERE sha256 = \(sha256) AND number = \(number)")
    }

    /// The pages of a document without their words, in the document's order.
    package func pageFaces(of record: DocumentRecord) throws -> [PageFace] {
        try record.document.pages.compactMap { try pageFace(of: record.sha256, number: $0) }
    }
}
