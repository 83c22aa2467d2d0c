import Documents
import Foundation

/// A file that a reader process holds open.
enum OpenFile {
    case pdf(PDFFile)
    case image(ImageFile)
    case bundle(FileBundle)

    init(_ bytes: OwnedBytes, kind: FileKind, password: String?, limits: ReaderLimits) throws(ReadingError) {
        switch kind {
        case .pdf: self = .pdf(try PDFFile(bytes, password: password))
        case .zip, .eml: self = .bundle(try FileBundle(bytes, kind: kind, password: password, limits: limits))
        default: self = .image(try ImageFile(bytes, kind: kind))
        }
    }

    var pageCount: Int {
        switch self {
        case .pdf(let file): file.pageCount
        case .image(let file): file.pageCount
        case .bundle(let bundle): bundle.pageCount
        }
    }
}

extension OpenFile {
    /// Files inside the file.
    var attachments: [Attachment] {
        switch self {
        case .pdf(let file): file.attachments()
        case .image: []
        case .bundle(let bundle): bundle.attachments
        }
    }
}

/// What a page holds, where its words came from and why.
struct SourcedContent {
    var source: PageSource
    var reason: SourceReason
    var content: ScanReader.Result
}

/// Reads one page of an open file, whatever its kind.
struct PageReader {
    private let limits: ReaderLimits
    /// What recognises images; nil in a reader of text only.
    private let scanReader: ScanReader?

    init(limits: ReaderLimits, recognises: Bool) throws(ReadingError) {
        self.limits = limits
        guard recognises else {
            scanReader = nil
            return
        }
        let second = limits.engines == .tesseract ? nil : EngineFolder.locate().flatMap(SecondEngine.init)
        scanReader = ScanReader(recognizer: try Recognizer(), second: second, limits: limits)
    }

    /// Reads the page with this index, from 0; a page that cannot be read is `unreadable` and says why.
    ///
    /// Nil when the page has to be recognised, and this reader reads text only. With `turn`, degrees clockwise, it is
    /// recognised as it then stands.
    func read(
        _ file: OpenFile, page index: Int, depth: ReadingDepth = .full, wantImage: Bool, turn: Int? = nil
    ) -> ReadPage? {
        do {
            let result = try result(of: file, page: index, depth: depth, turn: turn)
            let content = result.content
            let page = Page(
                number: index + 1, source: result.source, sourceReason: result.reason,
                width: Double(content.image.width), height: Double(content.image.height), dpi: content.dpi,
                rotation: content.rotation, skew: content.skew,
                textConfidence: content.words.meanConfidence, blank: content.blank,
                barcodes: content.barcodes, signatures: content.signatures)
            let isWhole = depth == .full && !content.blank
            let reading = PageReading(
                page: page, words: content.words, checkboxes: content.checkboxes,
                imageHash: isWhole ? content.image.perceptualHash() : nil)
            var read = wantImage ? withImage(reading, content) : ReadPage(reading: reading)
            read.isPart = content.isPart
            return read
        } catch {
            return error == .needsRecognition ? nil : .unreadable(page: index, problem: error.sentence)
        }
    }

    private func result(
        of file: OpenFile, page index: Int, depth: ReadingDepth, turn: Int?
    ) throws(PageProblem) -> SourcedContent {
        switch file {
        case .image(let image):
            guard let scanReader else { throw .needsRecognition }
            let content = try scanReader.read(image.page(index, pixelsMax: limits.pixelsMax), depth: depth, turn: turn)
            return SourcedContent(source: .ocr, reason: turn == nil ? .imageFile : .turnedByPerson, content: content)
        case .pdf(let document):
            return try PDFPageReader(limits: limits, scanReader: scanReader).read(
                document.page(index), depth: depth, turn: turn)
        case .bundle(let bundle):
            let place = try bundle.place(of: index)
            return try result(of: place.file, page: place.page, depth: depth, turn: turn)
        }
    }

    /// Adds the page image at 75 to 200 dpi, which a reviewer reads well and a browser loads fast.
    private func withImage(_ reading: PageReading, _ content: ScanReader.Result) -> ReadPage {
        let isFine = content.dpi > 200
        guard let image = isFine ? content.image.halved() : content.image, let encoded = image.encoded() else {
            return ReadPage(reading: reading)
        }
        return ReadPage(
            reading: reading, image: encoded.bytes, imageMediaType: encoded.mediaType, imageScale: isFine ? 0.5 : 1)
    }
}
