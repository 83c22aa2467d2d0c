import CLeptonica
import Documents

import struct Documents.Box

/// Light letters on dark ground: headings and cells that recognition reads only when they are turned to dark on light.
enum InverseRegions {
    /// Inches that a region is high and wide at least.
    private static let sizeMin = (width: 0.3, height: 0.1)
    /// The share of a region that is dark.
    private static let darkShares = 0.45...0.985
    /// Inches up to which what is dark is a stroke and no ground.
    private static let strokeMax = 0.04
    private static let regionCountMax = 100
    /// The share of a region's rim that is dark at least.
    private static let rimShareMin = 0.85

    /// What part of paper's brightness dark ground has at most, in a scan whose paper is not yet made white.
    private static let groundBrightnessMax = 0.62

    /// A grey scan with its dark regions turned, before its paper is made white: a grey ground would become white with
    /// the letters on it.
    static func turned(_ scan: PixelImage, dpi: Double) -> PixelImage {
        guard !scan.isBitonal, let half = scan.halved()?.grey(),
            let ink = half.darker(than: UInt32(Double(half.medianShade()) * groundBrightnessMax))
        else { return scan }
        let found = ground(in: ink, dpi: dpi / 2)
        let sure = found.regions.filter { isDarkAround($0, ground: found.mask, ink: ink) }
        // The shape of the ground itself, not its box: on a page that leans a box would hold paper too.
        guard !sure.isEmpty,
            let mask = found.mask?.kept(sure).flatMap({ PixelImage(pixExpandBinaryPower2($0.pix, 4)) }),
            let inside = PixelImage(pixErodeBrick(nil, mask.pix, 9, 9)),
            let around = PixelImage(pixDilateBrick(nil, mask.pix, 5, 5)),
            let border = PixelImage(pixSubtract(nil, around.pix, inside.pix)),
            let light = PixelImage(pixInvert(nil, scan.pix)), let copy = PixelImage(pixCopy(nil, scan.pix))
        else { return scan }
        // The ground becomes as light as paper is: half of it stays darker than its middle shade.
        var shade: Float = 0
        pixGetRankValueMasked(light.pix, mask.pix, 0, 0, 2, 0.5, &shade, nil)
        if shade > 1 { pixMultConstantGray(light.pix, 255 / shade) }
        // `copy` is not yet seen by anyone else. The ragged border would be read as letters.
        pixCombineMasked(copy.pix, light.pix, mask.pix)
        pixPaintThroughMask(copy.pix, border.pix, 0, 0, 0xFF)
        return copy
    }

    /// The page with its dark regions turned; the page itself when it has none.
    ///
    /// - Parameters:
    ///   - ink: the page in 1 bit at half the width and height.
    ///   - dpi: pixels per inch of `ink`.
    static func turned(_ page: PixelImage, ink: PixelImage, dpi: Double) -> PixelImage {
        let regions = ground(in: ink, dpi: dpi).regions
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

    /// The dark regions of a page, in pixels of `ink`, and what is dark at half the resolution of `ink`.
    private static func ground(in ink: PixelImage, dpi: Double) -> (regions: [PixelBox], mask: PixelImage?) {
        // At a quarter of the page's resolution; letters are closed over, then only broad ground remains.
        guard let small = PixelImage(pixReduceRankBinary2(ink.pix, 2, nil)) else { return ([], nil) }
        let high = Int32(dpi / 2 * sizeMin.height)
        // Print goes first, bold print too: closing would draw the lines of text beside the ground into it. The thin rim
        // of ground over light letters comes back, as it is longer than any stroke.
        let (stroke, wide) = (max(3, Int32(dpi / 2 * strokeMax)), Int32(dpi / 2 * sizeMin.width))
        let broad = small.opened(width: stroke, height: stroke).flatMap {
            PixelImage(pixSelectBySize($0.pix, wide, high, 8, Int32(L_SELECT_IF_BOTH), Int32(L_SELECT_IF_GTE), nil))
        }
        guard let broad, let long = small.opened(width: wide, height: 1),
            let dark = PixelImage(pixOr(nil, broad.pix, long.pix)),
            let whole = PixelImage(pixSeedfillBinary(nil, broad.pix, dark.pix, 8)),
            let ground = whole.closed(width: 2 * high, height: high)?.opened(width: 3 * high, height: high)
        else { return ([], nil) }
        let regions = ground.components().prefix(regionCountMax).compactMap { box in
            let place = PixelBox(left: 2 * box.left, top: 2 * box.top, width: 2 * box.width, height: 2 * box.height)
            let isRegion =
                Double(place.width) / dpi >= sizeMin.width && Double(place.height) / dpi >= sizeMin.height
                && darkShares.contains(ink.inkShare(in: place)) && hasLightLetters(place, ink: ink, dpi: dpi)
            return isRegion ? place : nil
        }
        return (regions, ground)
    }

    /// Whether the rim of a region is dark all along: that of bold print, over which closing draws its ground, is not.
    private static func isDarkAround(_ place: PixelBox, ground: PixelImage?, ink: PixelImage) -> Bool {
        let box = place.halved.box
        guard let whole = ground?.clipped(to: box)?.image, let inside = PixelImage(pixErodeBrick(nil, whole.pix, 5, 5)),
            let rim = PixelImage(pixSubtract(nil, whole.pix, inside.pix)),
            let part = ink.clipped(to: place.box).flatMap({ PixelImage(pixReduceRankBinary2($0.image.pix, 2, nil)) }),
            let dark = PixelImage(pixAnd(nil, rim.pix, part.pix))
        else { return false }
        let frame = PixelBox(left: 0, top: 0, width: place.halved.width, height: place.halved.height)
        return dark.inkShare(in: frame) >= rimShareMin * rim.inkShare(in: frame)
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

extension PixelBox {
    fileprivate var halved: PixelBox { PixelBox(left: left / 2, top: top / 2, width: width / 2, height: height / 2) }
}

extension PixelImage {
    /// A 1-bit image with the ink in some places only, which are given for twice its size.
    fileprivate func kept(_ places: [PixelBox]) -> PixelImage? {
        guard let kept = PixelImage(pixCreateTemplate(pix)) else { return nil }
        for box in places.map(\.halved) {
            pixRasterop(
                kept.pix, box.left, box.top, box.width, box.height, PIX_SRC | PIX_DST, pix, box.left, box.top)
        }
        return kept
    }

    /// Changes the pixels in a box of an image that is still in the making.
    fileprivate func fill(_ box: Box, with operation: Int32) {
        pixRasterop(pix, Int32(box.left), Int32(box.top), Int32(box.width), Int32(box.height), operation, nil, 0, 0)
    }
}
