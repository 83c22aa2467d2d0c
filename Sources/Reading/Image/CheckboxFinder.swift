import CLeptonica
import Documents

import struct Documents.Box

/// Finds squares to tick on the ink of a page.
///
/// Only strokes that run level or upright for longer than half a checkbox's side are looked at, so that a tick or cross,
/// even one that leaves its square, does not hide it; the ink inside the square then says whether it is ticked.
struct CheckboxFinder {
    /// Sides of a checkbox in inches.
    private static let sides = 0.07...0.25
    /// The share of each edge that must be there.
    private static let edgeShareMin = 0.8
    /// Less ink inside than this is an empty square; more than the second surely a mark.
    private static let inkShareEmpty = 0.03
    private static let inkShareMarked = 0.08

    /// - Parameters:
    ///   - ink: the page in 1 bit.
    ///   - dpi: pixels per inch of `ink`.
    ///   - scale: pixels of the page frame for each pixel of `ink`.
    static func checkboxes(in ink: PixelImage, dpi: Double, scale: Double) -> [Checkbox] {
        let stroke = Int32(max(5, dpi * sides.lowerBound * 0.8))
        guard let level = PixelImage(pixOpenBrick(nil, ink.pix, stroke, 1)),
            let upright = PixelImage(pixOpenBrick(nil, ink.pix, 1, stroke)),
            let strokes = PixelImage(pixOr(nil, level.pix, upright.pix))
        else { return [] }
        return strokes.components().compactMap { box in
            guard isSquare(box, dpi: dpi), hasEdges(box, level: level, upright: upright) else { return nil }
            return checkbox(box, ink: ink, scale: scale)
        }
    }

    private static func isSquare(_ box: PixelBox, dpi: Double) -> Bool {
        let (width, height) = (Double(box.width), Double(box.height))
        return sides.contains(width / dpi) && sides.contains(height / dpi) && (0.75...1.33).contains(width / height)
    }

    /// Whether a stroke runs along each of the four sides, within a fifth of the side from it.
    private static func hasEdges(_ box: PixelBox, level: PixelImage, upright: PixelImage) -> Bool {
        let band = max(2, min(box.width, box.height) / 5)
        let (right, bottom) = (box.left + box.width, box.top + box.height)
        let top = PixelBox(left: box.left, top: box.top, width: box.width, height: band)
        let base = PixelBox(left: box.left, top: bottom - band, width: box.width, height: band)
        let start = PixelBox(left: box.left, top: box.top, width: band, height: box.height)
        let end = PixelBox(left: right - band, top: box.top, width: band, height: box.height)
        return [top, base].allSatisfy { longestRow(in: $0, of: level) >= edgeShareMin }
            && [start, end].allSatisfy { longestColumn(in: $0, of: upright) >= edgeShareMin }
    }

    /// The fullest row of pixels in a box, as a share of its width.
    private static func longestRow(in box: PixelBox, of image: PixelImage) -> Double {
        (box.top..<box.top + box.height).map { row in
            image.inkShare(in: PixelBox(left: box.left, top: row, width: box.width, height: 1))
        }.max() ?? 0
    }

    private static func longestColumn(in box: PixelBox, of image: PixelImage) -> Double {
        (box.left..<box.left + box.width).map { column in
            image.inkShare(in: PixelBox(left: column, top: box.top, width: 1, height: box.height))
        }.max() ?? 0
    }

    private static func checkbox(_ box: PixelBox, ink: PixelImage, scale: Double) -> Checkbox {
        let inset = max(2, Int32((Double(min(box.width, box.height)) * 0.22).rounded()))
        let inside = PixelBox(
            left: box.left + inset, top: box.top + inset, width: box.width - 2 * inset, height: box.height - 2 * inset)
        let share = ink.inkShare(in: inside)
        let frame = Box(
            left: Double(box.left) * scale, top: Double(box.top) * scale, right: Double(box.left + box.width) * scale,
            bottom: Double(box.top + box.height) * scale)
        let isChecked = share >= (inkShareEmpty + inkShareMarked) / 2
        let isSure = share < inkShareEmpty || share > inkShareMarked
        return Checkbox(box: frame, checked: isChecked, confidence: isSure ? 0.9 : 0.6)
    }
}
