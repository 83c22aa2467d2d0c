package import Documents

/// Tesseract's words of a page, into which second readings of some places are merged.
package struct ReadingMerge {
    private let words: [Word]
    /// Confidence from which words are added where Tesseract saw nothing.
    private static let addedMin = Confidence(0.5)
    /// By how much Tesseract has to be surer for its reading of a doubtful place to stay: where it doubts, the second
    /// engine is right far more often.
    private static let secondAdvantage = 0.2
    /// What replaces Tesseract's word with this index: nothing for the further words of a replaced run.
    private var replaced: [Int: [Word]] = [:]
    private var added: [Word] = []

    package init(words: [Word]) { self.words = words }

    /// Takes in what the second engine reads at a place where Tesseract has the words with these indices, and says
    /// whether they are overruled.
    package mutating func add(_ read: [Word], over indices: [Int]) -> Bool {
        guard let first = indices.first else {
            added += read.filter(ReadingMerge.isWorthAdding)
            return false
        }
        guard !read.isEmpty, indices.allSatisfy({ replaced[$0] == nil }) else { return false }
        let clusters = ReadingMerge.clusters(indices.map { words[$0] }, read)
        let chosen = clusters.flatMap { ReadingMerge.choice($0.known, $0.read) }
        for index in indices { replaced[index] = [] }
        replaced[first] = chosen.map { word in
            var word = word
            word.line = words[first].line
            return word
        }
        return chosen.map(\.text).joined() != indices.map { words[$0].text }.joined()
    }

    /// Words of both readings that share ink, from left to right.
    private static func clusters(_ known: [Word], _ read: [Word]) -> [(known: [Word], read: [Word])] {
        let all = known.map { ($0, isKnown: true) } + read.map { ($0, isKnown: false) }
        var clusters: [(known: [Word], read: [Word])] = []
        var right = -Double.infinity
        for (word, isKnown) in all.sorted(by: { $0.0.box.left < $1.0.box.left }) {
            if clusters.isEmpty || word.box.left > right - 0.2 * word.box.height { clusters.append(([], [])) }
            if isKnown {
                clusters[clusters.count - 1].known.append(word)
            } else {
                clusters[clusters.count - 1].read.append(word)
            }
            right = max(right, word.box.right)
        }
        return clusters
    }

    private static func isWorthAdding(_ word: Word) -> Bool {
        word.confidence >= addedMin && word.text.contains(where: \.isSpoken)
    }

    /// The words that stay, each with the other reading of its ink as an alternative.
    private static func choice(_ known: [Word], _ read: [Word]) -> [Word] {
        guard !read.isEmpty else { return known.filter { $0.confidence >= addedMin } }
        guard !known.isEmpty else { return read.filter(isWorthAdding) }
        let read = respaced(read, like: known)
        if known.map(\.text).joined() == read.map(\.text).joined() { return agreed(known, read) }
        let secondWins =
            prefersSecond(known, read)
            ?? (lowest(read) > lowest(known) - ReadingMerge.secondAdvantage)
        let (winners, losers) = secondWins ? (read, known) : (known, read)
        return winners.map { word in
            var word = word
            let others = losers.filter { $0.box.overlapArea(word.box) > 0.3 * word.box.width * word.box.height }
            let text = others.map(\.text).joined(separator: " ")
            guard !text.isEmpty, text != word.text else { return word }
            word.alternatives = [Word.Alternative(text: text, confidence: Confidence(lowest(others)))]
            return word
        }
    }

    /// Which of two readings is written as such words are; nil where both are or none is.
    ///
    /// `OA-23` beside `0A-23`, and where neither is much surer `Henson` beside `HenSon`.
    private static func prefersSecond(_ known: [Word], _ read: [Word]) -> Bool? {
        let (one, two) = (known.map(\.text).joined(), read.map(\.text).joined())
        guard one.count == two.count else { return nil }
        if isAdjustment(one) != isAdjustment(two) { return isAdjustment(two) }
        guard one.lowercased() == two.lowercased(), abs(lowest(known) - lowest(read)) < secondAdvantage,
            hasInnerCapital(one) != hasInnerCapital(two)
        else { return nil }
        return hasInnerCapital(one)
    }

    /// Whether it is a group of adjustments with its reason (X12 835, CAS), `CO-45`.
    private static func isAdjustment(_ text: String) -> Bool { text.wholeMatch(of: /(CO|CR|OA|PI|PR)-\d{1,3}/) != nil }

    /// Whether a capital stands between small letters, but for that of `McKay`.
    private static func hasInnerCapital(_ text: String) -> Bool {
        text.contains(/\p{Ll}\p{Lu}\p{Ll}/) && text.prefixMatch(of: /Mac|Mc/) == nil
    }

    /// Both say the same: more sure than either, and with the second engine's spaces.
    private static func agreed(_ known: [Word], _ read: [Word]) -> [Word] {
        read.map { word in
            var word = word
            let doubt = 1 - lowest(known.filter { $0.box.overlapArea(word.box) > 0 })
            word.confidence = Confidence(1 - (1 - word.confidence.probability) * doubt)
            return word
        }
    }

    /// The second reading with Tesseract's spaces, where it has as many characters and the ink speaks for those spaces:
    /// the second engine knows letters better than spaces.
    private static func respaced(_ read: [Word], like known: [Word]) -> [Word] {
        let characters = Array(read.map(\.text).joined())
        let isKnownRight =
            known.count > read.count
            ? hasWideGaps(known) : known.count < read.count && (!hasWideGaps(read) || areWideDigits(read))
        guard isKnownRight, characters.count == known.reduce(0, { $0 + $1.text.count }) else { return read }
        var start = 0
        return known.map { word in
            let end = start + word.text.count
            defer { start = end }
            return Word(
                text: String(characters[start..<end]), box: word.box, confidence: Confidence(lowest(read)),
                line: word.line)
        }
    }

    /// Whether single digits are set so wide that the network takes them for words.
    private static func areWideDigits(_ words: [Word]) -> Bool {
        words.allSatisfy { $0.text.allSatisfy(\.isNumber) } && words.contains { $0.text.count == 1 }
            && zip(words, words.dropFirst()).allSatisfy {
                $1.box.left - $0.box.right < 0.8 * min($0.box.height, $1.box.height)
            }
    }

    private static func hasWideGaps(_ words: [Word]) -> Bool {
        zip(words, words.dropFirst()).allSatisfy { $0.isApart(from: $1) }
    }

    private static func lowest(_ words: [Word]) -> Double { words.map(\.confidence.probability).min() ?? 0 }

    /// The words in reading order: added ones join the line that they stand on, or make lines of their own.
    package var result: [Word] {
        let kept = words.indices.flatMap { replaced[$0] ?? [words[$0]] }
        var lines = kept.reduce(into: [[Word]]()) { lines, word in
            if lines.last?.last?.line == word.line {
                lines[lines.count - 1].append(word)
            } else {
                lines.append([word])
            }
        }
        for word in added.sorted(by: { ($0.box.midY, $0.box.left) < ($1.box.midY, $1.box.left) }) {
            ReadingMerge.place(word, in: &lines)
        }
        return lines.enumerated().flatMap { number, line in
            MergedLine(line).words.map { word in
                var word = word
                word.line = number
                return word
            }
        }
    }

    /// Puts a word into the line with the nearest word at its height, else into a new line above the first that is lower.
    private static func place(_ word: Word, in lines: inout [[Word]]) {
        var nearest: (line: Int, distance: Double)?
        for (number, line) in lines.enumerated() {
            for other in line.map(\.box)
            where other.verticalOverlap(word.box) > 0.5 * min(other.height, word.box.height) {
                let distance = max(0, other.left - word.box.right, word.box.left - other.right)
                if distance < nearest?.distance ?? .infinity { nearest = (number, distance) }
            }
        }
        if let line = nearest?.line {
            let position = lines[line].firstIndex { $0.box.left > word.box.left } ?? lines[line].endIndex
            lines[line].insert(word, at: position)
        } else {
            let lower = lines.firstIndex { line in line.allSatisfy { $0.box.midY > word.box.midY } }
            lines.insert([word], at: lower ?? lines.endIndex)
        }
    }
}

extension Word {
    /// Whether the next word on the line stands as far from this one as words do, and not as letters do: digits are set
    /// wide, and a number is torn more often than two numbers stand close.
    func isApart(from next: Word) -> Bool {
        let areDigits = text.last?.isNumber == true && next.text.first?.isNumber == true
        return next.box.left - box.right > (areDigits ? 0.42 : 0.25) * min(box.height, next.box.height)
    }

    /// Whether it is an amount with its cents: `38.98`, `1,204.00`.
    var isAmount: Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[1].count == 2 && parts[1].allSatisfy(\.isNumber)
            && parts[0].contains(where: \.isNumber) && parts[0].allSatisfy { $0.isNumber || ",$-(".contains($0) }
    }
}
