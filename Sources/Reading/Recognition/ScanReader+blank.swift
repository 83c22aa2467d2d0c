import CLeptonica
import Documents

import struct Documents.Box

/// Whether a page says anything: nothing is on it, or what shines through the paper, or print too pale to see at first.
extension ScanReader {
    /// Confidence from which one word is enough for a page not to be blank.
    private static let sureMin: Confidence = 0.85
    /// How much more confidence a word of this side has than what it gives in a mirror: figures read well both ways.
    private static let mirrorLead = 0.15
    /// Words that must surely be read of pale print: fewer turn up by chance in the texture of paper.
    private static let palePrintWordsMin = 6
    /// How many times more pale print must say than its mirror image.
    private static let palePrintLead = 2.0

    /// What a page of pale print says once that is drawn dark; nil when it is no more than the paper's texture or what
    /// shines through.
    func palePrint(on page: PixelImage, dpi: Double, turn: Int?) throws(PageProblem) -> Result? {
        let result = try readPrepared(page, dpi: dpi, showsPaleness: false, turn: turn)
        guard !result.blank, result.words.surelyRead.count >= ScanReader.palePrintWordsMin else { return nil }
        let weight = ScanReader.weight(words(toJudge: result.image, dpi: dpi))
        let isOfThisSide = mirrorImages(of: result.image).allSatisfy { mirrored in
            weight > ScanReader.palePrintLead * ScanReader.weight(words(toJudge: mirrored, dpi: dpi))
        }
        return isOfThisSide ? result : nil
    }

    private func words(toJudge image: PixelImage, dpi: Double) -> [Word] {
        sense?.words(on: image) ?? recognizer.words(on: image, dpi: dpi, layout: .sparse)
    }

    /// The page as it shines through from behind: paper is turned over about its long or its short side.
    private func mirrorImages(of page: PixelImage) -> [PixelImage] {
        [pixFlipLR(nil, page.pix), pixFlipTB(nil, page.pix)].compactMap { PixelImage($0) }
    }

    /// Whether a page has nothing but dirt or what shines through.
    func isBlank(
        _ result: Result, content: PageContent, page: PixelImage, dpi: Double, showsPaleness: Bool
    ) -> Bool {
        guard !content.hasInk else { return !showsPaleness && isSeenThroughPaper(result, isPale: false) }
        // Among much pale print short words turn up by chance.
        let length = result.letters.count < 20 ? 2 : 3
        let saysNothing = result.words.surelyRead(from: ScanReader.sureMin, length: length).isEmpty
        return (saysNothing || isSeenThroughPaper(result, isPale: showsPaleness))
            && !content.loneMarks.contains { isReadable($0, on: page, dpi: dpi) }
    }

    /// Whether a lone mark of a page is a word or a number.
    private func isReadable(_ mark: Box, on page: PixelImage, dpi: Double) -> Bool {
        guard let part = page.clipped(to: mark)?.image else { return false }
        let words = [recognizer.words(on: part, dpi: dpi, layout: .sparse)] + (sense.map { [$0.words(on: part)] } ?? [])
        return words.contains { !$0.surelyRead(from: ScanReader.sureMin, length: 2).isEmpty }
    }

    /// The engine that makes more of worn print, when it may be used.
    private var sense: SecondEngine? { limits.engines == .tesseract ? nil : second }

    /// Whether a page that makes no sense makes sense in a mirror, all of it: the print of its other side, with no stamp
    /// or page number on this one.
    ///
    /// - Parameter isPale: whether all its print is pale, as it is not on its own side.
    private func isSeenThroughPaper(_ result: Result, isPale: Bool) -> Bool {
        guard isPale || result.letters.count >= 30 else { return false }
        let upright = sense.map { $0.words(on: result.image) } ?? result.words
        let (width, height) = (Double(result.image.width), Double(result.image.height))
        // Paper is turned over about its long or its short side.
        return [true, false].contains { isTurnedSideways in
            let turned = isTurnedSideways ? pixFlipLR(nil, result.image.pix) : pixFlipTB(nil, result.image.pix)
            guard let mirrored = PixelImage(turned).map({ words(toJudge: $0, dpi: result.dpi) }) else { return false }
            let (weight, uprightWeight) = (ScanReader.weight(mirrored), ScanReader.weight(upright))
            let sureCount = mirrored.surelyRead.count
            if isPale { return sureCount >= 2 && weight > 1.3 * uprightWeight }
            guard sureCount >= 3 && weight > 2 * uprightWeight || sureCount >= 2 && weight > 5 * uprightWeight else {
                return false
            }
            let seenThrough = mirrored.map { word in
                let box = word.box
                var word = word
                word.box =
                    isTurnedSideways
                    ? Box(left: width - box.right, top: box.top, right: width - box.left, bottom: box.bottom)
                    : Box(left: box.left, top: height - box.bottom, right: box.right, bottom: height - box.top)
                return word
            }
            return upright.surelyRead(from: ScanReader.sureMin, length: 3).allSatisfy { word in
                seenThrough.contains {
                    $0.box.overlapArea(word.box) > 0.5 * word.box.width * word.box.height
                        && $0.confidence.probability > word.confidence.probability - ScanReader.mirrorLead
                }
            }
        }
    }
}
