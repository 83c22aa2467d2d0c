import Documents

/// Finds the runs of lines under one another that could be one value: an address, a name too long for its line.
///
/// A run begins where its first line does, or behind a colon or a bracket in it; it ends where its last line does, or
/// before a bracket or the next label in it. A name ends, too, at a full stop and before a number.
struct BlockFinder {
    let page: PageText
    let lineCountMax: Int
    private let isName: Bool
    private let lines: [Line]

    /// Words of one printed line without a gap that parts columns.
    private struct Line {
        var tokens: Range<Int>
        var box: Box
        var row: Int
    }

    /// A gap of so many heights of a line parts columns.
    private static let columnGap = 2.5
    /// Lines further apart than so many heights of a line are not of one value.
    private static let lineGap = 1.3

    /// A word of so many digits is a number and no part of a name.
    private static let numberDigitsMin = 4

    init(page: PageText, lineCountMax: Int, isName: Bool) {
        self.page = page
        self.lineCountMax = lineCountMax
        self.isName = isName
        var lines: [Line] = []
        for (index, segment) in page.segments.enumerated() {
            let box = page.segmentBoxes[index]
            let row = page.tokens[segment.lowerBound].row
            if let last = lines.last, last.row == row, box.left - last.box.right < Self.columnGap * page.lineHeight {
                lines[lines.count - 1].tokens = last.tokens.lowerBound..<segment.upperBound
                lines[lines.count - 1].box = last.box.union(box)
            } else {
                lines.append(Line(tokens: segment, box: box, row: row))
            }
        }
        self.lines = lines
    }

    /// Each run as the parts of lines that it is made of.
    func spans() -> [[Range<Int>]] {
        lines.indices.flatMap { first -> [[Range<Int>]] in
            guard isText(lines[first].tokens) else { return [] }
            var spans: [[Range<Int>]] = []
            var chain = [first]
            while true {
                for start in starts(in: lines[first].tokens) {
                    for end in ends(in: lines[chain[chain.count - 1]].tokens) {
                        let parts = chain.map { lines[$0].tokens }
                        if let span = BlockFinder.cut(parts, from: start, to: end) { spans.append(span) }
                    }
                }
                guard chain.count < lineCountMax, let next = line(below: chain[chain.count - 1]) else { break }
                chain.append(next)
            }
            return spans
        }
    }

    private static func cut(_ parts: [Range<Int>], from start: Int, to end: Int) -> [Range<Int>]? {
        var parts = parts
        parts[0] = start..<max(start, parts[0].upperBound)
        let last = parts[parts.count - 1]
        guard end > last.lowerBound else { return nil }
        parts[parts.count - 1] = last.lowerBound..<end
        return parts.allSatisfy { !$0.isEmpty } ? parts : nil
    }

    private func isText(_ tokens: Range<Int>) -> Bool { page.tokens[tokens].contains { !$0.plain.isEmpty } }

    /// The next line that stands under a line; none where a rule of signs or much paper lies between.
    private func line(below index: Int) -> Int? {
        let line = lines[index]
        var best: (index: Int, shared: Double)?
        for other in lines[(index + 1)...].indices {
            let next = lines[other]
            if next.row > line.row + 3 || best.map({ lines[$0.index].row < next.row }) == true { break }
            let shared = next.box.horizontalOverlap(line.box)
            guard next.row > line.row, shared > 0 else { continue }
            let height = max(page.lineHeight, min(line.box.height, next.box.height))
            if next.box.top - line.box.bottom > Self.lineGap * height { break }
            guard isText(next.tokens) else {
                if page.text(next.tokens).count > 2 { return nil }
                continue
            }
            if shared > best?.shared ?? 0 { best = (other, shared) }
        }
        return best?.index
    }

    private func starts(in line: Range<Int>) -> [Int] {
        [line.lowerBound]
            + line.dropLast().filter { page.tokens[$0].endsWithColon || page.tokens[$0].text.last == ")" }.map {
                $0 + 1
            }
    }

    private func ends(in line: Range<Int>) -> [Int] {
        var ends: Set = [line.upperBound]
        for index in line.dropFirst() {
            let token = page.tokens[index]
            if token.text.first == "(" || isName && token.digitCount >= Self.numberDigitsMin { ends.insert(index) }
            if isName, token.text.last == "." { ends.insert(index + 1) }
            if token.endsWithColon {
                ends.insert(index)
                if index > line.lowerBound + 1 { ends.insert(index - 1) }
            }
        }
        return ends.sorted()
    }
}
