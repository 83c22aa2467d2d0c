import Documents

import struct Documents.Box

/// Finds squares to tick on the ink of a page.
///
/// A square is looked for from its edges, not from its outline: a tick or cross that leaves the square hides at most one
/// edge, and the square is then found from the opposite one. The ink inside says whether it is ticked.
struct CheckboxFinder {
    private let ink: PixelImage
    private let level: PixelImage
    private let upright: PixelImage
    /// Level strokes as long as a checkbox is wide.
    private let edges: [PixelBox]
    private let dpi: Double

    /// Sides of a checkbox in inches.
    private static let sides = 0.085...0.27
    /// The share of an edge that must be there: the edge that was found first, and the three others.
    private static let edgeShareMin = 0.75
    /// An inside with less ink than the first is empty; with more than the second it is surely marked.
    private static let inkShareEmpty = 0.04
    private static let inkShareMarked = 0.12

    /// Nil where no stroke may be the edge of a checkbox, as on most pages.
    ///
    /// - Parameter dpi: pixels per inch of `ink`, a 1-bit image.
    private init?(ink: PixelImage, dpi: Double) {
        let stroke = Int32((dpi * 0.06).rounded())
        guard let level = ink.opened(width: stroke, height: 1) else { return nil }
        let edges = level.components().filter { edge in
            CheckboxFinder.sides.contains(Double(edge.width) / dpi) && edge.height * 4 <= edge.width
        }
        guard !edges.isEmpty, let upright = ink.opened(width: 1, height: stroke) else { return nil }
        self.ink = ink
        self.level = level
        self.upright = upright
        self.edges = edges
        self.dpi = dpi
    }

    /// The checkboxes of a page, in the pixels of its frame.
    ///
    /// - Parameters:
    ///   - ink: the page in 1 bit.
    ///   - dpi: pixels per inch of `ink`.
    ///   - scale: pixels of the page frame for each pixel of `ink`.
    ///   - words: what was read on the page; a square inside a plain word is one of its letters.
    static func checkboxes(in ink: PixelImage, dpi: Double, scale: Double, words: [Word]) -> [Checkbox] {
        guard let finder = CheckboxFinder(ink: ink, dpi: dpi) else { return [] }
        let squares = finder.squares()
        guard !squares.isEmpty else { return [] }
        let letters = words.filter { word in
            let letterCount = word.text.filter { $0.isLetter || $0.isNumber }.count
            return word.confidence > 0.8 && letterCount >= 2 && letterCount * 2 > word.text.count
                && !word.text.contains(where: "[]|_\u{25A1}\u{2610}\u{2751}".contains)
        }
        var found: [Checkbox] = []
        for square in squares {
            let box = square.box.scaled(scale)
            guard !letters.contains(where: { $0.box.holds(box) }), !found.contains(where: { $0.box.holds(box) }) else {
                continue
            }
            let share = finder.inkShareInside(square)
            let isSure = share < inkShareEmpty || share > inkShareMarked
            let isChecked = share > (inkShareEmpty + inkShareMarked) / 2
            found.append(Checkbox(box: box, checked: isChecked, confidence: isSure ? 0.9 : 0.6))
        }
        return found
    }

    private func squares() -> [PixelBox] { edges.compactMap { square(below: $0) ?? square(above: $0) } }

    private func square(below edge: PixelBox) -> PixelBox? {
        bestSquare(edge.heights.map { PixelBox(left: edge.left, top: edge.top, width: edge.width, height: $0) }) {
            PixelBox(left: $0.left, top: $0.top + $0.height - 1, width: $0.width, height: 1)
        }
    }

    private func square(above edge: PixelBox) -> PixelBox? {
        let bottom = edge.top + edge.height
        return bestSquare(
            edge.heights.map { PixelBox(left: edge.left, top: bottom - $0, width: edge.width, height: $0) }
        ) {
            PixelBox(left: $0.left, top: $0.top, width: $0.width, height: 1)
        }
    }

    /// The first of `candidates`, given nearest to a square first, whose other edges and corners are there.
    private func bestSquare(_ candidates: [PixelBox], opposite: (PixelBox) -> PixelBox) -> PixelBox? {
        candidates.first { box in
            level.inkShare(in: opposite(box)) >= CheckboxFinder.edgeShareMin && hasSides(box) && hasCorners(box)
        }
    }

    /// Whether an upright stroke runs near the left side and another near the right.
    private func hasSides(_ box: PixelBox) -> Bool {
        let reach = max(2, box.width / 6)
        func hasStroke(_ columns: Range<Int32>) -> Bool {
            columns.contains { column in
                let line = PixelBox(left: column, top: box.top, width: 1, height: box.height)
                return upright.inkShare(in: line) >= CheckboxFinder.edgeShareMin
            }
        }
        let right = box.left + box.width
        return hasStroke(box.left - 1..<box.left + reach) && hasStroke(right - reach..<right + 1)
    }

    /// Whether ink stands in each corner, as it does not in round letters.
    private func hasCorners(_ box: PixelBox) -> Bool {
        let size = max(2, box.width / 7)
        let (right, bottom) = (box.left + box.width - size, box.top + box.height - size)
        return [(box.left, box.top), (right, box.top), (box.left, bottom), (right, bottom)].allSatisfy { left, top in
            ink.inkShare(in: PixelBox(left: left, top: top, width: size, height: size)) >= 0.5
        }
    }

    /// The share of ink within the walls; 1 when a square is all wall.
    private func inkShareInside(_ square: PixelBox) -> Double {
        var inside = square
        func row(_ top: Int32) -> Bool {
            ink.inkShare(in: PixelBox(left: square.left, top: top, width: square.width, height: 1)) > 0.6
        }
        func column(_ left: Int32) -> Bool {
            ink.inkShare(in: PixelBox(left: left, top: square.top, width: 1, height: square.height)) > 0.6
        }
        while inside.height > 0, row(inside.top) { inside.dropTop() }
        while inside.height > 0, row(inside.top + inside.height - 1) { inside.height -= 1 }
        while inside.width > 0, column(inside.left) { inside.dropLeft() }
        while inside.width > 0, column(inside.left + inside.width - 1) { inside.width -= 1 }
        guard inside.width * 5 > square.width, inside.height * 5 > square.height else { return 1 }
        let inset = PixelBox(
            left: inside.left + 1, top: inside.top + 1, width: inside.width - 2, height: inside.height - 2)
        return ink.inkShare(in: inset)
    }
}

extension PixelBox {
    /// Heights that make the box a square within a quarter, the nearest to square first.
    fileprivate var heights: [Int32] {
        let slack = width / 4
        return (width - slack...width + slack).sorted { abs($0 - width) < abs($1 - width) }
    }

    fileprivate mutating func dropTop() {
        top += 1
        height -= 1
    }

    fileprivate mutating func dropLeft() {
        left += 1
        width -= 1
    }
}
