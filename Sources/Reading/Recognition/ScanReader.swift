import Documents

/// Reads a page that is only an image: brings it upright and straight, then recognises its words.
struct ScanReader {
    let recognizer: Recognizer
    let limits: ReaderLimits

    /// What a page image holds, in the frame of `image`.
    struct Result {
        var image: PixelImage
        var dpi: Double
        var rotation = 0
        var skew = 0.0
        var words: [Word] = []
        var checkboxes: [Checkbox] = []
        var barcodes: [Barcode] = []
        var blank = false
    }

    /// Tesseract's confidence from which its word on a page's orientation is taken alone.
    private static let orientationConfidenceMin = 4.0
    /// Mean confidence of words from which a page surely stands upright.
    private static let uprightConfidenceMin = 0.75

    func read(_ scan: ScannedImage) throws(PageProblem) -> Result {
        let (page, dpi) = try prepared(scan)
        guard let analysis = PageAnalysis(of: page, dpi: dpi) else { throw PageProblem.damagedImage }
        if analysis.isBlank { return Result(image: page, dpi: dpi, blank: true) }
        if let turn = analysis.clockwiseTurn { return try read(page, dpi: dpi, analysis: analysis, turn: turn) }
        let guess = recognizer.clockwiseTurn(of: page, dpi: dpi)
        if let guess, guess.confidence >= ScanReader.orientationConfidenceMin {
            return try read(page, dpi: dpi, analysis: analysis, turn: guess.degrees)
        }
        return try bestReading(page, dpi: dpi, analysis: analysis, guess: guess?.degrees)
    }

    /// Reads the words in a part of an upright page, such as a logo; doubtful ones and lone signs are left out.
    func words(in region: Box, of page: PixelImage, dpi: Double) -> [Word] {
        guard let part = page.clipped(to: region) else { return [] }
        return recognizer.words(on: part.image, dpi: dpi, layout: .sparse).compactMap { word in
            guard word.confidence > 0.6, word.text.filter({ $0.isLetter || $0.isNumber }).count >= 2 else { return nil }
            var word = word
            word.box = word.box.moved(x: part.left, y: part.top)
            return word
        }
    }

    /// Brings an image to the resolution of recognition, with white paper.
    private func prepared(_ scan: ScannedImage) throws(PageProblem) -> (page: PixelImage, dpi: Double) {
        let stated = scan.believedDPI
        let area = Double(scan.image.width) / stated.horizontal * (Double(scan.image.height) / stated.vertical)
        let dpi = min(Double(limits.ocrDPI), (Double(limits.pixelsMax) / max(area, 0.01)).squareRoot())
        // A fax at 200 dpi gains by being drawn larger; what is within a tenth is left alone.
        let scales = (x: dpi / stated.horizontal, y: dpi / stated.vertical)
        let isNear = (0.9...1.1).contains(scales.x) && abs(scales.x - scales.y) < 0.01
        guard let scaled = isNear ? scan.image : scan.image.scaled(x: min(4, scales.x), y: min(4, scales.y)) else {
            throw PageProblem.damagedImage
        }
        let clean = scan.image.isBitonal ? scaled : scaled.withWhitePaper() ?? scaled
        return (clean, isNear ? stated.horizontal : stated.horizontal * min(4, scales.x))
    }

    private func read(
        _ page: PixelImage, dpi: Double, analysis: PageAnalysis, turn: Int
    ) throws(PageProblem) -> Result {
        guard let turned = page.turned(turn), let ink = analysis.ink.turned(turn) else {
            throw PageProblem.damagedImage
        }
        let lean = PageAnalysis(ink: ink, dpi: dpi / 2).straightening
        guard let straight = turned.straightened(lean), let straightInk = ink.straightened(lean) else {
            throw PageProblem.damagedImage
        }
        var result = Result(image: straight, dpi: dpi, rotation: turn, skew: lean)
        result.words = words(on: straight, dpi: dpi, letterCount: analysis.letters.count)
        result.checkboxes = CheckboxFinder.checkboxes(in: straightInk, dpi: dpi / 2, scale: 2, words: result.words)
        result.barcodes = BarcodeFinder.barcodes(on: straight, ink: straightInk, dpi: dpi / 2, scale: 2)
        result.blank = result.words.isEmpty && result.barcodes.isEmpty && analysis.looksEmpty
        return result
    }

    /// Reads words by layout, and, where that finds few beside the letters seen, wherever they stand.
    private func words(on page: PixelImage, dpi: Double, letterCount: Int) -> [Word] {
        let ordered = recognizer.words(on: page, dpi: dpi)
        let characters = ordered.reduce(0) { $0 + $1.text.count }
        guard letterCount >= 40, characters * 3 < letterCount else { return ordered }
        let sparse = recognizer.words(on: page, dpi: dpi, layout: .sparse)
        return ScanReader.weight(sparse) > 1.3 * ScanReader.weight(ordered) ? sparse : ordered
    }

    /// Reads a page of which nothing says clearly which way is up, the other ways only when its words are doubtful.
    private func bestReading(
        _ page: PixelImage, dpi: Double, analysis: PageAnalysis, guess: Int?
    ) throws(PageProblem) -> Result {
        var best = try read(page, dpi: dpi, analysis: analysis, turn: 0)
        guard analysis.letters.count >= 20, best.meanConfidence < ScanReader.uprightConfidenceMin else { return best }
        var others = [180]
        if let guess, guess != 0, guess != 180 { others.append(guess) }
        for turn in others {
            let other = try read(page, dpi: dpi, analysis: analysis, turn: turn)
            if ScanReader.weight(other.words) > 1.3 * ScanReader.weight(best.words) { best = other }
        }
        return best
    }

    /// How much was surely read: characters of likely words, each by its confidence.
    private static func weight(_ words: [Word]) -> Double {
        words.filter { $0.text.count >= 2 && $0.confidence > 0.5 }.reduce(0) {
            $0 + Double($1.text.count) * $1.confidence.probability
        }
    }
}

extension ScanReader.Result {
    fileprivate var meanConfidence: Double { words.meanConfidence?.probability ?? 0 }
}

extension [Word] {
    /// The mean confidence, or nil when there are no words.
    var meanConfidence: Confidence? {
        isEmpty ? nil : Confidence(reduce(0) { $0 + $1.confidence.probability } / Double(count))
    }
}
