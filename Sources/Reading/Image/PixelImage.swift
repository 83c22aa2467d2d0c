import CLeptonica
import Documents

/// An image in Leptonica's memory, owned by this object alone and never changed after it was made.
final class PixelImage {
    let pix: UnsafeMutablePointer<Pix>

    /// Takes over an image that Leptonica made; nil when it made none.
    init?(_ pix: UnsafeMutablePointer<Pix>?) {
        guard let pix else { return nil }
        self.pix = pix
    }

    deinit {
        var owned: UnsafeMutablePointer<Pix>? = pix
        pixDestroy(&owned)
    }

    var width: Int { Int(pixGetWidth(pix)) }
    var height: Int { Int(pixGetHeight(pix)) }
    var isBitonal: Bool { pixGetDepth(pix) == 1 }

    /// Black ink on white in 1 bit, or 8 bits of grey: whatever the colours, depth and transparency were.
    func flattened() -> PixelImage? {
        if pixGetDepth(pix) == 1 { return PixelImage(pixConvertTo1(pix, 128)) }
        if pixGetDepth(pix) == 32, pixGetSpp(pix) == 4 {
            return PixelImage(pixRemoveAlpha(pix)).flatMap { PixelImage(pixConvertTo8($0.pix, 0)) }
        }
        return PixelImage(pixConvertTo8(pix, 0))
    }

    /// Scales by the two factors; a bitonal image becomes grey, so that its edges keep their place.
    func scaled(x: Double, y: Double) -> PixelImage? {
        guard abs(x - 1) > 0.01 || abs(y - 1) > 0.01 else { return self }
        let grey = isBitonal ? PixelImage(pixConvertTo8(pix, 0)) : self
        return grey.flatMap { PixelImage(pixScaleGeneral($0.pix, Float(x), Float(y), 0, 0)) }
    }

    /// Turns clockwise by 0, 90, 180 or 270 degrees.
    func turned(_ degrees: Int) -> PixelImage? {
        switch degrees {
        case 90: PixelImage(pixRotate90(pix, 1))
        case 180: PixelImage(pixRotate180(nil, pix))
        case 270: PixelImage(pixRotate90(pix, -1))
        default: self
        }
    }

    /// Turns clockwise by a few degrees about the middle, the size kept, white brought in at the corners.
    func straightened(_ degrees: Double) -> PixelImage? {
        guard degrees != 0 else { return self }
        let method = isBitonal ? L_ROTATE_SHEAR : L_ROTATE_AREA_MAP
        return PixelImage(
            pixRotate(pix, Float(degrees * .pi / 180), Int32(method), Int32(L_BRING_IN_WHITE), 0, 0))
    }

    /// The part of the image in `region`, and where it begins; nil when it is empty.
    func clipped(to region: Documents.Box) -> (image: PixelImage, left: Double, top: Double)? {
        guard let part = columnsAndRows(of: region) else { return nil }
        let (left, top) = (part.columns.lowerBound, part.rows.lowerBound)
        var box: UnsafeMutablePointer<CLeptonica.Box>? = boxCreate(
            Int32(left), Int32(top), Int32(part.columns.count), Int32(part.rows.count))
        defer { boxDestroy(&box) }
        return PixelImage(pixClipRectangle(pix, box, nil)).map { ($0, Double(left), Double(top)) }
    }

    /// The pixels of the image in `region`; nil when there are none.
    func columnsAndRows(of region: Documents.Box) -> (columns: Range<Int>, rows: Range<Int>)? {
        let (left, top) = (max(0, region.left.rounded(.down)), max(0, region.top.rounded(.down)))
        let (right, bottom) = (min(Double(width), region.right), min(Double(height), region.bottom))
        guard right - left >= 1, bottom - top >= 1 else { return nil }
        return (Int(left)..<Int(left) + Int(right - left), Int(top)..<Int(top) + Int(bottom - top))
    }

    /// Makes the paper of a grey scan white: shadows, yellowing, show-through; nil when the image is too small for it.
    func withWhitePaper() -> PixelImage? {
        // Leptonica brings paper to 200 of 255; from 180 on it is made white, so that its texture goes too.
        PixelImage(pixBackgroundNormSimple(pix, nil, nil)).flatMap { PixelImage(pixGammaTRC(nil, $0.pix, 1, 20, 180)) }
    }

    /// White paper under pale print, which is drawn as dark as print is; nil where there is only the paper's texture.
    func withDarkPrint() -> PixelImage? {
        guard let even = grey().flatMap({ PixelImage(pixBackgroundNormSimple($0.pix, nil, nil)) }) else { return nil }
        // Leptonica brings paper to 200, and what is no print stays close to it; even a short letter has print on a two
        // hundredth of its page.
        guard even.shade(atRank: 0.005) < 180 else { return nil }
        let print = even.shade(atRank: 0.02)
        return PixelImage(pixGammaTRC(nil, even.pix, 1, min(120, Int32(0.6 * Double(print))), 200))
    }

    /// Half the width and height.
    func halved() -> PixelImage? {
        PixelImage(isBitonal ? pixScaleToGray2(pix) : pixScaleAreaMap2(pix))
    }

    /// Ink as 1 bit at half the width and height, on which the page is judged: 150 dots an inch show letters' shapes.
    func halvedInk() -> PixelImage? {
        isBitonal ? PixelImage(pixReduceRankBinary2(pix, 2, nil)) : halved()?.ink()
    }

    /// The same at half the width and height.
    func halvedFaintInk() -> PixelImage? { isBitonal ? halvedInk() : halved()?.faintInk() }

    /// The box of all black pixels of a 1-bit image; nil when it is white.
    func inkBounds() -> Documents.Box? {
        var box: UnsafeMutablePointer<CLeptonica.Box>?
        guard pixClipToForeground(pix, nil, &box) == 0, let bounds = box else { return nil }
        defer { boxDestroy(&box) }
        var place = PixelBox(left: 0, top: 0, width: 0, height: 0)
        boxGetGeometry(bounds, &place.left, &place.top, &place.width, &place.height)
        return place.box
    }

    /// 8 bits of grey without a colour map.
    func grey() -> PixelImage? { pixGetDepth(pix) == 8 ? self : PixelImage(pixConvertTo8(pix, 0)) }

    /// The bytes of an 8-bit image, row by row, and how many a row takes.
    func greyRows() -> (bytes: [UInt8], stride: Int) {
        // Leptonica packs four pixels to a 32-bit word, the leftmost in the highest byte.
        let stride = Int(pixGetWpl(pix)) * 4
        guard pixGetDepth(pix) == 8, let data = pixGetData(pix) else { return ([], 0) }
        let words = UnsafeBufferPointer(start: data, count: stride / 4 * height)
        let bytes = [UInt8](unsafeUninitializedCapacity: stride * height) { buffer, count in
            buffer.withMemoryRebound(to: UInt32.self) { rows in
                for index in words.indices { rows[index] = words[index].bigEndian }
            }
            count = stride * height
        }
        return (bytes, stride)
    }

    /// 1-bit ink with gaps up to this size closed.
    func closed(width: Int32, height: Int32) -> PixelImage? {
        let (width, height) = (Int(width), Int(height))
        let plane = BitPlane(self, reach: (width, height))
        plane?.close(width: width, height: height)
        return plane?.image()
    }

    /// What remains of 1-bit ink where a bar of this size fits into it.
    func opened(width: Int32, height: Int32) -> PixelImage? {
        let (width, height) = (Int(width), Int(height))
        let plane = BitPlane(self, reach: (width, height))
        plane?.open(width: width, height: height)
        return plane?.image()
    }

    /// The same 1-bit ink without what lies in these boxes.
    func erased(_ boxes: [Documents.Box]) -> PixelImage? {
        guard let rest = PixelImage(pixCopy(nil, pix)) else { return nil }
        for box in boxes {
            guard let part = columnsAndRows(of: box) else { continue }
            _ = pixRasterop(
                rest.pix, Int32(part.columns.lowerBound), Int32(part.rows.lowerBound), Int32(part.columns.count),
                Int32(part.rows.count), PIX_CLR, nil, 0, 0)
        }
        return rest
    }

    /// A grey image in which each pixel is the mean of those up to `reach` away: seams, specks and grain go.
    func smoothed(reach: Int32) -> PixelImage? { PixelImage(pixBlockconv(pix, reach, reach)) }

    /// 1-bit ink without level and upright lines of this length or more.
    func withoutRules(length: Int32) -> PixelImage? {
        guard let level = opened(width: length, height: 1), let upright = opened(width: 1, height: length) else {
            return nil
        }
        return PixelImage(pixSubtract(nil, pix, level.pix)).flatMap {
            PixelImage(pixSubtract(nil, $0.pix, upright.pix))
        }
    }

    /// The boxes of what hangs together, in 1-bit images only.
    func components() -> [PixelBox] {
        guard let boxes = pixConnCompBB(pix, 8) else { return [] }
        var owned: UnsafeMutablePointer<Boxa>? = boxes
        defer { boxaDestroy(&owned) }
        return (0..<boxaGetCount(boxes)).compactMap { index in
            var box = PixelBox(left: 0, top: 0, width: 0, height: 0)
            let failed = boxaGetBoxGeometry(boxes, index, &box.left, &box.top, &box.width, &box.height)
            return failed == 0 ? box : nil
        }
    }

    /// How many bits each byte has, which Leptonica would else count anew each time; made once and only read.
    nonisolated(unsafe) private static let bitCounts = makePixelSumTab8()

    /// The share of black pixels in a part of a 1-bit image, 0…1; 0 when the part is empty.
    func inkShare(in box: PixelBox) -> Double {
        guard box.width > 0, box.height > 0 else { return 0 }
        var region: UnsafeMutablePointer<CLeptonica.Box>? = boxCreate(box.left, box.top, box.width, box.height)
        defer { boxDestroy(&region) }
        var count: Int32 = 0
        pixCountPixelsInRect(pix, region, &count, PixelImage.bitCounts)
        return Double(count) / (Double(box.width) * Double(box.height))
    }
}

/// A rectangle of whole pixels.
struct PixelBox: Hashable {
    var left: Int32
    var top: Int32
    var width: Int32
    var height: Int32

    var box: Documents.Box {
        Documents.Box(left: Double(left), top: Double(top), right: Double(left + width), bottom: Double(top + height))
    }
}
