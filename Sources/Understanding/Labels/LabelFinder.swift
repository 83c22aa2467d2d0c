import Documents

/// A label found on a page.
struct LabelHit: Sendable {
    var target: Int
    var tokens: Range<Int>
    var box: Box
    var row: Int
    /// The likeness of its words to the label's, in 0…1.
    var likeness: Double
    var wordCount: Int
    var hasColon: Bool
    /// Whether what ends it is no colon but dots or a dash that lead to the value: `Claim number....`, `Member ID -`.
    var isLed = false
    var startsSegment: Bool
    var coversSegment: Bool
    /// Whether a longer label, of another target, holds it: `Name` within `Provider Name`.
    var isDominated = false
    /// How much is to be made of it, in 0…1: its likeness, the better the longer and the more label-like it stands.
    var weight: Double {
        let place = hasColon ? 0.15 : coversSegment ? 0.1 : startsSegment ? 0.05 : 0
        return likeness * (0.5 + 0.1 * Double(min(4, wordCount)) + place) * (isDominated ? 0.35 : 1)
    }
}

/// Finds the labels of a document type on a page, each longest at its place.
struct LabelFinder {
    let lexicon: LabelLexicon

    func hits(on page: PageText) -> [LabelHit] {
        var cache: [[UInt8]: [(word: Int, likeness: Double)]] = [:]
        let matches = page.tokens.map { token -> [(word: Int, likeness: Double)] in
            let canonical = TradeWords.canonical(token.plain)
            guard !canonical.isEmpty else { return [] }
            if let known = cache[canonical] { return known }
            let found = lexicon.matches(canonical)
            cache[canonical] = found
            return found
        }
        var hits: [LabelHit] = []
        for start in page.tokens.indices {
            var best: [Int: LabelHit] = [:]
            for (word, _) in matches[start] {
                for index in lexicon.phrasesByFirstWord[word] {
                    let phrase = lexicon.phrases[index]
                    guard let hit = hit(phrase, at: start, page: page, matches: matches) else { continue }
                    if let known = best[hit.target],
                        (known.tokens.count, known.likeness) >= (hit.tokens.count, hit.likeness)
                    {
                        continue
                    }
                    best[hit.target] = hit
                }
            }
            hits += best.sorted { $0.key < $1.key }.map(\.value)
        }
        return marked(hits)
    }

    private func hit(
        _ phrase: LabelLexicon.Phrase, at start: Int, page: PageText,
        matches: [[(word: Int, likeness: Double)]]
    ) -> LabelHit? {
        var position = start
        var likeness = 0.0
        for (place, word) in phrase.words.enumerated() {
            while place > 0, position < page.tokens.count, page.tokens[position].plain.isEmpty {
                position += 1
            }
            guard position < page.tokens.count, page.tokens[position].row == page.tokens[start].row,
                page.tokens[position].segment - page.tokens[start].segment <= 1,
                let match = matches[position].first(where: { $0.word == word })
            else { return nil }
            likeness += match.likeness
            position += 1
        }
        let first = page.tokens[start]
        let last = page.tokens[position - 1]
        let next = position < page.tokens.count ? page.tokens[position] : nil
        let segment = page.segments[first.segment]
        let colonFollows =
            next.map { $0.row == first.row && ($0.text == ":" || $0.text == "):") } ?? false
        return LabelHit(
            target: phrase.target, tokens: start..<position, box: page.box(start..<position),
            row: first.row,
            likeness: likeness / Double(phrase.words.count), wordCount: phrase.words.count,
            hasColon: last.endsWithColon || colonFollows,
            isLed: last.text.hasSuffix("..") || next.map { $0.row == first.row && LabelFinder.leads($0) } ?? false,
            startsSegment: segment.lowerBound == start,
            coversSegment: segment.lowerBound == start
                && segment.upperBound <= position + (colonFollows ? 1 : 0))
    }

    /// Whether a word is nothing but what leads from a label to its value.
    private static func leads(_ token: Token) -> Bool {
        token.text == "-" || token.text == "–"
            || token.text.utf8.count > 1 && token.text.allSatisfy { ".…·_".contains($0) }
    }

    /// Drops a target's hits inside its own longer ones, and marks those inside longer ones of other targets.
    private func marked(_ hits: [LabelHit]) -> [LabelHit] {
        var kept: [LabelHit] = []
        for (index, hit) in hits.enumerated() {
            var hit = hit
            var isInside = false
            var other = index
            func weigh(_ longer: LabelHit) {
                guard longer.tokens.count > hit.tokens.count,
                    longer.tokens.lowerBound <= hit.tokens.lowerBound,
                    longer.tokens.upperBound >= hit.tokens.upperBound
                else { return }
                if longer.target == hit.target { isInside = true } else { hit.isDominated = true }
            }
            while other > 0, hits[other - 1].tokens.lowerBound > hit.tokens.lowerBound - 8 {
                other -= 1
                weigh(hits[other])
            }
            other = index + 1
            while other < hits.count, hits[other].tokens.lowerBound == hit.tokens.lowerBound {
                weigh(hits[other])
                other += 1
            }
            if !isInside { kept.append(hit) }
        }
        return kept
    }
}
