/// What a page shows to the classifier: hashes of its words, their pairs, their letters, and facts of its layout.
package struct PageFeatures: Sendable {
    /// Hashes of single words, for the guard against paper of no known type.
    package let words: [UInt64]
    /// All hashes, repeated as often as they occur.
    package let hashes: [UInt64]
    /// How strongly the page carries the labels of each type.
    let labels: [TypeStrength]

    /// The features are made of the first `tokenCountMax` words of the page.
    private static let tokenCountMax = 900

    package init(_ page: PageText, labels: LabelEvidence) {
        self.labels = labels.strengths(on: page)
        var words: [UInt64] = []
        var hashes: [UInt64] = []
        var previous: UInt64?
        var numeric = 0
        let tokens = page.tokens.prefix(Self.tokenCountMax)
        for token in tokens {
            let own = Self.hashes(of: token)
            guard let word = own.first else { continue }
            if token.digitCount > token.letterCount { numeric += 1 }
            words.append(word)
            hashes += own
            if let previous { hashes.append(StableHash.of(previous, word)) }
            previous = word
        }
        self.words = words
        if !tokens.isEmpty {
            hashes += Self.layout(page, numericShare: Double(numeric) / Double(tokens.count))
        }
        self.hashes = hashes
    }

    /// The hashes of a word, digits as zeros: its own first, then those of its letters; none when it has neither letters
    /// nor digits.
    static func hashes(of token: Token) -> [UInt64] {
        let folded = token.plain.map { (0x30...0x39).contains($0) ? 0x30 : $0 }
        guard !folded.isEmpty else { return [] }
        var hash = StableHash(seed: 1)
        hash.combine(folded)
        var hashes = [hash.value]
        addLetters([0x20] + folded + [0x20], to: &hashes)
        return hashes
    }

    /// Runs of three to five letters, digits as zeros: one wrong letter leaves most of them.
    private static func addLetters(_ word: [UInt8], to hashes: inout [UInt64]) {
        guard word.count > 4 else { return }
        for length in 3...5 where word.count >= length {
            for start in 0...(word.count - length) {
                var hash = StableHash(seed: 2)
                hash.combine(word[start..<start + length])
                hashes.append(hash.value)
            }
        }
    }

    private static func layout(_ page: PageText, numericShare: Double) -> [UInt64] {
        func bin(_ name: UInt64, _ value: Double, _ steps: [Double]) -> UInt64 {
            StableHash.of(1_000 + name, UInt64(steps.count { value > $0 }))
        }
        let words = Double(page.tokens.count)
        return [
            bin(1, numericShare, [0.05, 0.1, 0.2, 0.35, 0.5]),
            bin(2, words, [15, 50, 100, 200, 350]),
            bin(3, Double(page.checkboxes.count), [0, 2, 6, 15]),
            bin(4, page.width / page.height, [0.6, 0.9, 1.1]),
            bin(5, Double(page.segments.count) / Double(max(1, page.rows.count)), [1.2, 1.8, 2.5, 4]),
            bin(6, words / Double(max(1, page.rows.count)), [2, 4, 7, 10]),
        ]
    }
}
