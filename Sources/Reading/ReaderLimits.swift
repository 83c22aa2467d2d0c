/// What one file and one page may cost; beyond it the file is refused or the page given up.
package struct ReaderLimits: Codable, Hashable, Sendable {
    /// Bytes of a file.
    package var fileBytesMax: Int
    /// Pages of a file.
    package var pageCountMax: Int
    /// Pixels of one page image; a PDF page is rendered at a lower resolution to stay below.
    package var pixelsMax: Int
    /// Seconds by the clock that one page, or the opening of a file, may take.
    package var pageSecondsMax: Double
    /// Seconds of processor time that one page, or the opening of a file, may take.
    package var cpuSecondsMax: Int
    /// Bytes of address space that files may take in one reader process, beyond its libraries and models.
    package var memoryBytesMax: Int
    /// Pixels per inch at which pages are recognised.
    package var ocrDPI: Int
    /// Which engines read images.
    package var engines: OCREngines
    /// Steps of reading that are left out, to measure what each brings.
    package var skipped: Set<ReadingStep>

    package init(
        fileBytesMax: Int = 256 << 20, pageCountMax: Int = 2000, pixelsMax: Int = 100_000_000,
        pageSecondsMax: Double = 120, cpuSecondsMax: Int = 45, memoryBytesMax: Int = 2 << 30, ocrDPI: Int = 300,
        engines: OCREngines = .both, skipped: Set<ReadingStep> = []
    ) {
        self.fileBytesMax = fileBytesMax
        self.pageCountMax = pageCountMax
        self.pixelsMax = pixelsMax
        self.pageSecondsMax = pageSecondsMax
        self.cpuSecondsMax = cpuSecondsMax
        self.memoryBytesMax = memoryBytesMax
        self.ocrDPI = ocrDPI
        self.engines = engines
        self.skipped = skipped
    }
}

/// The engines that turn images into words.
package enum OCREngines: String, Codable, CaseIterable, Sendable {
    /// Tesseract, and the second engine for what Tesseract doubts or misses, where it is installed.
    case both
    /// Tesseract alone.
    case tesseract
    /// The second engine alone: for comparison, as it knows no columns; Tesseract where it is not installed.
    case second
}

/// A step between a page's image and its words that can be left out.
package enum ReadingStep: String, Codable, CaseIterable, Sendable {
    /// Bringing the image to the resolution of recognition.
    case scaling
    /// Making the paper of grey scans white.
    case whitePaper = "white-paper"
    /// Drawing the print of pages dark on which nothing was read.
    case palePrint = "pale-print"
    /// Making lines level.
    case straightening
    /// Bringing pages upright.
    case turning
    /// Finding lines with the second engine, so that it reads what Tesseract did not see.
    case lineFinding = "line-finding"
    /// Reading all lines of a page by the second engine where most of them are doubtful.
    case wholePages = "whole-pages"
    /// Reading all of a page's numbers again where Tesseract was often wrong about the doubtful ones.
    case distrust
}
