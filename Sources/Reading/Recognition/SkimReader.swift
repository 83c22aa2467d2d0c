import Documents

/// Reads the words of a scan quickly: enough to tell what it is, too few and too rough for the values on it.
///
/// Tesseract reads alone, at a lower resolution, and nothing but words is looked for. Where hardly a word is sure it
/// gives none: that page is for the full reading.
struct SkimReader {
    let recognizer: Recognizer

    /// Pixels per inch at which grey scans are read.
    static let dpi = 200.0
    /// Bitonal scans up to here are read as they are: to scale them takes longer than to read them.
    private static let bitonalDPIMax = 310.0
    /// Letters that a glance reads: most pages have said by then what they are, and their subtype too.
    private static let glanceLetterCount = 330
    /// Letters from which a page can be judged at all.
    private static let letterCountMin = 20
    /// The least share of letters that stand in sure words, and the least mean confidence, of what makes sense.
    private static let sureShareMin = 0.4
    private static let confidenceMin: Confidence = 0.7

    func read(_ scan: ScannedImage, depth: ReadingDepth) throws(PageProblem) -> ScanReader.Result {
        let (page, dpi) = try SkimReader.coarse(scan)
        let reduction = dpi > 1.25 * SkimReader.dpi ? 2.0 : 1
        guard let ink = reduction > 1 ? page.halvedInk() : page.ink() else { throw PageProblem.damagedImage }
        let analysis = PageAnalysis(ink: ink, dpi: dpi / reduction)
        let letters = analysis.letters.map { $0.box.scaled(reduction) }
        let upright = ScanReader.Result(image: page, dpi: dpi)
        guard letters.count >= SkimReader.letterCountMin else { return upright }
        if let result = words(on: upright, letters: letters, depth: depth) { return result }
        // Only now: most pages stand upright, and the letters' shapes take as long to judge as a line to read.
        guard let turn = analysis.clockwiseTurn, turn != 0 else { return upright }
        guard let turned = page.turned(turn) else { throw PageProblem.damagedImage }
        let result = ScanReader.Result(image: turned, dpi: dpi, rotation: turn)
        return words(on: result, letters: letters.map { $0.turned(turn, in: page) }, depth: depth) ?? upright
    }

    /// The page with its words, or those of its upper part; nil when they make no sense.
    private func words(on page: ScanReader.Result, letters: [Box], depth: ReadingDepth) -> ScanReader.Result? {
        var result = page
        var frame = Box(left: 0, top: 0, right: Double(page.image.width), bottom: Double(page.image.height))
        var inside = letters
        if depth == .glance, let end = SkimReader.glanceEnd(letters) {
            result.isPart = true
            frame.bottom = end
            inside = letters.filter { $0.midY < end }
        }
        guard let part = page.image.clipped(to: frame)?.image else { return nil }
        result.words = recognizer.words(on: part, dpi: page.dpi, triesInverse: false)
        // Tesseract reads a page on its side too, and of that a strip is the half of every line.
        guard !result.liesOnItsSide else { return nil }
        return SkimReader.makeSense(result.words, of: inside.count) ? result : nil
    }

    /// The page at the resolution of reading; grey paper is made white.
    private static func coarse(_ scan: ScannedImage) throws(PageProblem) -> (page: PixelImage, dpi: Double) {
        let stated = scan.believedDPI
        if scan.image.isBitonal, abs(stated.horizontal - stated.vertical) < 0.01 * stated.horizontal {
            if stated.horizontal <= bitonalDPIMax { return (scan.image, stated.horizontal) }
            if stated.horizontal <= 2 * bitonalDPIMax, let halved = scan.image.halvedInk() {
                return (halved, stated.horizontal / 2)
            }
        }
        let dpi = min(SkimReader.dpi, stated.horizontal)
        guard let scaled = scan.image.scaled(x: dpi / stated.horizontal, y: dpi / stated.vertical) else {
            throw PageProblem.damagedImage
        }
        return (scan.image.isBitonal ? scaled : scaled.withWhitePaper() ?? scaled, dpi)
    }

    /// How far down a glance reads: to where it has letters enough, at the row near there that the fewest letters cross;
    /// nil when the rest of the page is not worth a second look.
    private static func glanceEnd(_ letters: [Box]) -> Double? {
        guard letters.count > glanceLetterCount * 4 / 3 else { return nil }
        let sorted = letters.sorted { $0.top < $1.top }
        let rows = sorted[glanceLetterCount * 5 / 6...glanceLetterCount * 7 / 6].map { $0.top - 1 }
        return rows.map { row in (row: row, crossed: letters.count { $0.top < row && $0.bottom > row }) }
            .min { $0.crossed < $1.crossed }?.row
    }

    /// Whether most of what looks like letters was read, and surely.
    private static func makeSense(_ words: [Word], of letterCount: Int) -> Bool {
        guard let confidence = words.meanConfidence, confidence >= confidenceMin else { return false }
        let sure = words.surelyRead.reduce(0) { $0 + $1.text.count }
        return Double(sure) >= sureShareMin * Double(letterCount)
    }
}

extension Box {
    /// The box in the frame of `image` turned clockwise by 0, 90, 180 or 270 degrees.
    fileprivate func turned(_ degrees: Int, in image: PixelImage) -> Box {
        let (width, height) = (Double(image.width), Double(image.height))
        return switch degrees {
        case 90: Box(left: height - bottom, top: left, right: height - top, bottom: right)
        case 180: Box(left: width - right, top: height - bottom, right: width - left, bottom: height - top)
        case 270: Box(left: top, top: width - right, right: bottom, bottom: width - left)
        default: self
        }
    }
}
