import Documents

/// Lays a document out on pages: a cursor that runs down the page, blocks that are placed at it.
///
/// All lengths are in points. What is printed for a field is noted in `truth` with its place.
final class Composer {
    let measure: TypeMeasure
    let style: Style
    /// Chooses what differs between two papers of one layout: strokes of a pen, the slant of a stamp.
    var dice: Dice
    private(set) var pages: [DrawnPage] = []
    private(set) var truth = TruthRecord()
    /// The next free place from the top of the current page.
    var y = 0.0
    /// The column that blocks fill.
    var left = 0.0
    var right = 0.0
    /// Drawn at the top of every page but the first.
    var runningHead: ((Composer) -> Void)?
    private let pageSize: (width: Double, height: Double)
    private var printings = 0

    init(measure: TypeMeasure, style: Style, dice: Dice, landscape: Bool = false) {
        self.measure = measure
        self.style = style
        self.dice = dice
        pageSize = landscape ? (792, 612) : (612, 792)
        newPage()
    }

    var pageWidth: Double { pageSize.width }
    var pageHeight: Double { pageSize.height }
    var width: Double { right - left }
    /// Blocks end above this line; below it is the footer's room.
    var bottom: Double { pageHeight - style.bottomMargin }
    var body: Font { style.body }

    func newPage() {
        pages.append(DrawnPage(width: pageSize.width, height: pageSize.height))
        left = style.sideMargin
        right = pageSize.width - style.sideMargin
        y = style.topMargin
        if pages.count > 1 { runningHead?(self) }
    }

    /// Begins a new page when `height` no longer fits on this one; whether it did.
    @discardableResult
    func need(_ height: Double) -> Bool {
        guard y + height > bottom, y > style.topMargin + 80 else { return false }
        newPage()
        return true
    }

    func gap(_ points: Double) { y += points }

    func draw(_ mark: Mark) { pages[pages.count - 1].marks.append(mark) }

    func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, width: Double = 0.6, ink: Ink = .black) {
        draw(.line(x1: x1, y1: y1, x2: x2, y2: y2, width: width, ink))
    }

    func frame(_ box: Box, width: Double = 0.6, ink: Ink = .black) { draw(.frame(box, width: width, ink)) }
    func fill(_ box: Box, _ ink: Ink) { draw(.fill(box, ink)) }

    /// A rule across the column.
    func rule(width: Double = 0.6, ink: Ink = .black) {
        line(left, y, right, y, width: width, ink: ink)
        y += 4
    }

    /// Notes a value that has ink, but no words of its own: a signature, a ticked box.
    func note(_ tag: Tag, text: String, box: Box) {
        truth.note(Span("", [tag]), text: text, page: pages.count - 1, box: box)
    }

    func noteCheckbox(_ box: Box, checked: Bool) {
        pages[pages.count - 1].checkboxes.append(DrawnCheckbox(box: box, checked: checked))
    }

    /// A number that tells the pieces of one printing of a value from another printing of it.
    func nextPrinting() -> Int {
        printings += 1
        return printings
    }

    func font(_ base: Font, for span: Span) -> Font {
        if span.filled { return style.filledFont(base.size) }
        return span.bold ? base.bold : base
    }

    func width(_ spans: [Span], _ font: Font) -> Double {
        spans.reduce(0) { $0 + measure.width($1.text, self.font(font, for: $1)) }
    }

    /// Prints spans on one line from `x`; returns where they end.
    ///
    /// White space between words may be no-break spaces.
    @discardableResult
    func place(_ spans: [Span], _ font: Font, x: Double, baseline: Double, ink: Ink = .black) -> Double {
        var cursor = x
        var word: DrawnWord?
        for span in spans where !span.text.isEmpty {
            let spanFont = self.font(font, for: span)
            let start = cursor
            var inked: Box?
            for character in span.text {
                let glyph = measure.glyph(character, spanFont.face)
                if character == " " || character == "\u{A0}" {
                    finish(&word)
                } else {
                    let box = Box(
                        left: cursor, top: baseline - glyph.top * spanFont.size,
                        right: cursor + glyph.advance * spanFont.size,
                        bottom: baseline + max(glyph.bottom, 0) * spanFont.size)
                    word = DrawnWord(
                        text: (word?.text ?? "") + String(character), box: word?.box.union(box) ?? box,
                        baseline: baseline)
                    inked = inked?.union(box) ?? box
                }
                cursor += glyph.advance * spanFont.size
            }
            let text = span.text.replacing("\u{A0}", with: " ")
            draw(.text(text, spanFont, x: start, baseline: baseline, span.filled ? style.filledInk : ink))
            if let inked, !span.tags.isEmpty {
                truth.note(span, text: NormalForm.foldWhiteSpace(text), page: pages.count - 1, box: inked)
            }
        }
        finish(&word)
        return cursor
    }

    private func finish(_ word: inout DrawnWord?) {
        if let word { pages[pages.count - 1].words.append(word) }
        word = nil
    }

    /// Notes a word that was drawn by other means, and what it is the value of.
    func noteWord(_ span: Span, box: Box) {
        pages[pages.count - 1].words.append(DrawnWord(text: span.text, box: box, baseline: box.bottom))
        truth.note(span, text: span.text, page: pages.count - 1, box: box)
    }

    /// Prints on every page, when all are drawn: footers and "Page 1 of 3".
    func onEveryPage(_ print: (Composer, Int) -> Void) {
        let all = pages
        for index in all.indices {
            pages = Array(all[index...index])
            print(self, index)
            finishedPages.append(pages[0])
        }
        pages = finishedPages
        finishedPages = []
    }

    private var finishedPages: [DrawnPage] = []
}
