import Documents

/// A word of a page, or a part of one that colon, slash or number sign sets apart (`ID:12345`, `CHECK/EFT`, `Claim#`).
struct Token: Sendable {
    /// As printed.
    var text: String
    /// Upper-case letters, digits and `#` only: what labels are compared by.
    var plain: [UInt8]
    var box: Box
    var confidence: Double
    /// The word of the page that it is of, so that parts are joined again without a space.
    var word: Int
    /// The printed line, counted over the whole width of the page.
    var row = 0
    /// The run of words without a wide gap, counted over the page.
    var segment = 0
    var digitCount: Int
    var letterCount: Int
    var endsWithColon: Bool
    /// What else the ink of a whole word may say.
    var alternatives: [String] = []

    init(text: String, box: Box, confidence: Double, word: Int) {
        self.text = text
        self.box = box
        self.confidence = confidence
        self.word = word
        plain = Token.plain(text)
        digitCount = text.utf8.count { $0 >= 0x30 && $0 <= 0x39 }
        letterCount = text.count(where: \.isLetter)
        endsWithColon = text.utf8.last == UInt8(ascii: ":")
    }

    /// Whether it is the cents to the amount before, which a wide point set apart: `141. 82`, `13,995 .87`.
    func areCents(of amount: Token) -> Bool {
        digitCount == 2 && letterCount == 0 && plain.count == 2 && amount.digitCount > 0 && amount.letterCount == 0
            && (amount.text.last == "." || text.first == "." && !amount.text.contains("."))
    }

    /// The upper-case letters, digits and number signs of `text`; letters beyond ASCII fall away.
    static func plain(_ text: some StringProtocol) -> [UInt8] {
        text.utf8.compactMap { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x23: byte
            case 0x61...0x7A: byte - 32
            default: nil
            }
        }
    }

    /// What labels of names end with.
    private static let nameLabels = [
        "PROVIDER", "PHYSICIAN", "PATIENT", "MEMBER", "INSURED", "SUBSCRIBER", "FACILITY", "PAYEE", "PAYER", "NAME",
    ].map { Array($0.utf8) }

    /// Where a name goes on behind its label.
    private static func nameStart(_ bytes: [UInt8]) -> Int? {
        let capitals = bytes.prefix { (0x41...0x5A).contains($0) }.count
        guard capitals > 4, bytes.count >= capitals + 2, (0x61...0x7A).contains(bytes[capitals]),
            nameLabels.contains(where: { $0.elementsEqual(bytes[..<(capitals - 1)]) })
        else { return nil }
        return capitals - 1
    }

    /// The parts of one word, each with its share of the word's box.
    static func parts(of word: Word, at index: Int) -> [Token] {
        let bytes = Array(word.text.utf8)
        let cuts = Token.cuts(bytes)
        guard !cuts.isEmpty else {
            var token = Token(text: word.text, box: word.box, confidence: word.confidence.probability, word: index)
            token.alternatives = (word.alternatives ?? []).map(\.text)
            return [token]
        }
        var tokens: [Token] = []
        for (start, end) in zip([0] + cuts, cuts + [bytes.count]) where end > start {
            var box = word.box
            let step = word.box.width / Double(bytes.count)
            box.left = word.box.left + step * Double(start)
            box.right = word.box.left + step * Double(end)
            tokens.append(
                Token(
                    text: String(decoding: bytes[start..<end], as: UTF8.self), box: box,
                    confidence: word.confidence.probability, word: index))
        }
        return tokens
    }

    /// Where a word comes apart: after a colon that follows a letter, around a number sign, after a slash between words,
    /// before a name that was read as one with a label in capitals, `PROVIDERJoseph`.
    private static func cuts(_ bytes: [UInt8]) -> [Int] {
        guard bytes.count > 2, bytes.count < 60 else { return [] }
        if let name = nameStart(bytes) { return [name] }
        guard bytes.contains(where: { $0 == 0x3A || $0 == 0x23 || $0 == 0x2F }) else { return [] }
        func isLetter(_ index: Int) -> Bool {
            bytes.indices.contains(index) && (bytes[index] | 0x20 >= 0x61 && bytes[index] | 0x20 <= 0x7A)
        }
        var cuts: Set<Int> = []
        for (index, byte) in bytes.enumerated() {
            let isInside = index > 0 && index + 1 < bytes.count
            switch byte {
            case 0x3A
            where isInside && (isLetter(index - 1) || [0x23, 0x29, 0x2E].contains(bytes[index - 1])):
                cuts.insert(index + 1)
            case 0x23:
                if index > 0 { cuts.insert(index) }
                if index + 1 < bytes.count, bytes[index + 1] != 0x3A { cuts.insert(index + 1) }
            case 0x2F
            where isInside && isLetter(index - 1) && isLetter(index - 2) && isLetter(index + 1)
                && isLetter(index + 2):
                cuts.insert(index + 1)
            default: break
            }
        }
        return cuts.sorted()
    }
}
