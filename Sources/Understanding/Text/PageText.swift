package import Documents

/// The words of one page put into printed lines and, within them, into runs without a wide gap.
///
/// Made once a page; all that is found on the page is found in it. It keeps at most `tokenCountMax` words, so that a
/// page of noise costs no more than a full one.
package struct PageText: Sendable {
    package static let tokenCountMax = 6000

    package let number: Int
    package let width: Double
    package let height: Double
    let tokens: [Token]
    /// The tokens of each printed line, from left to right, the lines from top to bottom.
    let rows: [Range<Int>]
    /// The tokens of each run without a wide gap, in the order of the lines.
    let segments: [Range<Int>]
    let segmentBoxes: [Box]
    let checkboxes: [Checkbox]
    let signatures: [Signature]
    /// Whether a patch code stands on it, the mark of a separator sheet.
    let hasPatchCode: Bool
    /// The height in pixels that words of this page commonly have.
    let lineHeight: Double
    package let isBlank: Bool
    package let isUnreadable: Bool
    /// Whether its words are the file's own, letter for letter, and none was recognised.
    let isExact: Bool

    package init(_ reading: PageReading) {
        number = reading.page.number
        width = max(1, reading.page.width.isFinite ? reading.page.width : 1)
        height = max(1, reading.page.height.isFinite ? reading.page.height : 1)
        checkboxes = Array(reading.checkboxes.prefix(Self.tokenCountMax))
        signatures = Array(reading.page.signatures.prefix(Self.tokenCountMax))
        hasPatchCode = reading.page.barcodes.contains { $0.format == .patchCode }
        isUnreadable = reading.page.source == .unreadable
        isExact = reading.page.source == .text
        var tokens: [Token] = []
        for (index, word) in reading.words.enumerated() where tokens.count < Self.tokenCountMax {
            guard PageText.isSound(word) else { continue }
            tokens += Token.parts(of: word, at: index)
        }
        isBlank = reading.page.blank || (tokens.isEmpty && !isUnreadable)
        let heights = tokens.map(\.box.height).sorted()
        lineHeight = heights.isEmpty ? 1 : max(1, heights[heights.count / 2])
        let pitches = LetterPitches(tokens)
        let middles = PageText.middles(tokens, of: reading.words)
        let printed = PageText.rows(tokens, middles, lineHeight: lineHeight)
        let lines = PageText.withoutSpecks(printed, tokens, lineHeight: lineHeight)
        var ordered: [Token] = []
        var rows: [Range<Int>] = []
        var segments: [Range<Int>] = []
        ordered.reserveCapacity(tokens.count)
        for (row, line) in lines.enumerated() {
            let start = ordered.count
            var segmentStart = start
            for index in line {
                var token = tokens[index]
                if ordered.count > segmentStart,
                    PageText.isWideGap(ordered[ordered.count - 1], token, lineHeight: lineHeight, pitches: pitches)
                {
                    segments.append(segmentStart..<ordered.count)
                    segmentStart = ordered.count
                }
                token.row = row
                token.segment = segments.count
                ordered.append(token)
            }
            segments.append(segmentStart..<ordered.count)
            rows.append(start..<ordered.count)
        }
        self.tokens = ordered
        self.rows = rows
        self.segments = segments
        segmentBoxes = segments.map { range in
            Box.enclosing(ordered[range].lazy.map(\.box)) ?? Box(left: 0, top: 0, right: 0, bottom: 0)
        }
    }

    private static func isSound(_ word: Word) -> Bool {
        let box = word.box
        return !word.text.isEmpty && word.text.utf8.count < 400 && box.left.isFinite && box.top.isFinite
            && box.right.isFinite && box.bottom.isFinite && box.right >= box.left && box.bottom >= box.top
    }

    /// By how much lines still fall for each pixel to the right: the middle of what the longer lines of reading say.
    ///
    /// Where the other side shows through, its lines lean the other way, and a page is not straightened enough.
    private static func lean(_ words: [Word]) -> Double {
        var slopes: [Double] = []
        for line in Dictionary(grouping: words.filter(isSound), by: \.line).values where line.count >= 4 {
            let middle = line.reduce((x: 0.0, y: 0.0)) { ($0.x + $1.box.midX, $0.y + $1.box.midY) }
            let (x, y) = (middle.x / Double(line.count), middle.y / Double(line.count))
            let spread = line.reduce(0) { $0 + ($1.box.midX - x) * ($1.box.midX - x) }
            let width = (line.map(\.box.right).max() ?? 0) - (line.map(\.box.left).min() ?? 0)
            guard spread > 0, width > 15 * line[0].box.height else { continue }
            slopes.append(line.reduce(0) { $0 + ($1.box.midX - x) * ($1.box.midY - y) } / spread)
        }
        guard slopes.count >= 3 else { return 0 }
        let slope = slopes.sorted()[slopes.count / 2]
        return (leanMin...leanMax).contains(abs(slope)) ? slope : 0
    }

    private static let leanMin = 0.002
    private static let leanMax = 0.05

    /// How low each token stands on the straightened page: neighbours on a line of reading as low as they do together.
    ///
    /// The middles of large words, as letterheads have them, differ by more than the small lines beside them stand apart.
    private static func middles(_ tokens: [Token], of words: [Word]) -> [Double] {
        let lean = lean(words)
        var middles = tokens.map { $0.box.midY - lean * $0.box.midX }
        var run: Range<Int> = 0..<0
        func closeRun() {
            let middle = middles[run].reduce(0, +) / Double(max(1, run.count))
            for index in run { middles[index] = middle }
        }
        for index in tokens.indices {
            if let last = run.last, areNeighbours(tokens[last], tokens[index], of: words) {
                run = run.lowerBound..<index + 1
            } else {
                closeRun()
                run = index..<index + 1
            }
        }
        closeRun()
        return middles
    }

    /// Whether reading has two words on one line, side by side and without a wide gap.
    private static func areNeighbours(_ left: Token, _ right: Token, of words: [Word]) -> Bool {
        let height = min(left.box.height, right.box.height)
        // Rules and specks are as high as they are.
        guard !left.plain.isEmpty, !right.plain.isEmpty, max(left.box.height, right.box.height) < 2 * height else {
            return false
        }
        return words[left.word].line == words[right.word].line && abs(right.box.left - left.box.right) < height
            && right.box.verticalOverlap(left.box) > 0.5 * height
    }

    /// The tokens' indexes line by line: a word joins the line whose middle is nearest to its own.
    private static func rows(_ tokens: [Token], _ heights: [Double], lineHeight: Double) -> [[Int]] {
        let order = tokens.indices.sorted {
            (heights[$0], tokens[$0].box.left, $0) < (heights[$1], tokens[$1].box.left, $1)
        }
        var rows: [[Int]] = []
        var middle = -Double.infinity
        for index in order {
            let box = tokens[index].box
            if heights[index] - middle > 0.5 * max(0.6 * lineHeight, min(lineHeight, box.height)) {
                rows.append([])
                middle = heights[index]
            }
            rows[rows.count - 1].append(index)
            let count = Double(rows[rows.count - 1].count)
            middle += (heights[index] - middle) / count
        }
        return rows.map { row in row.sorted { (tokens[$0].box.left, $0) < (tokens[$1].box.left, $1) } }
    }

    /// The lines without the dirt among their tokens: a point or a stroke far from any word.
    private static func withoutSpecks(_ lines: [[Int]], _ tokens: [Token], lineHeight: Double) -> [[Int]] {
        lines.compactMap { line in
            let clean = line.indices.filter { place in
                let token = tokens[line[place]]
                guard token.plain.isEmpty, token.text.count == 1, token.text.allSatisfy({ ".,:;_'`~^‘’|".contains($0) })
                else { return true }
                let before = place > 0 ? token.box.left - tokens[line[place - 1]].box.right : .infinity
                let after = place + 1 < line.count ? tokens[line[place + 1]].box.left - token.box.right : .infinity
                return min(before, after) < speckGap * lineHeight
            }
            return clean.isEmpty ? nil : clean.map { line[$0] }
        }
    }

    /// A speck stands so many heights of a line from any word at least.
    private static let speckGap = 1.0

    private static func isWideGap(
        _ left: Token, _ right: Token, lineHeight: Double, pitches: LetterPitches
    ) -> Bool {
        guard left.word != right.word else { return false }
        let gap = right.box.left - left.box.right
        guard gap > 1.1 * min(max(left.box.height, lineHeight * 0.7), 2 * lineHeight) else { return false }
        return pitches.space(between: left, and: right).map { gap > 1.6 * $0 } ?? true
    }

    /// The words of `range` as printed, parts of one word joined.
    func text(_ range: Range<Int>) -> String {
        var text = ""
        for index in range {
            if index > range.lowerBound, tokens[index].word != tokens[index - 1].word { text += " " }
            text += tokens[index].text
        }
        return text
    }

    func box(_ range: Range<Int>) -> Box {
        Box.enclosing(tokens[range].lazy.map(\.box)) ?? Box(left: 0, top: 0, right: 0, bottom: 0)
    }

    /// The least confidence among the words of `range`.
    func confidence(_ range: Range<Int>) -> Double { tokens[range].lazy.map(\.confidence).min() ?? 0 }
}
