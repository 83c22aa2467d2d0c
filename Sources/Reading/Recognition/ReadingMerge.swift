import Documents

/// Tesseract's words of a page, into which second readings of some places are merged.
struct ReadingMerge {
    private let words: [Word]
    /// Confidence from which words are added where Tesseract saw nothing.
    private static let addedMin = Confidence(0.5)
    /// By how much Tesseract has to be surer for its reading of a doubtful place to stay: where it doubts, the second
    /// engine is right far more often.
    private static let secondAdvantage = 0.2
    /// What replaces Tesseract's word with this index: nothing for the further words of a replaced run.
    private var replaced: [Int: [Word]] = [:]
    private var added: [Word] = []

    init(words: [Word]) { self.words = words }

    /// Takes in what the second engine reads at a place where Tesseract has the words with these indices.
    mutating func add(_ read: [Word], over indices: [Int]) {
        guard let first = indices.first else {
            added += read.filter { $0.confidence >= ReadingMerge.addedMin && $0.text.contains(where: \.isSpoken) }
            return
        }
        guard !read.isEmpty, indices.allSatisfy({ replaced[$0] == nil }) else { return }
        let chosen = ReadingMerge.choice(indices.map { words[$0] }, read)
        for index in indices { replaced[index] = [] }
        replaced[first] = chosen.map { word in
            var word = word
            word.line = words[first].line
            return word
        }
    }

    /// The words that stay, each with the other reading of its ink as an alternative.
    private static func choice(_ known: [Word], _ read: [Word]) -> [Word] {
        if known.map(\.text).joined() == read.map(\.text).joined() { return agreed(known, read) }
        let secondWins = lowest(read) > lowest(known) - ReadingMerge.secondAdvantage
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

    /// Both say the same: more sure than either, and with the second engine's spaces, unless it closes a wide gap.
    private static func agreed(_ known: [Word], _ read: [Word]) -> [Word] {
        let gaps = zip(known, known.dropFirst()).map { ($1.box.left - $0.box.right) / max(1, $0.box.height) }
        let words = read.count < known.count && (gaps.max() ?? 0) > 1 ? known : read
        let others = words == known ? read : known
        return words.map { word in
            var word = word
            let doubt = 1 - lowest(others.filter { $0.box.overlapArea(word.box) > 0 })
            word.confidence = Confidence(1 - (1 - word.confidence.probability) * doubt)
            return word
        }
    }

    private static func lowest(_ words: [Word]) -> Double { words.map(\.confidence.probability).min() ?? 0 }

    /// The words in reading order: added ones join the line that they stand on, or make lines of their own.
    var result: [Word] {
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
            line.map { word in
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
