package import Documents

/// A line whose words came from two engines and from overlapping places, put in order: what was read twice stands once,
/// and a word that came in parts is whole.
package struct MergedLine {
    package private(set) var words: [Word]

    /// Words that share so much of the smaller one's box are of one ink.
    fileprivate static let sharedMin = 0.5
    /// Gaps up to so many heights may be within a word, if they are so much narrower than the line's others.
    private static let tornGap = 0.15
    private static let tornShare = 0.4
    /// The parts of an amount stand so many heights apart at most.
    private static let amountGap = 1.0
    /// The same where the cents' point stands with the cents, and where a list may go on.
    private static let centsGap = 0.7
    private static let listGap = 0.25
    /// Words as short as parts of words are.
    private static let short: Set = [
        "A", "AN", "AND", "AS", "AT", "BE", "BY", "FOR", "I", "IF", "IN", "IS", "IT", "NO", "NOT", "O", "OF", "ON",
        "OR", "THE", "TO", "US", "WE",
    ]

    /// Takes the words of one line from left to right.
    package init(_ words: [Word]) {
        self.words = words
        dropDoubles()
        joinTorn()
    }

    // MARK: Read twice

    /// Of words with one text and one ink the better stays, of a word and its parts what the spaces speak for.
    private mutating func dropDoubles() {
        var dropped: Set<Int> = []
        for index in words.indices where !dropped.contains(index) {
            let inside = words.indices.filter {
                $0 != index && !dropped.contains($0) && words[$0].sharesInk(with: words[index])
            }
            let same = inside.filter { words[$0].text.spoken == words[index].text.spoken }
            for other in same where !dropped.contains(index) {
                let (better, worse) = isBetter(index, than: other) ? (index, other) : (other, index)
                words[better].note(words[worse])
                dropped.insert(worse)
            }
            guard !dropped.contains(index) else { continue }
            let parts = inside.filter { !same.contains($0) }.map { words[$0] }.sorted { $0.box.left < $1.box.left }
            if parts.count > 1, parts.map(\.text.spoken).joined() == words[index].text.spoken,
                zip(parts, parts.dropFirst()).allSatisfy({ $0.isApart(from: $1) })
            {
                dropped.insert(index)
            } else {
                dropped.formUnion(inside.filter { !same.contains($0) && words[$0].isEnd(of: words[index]) })
            }
        }
        words = words.indices.filter { !dropped.contains($0) }.map { words[$0] }
    }

    /// Whether one of two readings is to stay: of a number the one with more signs, as its point or minus, else the surer.
    private func isBetter(_ index: Int, than other: Int) -> Bool {
        let (one, two) = (words[index], words[other])
        if one.text.count != two.text.count, one.text.contains(where: \.isNumber) {
            return one.text.count > two.text.count
        }
        return (one.confidence.probability, other) > (two.confidence.probability, index)
    }

    // MARK: Torn

    /// Words that the network or the seam between two readings tore: `Cent er` stands closer than its line's words do.
    private mutating func joinTorn() {
        let gaps = zip(words, words.dropFirst()).map { $1.box.left - $0.box.right }.sorted()
        let space = gaps.count < 3 ? 0 : gaps[gaps.count / 2]
        words = words.reduce(into: []) { joined, word in
            guard let last = joined.last,
                MergedLine.isTorn(last, word, space: space) || MergedLine.isTornAmount(last, word)
            else {
                return joined.append(word)
            }
            joined[joined.count - 1] = last.joined(with: word)
        }
    }

    private static func isTorn(_ left: Word, _ right: Word, space: Double) -> Bool {
        guard left.text.last?.isLetter == true, let start = right.text.first, start.isLetter,
            !short.contains(left.text.uppercased()), !short.contains(right.text.uppercased())
        else { return false }
        let shorter = min(left.text.count, right.text.count)
        let areCapitals = left.text == left.text.uppercased() && right.text == right.text.uppercased()
        // A single capital is an initial.
        guard start.isLowercase || areCapitals && shorter > 1 else { return false }
        let gap = right.box.left - left.box.right
        let height = min(left.box.height, right.box.height)
        // Boxes of single letters are the least exact.
        let least = shorter == 1 ? -2 * tornGap * height : 0
        return gap > least && gap < tornGap * height && gap < tornShare * space
    }

    /// Whether an amount was torn at a sign that ends no amount: `6,` and `477.51`, `8894` and `.00`, `3,641.` and `00`.
    private static func isTornAmount(_ left: Word, _ right: Word) -> Bool {
        let gap = (right.box.left - left.box.right) / max(1, min(left.box.height, right.box.height))
        guard gap < amountGap, right.box.left > left.box.left, let sign = left.text.last, let first = right.text.first,
            ",.".contains(sign) && first.isNumber || sign.isNumber && first == "."
        else { return false }
        let hasDollar = left.text.contains("$")
        let (start, end) = (left.text.drop { "$(-".contains($0) }, right.text)
        if start.wholeMatch(of: /\d{1,3}(,\d{3})*,/) != nil {
            // A list of numbers has commas too.
            return end.wholeMatch(of: /\d{3}(,\d{3})*\.(\d\d\D?)?/) != nil
                || end.wholeMatch(of: /\d{3}/) != nil && (hasDollar || gap < listGap)
        }
        if start.wholeMatch(of: /\d{1,3}(,\d{3})*\./) != nil {
            return (hasDollar || start.contains(",")) && end.wholeMatch(of: /\d\d/) != nil
        }
        return gap < centsGap && start.wholeMatch(of: /[\d,]{3,}/) != nil && end.wholeMatch(of: /\.\d\d/) != nil
    }
}

extension Word {
    /// Whether most of the smaller one's box is the other's too.
    fileprivate func sharesInk(with other: Word) -> Bool {
        let smaller = min(box.width * box.height, other.box.width * other.box.height)
        return text.contains(where: \.isSpoken) && other.text.contains(where: \.isSpoken) && smaller > 0
            && box.overlapArea(other.box) > MergedLine.sharedMin * smaller
    }

    /// Whether it is the first or last letters of a longer word, and stands there.
    fileprivate func isEnd(of other: Word) -> Bool {
        let (part, whole) = (text.spoken, other.text.spoken)
        return part.count < whole.count
            && (box.midX < other.box.midX ? whole.hasPrefix(part) : whole.hasSuffix(part))
    }

    /// Keeps what another reading of its ink says.
    fileprivate mutating func note(_ other: Word) {
        guard other.text != text, alternatives?.contains(where: { $0.text == other.text }) != true else { return }
        alternatives = (alternatives ?? []) + [Alternative(text: other.text, confidence: other.confidence)]
    }

    /// It and the next as one word, with what else their ink may say.
    func joined(with next: Word) -> Word {
        var word = Word(
            text: text + next.text, box: box.union(next.box), confidence: min(confidence, next.confidence), line: line)
        let others =
            (next.alternatives ?? []).map { Alternative(text: text + $0.text, confidence: $0.confidence) }
            + (alternatives ?? []).map { Alternative(text: $0.text + next.text, confidence: $0.confidence) }
        word.alternatives = others.isEmpty ? nil : others
        return word
    }
}

extension String {
    /// Letters and digits alone, in capitals.
    fileprivate var spoken: String { filter(\.isSpoken).uppercased() }
}
