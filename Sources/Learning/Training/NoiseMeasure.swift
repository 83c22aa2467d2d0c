package import Documents

/// Measures what reading does to words, on pages of which is known what was drawn and what was read.
package struct NoiseMeasure {
    private var pages: [ReadingNoise.PageNoise] = []
    private var letters: [Character: Int] = [:]
    private var misread: [Character: [String: Int]] = [:]
    private var doubts: [Double] = []

    /// Pages with fewer words that were found again say too little, or were read as another page.
    private static let foundMin = 15

    package init() {}

    /// What was measured so far.
    package var noise: ReadingNoise {
        let letterCount = letters.values.reduce(0, +)
        let misreadCount = misread.values.reduce(0) { $0 + $1.values.reduce(0, +) }
        let mean = Double(misreadCount) / Double(max(1, letterCount))
        var confusions: [Character: ReadingNoise.Confusion] = [:]
        for (letter, readings) in misread where mean > 0 {
            let own = Double(readings.values.reduce(0, +)) / Double(letters[letter] ?? 1)
            confusions[letter] = ReadingNoise.Confusion(
                likelihood: own / mean, readings: readings.sorted { $0.key < $1.key }.map { ($0.key, Double($0.value)) }
            )
        }
        return ReadingNoise(pages: pages, confusions: confusions, doubts: NoiseMeasure.quantiles(doubts, count: 101))
    }

    /// Adds a page as it was drawn and as it was read, both at one scale; a page that has text of its own says nothing.
    package mutating func add(drawn: PageReading, read: PageReading) {
        guard read.page.source == .ocr, !drawn.words.isEmpty, !read.words.isEmpty else { return }
        let shift = NoiseMeasure.shift(from: drawn.words, to: read.words)
        var taken = Set<Int>()
        var count = (letters: 0, misread: 0, lost: 0, split: 0, joined: 0, found: 0)
        var (confidences, offsets): ([Double], [Double]) = ([], [])
        var ownMisread: [(Character, String)] = []
        var ownDoubts: [Double] = []
        for word in drawn.words {
            let box = word.box.moved(x: shift.x, y: shift.y)
            let there = read.words.indices.filter { NoiseMeasure.isAtOnePlace(read.words[$0].box, box) }
            let texts = there.map { read.words[$0].text }
            if there.isEmpty {
                count.lost += 1
            } else if there.count > 1, NoiseMeasure.isNear(texts.joined(), word.text) {
                count.split += 1
            } else if let place = there.min(by: { left, right in
                NoiseMeasure.distance(read.words[left].text, word.text)
                    < NoiseMeasure.distance(read.words[right].text, word.text)
            }) {
                let found = read.words[place]
                if taken.contains(place) {
                    count.joined += 1
                } else if NoiseMeasure.isNear(found.text, word.text) {
                    taken.insert(place)
                    count.found += 1
                    count.letters += word.text.count
                    let edits = NoiseMeasure.edits(word.text, found.text)
                    count.misread += edits.count
                    ownMisread += edits
                    if edits.isEmpty {
                        confidences.append(found.confidence.probability)
                        offsets.append((found.box.left - box.left) / max(1, box.height))
                    } else {
                        ownDoubts.append(found.confidence.probability)
                    }
                } else {
                    taken.insert(place)
                }
            }
        }
        guard count.found >= NoiseMeasure.foundMin, count.lost * 2 < drawn.words.count else { return }
        for word in drawn.words { for letter in word.text { letters[letter, default: 0] += 1 } }
        for (letter, reading) in ownMisread { misread[letter, default: [:]][reading, default: 0] += 1 }
        doubts += ownDoubts
        func share(_ part: Int) -> Double { Double(part) / Double(drawn.words.count) }
        let mean = offsets.reduce(0, +) / Double(max(1, offsets.count))
        let variance = offsets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, offsets.count))
        pages.append(
            ReadingNoise.PageNoise(
                misread: Double(count.misread) / Double(max(1, count.letters)), lost: share(count.lost),
                split: share(count.split), joined: share(count.joined),
                confidences: NoiseMeasure.quantiles(confidences, count: 11), jitter: min(0.2, variance.squareRoot())))
    }

    /// By how much what was read lies aside of what was drawn: the median over words that both pages have once.
    private static func shift(from drawn: [Word], to read: [Word]) -> (x: Double, y: Double) {
        func once(_ words: [Word]) -> [String: Box] {
            Dictionary(grouping: words.filter { $0.text.count > 2 }) { $0.text }.compactMapValues {
                $0.count == 1 ? $0[0].box : nil
            }
        }
        let (left, right) = (once(drawn), once(read))
        let moves = left.keys.sorted().compactMap { text in
            right[text].map { (x: $0.left - (left[text]?.left ?? 0), y: $0.midY - (left[text]?.midY ?? 0)) }
        }
        guard !moves.isEmpty else { return (0, 0) }
        return (moves.map(\.x).sorted()[moves.count / 2], moves.map(\.y).sorted()[moves.count / 2])
    }

    private static func isAtOnePlace(_ left: Box, _ right: Box) -> Bool {
        guard abs(left.midY - right.midY) < 0.6 * max(left.height, right.height) else { return false }
        return min(left.right, right.right) - max(left.left, right.left) > 0.3 * min(left.width, right.width)
    }

    private static func distance(_ left: String, _ right: String) -> Int {
        costs(Array(left), Array(right)).last?.last ?? 0
    }

    /// Whether one may be the other misread: at most every second letter differs.
    private static func isNear(_ left: String, _ right: String) -> Bool {
        distance(left, right) * 2 <= max(2, max(left.count, right.count))
    }

    /// What was read for each letter that was misread, by the shortest way from one word to the other: another letter,
    /// nothing, or the letter and one more after it.
    static func edits(_ printed: String, _ read: String) -> [(Character, String)] {
        if printed == read { return [] }
        let (left, right) = (Array(printed), Array(read))
        let costs = costs(left, right)
        var edits: [(Character, String)] = []
        var (row, column) = (left.count, right.count)
        while row > 0 {
            let isSame = column > 0 && left[row - 1] == right[column - 1]
            if column > 0, costs[row][column] == costs[row - 1][column - 1] + (isSame ? 0 : 1) {
                if !isSame { edits.append((left[row - 1], String(right[column - 1]))) }
                (row, column) = (row - 1, column - 1)
            } else if column > 0, costs[row][column] == costs[row][column - 1] + 1 {
                edits.append((left[row - 1], "\(left[row - 1])\(right[column - 1])"))
                column -= 1
            } else {
                edits.append((left[row - 1], ""))
                row -= 1
            }
        }
        return edits
    }

    /// The count of edits from each beginning of one text to each beginning of the other (Levenshtein).
    private static func costs(_ left: [Character], _ right: [Character]) -> [[Int]] {
        var costs = [[Int]](repeating: Array(0...right.count), count: left.count + 1)
        for row in costs.indices { costs[row][0] = row }
        for row in left.indices {
            for column in right.indices {
                costs[row + 1][column + 1] = min(
                    costs[row][column] + (left[row] == right[column] ? 0 : 1), costs[row][column + 1] + 1,
                    costs[row + 1][column] + 1)
            }
        }
        return costs
    }

    /// So many of the values, evenly from the least to the greatest; all of them when there are fewer.
    private static func quantiles(_ values: [Double], count: Int) -> [Double] {
        let sorted = values.sorted()
        guard sorted.count > count else { return sorted }
        return (0..<count).map { sorted[$0 * (sorted.count - 1) / (count - 1)] }
    }
}
