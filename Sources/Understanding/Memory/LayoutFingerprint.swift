import Documents

/// The words of a page that may belong to its layout, in a few kilobytes.
package struct LayoutWords: Sendable {
    let words: [FixedWord]

    init(_ page: PageText) { words = LayoutFingerprint.words(of: page) { _ in true } }
}

/// The words of a page that may belong to its layout, ready to be looked up.
struct LayoutFingerprint {
    let words: [FixedWord]
    /// Where each text stands among the words.
    let places: [String: [Int]]
    private let texts: [(text: [UInt8], letters: UInt64, places: [Int])]

    init(_ page: PageText) { self.init(LayoutWords(page)) }

    init(_ page: LayoutWords) {
        words = page.words
        var places: [String: [Int]] = [:]
        for (index, word) in words.enumerated() { places[word.text, default: []].append(index) }
        self.places = places
        texts = places.sorted { $0.key < $1.key }.map { text, places in
            let bytes = Array(text.utf8)
            return (bytes, EditDistance.letters(of: bytes), places)
        }
    }

    /// Words of letters alone, from the top down, with their places in widths of the page.
    static func words(of page: PageText, where isFixed: (Int) -> Bool) -> [FixedWord] {
        page.tokens.indices.compactMap { index -> FixedWord? in
            let token = page.tokens[index]
            guard token.letterCount > 1, token.digitCount == 0, token.plain.count > 1, isFixed(index) else {
                return nil
            }
            return FixedWord(
                text: String(decoding: token.plain, as: UTF8.self), x: rounded(token.box.midX / page.width),
                y: rounded(token.box.midY / page.width))
        }
    }

    private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }

    /// The words that a word of a layout may be: equal ones, without such those that differ by an error of reading.
    func places(of text: String) -> [Int] {
        if let equal = places[text] { return equal }
        let bytes = Array(text.utf8)
        guard bytes.count >= 5 else { return [] }
        let limit = bytes.count >= 9 ? 2 : 1
        let letters = EditDistance.letters(of: bytes)
        return texts.filter { other in
            abs(other.text.count - bytes.count) <= limit
                && EditDistance.mayBeNear(letters, other.letters, limit: limit)
                && EditDistance.likeness(bytes, other.text) > 0
        }.flatMap(\.places).sorted()
    }
}
