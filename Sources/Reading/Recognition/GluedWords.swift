import Documents

/// Parts words that were read as one, `AMATHIS` for `A MATHIS`, where the paper between their letters is as wide as that
/// between the line's words.
struct GluedWords {
    let ink: InkMap
    /// Pixels of the page for one of the ink.
    let scale: Double

    /// Letters that a word must have to be looked at.
    private static let lengthMin = 4
    /// The share of the line's middle space that a gap must have, and of the letters' height where a line has few spaces.
    private static let spaceShare = 0.7
    private static let heightShare = 0.33
    private static let spaceCountMin = 3
    /// How much narrower the word's other gaps must be: print that is set wide has them everywhere.
    private static let otherShare = 0.45
    /// A part of a word has so many letters at least, but for an initial.
    private static let partLengthMin = 4
    /// As many spaces at most may have been missed in one word.
    private static let spaceCountMax = 3
    /// How far, in letters, a gap may be from where the letters' widths put the end of one.
    private static let slack = 0.45

    func parted(_ words: [Word]) -> [Word] {
        var parted: [Word] = []
        var start = 0
        while start < words.count {
            let end = words[start...].firstIndex { $0.line != words[start].line } ?? words.count
            let line = words[start..<end]
            let space = space(of: line)
            parted += line.flatMap { parts(of: $0, space: space) }
            start = end
        }
        return parted
    }

    /// The middle gap between a line's words, in pixels of the ink; nil where there are few.
    private func space(of line: ArraySlice<Word>) -> Double? {
        let gaps = zip(line, line.dropFirst()).compactMap { left, right -> Double? in
            let rows = rows(of: left.box.union(right.box))
            let middle = Int((left.box.right + right.box.left) / 2 / scale)
            let gap = right.box.left - left.box.right
            guard gap > 0, gap < left.box.height, !hasInk(middle, rows) else { return nil }
            let reach = Int(1.5 * Double(rows.count))
            let first = (0..<reach).first { hasInk(middle - $0, rows) }
            let last = (0..<reach).first { hasInk(middle + $0, rows) }
            return first.flatMap { first in last.map { Double(first + $0 - 1) } }
        }.sorted()
        return gaps.count < Self.spaceCountMin ? nil : gaps[gaps.count / 2]
    }

    private func parts(of word: Word, space: Double?) -> [Word] {
        let letters = Array(word.text)
        guard letters.count >= Self.lengthMin, word.handwritten != true, letters.allSatisfy({ !$0.isNumber }),
            letters.count(where: \.isLetter) >= Self.lengthMin
        else { return [word] }
        let gaps = gaps(in: word)
        let least = space.map { Self.spaceShare * $0 } ?? Self.heightShare * word.box.height / scale
        let spaces = gaps.filter { Double($0.count) >= least }
        let others = gaps.filter { Double($0.count) < least }
        guard let narrowest = spaces.map(\.count).min(), spaces.count <= Self.spaceCountMax,
            Double(others.map(\.count).max() ?? 0) <= Self.otherShare * Double(narrowest)
        else { return [word] }
        let cuts = spaces.indices.map { cut(at: $0, of: spaces, in: word, letters) }
        let ends = [0] + cuts.compactMap(\.self) + [letters.count]
        let isWhole =
            cuts.contains(nil) || !zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 && isPart(letters[$0..<$1]) }
        guard !isWhole else { return [word] }
        return zip(ends, ends.dropFirst()).enumerated().map { index, part in
            var own = word
            own.text = String(letters[part.0..<part.1])
            if index > 0 { own.box.left = Double(spaces[index - 1].upperBound) * scale }
            if index < spaces.count { own.box.right = Double(spaces[index].lowerBound) * scale }
            own.alternatives = nil
            return own
        }
    }

    /// The stretches within a word that have no ink.
    private func gaps(in word: Word) -> [Range<Int>] {
        let rows = rows(of: word.box)
        let columns =
            Int(word.box.left / scale)..<max(Int(word.box.left / scale), Int((word.box.right / scale).rounded(.up)))
        guard let first = columns.first(where: { hasInk($0, rows) }),
            let last = columns.last(where: { hasInk($0, rows) })
        else { return [] }
        var gaps: [Range<Int>] = []
        var start = first
        for x in first...last where hasInk(x, rows) {
            if x > start { gaps.append(start..<x) }
            start = x + 1
        }
        return gaps
    }

    private func rows(of box: Box) -> Range<Int> {
        let top = Int(box.top / scale)
        return top..<max(top + 1, Int((box.bottom / scale).rounded(.up)))
    }

    private func hasInk(_ x: Int, _ rows: Range<Int>) -> Bool { rows.contains { ink.hasInk(x, $0) } }

    /// Before which letter a space lies, by how wide letters and the word's spaces are; nil where it lies within one, or
    /// at an end.
    private func cut(at number: Int, of spaces: [Range<Int>], in word: Word, _ letters: [Character]) -> Int? {
        let widths = letters.map(Self.width)
        let whole = widths.reduce(0, +) + Self.spaceWidth * Double(spaces.count)
        let middle = (Double(spaces[number].lowerBound) + Double(spaces[number].count) / 2) * scale
        let target = (middle - word.box.left) / word.box.width * whole - Self.spaceWidth * (Double(number) + 0.5)
        var sum = 0.0
        var best: (cut: Int, distance: Double)?
        for cut in letters.indices.dropFirst() {
            sum += widths[cut - 1]
            let distance = abs(sum - target)
            if distance < best?.distance ?? Self.slack { best = (cut, distance) }
        }
        return best?.cut
    }

    private func isPart(_ letters: ArraySlice<Character>) -> Bool {
        let count = letters.count(where: \.isLetter)
        return count >= Self.partLengthMin || letters.last == "," && count > 1
            || letters.count == 1 && letters[letters.startIndex].isUppercase
    }

    /// A space, in the widths of middling letters.
    private static let spaceWidth = 0.5

    /// How wide a letter is beside others, about, as the faces of letters and forms have it.
    private static func width(_ letter: Character) -> Double {
        switch letter {
        case "i", "j", "l", "I", ".", ",", "'", "’", ":", ";", "|": 0.5
        case "f", "t", "r", "-": 0.65
        case "m", "M", "W": 1.6
        case "w": 1.35
        default: letter.isUppercase ? 1.2 : 1
        }
    }
}
