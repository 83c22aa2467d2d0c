package import Documents

/// What is measured besides words, each on pages of its own.
package enum MarkKind: String, CaseIterable, Sendable {
    case checkboxes, barcodes, blank, orientation, signatures, combs, handwriting, inverse
}

/// A page that was drawn to see what a reader finds on it.
package struct MarkSheet: Sendable {
    package let kind: MarkKind
    /// What a faultless reader finds, in points of the upright page.
    ///
    /// Of its words only those that the kind asks about are here: those of combs, say.
    package let truth: PageReading
    let page: DrawnPage
}

/// Draws pages of marks: the same seed gives the same pages.
///
/// Sizes, places and manners vary as freely as forms and pens do; nothing here knows how marks are found.
package struct MarkSheets: Sendable {
    let seed: UInt64
    let generator: CorpusGenerator

    /// - Parameter generator: draws the documents that stand around or behind the marks.
    package init(seed: UInt64, generator: CorpusGenerator) {
        self.seed = seed
        self.generator = generator
    }

    /// The sheet of this kind with this number.
    package func sheet(_ kind: MarkKind, number: Int) throws(LearningError) -> MarkSheet {
        var dice = Dice("marks", "\(seed)", kind.rawValue, "\(number)")
        let style = Style(family: "marks/\(dice.below(600))", labels: generator.words.labels)
        let composer = Composer(measure: generator.measure, style: style, dice: Dice(seed: dice.next()))
        let source = Source(dice: Dice(seed: dice.next()), words: generator.words, style: style)
        var drawer = MarkDrawer(composer: composer, source: source, dice: dice)
        switch kind {
        case .checkboxes: drawer.drawCheckboxes()
        case .barcodes: drawer.drawBarcodes()
        case .signatures: drawer.drawSignatures()
        case .combs: drawer.drawCombs()
        case .handwriting: drawer.drawHandwriting()
        case .inverse: drawer.drawInverse()
        case .blank: try drawBlank(&drawer, number: number)
        case .orientation: return try turned(&drawer, number: number)
        }
        return drawer.sheet(kind)
    }

    /// A page of a drawn document.
    func anyPage(_ dice: inout Dice) throws(LearningError) -> DrawnPage {
        dice.pick(try generator.document(index: dice.below(1_000_000)).pages)
    }
}

/// A page of marks in the making, and what is true of it.
struct MarkDrawer {
    let composer: Composer
    var source: Source
    var dice: Dice
    var checkboxes: [Checkbox] = []
    var barcodes: [Barcode] = []
    var signatures: [Signature] = []
    /// The words that are asked about.
    var words: [Word] = []
    var isBlank = false

    func sheet(_ kind: MarkKind, turn: Int = 0) -> MarkSheet {
        let page = composer.pages[0]
        return MarkSheet(
            kind: kind,
            truth: PageReading(
                page: Page(
                    number: 1, source: .ocr, width: page.width, height: page.height, dpi: 72, rotation: turn,
                    blank: isBlank, barcodes: barcodes, signatures: signatures),
                words: words, checkboxes: checkboxes),
            page: page)
    }

    /// Words as forms print them beside a box.
    mutating func phrase() -> String {
        switch dice.below(8) {
        case 0: return dice.pick(source.words.payers)
        case 1: return dice.pick(source.words.drugs)
        case 2: return dice.pick(source.words.facilities)
        case 3:
            return dice.pick(["Yes", "No", "N/A", "Other", "Urgent", "Standard", "Male", "Female", "New", "Inpatient"])
        default: return dice.pick(source.words.labels.values.sorted { $0.joined() < $1.joined() }.flatMap { $0 })
        }
    }

    mutating func sentence() -> String {
        dice.chance(0.5)
            ? dice.pick(source.words.adjustmentReasons)
            : "\(phrase()) \(dice.pick(["and", "or", "for", "with", "of the"])) \(phrase()), \(phrase())."
    }

    /// The colour of a pen or of print.
    mutating func penInk() -> Ink {
        dice.pick([.black, .grey(0.15), Ink(red: 0.05, green: 0.1, blue: 0.5), Ink(red: 0.1, green: 0.2, blue: 0.6)])
    }

    mutating func noise(_ points: Double) -> Double { dice.double(-points...points) }
}
