import Documents

/// What the service asks of a reader process.
enum ReaderRequest: Codable {
    /// The first request: what a page may cost, and whether to load what recognises images, which takes longer than
    /// reading many pages of text. Answered by `ready`, or `refused` when this machine lacks something.
    case begin(ReaderLimits, recognises: Bool)
    /// Takes the payload as the file with this number. Answered by `opened` or `refused`.
    case open(file: Int, kind: FileKind, password: String?)
    /// Reads one page, counted from 0, of an open file, in the direction of `turn` where a person says so. Answered by
    /// `page` or `needsRecognition`.
    case read(file: Int, page: Int, depth: ReadingDepth, wantImage: Bool, turn: Int?)
    /// Forgets a file. Not answered.
    case close(file: Int)
}

/// What a reader process answers; the service trusts none of it.
enum ReaderAnswer: Codable {
    case ready
    case opened(FileContents)
    case refused(ReadingError)
    /// A page, or a part of it, without its words; the payload is the words, as `WordBytes`, and its image, empty when
    /// there is none.
    case page(PageReading, isPart: Bool, wordByteCount: Int, imageMediaType: String, imageScale: Double)
    /// The page has to be recognised, and this reader was not asked to load what does.
    case needsRecognition
}

/// What a file says of itself when it is opened.
struct FileContents: Codable, Hashable, Sendable {
    var pageCount: Int
    var attachments: [Attachment] = []

    /// Whether a reader process may say so.
    func isPlausible(pageCountMax: Int) -> Bool {
        (0...pageCountMax).contains(pageCount) && attachments.count <= AnswerLimits.attachmentCountMax
            && attachments.allSatisfy { $0.name.utf8.count <= AnswerLimits.wordBytesMax && $0.size >= 0 }
    }
}

/// The limits of what a reader process may send.
enum AnswerLimits {
    static let messageBytesMax = 32 << 20
    static let imageBytesMax = 64 << 20
    static let wordCountMax = 100_000
    static let wordBytesMax = 4096
    static let attachmentCountMax = 1000
    static let alternativeCountMax = 8
    static let problemBytesMax = 1000
    /// Pixels, and pixels per inch.
    static let sideMax = 1_000_000.0
}

extension PageReading {
    /// Whether what a reader process says of page `number` can be handed on: sizes finite and sane, boxes on the page.
    func isPlausible(number: Int) -> Bool {
        let frame = Box(left: 0, top: 0, right: page.width, bottom: page.height)
        return page.isPlausible && page.number == number
            && words.count <= AnswerLimits.wordCountMax && checkboxes.count <= AnswerLimits.wordCountMax
            && words.allSatisfy { word in
                !word.text.isEmpty && word.text.utf8.count <= AnswerLimits.wordBytesMax
                    && (0..<AnswerLimits.wordCountMax).contains(word.line) && word.box.isInside(frame)
                    && (word.alternatives ?? []).count <= AnswerLimits.alternativeCountMax
                    && (word.alternatives ?? []).allSatisfy { $0.text.utf8.count <= AnswerLimits.wordBytesMax }
            }
            && checkboxes.allSatisfy { $0.box.isInside(frame) }
            && page.signatures.count <= AnswerLimits.wordCountMax
            && page.signatures.allSatisfy { $0.box.isInside(frame) }
            && page.barcodes.count <= AnswerLimits.wordCountMax
            && page.barcodes.allSatisfy {
                $0.value.utf8.count <= AnswerLimits.wordBytesMax && $0.box.isInside(frame)
            }
            && (problem?.utf8.count ?? 0) <= AnswerLimits.problemBytesMax && (imageHash?.utf8.count ?? 16) == 16
    }
}

extension Page {
    fileprivate var isPlausible: Bool {
        [width, height, dpi].allSatisfy { $0.isFinite && $0 > 0 && $0 <= AnswerLimits.sideMax }
            && [0, 90, 180, 270].contains(rotation) && skew.isFinite && abs(skew) <= 45
    }
}

extension Box {
    /// Whether the box has its edges in order and lies in `frame`, to a pixel.
    fileprivate func isInside(_ frame: Box) -> Bool {
        [left, top, right, bottom].allSatisfy(\.isFinite) && left <= right && top <= bottom
            && left >= frame.left - 1 && top >= frame.top - 1 && right <= frame.right + 1 && bottom <= frame.bottom + 1
    }
}
