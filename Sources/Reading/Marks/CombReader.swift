import CLeptonica
import Documents

import struct Documents.Box

/// Reads combs: the characters are taken out of their cells, set beside one another without rules, and read as one word.
struct CombReader {
    let recognizer: Recognizer

    private static let combCountMax = 60
    private static let confidenceMin = 0.3

    /// The words of a page with one word for each comb that was read, in place of what was read across its rules.
    func words(_ words: [Word], combs: [Comb], on page: PixelImage, dpi: Double) -> [Word] {
        combs.prefix(CombReader.combCountMax).reduce(words) { words, comb in
            guard let word = word(in: comb, on: page, dpi: dpi) else { return words }
            return CombReader.words(words, with: word)
        }
    }

    private func word(in comb: Comb, on page: PixelImage, dpi: Double) -> Word? {
        let inked = comb.cells.compactMap { character(in: $0, on: page) }
        guard inked.count >= 2, let line = PixelImage(beside: inked) else { return nil }
        let read = recognizer.words(on: line, dpi: dpi, layout: .line)
        let text = read.map(\.text).joined()
        // What is not a character for each cell was misread.
        guard text.count == inked.count, let confidence = read.meanConfidence,
            confidence.probability >= CombReader.confidenceMin
        else { return nil }
        return Word(text: text, box: comb.box, confidence: confidence, line: 0)
    }

    /// The ink of one cell without the shadow of its walls; nil when it is empty.
    private func character(in cell: Box, on page: PixelImage) -> PixelImage? {
        let margin = min(5, cell.width * 0.1)
        let inner = Box(
            left: cell.left + margin, top: cell.top + margin, right: cell.right - margin, bottom: cell.bottom - margin)
        guard let part = page.clipped(to: inner), let ink = part.image.faintInk(),
            let bounds = ink.opened(width: 2, height: 2)?.inkBounds(), bounds.height > 0.25 * cell.height
        else { return nil }
        let wanted = Box(
            left: max(0, bounds.left - 1), top: 0, right: bounds.right + 1, bottom: Double(part.image.height))
        return part.image.clipped(to: wanted)?.image.grey()
    }

    /// Puts a comb's word where the words were that it replaces, or on a line of its own.
    private static func words(_ words: [Word], with word: Word) -> [Word] {
        var word = word
        let old = words.indices.filter { index in
            let box = words[index].box
            return box.overlapArea(word.box) > 0.5 * box.width * box.height
        }
        if let first = old.first {
            word.line = words[first].line
            var kept = words
            kept[first] = word
            return kept.enumerated().filter { $0.offset == first || !old.contains($0.offset) }.map(\.element)
        }
        let place = words.lastIndex { $0.box.bottom <= word.box.midY }.map { $0 + 1 } ?? 0
        word.line = place > 0 ? words[place - 1].line + 1 : 0
        let after = words[place...].map { later in
            var later = later
            later.line += 1
            return later
        }
        return words[..<place] + [word] + after
    }
}

extension PixelImage {
    /// Grey images of one height beside one another on white, as letters of a word stand.
    fileprivate convenience init?(beside parts: [PixelImage]) {
        let high = parts.map(\.height).max() ?? 0
        let gap = max(2, high / 12)
        let width = parts.reduce(4 * gap) { $0 + $1.width + gap }
        guard high > 0, let pix = pixCreate(Int32(width), Int32(high + 4 * gap), 8) else { return nil }
        self.init(pix)
        pixSetAll(pix)
        var x = 2 * gap
        for part in parts {
            pixRasterop(
                pix, Int32(x), Int32(2 * gap), Int32(part.width), Int32(part.height), PIX_SRC, part.pix, 0, 0)
            x += part.width + gap
        }
    }
}
