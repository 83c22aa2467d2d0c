import Documents

/// The squares that PDFs set as characters instead of drawing or declaring them.
enum TickSymbols {
    /// Empty squares of Unicode, and of Wingdings and ZapfDingbats where fonts leave them in private use.
    private static let empty: Set<Unicode.Scalar> = [
        "\u{2610}", "\u{25A1}", "\u{25FB}", "\u{25FD}", "\u{274F}", "\u{2750}", "\u{2751}", "\u{2752}", "\u{F06F}",
        "\u{F071}", "\u{F0A8}",
    ]
    private static let ticked: Set<Unicode.Scalar> = [
        "\u{2611}", "\u{2612}", "\u{F0FD}", "\u{F0FE}", "\u{F052}", "\u{F054}",
    ]
    /// Ink in the middle of an empty square from which something was drawn over it.
    private static let inkShareMarked = 0.2

    /// The squares among a text layer's characters, in pixels.
    ///
    /// - Parameters:
    ///   - glyphs: in points.
    ///   - scale: pixels to the point.
    static func checkboxes(in glyphs: [PDFPage.Glyph], ink: PixelImage, scale: Double) -> [Checkbox] {
        glyphs.compactMap { glyph in
            let isTicked = ticked.contains(glyph.character)
            guard isTicked || empty.contains(glyph.character),
                let frame = glyph.box.scaled(scale).clipped(
                    to: Box(left: 0, top: 0, right: Double(ink.width), bottom: Double(ink.height))),
                let part = ink.clipped(to: frame), let drawn = part.image.inkBounds()
            else { return nil }
            let box = drawn.moved(x: part.left, y: part.top)
            let share = ink.inkShare(in: middle(of: box))
            return Checkbox(
                box: box, checked: isTicked || share > inkShareMarked,
                confidence: isTicked || share < inkShareMarked / 2 ? 0.98 : 0.9)
        }
    }

    /// The inner third of a square, where neither its walls nor their shadow reach.
    private static func middle(of box: Box) -> PixelBox {
        PixelBox(
            left: Int32(box.left + box.width * 0.3), top: Int32(box.top + box.height * 0.3),
            width: max(1, Int32(box.width * 0.35)), height: max(1, Int32(box.height * 0.35)))
    }
}
