import CLeptonica
import Documents

/// Whether anything was put on a page, or only dust, holes, folds, dark edges and the other side's print are on it.
struct PageContent {
    /// Whether strokes of print or a pen are there, as dark as these are, or several thicker shapes: what cannot be
    /// read is for a person, who must not be told that nothing is there.
    let hasInk: Bool
    /// Whether anything at all is there that may be worth reading: pale print, shapes thicker than strokes.
    let mayHaveWords: Bool
    /// Where a few letters stand that may be a page number or no more than dirt; in pixels of the page.
    let loneMarks: [Documents.Box]

    /// The level under which ink is darker than what shines through the paper, once paper is white.
    private static let darkLevel: Int32 = 160
    /// Inches: what is thicker is no stroke; what keeps so far from the edges is no shadow of them.
    private static let strokeMax = 0.055
    private static let margin = 0.12
    /// Inches: a letter; a stamp or a signature.
    private static let letters = (heights: 0.04...0.35, widths: 0.018...0.6)
    private static let drawing = (width: 0.25, height: 0.1)
    /// The least ink in a drawing's box, and the least its shorter side is of the longer: a fold that lies aslant is a line.
    private static let drawingInkMin = 0.03
    private static let drawingShapeMin = 0.1
    /// Letters beside one another that make a word, and letters that make it text: fewer must be read to count.
    private static let letterCountMin = 3
    private static let textLetterCountMin = 5
    /// More lone marks than this are dirt; inches to look around one.
    private static let loneMarkCountMax = 6
    private static let loneMarkMargin = 0.25
    /// Thick shapes that are more than a stain.
    private static let thickShapeCountMin = 4
    /// Inches from an edge within which holes are punched and the scanner's dark ends, and how large a hole is.
    private static let holeMargin = 0.65
    private static let edgeMargin = 0.3
    private static let holeMax = 0.36

    /// Whether a shape near an edge may be what remains of a punched hole or of the scanner's dark when paper was made
    /// white: a ring, a piece of one, a ragged rim.
    private static func isOfTheEdge(_ shape: PixelBox, in page: PixelImage, dpi: Double) -> Bool {
        func isWithin(_ inches: Double) -> Bool {
            let margin = Int32(inches * dpi)
            return shape.left + shape.width < margin || shape.left > Int32(page.width) - margin
                || shape.top + shape.height < margin || shape.top > Int32(page.height) - margin
        }
        return isWithin(edgeMargin) || isWithin(holeMargin) && Double(max(shape.width, shape.height)) <= holeMax * dpi
    }

    private static func isLetter(_ shape: PixelBox, dpi: Double) -> Bool {
        letters.heights.contains(Double(shape.height) / dpi) && letters.widths.contains(Double(shape.width) / dpi)
    }

    /// Whether some of the letters stand beside one another as those of a word do.
    private static func hasWord(_ letters: [Documents.Box], dpi: Double) -> Bool {
        letters.contains { letter in
            letters.count { abs($0.midY - letter.midY) < 0.08 * dpi && abs($0.midX - letter.midX) < 0.5 * dpi }
                >= letterCountMin
        }
    }

    /// Letters of the halved page with what stands close to them, each group once; none when there are many.
    private static func loneMarks(_ letters: [Documents.Box], dpi: Double) -> [Documents.Box] {
        let margin = loneMarkMargin * dpi
        var groups: [Documents.Box] = []
        for letter in letters {
            var group = Documents.Box(
                left: letter.left - margin, top: letter.top - margin, right: letter.right + margin,
                bottom: letter.bottom + margin)
            while let near = groups.firstIndex(where: { $0.overlapArea(group) > 0 }) {
                group = group.union(groups.remove(at: near))
            }
            groups.append(group)
        }
        guard groups.count <= loneMarkCountMax else { return [] }
        return groups.map {
            Documents.Box(left: 2 * $0.left, top: 2 * $0.top, right: 2 * $0.right, bottom: 2 * $0.bottom)
        }
    }

    /// The ink without what is thick and touches the edges, ragged rims included: the scanner's dark.
    private static func withoutEdgeShadow(_ ink: PixelImage) -> PixelImage? {
        guard let thick = ink.opened(width: 4, height: 4),
            let inner = PixelImage(pixRemoveBorderConnComps(thick.pix, 8)),
            let shadow = PixelImage(pixSubtract(nil, thick.pix, inner.pix)),
            let spread = PixelImage(pixDilateBrick(nil, shadow.pix, 9, 9))
        else { return nil }
        return PixelImage(pixSubtract(nil, ink.pix, spread.pix))
    }

    /// - Parameters:
    ///   - page: the page on white paper.
    ///   - analysis: what its ink shows, pale ink included.
    init(of page: PixelImage, dpi pageDPI: Double, analysis: PageAnalysis) {
        let dpi = pageDPI / 2
        let ink =
            page.isBitonal
            ? page.halvedInk()
            : page.halved().flatMap { PixelImage(pixThresholdToBinary($0.pix, PageContent.darkLevel)) }
        let dark = ink.flatMap(PageContent.withoutEdgeShadow)
        let thickest = Int32(dpi * PageContent.strokeMax)
        guard let dark, let blobs = dark.opened(width: thickest, height: thickest),
            let spread = PixelImage(pixDilateBrick(nil, blobs.pix, thickest, thickest)),
            let strokes = PixelImage(pixSubtract(nil, dark.pix, spread.pix))?.withoutRules(length: Int32(dpi * 0.4))
        else {
            (hasInk, mayHaveWords, loneMarks) = (true, true, [])
            return
        }
        let margin = Int32(dpi * PageContent.margin)
        func isInside(_ box: PixelBox) -> Bool {
            box.left > margin && box.top > margin && box.left + box.width < Int32(dark.width) - margin
                && box.top + box.height < Int32(dark.height) - margin
        }
        let shapes = strokes.components().filter(isInside)
        let letters = shapes.filter { PageContent.isLetter($0, dpi: dpi) }.map(\.box)
        let inner = shapes.filter { !PageContent.isOfTheEdge($0, in: dark, dpi: dpi) }
            .filter { PageContent.isLetter($0, dpi: dpi) }.map(\.box)
        let hasText =
            analysis.letters.count > PageContent.textLetterCountMin && PageContent.hasWord(letters, dpi: dpi)
            || inner.count >= PageContent.textLetterCountMin && PageContent.hasWord(inner, dpi: dpi)
        let hasDrawing = shapes.contains { shape in
            Double(shape.width) / dpi >= PageContent.drawing.width
                && Double(shape.height) / dpi >= PageContent.drawing.height
                && Double(min(shape.width, shape.height))
                    >= PageContent.drawingShapeMin * Double(max(shape.width, shape.height))
                && dark.inkShare(in: shape) >= PageContent.drawingInkMin
                && !PageContent.isOfTheEdge(shape, in: dark, dpi: dpi)
        }
        let thick = blobs.components().filter {
            isInside($0) && !$0.isRound(in: blobs) && !PageContent.isOfTheEdge($0, in: dark, dpi: dpi)
        }
        hasInk = hasText || hasDrawing || thick.count >= PageContent.thickShapeCountMin
        mayHaveWords = hasInk || analysis.letters.count >= 20 || !letters.isEmpty || !thick.isEmpty
        loneMarks = hasInk ? [] : PageContent.loneMarks(letters, dpi: dpi)
    }
}

extension PixelBox {
    /// Whether the ink here is a disc, as a punch leaves it.
    fileprivate func isRound(in image: PixelImage) -> Bool {
        abs(width - height) * 4 <= max(width, height) && (0.68...0.88).contains(image.inkShare(in: self))
    }
}

extension [Word] {
    /// Words that were surely read, signs and lone letters left out.
    var surelyRead: [Word] { surelyRead(from: 0.7, length: 3) }

    /// Words of so many letters and digits at least, read with more than so much confidence.
    func surelyRead(from confidence: Confidence, length: Int) -> [Word] {
        filter { $0.confidence > confidence && $0.text.count { $0.isLetter || $0.isNumber } >= length }
    }
}
