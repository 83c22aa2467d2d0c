import Documents

/// Finds where somebody signed: ink of a hand above the line, beside the words, or in the box below the words, that ask for
/// a signature.
struct SignatureFinder {
    private let ink: InkMap
    /// The page's ink without long rules.
    private let pen: InkMap
    private let rules: [InkBox]
    private let dpi: Double

    /// Inches: the shortest line to sign on, and how far above it and below a signature reaches.
    private static let ruleLengthMin = 0.9
    private static let reach = (above: 0.5, below: 0.16)
    /// Inches of room beside words that have no line, and how much ink a signature has at least there.
    private static let room = 2.7
    /// Inches from a label at the top of a box to the box's lower edge.
    private static let boxRoom = 0.12..<0.8
    /// Inches of paper that words are read with, which may reach a box's edge.
    private static let margin = 0.03
    private static let sizeMin = (width: 0.3, height: 0.08)
    /// What a leaning frame left: a shape of more inches, or ink so many times as wide as high.
    private static let widthMax = 3.5
    private static let aspectMax = 20
    private static let probabilityMin = 0.4

    init(ink: InkMap, pen: InkMap, rules: [InkBox], dpi: Double) {
        self.ink = ink
        self.pen = pen
        self.dpi = dpi
        self.rules = rules.filter {
            Double($0.width) / dpi >= SignatureFinder.ruleLengthMin && $0.height < Int(0.06 * dpi)
        }
    }

    /// - Parameter words: what was read on the page, their boxes in pixels of the ink.
    func signatures(words: [Word]) -> [Signature] {
        var found: [Signature] = []
        for label in words where SignatureFinder.asksForSignature(label.text) {
            let places =
                rule(for: label.box).map { [place(above: $0)] }
                ?? [place(beside: label, words: words), place(over: label)]
            let inked = (places + [place(below: label, words: words)].compactMap(\.self)).compactMap(facts(in:)).map {
                facts in
                (MarkWeights.probabilities(facts.values, weights: MarkWeights.signature)[1], facts.bounds.box)
            }
            guard let (probability, box) = inked.max(by: { $0.0 < $1.0 }) else { continue }
            guard probability >= SignatureFinder.probabilityMin, !found.contains(where: { $0.box.overlapArea(box) > 0 })
            else { continue }
            found.append(Signature(box: box, confidence: Confidence(probability)))
        }
        return found
    }

    /// Every line to sign on, whatever is printed beside it, and the facts of the ink above it: for fitting.
    func samples() -> [WritingFacts] { rules.compactMap { facts(in: place(above: $0)) } }

    private static func asksForSignature(_ text: String) -> Bool {
        let plain = text.lowercased()
        return plain.hasPrefix("sign") && !plain.hasPrefix("signif")
    }

    /// Where a signature may be, and where its ink must at least reach to.
    private struct Place {
        var box: InkBox
        /// Shapes that end above this row belong to a line of text before.
        var lowest: Int
        /// Shapes that begin below this row are the label under the line.
        var highest: Int
    }

    private func place(above rule: InkBox) -> Place {
        Place(
            box: InkBox(
                left: rule.left - 3, top: rule.top - Int(SignatureFinder.reach.above * dpi), right: rule.right + 3,
                bottom: rule.bottom + Int(SignatureFinder.reach.below * dpi)),
            lowest: rule.top - Int(0.12 * dpi), highest: rule.top - 1)
    }

    private func place(beside label: Word, words: [Word]) -> Place {
        let line = words.filter { $0.line == label.line && $0.box.left < label.box.right + 1.5 * dpi }
        let right = line.filter { $0.confidence > 0.7 }.map(\.box.right).max() ?? label.box.right
        let left = Int(max(right, label.box.right) + 0.04 * dpi)
        return Place(
            box: InkBox(
                left: left, top: Int(label.box.top - 0.25 * dpi), right: left + Int(SignatureFinder.room * dpi),
                bottom: Int(label.box.bottom + 0.12 * dpi)),
            lowest: Int(label.box.midY), highest: Int(label.box.bottom))
    }

    /// The room above a label that stands under a place without a line.
    private func place(over label: Word) -> Place {
        let left = Int(label.box.left - 0.8 * dpi)
        return Place(
            box: InkBox(
                left: left, top: Int(label.box.top - SignatureFinder.reach.above * dpi),
                right: left + Int((SignatureFinder.room + 0.3) * dpi), bottom: Int(label.box.bottom)),
            lowest: Int(label.box.top - 0.22 * dpi), highest: Int(label.box.top - 0.06 * dpi))
    }

    /// The room below a label at the top of a box, as forms of numbered boxes have it, down to the box's lower edge; nil
    /// where the label stands in no box.
    private func place(below label: Word, words: [Word]) -> Place? {
        let start = start(of: label, words: words)
        let floor = rules.filter { rule in
            let gap = Double(rule.top) - label.box.bottom
            return gap > SignatureFinder.boxRoom.lowerBound * dpi && gap < SignatureFinder.boxRoom.upperBound * dpi
                && Double(rule.left) < start + SignatureFinder.margin * dpi && Double(rule.right) > label.box.right
        }.min { $0.top < $1.top }
        guard let floor else { return nil }
        let rows = Int(label.box.top)..<floor.top
        let beside = max(0, Int(start - 0.35 * dpi))..<max(1, Int(start + SignatureFinder.margin * dpi))
        // The edge of a box reaches down to its floor; a line to sign on within a frame ends before the frame.
        guard let edge = border(in: beside, rows), Double(floor.left) <= Double(edge) + 0.03 * dpi else { return nil }
        let left = Int(start - 0.05 * dpi)
        let farthest = min(floor.right, left + Int((SignatureFinder.room + 0.3) * dpi))
        let after = Int(label.box.right)..<max(Int(label.box.right) + 1, farthest)
        return Place(
            box: InkBox(
                left: left, top: Int(label.box.bottom), right: border(in: after, rows) ?? farthest, bottom: floor.top),
            lowest: Int(label.box.bottom + 0.06 * dpi), highest: Int(Double(floor.top) - 0.08 * dpi))
    }

    /// The first column of these that is the edge of a box: a line that leans may leave one column of pixels for the next.
    private func border(in columns: Range<Int>, _ rows: Range<Int>) -> Int? {
        columns.first { x in
            rows.count { ink.hasInk(x, $0) || ink.hasInk(x + 1, $0) } * 10 > rows.count * 9
        }
    }

    /// Where the words begin that the label ends: `12. Signature` begins with its number.
    private func start(of label: Word, words: [Word]) -> Double {
        let rows = Int(label.box.top)..<max(Int(label.box.top) + 1, Int(label.box.bottom))
        return words.filter { $0.line == label.line && $0.box.right < label.box.midX }
            .sorted { $0.box.right > $1.box.right }
            .reduce(label.box.left) { left, word in
                let gap = Int(word.box.right)..<max(Int(word.box.right) + 1, Int(left))
                let isBeside = left - word.box.right < 0.25 * dpi && border(in: gap, rows) == nil
                return isBeside ? min(left, word.box.left) : left
            }
    }

    /// The line that a label asks to sign on: the nearest to its right, or the one it stands under.
    private func rule(for label: Box) -> InkBox? {
        let beside = rules.filter { rule in
            Double(rule.left) > label.left && Double(rule.left) - label.right < 3 * dpi
                && abs(Double(rule.top) - label.bottom) < 0.16 * dpi
        }.min { $0.left < $1.left }
        let above = rules.filter { rule in
            let gap = label.top - Double(rule.bottom)
            return gap > -0.05 * dpi && gap < 0.3 * dpi && Double(rule.left) < label.midX
                && Double(rule.right) > label.midX
        }.max { $0.top < $1.top }
        return above ?? beside
    }

    private func facts(in place: Place) -> WritingFacts? {
        let facts = WritingFacts(pen, in: place.box, dpi: dpi) {
            $0.bottom >= place.lowest && $0.top <= place.highest
                && Double($0.width) / dpi <= SignatureFinder.widthMax
        }
        guard let facts,
            Double(facts.bounds.width) / dpi >= SignatureFinder.sizeMin.width,
            facts.bounds.width <= SignatureFinder.aspectMax * facts.bounds.height,
            Double(facts.bounds.height) / dpi >= SignatureFinder.sizeMin.height
        else { return nil }
        return facts
    }
}
