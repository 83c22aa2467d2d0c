import Documents

/// Finds what is on an upright, straight page besides words.
struct MarkFinder {
    private let page: PixelImage
    private let ink: PixelImage
    private let map: InkMap
    /// The ink without long rules.
    private let pen: InkMap
    private let dpi: Double
    /// Pixels of `page` for one of `ink`.
    private let scale: Double

    /// Inches from which a line is a rule, no stroke of a letter or a pen.
    private static let ruleLength = 0.3
    private static let handwrittenProbabilityMin = 0.6

    /// - Parameters:
    ///   - page: the page in grey or 1 bit.
    ///   - dpi: pixels per inch of `page`.
    init?(page: PixelImage, dpi pageDPI: Double) {
        // About 150 dots an inch show every mark.
        let isFine = pageDPI > 200
        let (dpi, scale) = isFine ? (pageDPI / 2, 2.0) : (pageDPI, 1)
        guard let ink = isFine ? page.halvedFaintInk() : page.faintInk(), let map = InkMap(ink),
            let loose = ink.withoutRules(length: Int32(dpi * MarkFinder.ruleLength)),
            let pen = InkMap(loose)
        else { return nil }
        (self.page, self.ink, self.map, self.pen, self.dpi, self.scale) = (page, ink, map, pen, dpi, scale)
    }

    /// Columns of the ink in which facts are told.
    var width: Double { Double(map.width) }

    /// What is found on a page of these words.
    struct Found {
        var checkboxes: [Checkbox] = []
        var barcodes: [Barcode] = []
        var signatures: [Signature] = []
    }

    /// - Parameter words: what was read on the page, in its pixels.
    func marks(words: [Word]) -> Found {
        let placed = words.map { word in
            var word = word
            word.box = word.box.scaled(1 / scale)
            return word
        }
        let signatures = SignatureFinder(pen: pen, rules: rules(), dpi: dpi).signatures(words: placed)
        return Found(
            checkboxes: CheckboxFinder(ink: map, pen: pen, dpi: dpi).checkboxes(scale: scale, words: words),
            barcodes: BarcodeFinder.barcodes(on: page, ink: ink, dpi: dpi, scale: scale),
            signatures: signatures.map { Signature(box: $0.box.scaled(scale), confidence: $0.confidence) })
    }

    /// The words, those that were written by hand told from the printed ones.
    func tellingHandwriting(_ words: [Word]) -> [Word] {
        words.map { word in
            var word = word
            let facts = writing(in: word.box.scaled(1 / scale))
            if let facts, word.text.count > 1,
                MarkWeights.probabilities(facts.values, weights: MarkWeights.handwriting)[1]
                    > MarkFinder.handwrittenProbabilityMin
            {
                word.handwritten = true
            }
            return word
        }
    }

    /// The squares with what is drawn on them.
    func squares() -> [CheckboxMark] { CheckboxFinder(ink: map, pen: pen, dpi: dpi).marks() }

    /// The facts of the ink above every line that may be signed on.
    func writingOnLines() -> [WritingFacts] { SignatureFinder(pen: pen, rules: rules(), dpi: dpi).samples() }

    /// The facts of the ink in a box, in pixels of the ink.
    func writing(in box: Box) -> WritingFacts? {
        let place = InkBox(
            left: Int(box.left) - 1, top: Int(box.top) - 1, right: Int(box.right.rounded(.up)) + 1,
            bottom: Int(box.bottom.rounded(.up)) + 1)
        return WritingFacts(pen, in: place, dpi: dpi)
    }

    private func rules() -> [InkBox] {
        guard let level = ink.closed(width: 5, height: 1)?.opened(width: Int32(dpi * MarkFinder.ruleLength), height: 1)
        else { return [] }
        return level.components().map {
            InkBox(
                left: Int($0.left), top: Int($0.top), right: Int($0.left + $0.width), bottom: Int($0.top + $0.height))
        }
    }
}
