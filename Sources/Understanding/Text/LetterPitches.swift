import Documents

/// Where letters all have one width, as typewriters and line printers have them: there a space is as wide as a letter, wider
/// than small letters are high, and parts no columns.
struct LetterPitches {
    /// The width of a letter where the whole page has one.
    private let ofPage: Double?
    /// The width of a letter of what is typed into a form that is printed in other type.
    private let ofEntries: Double?

    init(_ tokens: [Token]) {
        let pitches = tokens.filter { $0.text.count >= 4 }.map { LetterPitches.pitch($0) }.sorted()
        ofPage = LetterPitches.common(pitches)
        ofEntries = ofPage == nil ? LetterPitches.peak(of: tokens) : nil
    }

    /// How wide a space between two words would be; nil where letters have widths of their own.
    func space(between left: Token, and right: Token) -> Double? {
        // A heading has wider letters.
        if let ofPage { return max(ofPage, min(own(left, ofPage), own(right, ofPage))) }
        if let ofEntries, isTyped(left, ofEntries), isTyped(right, ofEntries),
            LetterPitches.tells(left) || LetterPitches.tells(right)
        {
            return ofEntries
        }
        return LetterPitches.pitch(of: left, and: right)
    }

    /// The pitch that two words have in common, where small letters show it: of the few words that are typed into a form.
    ///
    /// An initial, or what stands behind a name, is too short to have one.
    private static func pitch(of left: Token, and right: Token) -> Double? {
        let telling = [left, right].filter { tells($0) && $0.digitCount == 0 && $0.text.contains(where: \.isLowercase) }
        let pitches = telling.map { pitch($0) }
        guard let first = pitches.first, let last = pitches.last else { return nil }
        func isShort(_ token: Token, lettersMax: Int) -> Bool {
            token.digitCount == 0 && (1...lettersMax).contains(token.letterCount)
        }
        let isOne = telling.count == 2 || isShort(left, lettersMax: 1) || isShort(right, lettersMax: 2)
        return isOne && abs(first - last) < typedDeviation * first ? (first + last) / 2 : nil
    }

    /// The width of a letter of the word with what stands between it and the next.
    private static func pitch(_ token: Token) -> Double { token.box.width / (Double(token.text.count) - 0.25) }

    /// Whether a word is long enough to say how wide its letters are.
    private static func tells(_ token: Token) -> Bool { token.text.count >= 3 && token.letterCount > 0 }

    /// The pitch of a word; of one too short to tell, the page's.
    private func own(_ token: Token, _ pitch: Double) -> Double {
        LetterPitches.tells(token) ? LetterPitches.pitch(token) : pitch
    }

    private func isTyped(_ token: Token, _ pitch: Double) -> Bool {
        abs(own(token, pitch) - pitch) < LetterPitches.typedDeviation * pitch
    }

    private static let typedDeviation = 0.06

    /// The middle deviation of words' pitches is 1 to 3 % of the middle pitch in such type, 8 to 20 % in other.
    private static func common(_ pitches: [Double]) -> Double? {
        guard pitches.count >= 15 else { return nil }
        let middle = pitches[pitches.count / 2]
        let deviations = pitches.map { abs($0 - middle) }.sorted()
        return deviations[deviations.count / 2] < 0.05 * middle ? middle : nil
    }

    /// The pitch that many words share to a few hundredths, where those a little narrower and a little wider are few.
    ///
    /// Digits have one width in any type, and a word as wide as itself says nothing.
    private static func peak(of tokens: [Token]) -> Double? {
        var seen: Set<[UInt8]> = []
        let pitches = tokens.filter { $0.letterCount >= 4 && $0.digitCount == 0 && seen.insert($0.plain).inserted }
            .map { pitch($0) }
        func count(around pitch: Double) -> Int {
            pitches.count { abs($0 - pitch) < 0.025 * pitch }
        }
        guard let best = pitches.max(by: { count(around: $0) < count(around: $1) }) else { return nil }
        let beside = count(around: 0.92 * best) + count(around: 1.08 * best)
        return count(around: best) >= 6 && count(around: best) > 2 * beside ? best : nil
    }
}
