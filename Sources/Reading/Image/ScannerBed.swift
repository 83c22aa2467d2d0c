import CLeptonica

/// The dark that a scanner shows around paper that is smaller than its bed.
///
/// It is darker than any print, so that beside it pale print counts as paper: it is made paper before a page is judged.
enum ScannerBed {
    /// The bed is at most so bright, in parts of the paper's brightness.
    private static let brightnessMax = 0.45
    /// Inches: what is thinner is a stroke, unless it lies along an edge.
    private static let thicknessMin = 0.06
    private static let rim = 0.04
    /// The share of a page's width or height that it runs along at least.
    private static let lengthMin = 0.3
    /// With so many light letters in it, it is a band that was printed.
    private static let letterCountMin = 5

    /// The page with the bed as light as its paper; the page itself where none is seen.
    static func covered(_ page: PixelImage, dpi: Double) -> PixelImage {
        guard !page.isBitonal, let half = page.halved()?.grey() else { return page }
        let paper = half.medianShade()
        let thickness = max(4, Int32(dpi / 2 * thicknessMin))
        guard paper > 100, let dark = half.darker(than: UInt32(Double(paper) * brightnessMax)),
            let thick = dark.opened(width: thickness, height: thickness),
            let inner = PixelImage(pixRemoveBorderConnComps(thick.pix, 8)),
            let seed = PixelImage(pixSubtract(nil, thick.pix, inner.pix)), runsAlongAnEdge(seed),
            let spread = PixelImage(pixDilateBrick(nil, seed.pix, 2 * thickness, 2 * thickness)),
            let bed = PixelImage(pixAnd(nil, spread.pix, dark.pix)),
            let holes = PixelImage(pixHolesByFilling(bed.pix, 4)),
            PageAnalysis.letters(in: holes, dpi: dpi / 2).count < letterCountMin
        else { return page }
        addRims(Int32(dpi / 2 * rim), of: dark, to: bed)
        guard let wide = PixelImage(pixDilateBrick(nil, bed.pix, 5, 5)),
            let mask = PixelImage(pixExpandBinaryPower2(wide.pix, 2)), let copy = PixelImage(pixCopy(nil, page.pix))
        else { return page }
        // `copy` is not yet seen by anyone else.
        pixPaintThroughMask(copy.pix, mask.pix, 0, 0, UInt32(paper))
        return copy
    }

    private static func runsAlongAnEdge(_ seed: PixelImage) -> Bool {
        seed.components().contains { shape in
            Double(shape.width) > lengthMin * Double(seed.width)
                || Double(shape.height) > lengthMin * Double(seed.height)
        }
    }

    /// Adds what is dark along the edges, where a sliver of the bed is thinner than a stroke.
    private static func addRims(_ rim: Int32, of dark: PixelImage, to bed: PixelImage) {
        let (width, height) = (Int32(dark.width), Int32(dark.height))
        for (left, top, wide, high) in [
            (0, 0, width, rim), (0, height - rim, width, rim), (0, 0, rim, height), (width - rim, 0, rim, height),
        ] {
            pixRasterop(bed.pix, left, top, wide, high, PIX_SRC | PIX_DST, dark.pix, left, top)
        }
    }
}
