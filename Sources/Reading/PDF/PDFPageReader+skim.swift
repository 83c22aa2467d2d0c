import Documents

extension PDFPageReader {
    /// Words from which a text layer may stand for its page; fewer may be a stamp or a page number on a scan.
    private static let wordCountMin = 25
    /// Pixels per inch at which a word, too small to be read, is still seen to be there.
    private static let presenceDPI = 50.0

    /// The page's own text where that is likely to be what the page shows, else a quick reading of its image.
    func skimmed(_ page: PDFPage, depth: ReadingDepth) throws(PageProblem) -> SourcedContent {
        let layer = TextLayer(
            page.glyphs(), marks: [], frame: Box(left: 0, top: 0, right: page.width, bottom: page.height))
        guard layer.words.count >= PDFPageReader.wordCountMin else {
            return try skimmedImage(of: page, depth: depth, because: .noTextLayer)
        }
        if let reason = layer.isDoubtful ? .garbledText : layer.fault {
            return try skimmedImage(of: page, depth: depth, because: reason)
        }
        let dpi = drawingDPI(page, wanted: PDFPageReader.presenceDPI)
        guard let image = page.rendered(dpi: dpi) else { throw PDFPageReader.undrawable }
        guard let seen = layer.seen(on: image, scale: dpi / 72) else {
            return try skimmedImage(of: page, depth: depth, because: .textNotShown)
        }
        var content = ScanReader.Result(image: image, dpi: dpi / unit(of: page))
        content.words = seen.words.map { word in
            var word = word
            word.box = word.box.scaled(dpi / 72)
            return word
        }
        return SourcedContent(source: .text, reason: .textLayerAgrees, content: content)
    }

    private func skimmedImage(
        of page: PDFPage, depth: ReadingDepth, because reason: SourceReason
    ) throws(PageProblem) -> SourcedContent {
        guard let scanReader else { throw .needsRecognition }
        let dpi = drawingDPI(page, wanted: SkimReader.dpi)
        guard let image = page.rendered(dpi: dpi) else { throw PDFPageReader.undrawable }
        let density = dpi / unit(of: page)
        let scan = ScannedImage(image: image, horizontalDPI: density, verticalDPI: density)
        return SourcedContent(source: .ocr, reason: reason, content: try scanReader.read(scan, depth: depth))
    }
}
