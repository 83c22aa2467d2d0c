import Documents
import Foundation

/// Two engines on one page: the second reads what Tesseract doubts or misses, and each place goes to the surer one.
struct Cascade {
    let second: SecondEngine
    var skipped: Set<ReadingStep> = []

    /// A place to read a second time.
    private struct Place {
        var box: Box
        /// The indices of Tesseract's words there; none where it saw nothing.
        var words: [Int] = []
        /// The larger, the sooner it is read.
        var urgency = 0.0
    }

    /// Columns that the second engine reads on one page at most: a thousand take about a tenth of a second.
    private static let columnsMax = 90_000
    /// The share of a page's lines from which, once they are to be read again, all of them are: the words that Tesseract
    /// is sure of between so many that it doubts are seldom right.
    private static let wholeShareMin = 0.5
    /// Tesseract's words under this confidence are read again.
    private static let confidenceMin = Confidence(0.85)
    /// The same for words with a digit: amounts, dates and numbers are worth more than prose.
    private static let numberConfidenceMin = Confidence(0.93)
    /// Places with numbers to compare before Tesseract's numbers are judged, and the share overruled that condemns them.
    private static let comparedMin = 6
    private static let overruledShareMin = 0.3
    /// The space between two words, in heights of their line, up to which they belong together.
    private static let phraseGap = 0.7
    /// A stretch of a line, in heights of the line, that has room for a word between two of Tesseract's.
    private static let roomForWord = 1.2

    /// - Parameters:
    ///   - words: Tesseract's, in reading order.
    ///   - letters: the shapes on the page that have the size of letters.
    func words(improving words: [Word], on page: PixelImage, letters: [Box]) -> [Word] {
        let unread = LetterCover(words: words).unread(letters)
        let doubtful = words.indices.filter { isDoubtful(words[$0]) }
        guard !unread.isEmpty || !doubtful.isEmpty else { return words }
        let lines = skipped.contains(.lineFinding) ? [] : second.lines(on: page)
        var places = places(in: lines, words: words, unread: unread)
        if !skipped.contains(.wholePages),
            Cascade.columns(of: places.map(\.box)) > Cascade.wholeShareMin * Cascade.columns(of: lines)
        {
            places = lines.map { Place(box: $0, words: self.words(words, in: $0), urgency: 0.7) }
        }
        let placed = Set(places.flatMap(\.words))
        places += doubtful.filter { !placed.contains($0) && words[$0].text.contains(where: \.isSpoken) }.map { index in
            let box = words[index].box
            return Place(
                box: box.grown(x: 0.25 * box.height, y: 0.15 * box.height), words: [index],
                urgency: 1 - words[index].confidence.probability)
        }
        var pass = Pass(second: second, page: page, merge: ReadingMerge(words: words))
        for place in places.sorted(by: { $0.urgency > $1.urgency }) { pass.read(place, of: words) }
        if pass.contradictsNumbers, !skipped.contains(.distrust) {
            for place in runs(of: words, unlike: pass.read) { pass.read(place, of: words) }
        }
        return pass.merge.result
    }

    /// The second engine's work on one page, and how often it disagreed with Tesseract about words with digits.
    private struct Pass {
        let second: SecondEngine
        let page: PixelImage
        var merge: ReadingMerge
        /// The indices of the words that were read again.
        private(set) var read: Set<Int> = []
        private var columnsLeft = Cascade.columnsMax
        private var numbers = (compared: 0, overruled: 0)

        init(second: SecondEngine, page: PixelImage, merge: ReadingMerge) {
            self.second = second
            self.page = page
            self.merge = merge
        }

        mutating func read(_ place: Place, of words: [Word]) {
            let columns = LineReader.columns(of: place.box)
            guard columns <= columnsLeft else { return }
            columnsLeft -= columns
            read.formUnion(place.words)
            let isOverruled = merge.add(second.words(in: place.box, of: page), over: place.words)
            guard place.words.contains(where: { words[$0].text.contains(where: \.isNumber) }) else { return }
            numbers.compared += 1
            if isOverruled { numbers.overruled += 1 }
        }

        /// Whether Tesseract is so often wrong about the page's numbers that those it is sure of are not to be trusted
        /// either: some typefaces, such as those with dotted zeros, it reads surely and wrong.
        var contradictsNumbers: Bool {
            numbers.compared >= Cascade.comparedMin
                && Double(numbers.overruled) >= Cascade.overruledShareMin * Double(numbers.compared)
        }
    }

    /// Stretches of Tesseract's lines, not yet read again, that hold a digit.
    private func runs(of words: [Word], unlike read: Set<Int>) -> [Place] {
        var runs: [[Int]] = []
        for index in words.indices where !read.contains(index) {
            if let last = runs.last?.last, last == index - 1, words[last].line == words[index].line,
                words[index].box.left - words[last].box.right < Cascade.roomForWord * words[index].box.height
            {
                runs[runs.count - 1].append(index)
            } else {
                runs.append([index])
            }
        }
        return runs.filter { $0.contains { words[$0].text.contains(where: \.isNumber) } }.map { run in
            let box = run.dropFirst().reduce(words[run[0]].box) { $0.union(words[$1].box) }
            return Place(box: box.grown(x: 0.25 * box.height, y: 0.15 * box.height), words: run)
        }
    }

    private static func columns(of boxes: [Box]) -> Double {
        boxes.reduce(0) { $0 + Double(LineReader.columns(of: $1)) }
    }

    /// The indices of the words on a line, from left to right.
    private func words(_ words: [Word], in line: Box) -> [Int] {
        words.indices.filter { line.holdsMost(of: words[$0].box) }.sorted { words[$0].box.left < words[$1].box.left }
    }

    private func isDoubtful(_ word: Word) -> Bool {
        let isNumber = word.text.contains(where: \.isNumber)
        return word.confidence < (isNumber ? Cascade.numberConfidenceMin : Cascade.confidenceMin)
    }

    private func places(in lines: [Box], words: [Word], unread: [Box]) -> [Place] {
        lines.flatMap { line in
            places(
                in: line, holding: self.words(words, in: line), of: words,
                unread: unread.filter { line.holdsMost(of: $0) })
        }
    }

    /// The stretches of a line that no trusted word covers and that hold a doubtful word, unread letters, or room for
    /// more.
    private func places(in line: Box, holding inside: [Int], of words: [Word], unread: [Box]) -> [Place] {
        let trusted = inside.indices.filter { !isDoubtful(at: $0, in: inside.map { words[$0] }, of: line) }
            .map { words[inside[$0]].box }
        return Cascade.gaps(in: line, between: trusted).compactMap { gap in
            func isInGap(_ box: Box) -> Bool { box.midX > gap.left && box.midX < gap.right }
            let held = inside.filter { isInGap(words[$0].box) }
            let doubtful = held.filter { isDoubtful(words[$0]) }
            let room = gap.width / line.height
            let isWorthReading =
                !doubtful.isEmpty || trusted.isEmpty || room > Cascade.roomForWord
                || room > 0.3 && unread.contains(where: isInGap)
            guard isWorthReading else { return nil }
            let doubt = doubtful.map { 1 - words[$0].confidence.probability }.max()
            return Place(box: gap, words: held, urgency: doubt ?? 0.7)
        }
    }

    /// Whether a word of a line is doubtful or stands close to one that is: letters are taken for parts of the wrong
    /// word, and a fragment without its neighbours is read worse.
    private func isDoubtful(at place: Int, in words: [Word], of line: Box) -> Bool {
        [place - 1, place, place + 1].contains { other in
            guard words.indices.contains(other), isDoubtful(words[other]) else { return false }
            let gap = max(
                words[other].box.left - words[place].box.right, words[place].box.left - words[other].box.right)
            return other == place || gap < Cascade.phraseGap * line.height
        }
    }

    /// The stretches of a line beside and between boxes, the boxes' own margins left out.
    private static func gaps(in line: Box, between boxes: [Box]) -> [Box] {
        var gaps: [Box] = []
        var left = line.left
        let margin = 0.08 * line.height
        for box in boxes {
            if box.left - margin > left {
                gaps.append(Box(left: left, top: line.top, right: box.left - margin, bottom: line.bottom))
            }
            left = max(left, box.right + margin)
        }
        if left < line.right { gaps.append(Box(left: left, top: line.top, right: line.right, bottom: line.bottom)) }
        return gaps
    }
}

extension Box {
    /// Whether more than half of another box lies in this one.
    fileprivate func holdsMost(of other: Box) -> Bool { other.overlapArea(self) > 0.5 * other.width * other.height }
}

extension Character {
    /// Whether the character is a letter or a digit.
    var isSpoken: Bool { isLetter || isNumber }
}
