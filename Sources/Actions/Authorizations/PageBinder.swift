package import Foundation

/// The pages of a document as one PDF.
package struct BoundPages: Hashable, Sendable {
    package let pdf: Data
    package let pageCount: Int

    package init(pdf: Data, pageCount: Int) {
        self.pdf = pdf
        self.pageCount = pageCount
    }
}

/// Binds the pages of documents: what this module sends, and knows no pixels to make.
package protocol PageBinder: Sendable {
    /// The pages of a document in their order, the same bytes each time; nil when one of them has no image that a PDF can
    /// hold.
    func pages(ofDocument id: String) async throws -> BoundPages?
}
