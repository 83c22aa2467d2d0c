import CLeptonica
import Documents

/// Whether anything was put on a page, or only dust, holes, folds, dark edges and the other side's print are on it.
struct PageContent {
    /// Whether strokes of print or a pen are there, as dark as these are.
    let hasStrokes: Bool
    /// Whether anything at all is there that may be worth reading: pale print, shapes thicker than strokes.
    let mayHaveWords: Bool

    /// The level under which ink is darker than what shines through the paper, once paper is white.
    private static let darkLevel: Int32 = 160
    /// Inches: what is thicker is no stroke; what keeps so far from the edges is no shadow of them.
    private static let strokeMax = 0.055
    private static let margin = 0.12
    /// Inches: a letter; a stamp or a signature.
    private static let letters = (heights: 0.04...0.35, widths: 0.018...0.6)
    private static let drawing = (width: 0.25, height: 0.1)
    private static let letterCountMin = 5

    /// - Parameters:
    ///   - page: the page on white paper.
    ///   - analysis: what its ink shows, pale ink included.
    init(of page: PixelImage, dpi pageDPI: Double, analysis: PageAnalysis) {
        let dpi = pageDPI / 2
        let dark =
            page.isBitonal
            ? page.halvedInk()
            : page.halved().flatMap { PixelImage(pixThresholdToBinary($0.pix, PageContent.darkLevel)) }
        let thickest = Int32(dpi * PageContent.strokeMax)
        guard let dark, let blobs = dark.opened(width: thickest, height: thickest),
            let spread = PixelImage(pixDilateBrick(nil, blobs.pix, thickest, thickest)),
            let strokes = PixelImage(pixSubtract(nil, dark.pix, spread.pix))?.withoutRules(length: Int32(dpi * 0.7))
        else {
            (hasStrokes, mayHaveWords) = (true, true)
            return
        }
        let margin = Int32(dpi * PageContent.margin)
        func isInside(_ box: PixelBox) -> Bool {
            box.left > margin && box.top > margin && box.left + box.width < Int32(dark.width) - margin
                && box.top + box.height < Int32(dark.height) - margin
        }
        let shapes = strokes.components().filter(isInside)
        let letterCount = shapes.count { shape in
            PageContent.letters.heights.contains(Double(shape.height) / dpi)
                && PageContent.letters.widths.contains(Double(shape.width) / dpi)
        }
        let hasDrawing = shapes.contains { shape in
            Double(shape.width) / dpi >= PageContent.drawing.width
                && Double(shape.height) / dpi >= PageContent.drawing.height
        }
        hasStrokes = letterCount >= PageContent.letterCountMin || hasDrawing
        mayHaveWords =
            hasStrokes || analysis.letters.count >= 20
            || blobs.components().contains { isInside($0) && !$0.isRound(in: blobs) }
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
    var surelyRead: [Word] {
        filter { $0.confidence > 0.7 && $0.text.count { $0.isLetter || $0.isNumber } >= 3 }
    }
}
