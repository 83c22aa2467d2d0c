import Foundation

/// One call of `ReaderPool.read`: a file, and where its pages go.
struct ReadingJob: Sendable {
    /// What becomes known of a file while it is read.
    enum Event: Sendable {
        case opened(FileContents)
        case page(index: Int, ReadPage)
        /// The file cannot be read; nothing follows.
        case failed(ReadingError)
    }

    let file: Int
    let bytes: Data
    let kind: FileKind
    /// What opens a locked PDF.
    let password: String?
    let depth: ReadingDepth
    let wantImages: Bool
    /// Degrees clockwise by which a person says that pages must be turned to stand upright; nil leaves it to what is seen.
    let turn: Int?
    /// The indices, from 0, of the pages wanted; nil for all.
    let pages: Range<Int>?
    let events: AsyncStream<Event>.Continuation
}
