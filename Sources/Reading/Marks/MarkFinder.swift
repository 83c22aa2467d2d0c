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
    /// Whether the page is drawn and not scanned: it has no specks to fill, no gaps to close and no grain to smooth.
    private let isDrawn: Bool

    /// Inches from which a line is a rule, no stroke of a letter or a pen.
    private static let ruleLength = 0.3
    private static let handwrittenProbabilityMin = 0.8
    private static let besideHandwritingMin = 0.35

    /// - Parameters:
    ///   - page: the page in grey or 1 bit.
    ///   - dpi: pixels per inch of `page`.
    ///   - isDrawn: whether nothing on the page was ever scanned, which is looked over faster.
    init?(page: PixelImage, dpi pageDPI: Double, isDrawn: Bool = false) {
        // About 150 dots an inch show every mark.
        let isFine = pageDPI > 200
        let (dpi, scale) = isFine ? (pageDPI / 2, 2.0) : (pageDPI, 1)
        guard let ink = isFine ? page.halvedFaintInk() : page.faintInk(), let map = InkMap(ink),
            let loose = ink.withoutRules(length: Int32(dpi * MarkFinder.ruleLength)),
            let pen = InkMap(loose)
        else { return nil }
        (self.page, self.ink, self.map, self.pen) = (page, ink, map, pen)
        (self.dpi, self.scale, self.isDrawn) = (dpi, scale, isDrawn)
    }

    /// Columns of the ink in which facts are told.
    var width: Double { Double(map.width) }

    /// What parts words by the paper between their letters.
    var gluedWords: GluedWords { GluedWords(ink: map, scale: scale) }

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
        let signatures = SignatureFinder(ink: map, pen: pen, rules: rules(), dpi: dpi).signatures(words: placed)
        return Found(
            checkboxes: checkboxFinder.checkboxes(scale: scale, words: words),
            barcodes: BarcodeFinder.barcodes(on: page, ink: ink, dpi: dpi, scale: scale, isDrawn: isDrawn),
            signatures: signatures.map { Signature(box: $0.box.scaled(scale), confidence: $0.confidence) })
    }

    /// The words, those that were written by hand told from the printed ones.
    ///
    /// A short word says little by itself: the words beside it on its line count too, for half as much as it does
    /// when it has more than two characters. Beside a word that surely is handwriting, one that may be is taken for it:
    /// a hand seldom writes one word.
    func tellingHandwriting(_ words: [Word]) -> [Word] {
        let chances = words.map { word in
            word.text.contains(where: \.isSpoken)
                ? writing(in: word.box.scaled(1 / scale)).map {
                    MarkWeights.probabilities($0.values, weights: MarkWeights.handwriting)[1]
                } : nil
        }
        let neighbours = words.indices.map { index in
            [index - 1, index + 1].filter { other in
                words.indices.contains(other) && words[other].line == words[index].line
                    && words[other].box.gap(to: words[index].box)
                        < 1.2 * max(words[index].box.height, words[other].box.height)
            }
        }
        let sure = words.indices.filter { index in
            guard let own = chances[index] else { return false }
            let beside = neighbours[index].compactMap { chances[$0] }
            guard words[index].text.count > 2 || !beside.isEmpty else { return false }
            let weight = beside.isEmpty ? 0 : words[index].text.count > 2 ? 0.5 : 1.0
            let mean = beside.reduce(0, +) / Double(max(1, beside.count))
            return (own + weight * mean) / (1 + weight) > MarkFinder.handwrittenProbabilityMin
        }
        var written = Set(sure)
        var left = sure
        while let index = left.popLast() {
            for other in neighbours[index]
            where (chances[other] ?? 0) > MarkFinder.besideHandwritingMin && written.insert(other).inserted {
                left.append(other)
            }
        }
        return words.indices.map { index in
            var word = words[index]
            if written.contains(index) { word.handwritten = true }
            return word
        }
    }

    /// The squares with what is drawn on them.
    func squares() -> [CheckboxMark] { checkboxFinder.marks() }

    private var checkboxFinder: CheckboxFinder {
        let closed = isDrawn ? nil : ink.closed(width: 3, height: 3).flatMap(InkMap.init)
        return CheckboxFinder(ink: map, pen: pen, closed: closed, dpi: dpi)
    }

    /// The facts of the ink above every line that may be signed on.
    func writingOnLines() -> [WritingFacts] { SignatureFinder(ink: map, pen: pen, rules: rules(), dpi: dpi).samples() }

    /// The facts of the ink in a box, in pixels of the ink.
    func writing(in box: Box) -> WritingFacts? {
        let place = InkBox(
            left: Int(box.left) - 1, top: Int(box.top) - 1, right: Int(box.right.rounded(.up)) + 1,
            bottom: Int(box.bottom.rounded(.up)) + 1)
        return WritingFacts(pen, in: place, dpi: dpi)
    }

    /// The rows of equal cells with a character in each, in pixels of the page.
    func combs() -> [Comb] { CombFinder(ink: map, rules: rules(), dpi: dpi).combs().map { $0.scaled(scale) } }

    private func rules() -> [InkBox] {
        guard let level = ink.closed(width: 5, height: 1)?.opened(width: Int32(dpi * MarkFinder.ruleLength), height: 1)
        else { return [] }
        return level.components().map {
            InkBox(
                left: Int($0.left), top: Int($0.top), right: Int($0.left + $0.width), bottom: Int($0.top + $0.height))
        }
    }
}

extension Box {
    /// The white between two boxes of a line.
    fileprivate func gap(to other: Box) -> Double { max(other.left - right, left - other.right) }
}
