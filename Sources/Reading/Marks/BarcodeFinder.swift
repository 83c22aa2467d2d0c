import CLeptonica
import CZXing
import Documents

import struct Documents.Box

/// Finds and reads the barcodes of a page.
///
/// Places as densely inked as barcodes are, and no text is, are cut out and given to ZXing-C++ one by one: that is a
/// tenth of the time of looking over the whole page, and finds smaller codes.
struct BarcodeFinder {
    /// The gaps between bars or modules, in inches, that belong to one code.
    private static let gap = (width: 0.1, height: 0.04)
    private static let widths = 0.2...6.0
    private static let heights = 0.12...4.0
    /// The share of ink in a code's box: half of it, less the gaps; text has a fifth.
    private static let inkShares = 0.25...0.85
    private static let placeCountMax = 12

    /// - Parameters:
    ///   - page: the page in grey or 1 bit, upright.
    ///   - ink: the same in 1 bit.
    ///   - dpi: pixels per inch of `ink`.
    ///   - scale: pixels of `page` for one of `ink`.
    ///   - isDrawn: whether the page was never scanned, so that one look tells whether a code can be read.
    static func barcodes(
        on page: PixelImage, ink: PixelImage, dpi: Double, scale: Double, isDrawn: Bool = false
    ) -> [Barcode] {
        let codes = places(in: ink, dpi: dpi).compactMap { place -> Barcode? in
            let box = place.scaled(scale)
            // The quiet zone beside the bars belongs to the code.
            guard let part = page.clipped(to: box.grown(by: dpi * scale * 0.12)), let grey = part.image.grey(),
                let found = read(grey, box) ?? (isDrawn ? nil : readSmoothed(grey, box))
            else { return nil }
            return Barcode(format: found.format, value: found.value, box: box)
        }
        return (codes + PatchCodeFinder.codes(in: ink, dpi: dpi, scale: scale, isDrawn: isDrawn)).sorted {
            ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left)
        }
    }

    private static func places(in ink: PixelImage, dpi: Double) -> [Box] {
        let (width, height) = (Int32(dpi * gap.width), Int32(dpi * gap.height))
        guard let joined = ink.closed(width: width, height: height) else { return [] }
        return joined.components().filter { box in
            widths.contains(Double(box.width) / dpi) && heights.contains(Double(box.height) / dpi)
                && inkShares.contains(ink.inkShare(in: box))
        }
        .sorted { ($1.width * $1.height, $0.top, $0.left) < ($0.width * $0.height, $1.top, $1.left) }
        .prefix(placeCountMax).map(\.box)
    }

    private static func readSmoothed(_ image: PixelImage, _ box: Box) -> (format: Barcode.Format, value: String)? {
        image.smoothed(reach: 1).flatMap { read($0, box) } ?? image.smoothed(reach: 2).flatMap { read($0, box) }
    }

    /// The one barcode of an image; nil when there is none, or none whose check digits hold.
    ///
    /// - Parameter box: what the code takes of the page, without its quiet zone.
    private static func read(_ image: PixelImage, _ box: Box) -> (format: Barcode.Format, value: String)? {
        let (bytes, stride) = image.greyRows()
        var code = bytes.withUnsafeBufferPointer { rows in
            czxing_read(
                rows.baseAddress, Int32(image.width), Int32(image.height), Int32(stride), Int32(box.width),
                Int32(box.height))
        }
        defer { czxing_free(&code) }
        guard let name = code.format, let value = code.text,
            let format = Barcode.Format(zxing: String(cString: name))
        else { return nil }
        return (format, String(cString: value))
    }
}

extension Barcode.Format {
    fileprivate init?(zxing name: String) {
        switch name {
        case "Code39": self = .code39
        case "Code128": self = .code128
        case "QRCode": self = .qrCode
        case "PDF417": self = .pdf417
        case "DataMatrix": self = .dataMatrix
        default: return nil
        }
    }
}
