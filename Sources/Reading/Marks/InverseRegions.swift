import CLeptonica
import Documents

import struct Documents.Box

/// Light letters on dark ground: headings and cells that recognition reads only when they are turned to dark on light.
enum InverseRegions {
    /// Inches that a region is high and wide at least.
    private static let sizeMin = (width: 0.3, height: 0.1)
    /// The share of a region that is dark.
    private static let darkShares = 0.45...0.985
    private static let regionCountMax = 100

    /// The page with its dark regions turned; the page itself when it has none.
    ///
    /// - Parameters:
    ///   - ink: the page in 1 bit at half the width and height.
    ///   - dpi: pixels per inch of `ink`.
    static func turned(_ page: PixelImage, ink: PixelImage, dpi: Double) -> PixelImage {
        let regions = regions(in: ink, dpi: dpi)
        guard !regions.isEmpty, let copy = PixelImage(pixCopy(nil, page.pix)) else { return page }
        // `copy` is not yet seen by anyone else.
        for region in regions {
            let box = region.box.scaled(2)
            copy.fill(box, with: PIX_DST ^ 0xF)
            // The ragged border would be read as letters.
            let paper = copy.isBitonal ? PIX_CLR : PIX_SET
            let (left, top, right, bottom) = (box.left - 5, box.top - 5, box.right + 5, box.bottom + 5)
            for edge in [
                Box(left: left, top: top, right: right, bottom: top + 9),
                Box(left: left, top: bottom - 9, right: right, bottom: bottom),
                Box(left: left, top: top, right: left + 9, bottom: bottom),
                Box(left: right - 9, top: top, right: right, bottom: bottom),
            ] { copy.fill(edge, with: paper) }
        }
        return copy
    }

    private static func regions(in ink: PixelImage, dpi: Double) -> [PixelBox] {
        // At a quarter of the page's resolution; letters are closed over, then only broad ground remains.
        guard let small = PixelImage(pixReduceRankBinary2(ink.pix, 2, nil)) else { return [] }
        let high = Int32(dpi / 2 * sizeMin.height)
        guard let ground = small.closed(width: high, height: high)?.opened(width: 3 * high, height: high) else {
            return []
        }
        return ground.components().prefix(regionCountMax).compactMap { box in
            let place = PixelBox(left: 2 * box.left, top: 2 * box.top, width: 2 * box.width, height: 2 * box.height)
            guard Double(place.width) / dpi >= sizeMin.width, Double(place.height) / dpi >= sizeMin.height,
                darkShares.contains(ink.inkShare(in: place)), hasLightLetters(place, ink: ink, dpi: dpi)
            else { return nil }
            return place
        }
    }

    /// Whether shapes of the size of letters, which touch no edge, are left out of the dark.
    private static func hasLightLetters(_ place: PixelBox, ink: PixelImage, dpi: Double) -> Bool {
        guard let part = ink.clipped(to: place.box), let light = PixelImage(pixInvert(nil, part.image.pix)) else {
            return false
        }
        let letters = light.components().filter { shape in
            shape.top > 0 && shape.top + shape.height < place.height && shape.left > 0
                && (0.03...0.4).contains(Double(shape.height) / dpi) && shape.width > 1
                && shape.height * 10 < place.height * 9
        }
        return letters.count >= 2
    }
}

extension PixelImage {
    /// Changes the pixels in a box of an image that is still in the making.
    fileprivate func fill(_ box: Box, with operation: Int32) {
        pixRasterop(pix, Int32(box.left), Int32(box.top), Int32(box.width), Int32(box.height), operation, nil, 0, 0)
    }
}
