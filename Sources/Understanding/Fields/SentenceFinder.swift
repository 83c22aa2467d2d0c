import Documents

/// Puts lines together into sentences, and takes list items and labelled lines apart.
struct SentenceFinder {
    let page: PageText

    /// Each text as the parts of lines that it runs over.
    func spans() -> [[Range<Int>]] {
        var spans: [[Range<Int>]] = []
        for paragraph in paragraphs() {
            let sentences = sentences(paragraph)
            spans += sentences
            if paragraph.count > 1 || sentences.count > 1 { spans.append(paragraph) }
            for segment in paragraph {
                if let colon = segment.dropLast().first(where: { page.tokens[$0].endsWithColon }) {
                    let rest = colon + 1..<segment.upperBound
                    spans.append([rest])
                    if segment == paragraph.first, paragraph.count > 1 {
                        spans.append([rest] + paragraph.dropFirst())
                    }
                }
            }
            if paragraph.count > 1 { spans += paragraph.map { [$0] } }
        }
        var seen: Set<[Range<Int>]> = []
        return spans.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// Lines under one another, with the same left edge and a line's distance, that no bullet or number sets apart.
    private func paragraphs() -> [[Range<Int>]] {
        var paragraphs: [[Range<Int>]] = []
        var open: [Int: Int] = [:]
        for (index, segment) in page.segments.enumerated() {
            let box = page.segmentBoxes[index]
            let column = open.keys.sorted().first { paragraph in
                guard let last = open[paragraph] else { return false }
                let above = page.segmentBoxes[last]
                return abs(above.left - box.left) < 2.5 * page.lineHeight
                    && box.top - above.bottom < 0.9 * page.lineHeight
                    && box.top > above.top + 0.3 * page.lineHeight
            }
            if let column, !startsItem(segment), endsOpen(paragraphs[column]) {
                paragraphs[column].append(segment)
                open[column] = index
            } else {
                if let column { open[column] = nil }
                open[paragraphs.count] = index
                paragraphs.append([segment])
            }
            for (paragraph, last) in open
            where box.top - page.segmentBoxes[last].bottom > 3 * page.lineHeight {
                open[paragraph] = nil
            }
        }
        return paragraphs
    }

    private func endsOpen(_ paragraph: [Range<Int>]) -> Bool {
        guard let last = paragraph.last, let first = paragraph.first else { return false }
        if page.tokens[last.upperBound - 1].endsWithColon { return false }
        return last.count > 3 || (first.count > 1 && paragraph.count > 1)
    }

    private func startsItem(_ segment: Range<Int>) -> Bool {
        let text = page.tokens[segment.lowerBound].text
        if ["•", "-", "–", "*", "·", "▪", "o", "☐", "□", "[]", "(cid:127)"].contains(text) {
            return true
        }
        if let first = text.first, "•·▪☐□".contains(first) { return true }
        guard let last = text.last, last == "." || last == ")" else { return false }
        let inner = text.dropLast().drop { $0 == "(" }
        return inner.count == 1 || inner.count == 2 && inner.allSatisfy(\.isNumber)
    }

    private func sentences(_ paragraph: [Range<Int>]) -> [[Range<Int>]] {
        var sentences: [[Range<Int>]] = []
        var current: [Range<Int>] = []
        for segment in paragraph {
            var start = segment.lowerBound
            if current.isEmpty, segment.count > 1, startsItem(segment) { start += 1 }
            for index in start..<segment.upperBound where endsSentence(index, in: segment) {
                current.append(start..<index + 1)
                sentences.append(current)
                current = []
                start = index + 1
            }
            if start < segment.upperBound { current.append(start..<segment.upperBound) }
        }
        if !current.isEmpty { sentences.append(current) }
        return sentences
    }

    private func endsSentence(_ index: Int, in segment: Range<Int>) -> Bool {
        let token = page.tokens[index]
        guard let last = token.text.last, ".!?".contains(last), token.plain.count > 2,
            token.letterCount > 0 || token.digitCount > 3
        else { return false }
        return !["INC", "NO", "DR", "MR", "MRS", "MS", "LLC", "CO", "ST"].contains(
            String(decoding: token.plain, as: UTF8.self))
    }
}
