/// How thoroughly a page is read.
package enum ReadingDepth: String, Codable, CaseIterable, Sendable {
    /// Its text layer, or the upper part of its image by Tesseract alone: words that tell what it is, and nothing else.
    case glance
    /// The same for the whole page.
    case skim
    /// Everything that is on it.
    case full
}
