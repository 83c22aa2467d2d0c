import CLeptonica
import Documents

import struct Documents.Box

/// Reads a page that is only an image: brings it upright and straight, then recognises its words.
struct ScanReader {
    let recognizer: Recognizer
    /// The second engine, where it is installed and wanted.
    let second: SecondEngine?
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
        var signatures: [Signature] = []
        /// What finds marks on `image`.
        var marks: MarkFinder?
        /// The shapes on the straightened page that have the size of letters.
        var letters: [Box] = []
        var blank = false
        /// Whether only a part of the page was read.
        var isPart = false
    }

    /// Tesseract's confidence from which its word on a page's orientation counts.
    private static let orientationConfidenceMin = 4.0
    /// Mean confidence of words from which a page surely stands upright.
    private static let uprightConfidenceMin = 0.75

    /// Letters under which a page may be dirt: only a way up that it surely reads counts, and none under the lesser number.
    private static let lettersOfPrint = 20
    private static let lettersOfWordsMin = 8

    /// Mean confidence of words under which a page may make no sense at all.
    private static let senseMin = 0.6

    /// Reads a scan, when fully with every engine there is; with `turn`, degrees clockwise, as it then stands.
    func read(
        _ scan: ScannedImage, depth: ReadingDepth = .full, turn: Int? = nil
    ) throws(PageProblem) -> Result {
        guard depth == .full else { return try SkimReader(recognizer: recognizer).read(scan, depth: depth) }
        var result = try readByTesseract(scan, turn: turn)
        guard let second, !result.blank else { return finished(result) }
        switch limits.engines {
        case .tesseract: break
        case .second: result.words = second.words(on: result.image)
        case .both:
            result.words = Cascade(second: second, skipped: limits.skipped).words(
                improving: result.words, on: result.image, letters: result.letters)
        }
        return finished(result)
    }

    /// Joins the characters of combs, parts words that were read as one, tells what was written by hand, and mends letters
    /// that no print has.
    private func finished(_ result: Result) -> Result {
        guard let marks = result.marks else { return result }
        var result = result
        result.words = CombReader(recognizer: recognizer).words(
            result.words, combs: marks.combs(), on: result.image, dpi: result.dpi)
        result.words = marks.gluedWords.parted(marks.tellingHandwriting(result.words)).withoutImpossibleLetters()
        return result
    }

    private func readByTesseract(_ scan: ScannedImage, turn: Int?) throws(PageProblem) -> Result {
        let (page, dpi) = try prepared(scan)
        let result = try readPrepared(page, dpi: dpi, showsPaleness: !scan.image.isBitonal, turn: turn)
        guard result.blank || result.words.surelyRead.isEmpty, !scan.image.isBitonal,
            !limits.skipped.contains(.palePrint), let dark = try scaled(scan).image.withDarkPrint()
        else { return result }
        return try palePrint(on: dark, dpi: dpi, turn: turn) ?? result
    }

    /// Reads a page whose image is prepared, and says whether anything is on it; one that a person turned has something.
    ///
    /// - Parameter showsPaleness: whether what shines through the paper is paler on the image than ink of its side is.
    func readPrepared(
        _ page: PixelImage, dpi: Double, showsPaleness: Bool, turn: Int? = nil
    ) throws(PageProblem) -> Result {
        guard let analysis = PageAnalysis(of: page, dpi: dpi) else { throw PageProblem.damagedImage }
        let content = PageContent(of: page, dpi: dpi, analysis: analysis)
        if let turn { return try read(page, dpi: dpi, analysis: analysis, turn: turn) }
        guard content.mayHaveWords else { return Result(image: page, dpi: dpi, blank: true) }
        var result = try bestReading(page, dpi: dpi, analysis: analysis)
        if result.barcodes.isEmpty, result.words.surelyRead.count < 3 || result.meanConfidence < ScanReader.senseMin {
            result.blank = isBlank(result, content: content, page: page, dpi: dpi, showsPaleness: showsPaleness)
        }
        if result.blank { (result.words, result.checkboxes, result.signatures) = ([], [], []) }
        return result
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
        let (image, dpi) = try scaled(scan)
        guard !scan.image.isBitonal, !limits.skipped.contains(.whitePaper) else { return (image, dpi) }
        let readable = InverseRegions.turned(image, dpi: dpi)
        return (readable.withWhitePaper() ?? readable, dpi)
    }

    /// Brings an image to the resolution of recognition.
    private func scaled(_ scan: ScannedImage) throws(PageProblem) -> (image: PixelImage, dpi: Double) {
        let stated = scan.believedDPI
        let area = Double(scan.image.width) / stated.horizontal * (Double(scan.image.height) / stated.vertical)
        let dpi = min(Double(limits.ocrDPI), (Double(limits.pixelsMax) / max(area, 0.01)).squareRoot())
        // A fax at 200 dpi gains by being drawn larger; what is within a tenth is left alone.
        let scales = (x: dpi / stated.horizontal, y: dpi / stated.vertical)
        let isNear =
            (0.9...1.1).contains(scales.x) && abs(scales.x - scales.y) < 0.01 || limits.skipped.contains(.scaling)
        guard let scaled = isNear ? scan.image : scan.image.scaled(x: min(4, scales.x), y: min(4, scales.y)) else {
            throw PageProblem.damagedImage
        }
        return (scaled, isNear ? stated.horizontal : stated.horizontal * min(4, scales.x))
    }

    private func straightened(
        _ page: PixelImage, dpi: Double, analysis: PageAnalysis, turn: Int
    ) throws(PageProblem) -> (page: PixelImage, ink: PixelImage, lean: Double) {
        guard let turned = page.turned(turn), let ink = analysis.ink.turned(turn) else {
            throw PageProblem.damagedImage
        }
        let lean = limits.skipped.contains(.straightening) ? 0 : PageAnalysis(ink: ink, dpi: dpi / 2).straightening
        guard let straight = turned.straightened(lean), let straightInk = ink.straightened(lean) else {
            throw PageProblem.damagedImage
        }
        return (straight, straightInk, lean)
    }

    /// The straightened page, without reading a word: for fitting what finds marks.
    func straightened(_ scan: ScannedImage) throws(PageProblem) -> (page: PixelImage, dpi: Double) {
        let (page, dpi) = try prepared(scan)
        guard let analysis = PageAnalysis(of: page, dpi: dpi) else { throw PageProblem.damagedImage }
        return (try straightened(page, dpi: dpi, analysis: analysis, turn: 0).page, dpi)
    }

    private func read(
        _ page: PixelImage, dpi: Double, analysis: PageAnalysis, turn: Int
    ) throws(PageProblem) -> Result {
        let (straight, straightInk, lean) = try straightened(page, dpi: dpi, analysis: analysis, turn: turn)
        var result = Result(image: straight, dpi: dpi, rotation: turn, skew: lean)
        result.words = words(
            on: InverseRegions.turned(straight, ink: straightInk, dpi: dpi / 2), dpi: dpi,
            letterCount: analysis.letters.count)
        result.marks = MarkFinder(page: straight, dpi: dpi)
        if let found = result.marks?.marks(words: result.words) {
            result.checkboxes = found.checkboxes
            result.barcodes = found.barcodes
            result.signatures = found.signatures
        }
        result.letters = PageAnalysis(ink: straightInk, dpi: dpi / 2).letters.map { $0.box.scaled(2) }
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

    /// Reads a page as it lies and, when that makes little sense, the other ways that are likely.
    ///
    /// Most pages stand upright, and nothing says so as clearly as words that can be read: a page of figures has neither
    /// the ascenders nor the descenders that tell up from down.
    private func bestReading(_ page: PixelImage, dpi: Double, analysis: PageAnalysis) throws(PageProblem) -> Result {
        let upright = try read(page, dpi: dpi, analysis: analysis, turn: 0)
        let characters = upright.words.reduce(0) { $0 + $1.text.count }
        guard analysis.letters.count >= ScanReader.lettersOfWordsMin, !limits.skipped.contains(.turning),
            upright.meanConfidence < ScanReader.uprightConfidenceMin || 3 * characters < analysis.letters.count
                || upright.liesOnItsSide
        else { return upright }
        var best = upright
        var turns = likelyTurns(of: page, dpi: dpi, analysis: analysis)
        // Tesseract reads lines that climb or fall too, but their boxes serve nobody.
        if upright.liesOnItsSide {
            best.words = []
            turns = turns.filter { $0 != 180 } + [90, 270].filter { !turns.contains($0) }
        }
        for turn in turns {
            if best.rotation != 0, best.meanConfidence >= ScanReader.uprightConfidenceMin { break }
            let other = try read(page, dpi: dpi, analysis: analysis, turn: turn)
            let mayCount =
                analysis.letters.count >= ScanReader.lettersOfPrint
                || other.meanConfidence >= ScanReader.uprightConfidenceMin
            if mayCount, ScanReader.weight(other.words) > 1.3 * ScanReader.weight(best.words) { best = other }
        }
        return best.words.isEmpty ? upright : best
    }

    /// The turns to try after none, the likelier first: what letters' shapes say, what Tesseract says, upside down.
    private func likelyTurns(of page: PixelImage, dpi: Double, analysis: PageAnalysis) -> [Int] {
        var turns: [Int] = []
        if let turn = analysis.clockwiseTurn { turns.append(turn) }
        if let guess = recognizer.clockwiseTurn(of: page, dpi: dpi) {
            if turns.first == 0, guess.degrees == 0, guess.confidence >= ScanReader.orientationConfidenceMin {
                return []
            }
            turns.append(guess.degrees)
        }
        turns.append(180)
        return turns.reduce(into: []) { kept, turn in
            if turn != 0, !kept.contains(turn) { kept.append(turn) }
        }
    }

    /// How much was surely read: characters of likely words, each by its confidence.
    static func weight(_ words: [Word]) -> Double {
        words.filter { $0.text.count >= 2 && $0.confidence > 0.5 }.reduce(0) {
            $0 + Double($1.text.count) * $1.confidence.probability
        }
    }
}

extension ScanReader.Result {
    fileprivate var meanConfidence: Double { words.meanConfidence?.probability ?? 0 }

    /// Whether most longer words are taller than wide.
    var liesOnItsSide: Bool {
        let longer = words.filter { $0.text.count >= 4 }
        return 2 * longer.count { $0.box.height > $0.box.width } > longer.count
    }
}

extension [Word] {
    /// The mean confidence, or nil when there are no words.
    var meanConfidence: Confidence? {
        isEmpty ? nil : Confidence(reduce(0) { $0 + $1.confidence.probability } / Double(count))
    }
}
