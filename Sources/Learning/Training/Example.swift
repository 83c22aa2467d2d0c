package import Documents

/// A document to learn from: its pages as read, and what is true of it.
package struct Example: Hashable, Sendable {
    /// The pages, numbered from 1.
    package var pages: [PageReading]
    /// Type, subtype and values; pages numbered as in `pages`.
    package var truth: Document
    /// The family of layouts that it is of; examples of one family are learned from or judged by, never both.
    package var family: String

    package init(pages: [PageReading], truth: Document, family: String) {
        self.pages = pages
        self.truth = truth
        self.family = family
    }
}
