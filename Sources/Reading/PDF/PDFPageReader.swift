import Documents

/// Reads a page of a PDF: by its text where that is good, else by its image, else by both.
struct PDFPageReader {
    let limits: ReaderLimits
    /// What recognises images; nil in a reader of text only.
    let scanReader: ScanReader?

    /// Pixels per inch of the frame of a page with a text layer.
    private static let textDPI = 150.0
    /// Images that cover more of a page than this make it a scan; a text layer over them is another program's guess.
    private static let imageShareMax = 0.5
    /// Images beside the text that are recognised one by one; with more the whole page is recognised.
    private static let regionCountMax = 6
    /// Letters that an image must show to be worth recognising.
    private static let regionLettersMin = 3

    /// With `turn` the page's image is recognised as it stands when turned so: its text layer knows of no other direction.
    func read(
        _ page: PDFPage, depth: ReadingDepth = .full, turn: Int? = nil
    ) throws(PageProblem) -> SourcedContent {
        if let turn { return try recognised(page, because: .turnedByPerson, turn: turn) }
        guard depth == .full else { return try skimmed(page, depth: depth) }
        let frame = Box(left: 0, top: 0, right: page.width, bottom: page.height)
        let ticks = page.ticks()
        let glyphs = glyphs(of: page)
        let layer = TextLayer(glyphs, marks: ticks.map(\.box), frame: frame)
        // Finding them goes through all that the page draws once more.
        let images = layer.words.isEmpty ? [] : page.imageBoxes()
        let imageShare = images.reduce(0) { $0 + $1.width * $1.height } / (page.width * page.height)
        if let reason = imageShare > PDFPageReader.imageShareMax ? .imageCoversPage : layer.fault {
            return try recognised(page, because: reason)
        }
        if layer.isDoubtful {
            let recognised = try recognised(page, because: .refutedByOCR)
            if layer.isRefuted(by: recognised.content.words) { return recognised }
        }
        let drawing = try drawing(of: page)
        guard let layer = layer.seen(on: drawing.image, scale: drawing.dpi / 72) else {
            return try recognised(page, because: .textNotShown)
        }
        return try textual(page, drawing, layer: layer, glyphs: glyphs, ticks: ticks, images: images)
    }

    /// The text layer together with form values and comments, which lie outside it.
    private func glyphs(of page: PDFPage) -> [PDFPage.Glyph] {
        let plain = page.glyphs()
        guard page.hasOverlays, let whole = page.flattened()?.glyphs(), whole.count * 10 >= plain.count * 9 else {
            return plain
        }
        return whole
    }

    private func recognised(
        _ page: PDFPage, because reason: SourceReason, turn: Int? = nil
    ) throws(PageProblem) -> SourcedContent {
        guard let scanReader else { throw .needsRecognition }
        let dpi = drawingDPI(page, wanted: Double(limits.ocrDPI))
        guard let image = page.rendered(dpi: dpi) else { throw PDFPageReader.undrawable }
        let density = dpi / unit(of: page)
        let scan = ScannedImage(image: image, horizontalDPI: density, verticalDPI: density)
        return SourcedContent(source: .ocr, reason: reason, content: try scanReader.read(scan, turn: turn))
    }

    /// A page as it is shown, at the resolution of a page with a text layer.
    private struct Drawing {
        let image: PixelImage
        let ink: PixelImage
        let dpi: Double
    }

    private func drawing(of page: PDFPage) throws(PageProblem) -> Drawing {
        let dpi = drawingDPI(page, wanted: PDFPageReader.textDPI)
        guard let image = page.rendered(dpi: dpi), let ink = image.ink() else { throw PDFPageReader.undrawable }
        return Drawing(image: image, ink: ink, dpi: dpi)
    }

    private func textual(
        _ page: PDFPage, _ drawing: Drawing, layer: TextLayer, glyphs: [PDFPage.Glyph], ticks: [PDFPage.Tick],
        images: [Box]
    ) throws(PageProblem) -> SourcedContent {
        let (ink, dpi) = (drawing.ink, drawing.dpi)
        let scale = dpi / 72
        var content = ScanReader.Result(image: drawing.image, dpi: dpi / unit(of: page))
        content.words = layer.words.map { word in
            var word = word
            word.box = word.box.scaled(scale)
            return word
        }
        let declared = ticks.map { Checkbox(box: $0.box.scaled(scale), checked: $0.checked, confidence: 0.995) }
        let marks = MarkFinder(page: drawing.image, dpi: content.dpi, isDrawn: images.isEmpty)?.marks(
            words: content.words)
        content.checkboxes = [
            declared, TickSymbols.checkboxes(in: glyphs, ink: ink, scale: scale),
            marks?.checkboxes ?? [],
        ].reduce([]) { surer, found in
            surer + found.filter { box in !surer.contains { $0.box.overlapArea(box.box) > 0 } }
        }
        content.barcodes = marks?.barcodes ?? []
        content.signatures = marks?.signatures ?? []
        let unread = unreadLetters(in: ink, dpi: content.dpi, beside: content.words)
        let added = try recognisedBeside(page, dpi: dpi, words: content.words, unread: unread, images: images)
        let firstLine = (content.words.map(\.line).max() ?? -1) + 1
        content.words += added.map { word in
            var word = word
            word.line += firstLine
            return word
        }
        return added.isEmpty
            ? SourcedContent(source: .text, reason: .textLayerAgrees, content: content)
            : SourcedContent(source: .mixed, reason: .lettersBesideText, content: content)
    }

    /// The shapes of letters that no word of the text layer accounts for.
    private func unreadLetters(in ink: PixelImage, dpi: Double, beside words: [Word]) -> [Box] {
        // They stay when the words are taken off the page, and mostly nothing of their size does.
        if let rest = ink.erased(words.map(\.box)), PageAnalysis.letters(in: rest, dpi: dpi).isEmpty { return [] }
        let letters = PageAnalysis.letters(in: ink, dpi: dpi)
        let rows = Dictionary(grouping: words) { Int($0.box.midY / 32) }
        return letters.map(\.box).filter { letter in
            let row = Int(letter.midY / 32)
            return !(row - 2...row + 2).contains { rows[$0]?.contains { $0.box.overlapArea(letter) > 0 } ?? false }
        }
    }

    /// Recognises what the text layer leaves out, and gives the words that stand beside it.
    private func recognisedBeside(
        _ page: PDFPage, dpi: Double, words: [Word], unread: [Box], images: [Box]
    ) throws(PageProblem) -> [Word] {
        let textLength = words.reduce(0) { $0 + $1.text.count }
        let scaledImages = images.map { $0.scaled(dpi / 72) }
        var regions = scaledImages.filter { image in
            unread.filter { image.holds($0) }.count >= PDFPageReader.regionLettersMin
        }
        if unread.count > max(60, textLength / 3) || regions.count > PDFPageReader.regionCountMax {
            regions = [Box(left: 0, top: 0, right: page.width * dpi / 72, bottom: page.height * dpi / 72)]
        }
        guard !regions.isEmpty else { return [] }
        guard let scanReader else { throw .needsRecognition }
        let fineDPI = drawingDPI(page, wanted: Double(limits.ocrDPI))
        guard let fine = page.rendered(dpi: fineDPI) else { throw PDFPageReader.undrawable }
        var found: [Word] = []
        for region in regions {
            for word in scanReader.words(in: region.scaled(fineDPI / dpi), of: fine, dpi: fineDPI / unit(of: page)) {
                var word = word
                word.box = word.box.scaled(dpi / fineDPI)
                let area = max(1, word.box.width * word.box.height)
                let isNew = (words + found).allSatisfy { $0.box.overlapArea(word.box) < 0.3 * area }
                if isNew { found.append(word) }
            }
        }
        return found
    }

    /// Points below which the longer side of a page is no paper, and that of a letter.
    private static let sideMin = 300.0
    private static let letterSide = 792.0

    /// Points of the paper for each point that Poppler states.
    ///
    /// A page that is tiny is set in units larger than points (ISO 32000-1, table 30, /UserUnit), which Poppler does not
    /// tell: it is taken for a letter.
    func unit(of page: PDFPage) -> Double {
        let side = max(page.width, page.height)
        return side < PDFPageReader.sideMin ? PDFPageReader.letterSide / side : 1
    }

    /// Pixels for 72 of the page's units, fewer than wanted where the page is huge.
    func drawingDPI(_ page: PDFPage, wanted: Double) -> Double {
        let area = page.width / 72 * (page.height / 72)
        return min(
            wanted * unit(of: page), (Double(limits.pixelsMax) / area).squareRoot(),
            30_000 * 72 / max(page.width, page.height))
    }

    static let undrawable = PageProblem(
        "The page is too large to be drawn, or damaged. Ask its sender for another copy.")
}
