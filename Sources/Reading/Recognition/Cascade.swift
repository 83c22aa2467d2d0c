import Documents
import Foundation

/// Two engines on one page: the second reads what Tesseract doubts or misses, and each place goes to the surer one.
struct Cascade {
    let second: SecondEngine

    /// A place to read a second time.
    private struct Place {
        var box: Box
        /// The indices of Tesseract's words there; none where it saw nothing.
        var words: [Int] = []
        /// The larger, the sooner it is read.
        var urgency = 0.0
    }

    /// Columns that the second engine reads on one page at most: a thousand take about a tenth of a second.
    private static let columnsMax = 12_000
    /// Tesseract's words under this confidence are read again.
    private static let confidenceMin = Confidence(0.85)
    /// The same for words with a digit: amounts, dates and numbers are worth more than prose.
    private static let numberConfidenceMin = Confidence(0.93)
    /// A stretch of a line, in heights of the line, that has room for a word between two of Tesseract's.
    private static let roomForWord = 1.2

    /// - Parameters:
    ///   - words: Tesseract's, in reading order.
    ///   - letters: the shapes on the page that have the size of letters.
    func words(improving words: [Word], on page: PixelImage, letters: [Box]) -> [Word] {
        let unread = LetterCover(words: words).unread(letters)
        let doubtful = words.indices.filter { isDoubtful(words[$0]) }
        guard !unread.isEmpty || !doubtful.isEmpty else { return words }
        var places = places(in: second.lines(on: page), words: words, unread: unread)
        let placed = Set(places.flatMap(\.words))
        places += doubtful.filter { !placed.contains($0) && words[$0].text.contains(where: \.isSpoken) }.map { index in
            let box = words[index].box
            return Place(
                box: box.grown(x: 0.25 * box.height, y: 0.15 * box.height), words: [index],
                urgency: 1 - words[index].confidence.probability)
        }
        var columnsLeft = Cascade.columnsMax
        var merge = ReadingMerge(words: words)
        for place in places.sorted(by: { $0.urgency > $1.urgency }) {
            columnsLeft -= LineReader.columns(of: place.box)
            guard columnsLeft >= 0 else { break }
            merge.add(second.words(in: place.box, of: page), over: place.words)
        }
        return merge.result
    }

    private func isDoubtful(_ word: Word) -> Bool {
        let isNumber = word.text.contains(where: \.isNumber)
        return word.confidence < (isNumber ? Cascade.numberConfidenceMin : Cascade.confidenceMin)
    }

    private func places(in lines: [Box], words: [Word], unread: [Box]) -> [Place] {
        lines.flatMap { line in
            let inside = words.indices.filter { line.holdsMost(of: words[$0].box) }
                .sorted { words[$0].box.left < words[$1].box.left }
            return places(in: line, holding: inside, of: words, unread: unread.filter { line.holdsMost(of: $0) })
        }
    }

    /// The stretches of a line that no trusted word covers and that hold a doubtful word, unread letters, or room for
    /// more.
    private func places(in line: Box, holding inside: [Int], of words: [Word], unread: [Box]) -> [Place] {
        let trusted = inside.filter { !isDoubtful(words[$0]) }.map { words[$0].box }
        return Cascade.gaps(in: line, between: trusted).compactMap { gap in
            func isInGap(_ box: Box) -> Bool { box.midX > gap.left && box.midX < gap.right }
            let doubtful = inside.filter { isDoubtful(words[$0]) && isInGap(words[$0].box) }
            let room = gap.width / line.height
            let isWorthReading =
                !doubtful.isEmpty || trusted.isEmpty || room > Cascade.roomForWord
                || room > 0.3 && unread.contains(where: isInGap)
            guard isWorthReading else { return nil }
            let doubt = doubtful.map { 1 - words[$0].confidence.probability }.max()
            return Place(box: gap, words: doubtful, urgency: doubt ?? 0.7)
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
