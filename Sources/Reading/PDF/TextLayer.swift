import Documents

/// The words of a PDF page's own text, and whether they deserve trust.
struct TextLayer {
    /// Words in the page's frame in points, in reading order.
    private(set) var words: [Word]
    private let characterCount: Int
    private let printableCount: Int

    /// A text layer says exactly what was set; what remains is that it may not be what is shown.
    private static let confidence: Confidence = 0.995
    /// A gap wider than this share of a character's height separates words even where no space was set.
    private static let gapShare = 0.35

    /// - Parameter marks: boxes whose characters are marks, not text: the ticks of a form.
    init(_ glyphs: [PDFPage.Glyph], marks: [Box], frame: Box) {
        var builder = WordBuilder()
        var (characters, printables) = (0, 0)
        for glyph in glyphs {
            if glyph.character == "\n" {
                builder.endLine()
            } else if TextLayer.isWhitespace(glyph.character) {
                builder.endWord()
            } else {
                characters += 1
                guard TextLayer.isPrintable(glyph.character), let box = glyph.box.clipped(to: frame) else { continue }
                printables += 1
                if marks.contains(where: { $0.holds(box) }) {
                    builder.endWord()
                } else {
                    builder.add(glyph.character, box)
                }
            }
        }
        words = builder.finish()
        characterCount = characters
        printableCount = printables
    }

    /// Why the text cannot stand for the page; nil when it is printable, level, and of words that can be spoken.
    ///
    /// Fonts without a sound character map give private-use signs, or letters shifted in the alphabet, in which few
    /// words have a vowel.
    var fault: SourceReason? {
        guard characterCount > 0 else { return .noTextLayer }
        guard Double(printableCount) >= 0.9 * Double(characterCount) else { return .garbledText }
        guard !words.isEmpty else { return .noTextLayer }
        let long = words.filter { $0.text.count >= 4 }
        let upright = long.filter { $0.box.height > 1.5 * $0.box.width }
        guard upright.count * 2 <= long.count else { return .sidewaysText }
        let spoken = long.filter { $0.text.allSatisfy { $0.isASCII && $0.isLetter } }
        let voiced = spoken.filter { $0.text.lowercased().contains(where: "aeiouy".contains) }
        return spoken.count < 20 || Double(voiced.count) >= 0.7 * Double(spoken.count) ? nil : .garbledText
    }

    /// Whether nothing in a text of some length is a common word, so that the drawn page has to confirm it: the letters
    /// may be exchanged one for another, or the language is another.
    var isDoubtful: Bool {
        let plain = words.map { $0.text.lowercased() }.filter { $0.allSatisfy(\.isLetter) }
        guard plain.count >= TextLayer.judgedWordCountMin else { return false }
        return plain.count { TextLayer.commonWords.contains($0) } * 25 < plain.count
    }

    /// Whether surely recognised words say that the page reads otherwise.
    func isRefuted(by recognised: [Word]) -> Bool {
        guard let confidence = recognised.meanConfidence, confidence > 0.75 else { return false }
        let read = Set(recognised.map { $0.text.lowercased() })
        let own = words.map { $0.text.lowercased() }.filter { $0.count >= 3 }
        return own.count { read.contains($0) } * 2 < own.count
    }

    /// The layer without words that the drawn page does not show: hidden, white on white, or covered; nil when most are
    /// not shown, and what is shown is therefore something else.
    ///
    /// - Parameter scale: pixels of `image` to the point.
    func seen(on image: PixelImage, scale: Double) -> TextLayer? {
        var layer = self
        layer.words = words.filter { word in
            var box = word.box.scaled(scale)
            if word.text.contains(where: { $0.isLetter || $0.isNumber }) {
                // The middle of a line, where every letter has ink and a bar that covers it leaves none.
                (box.top, box.bottom) = (box.top + box.height / 4, box.bottom - box.height / 4)
            }
            return image.contrast(in: box) >= TextLayer.contrastMin
        }
        return layer.words.count * 2 >= words.count ? layer : nil
    }

    private static let judgedWordCountMin = 12
    /// Shades of 255 between a letter and its paper that a person can see.
    private static let contrastMin = 16
    /// The words that English mail of payers has on every page, and some of Spanish mail.
    private static let commonWords = Set(
        """
        the of and to in for is on with by at from this that your you we our are be as or not if it an will has have may \
        please name date number total amount page claim member plan provider patient service services paid payment \
        address phone fax id policy group code charge charges billed balance account check street city state zip health \
        insurance dear sincerely no yes type description de la el que en los del por para con una su
        """.split(separator: " ").map(String.init))

    private static func isWhitespace(_ character: Unicode.Scalar) -> Bool {
        (0x21...0x7E).contains(character.value) ? false : character.properties.isWhitespace
    }

    private static func isPrintable(_ character: Unicode.Scalar) -> Bool {
        // Unicode's tables are slow, and most characters are these.
        if (0x20...0x7E).contains(character.value) { return true }
        return switch character.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: false
        default: character != "\u{FFFD}"
        }
    }

    /// Puts characters together to words.
    private struct WordBuilder {
        private var words: [Word] = []
        private var text = ""
        private var box: Box?
        private var last: Box?
        private var line = 0
        private var lineHasWords = false

        mutating func add(_ character: Unicode.Scalar, _ glyph: Box) {
            if let last, isApart(last, glyph) { endWord() }
            text.append(WordBuilder.plain(character))
            box = box?.union(glyph) ?? glyph
            last = glyph
        }

        mutating func endWord() {
            if let box {
                words.append(Word(text: text, box: box, confidence: TextLayer.confidence, line: line))
                lineHasWords = true
            }
            (text, box, last) = ("", nil, nil)
        }

        mutating func endLine() {
            endWord()
            if lineHasWords { line += 1 }
            lineHasWords = false
        }

        mutating func finish() -> [Word] {
            endWord()
            return words
        }

        private func isApart(_ last: Box, _ next: Box) -> Bool {
            let reach = TextLayer.gapShare * max(min(last.height, next.height), min(last.width, next.width))
            return max(next.left - last.right, last.left - next.right) > reach
                || max(next.top - last.bottom, last.top - next.bottom) > reach
        }

        /// Latin ligatures (U+FB00 to U+FB06) as the letters they stand for.
        private static func plain(_ character: Unicode.Scalar) -> String {
            let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]
            let index = Int(character.value) - 0xFB00
            return ligatures.indices.contains(index) ? ligatures[index] : String(character)
        }
    }
}

extension Box {
    /// Whether the middle of `other` lies in this box.
    func holds(_ other: Box) -> Bool {
        (left...right).contains(other.midX) && (top...bottom).contains(other.midY)
    }
}
