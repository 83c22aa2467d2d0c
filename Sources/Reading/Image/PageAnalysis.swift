import CLeptonica

/// What the ink of a page at half resolution (about 150 dpi) shows before anything is read.
struct PageAnalysis {
    let ink: PixelImage
    /// Boxes of the size of letters, noise and lines left out.
    let letters: [PixelBox]
    private let dpi: Double

    init?(of page: PixelImage, dpi: Double) {
        guard let ink = page.halvedInk() else { return nil }
        self.init(ink: ink, dpi: dpi / 2)
    }

    /// - Parameter dpi: pixels per inch of `ink`.
    init(ink: PixelImage, dpi: Double) {
        self.ink = ink
        self.dpi = dpi
        letters = PageAnalysis.letters(in: ink, dpi: dpi)
    }

    /// The boxes of the size of letters in 1-bit ink, away from the edges.
    static func letters(in ink: PixelImage, dpi: Double) -> [PixelBox] {
        let margin = Int32(dpi * 0.1)
        let (right, bottom) = (Int32(ink.width) - margin, Int32(ink.height) - margin)
        return ink.components().filter { box in
            let (width, height) = (Double(box.width) / dpi, Double(box.height) / dpi)
            return (0.03...0.5).contains(height) && (0.008...0.6).contains(width) && width * height > 0.001
                && box.left > margin && box.top > margin && box.left + box.width < right
                && box.top + box.height < bottom
        }
    }

    /// Degrees clockwise (0, 90, 180, 270) that bring the page upright; nil when its letters do not say so clearly.
    ///
    /// Ascenders outnumber descenders in English; `pixOrientDetect` counts both, and both again on the page's side.
    var clockwiseTurn: Int? {
        var (up, left) = (Float(0), Float(0))
        guard pixOrientDetect(ink.pix, &up, &left, 0, 0) == 0 else { return nil }
        var orientation: Int32 = 0
        guard makeOrientDecision(up, left, 8, 2.5, &orientation, 0) == 0 else { return nil }
        switch Int(orientation) {
        case L_TEXT_ORIENT_UP: return 0
        case L_TEXT_ORIENT_LEFT: return 90
        case L_TEXT_ORIENT_DOWN: return 180
        case L_TEXT_ORIENT_RIGHT: return 270
        default: return nil
        }
    }

    /// Degrees clockwise that bring the lines level; 0 when the page leans too little to matter or does not say.
    var straightening: Double {
        var (angle, confidence) = (Float(0), Float(0))
        guard pixFindSkewSweepAndSearch(ink.pix, &angle, &confidence, 2, 1, 7, 1, 0.02) == 0, confidence >= 3,
            abs(angle) >= 0.1
        else { return 0 }
        return Double(angle)
    }
}
