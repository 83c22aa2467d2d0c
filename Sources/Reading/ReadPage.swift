package import Documents
package import Foundation

/// One page as the reader delivers it: what it says and, when asked for, how it looks.
package struct ReadPage: Sendable {
    package var reading: PageReading
    /// The upright, straightened page, in grey; nil when it was not asked for or the page is unreadable.
    package var image: Data?
    /// `image/png` or `image/jpeg`.
    package var imageMediaType: String
    /// Pixels of `image` for each pixel of the page frame, the same in both directions.
    package var imageScale: Double
    /// Whether a glance left a part of the page out.
    package var isPart: Bool

    package init(
        reading: PageReading, image: Data? = nil, imageMediaType: String = "image/png", imageScale: Double = 1,
        isPart: Bool = false
    ) {
        self.reading = reading
        self.image = image
        self.imageMediaType = imageMediaType
        self.imageScale = imageScale
        self.isPart = isPart
    }
}

/// A file of which every page was delivered.
package struct ReadFile: Hashable, Sendable {
    package var mediaType: String
    /// Pages of the whole file, also when only some of them were asked for.
    package var pageCount: Int
    /// Files that a PDF carries; they are named, not read.
    package var attachments: [Attachment]

    package init(mediaType: String, pageCount: Int, attachments: [Attachment] = []) {
        self.mediaType = mediaType
        self.pageCount = pageCount
        self.attachments = attachments
    }
}

extension ReadPage {
    /// A page of which nothing is known but why: letter size stands for its size.
    ///
    /// - Parameter page: its index in the file, from 0.
    static func unreadable(page: Int, problem: String) -> ReadPage {
        let frame = Page(number: page + 1, source: .unreadable, width: 612, height: 792, dpi: 72)
        return ReadPage(reading: PageReading(page: frame, problem: problem))
    }
}
