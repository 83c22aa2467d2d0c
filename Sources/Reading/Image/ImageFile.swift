import CLeptonica
import Foundation

/// An image file whose pages are decoded one at a time; only a TIFF has more than one.
struct ImageFile {
    private let bytes: OwnedBytes
    private let kind: FileKind
    /// Where the directory of each page of a TIFF begins.
    private let directories: [UInt64]

    var pageCount: Int { kind == .tiff ? directories.count : 1 }

    init(_ bytes: OwnedBytes, kind: FileKind) throws(ReadingError) {
        self.bytes = bytes
        self.kind = kind
        guard kind == .tiff else {
            directories = []
            return
        }
        guard let found = bytes.withReader({ TIFFDirectories($0) }) else {
            throw ReadingError(.damaged, "The TIFF's directory of pages cannot be followed. Scan the paper again.")
        }
        directories = found.pageOffsets
    }

    /// Decodes a page, counted from 0; throws a sentence when its image is damaged or has more than `pixelsMax` pixels.
    func page(_ index: Int, pixelsMax: Int) throws(PageProblem) -> ScannedImage {
        guard (0..<pageCount).contains(index) else { throw PageProblem.noSuchPage }
        guard let size = size(ofPage: index) else { throw PageProblem.damagedImage }
        try ImageFile.check(width: size.width, height: size.height, pixelsMax: pixelsMax)
        guard let image = decoded(page: index) else { throw PageProblem.damagedImage }
        return try scanned(image)
    }

    private func decoded(page index: Int) -> PixelImage? {
        let start = bytes.address.assumingMemoryBound(to: UInt8.self)
        switch kind {
        case .tiff:
            var offset = Int(directories[index])
            // Leptonica leaves tiles and separate planes to others.
            return PixelImage(pixReadMemFromMultipageTiff(start, bytes.count, &offset))
                ?? TIFFRaster(bytes).image(at: directories[index])
        case .heic: return HEIFFile(bytes)?.image()
        case .pdf, .zip, .eml: return nil
        case .png, .jpeg, .jpeg2000, .webp, .bmp, .pnm, .gif: return PixelImage(pixReadMem(start, bytes.count))
        }
    }

    /// Pixels of a page, by its header alone; of a GIF, as if its images stood in one row.
    private func size(ofPage index: Int) -> (width: UInt64, height: UInt64)? {
        bytes.withReader { reader in
            switch kind {
            case .tiff: TIFFDirectories.size(of: directories[index], in: reader)
            case .jpeg2000: JPEG2000File(reader).map { ($0.width, $0.height) }
            case .bmp: BMPHeader(reader).map { ($0.width, $0.height) }
            case .pnm: PNMHeader(reader).map { ($0.width, $0.height) }
            case .gif: GIFBlocks(reader).map { ($0.pixelCount, 1) }
            case .heic: HEIFFile(bytes).map { (UInt64($0.width), UInt64($0.height)) }
            case .png, .jpeg, .webp: statedSize
            case .pdf, .zip, .eml: nil
            }
        }
    }

    /// Pixels as Leptonica finds them in the header.
    private var statedSize: (width: UInt64, height: UInt64)? {
        let start = bytes.address.assumingMemoryBound(to: UInt8.self)
        var (format, width, height, bits, samples, map) = (
            Int32(0), Int32(0), Int32(0), Int32(0), Int32(0), Int32(0)
        )
        guard pixReadHeaderMem(start, bytes.count, &format, &width, &height, &bits, &samples, &map) == 0,
            width > 0, height > 0
        else { return nil }
        return (UInt64(width), UInt64(height))
    }

    private func scanned(_ image: PixelImage) throws(PageProblem) -> ScannedImage {
        let resolution = (x: Double(pixGetXRes(image.pix)), y: Double(pixGetYRes(image.pix)))
        let orientation = kind == .jpeg ? bytes.withReader { JPEGMarkers.orientation(in: $0) } : 1
        guard let flat = image.flattened(), let upright = flat.oriented(orientation) else {
            throw PageProblem.damagedImage
        }
        let isTurned = orientation >= 5
        return ScannedImage(
            image: upright, horizontalDPI: isTurned ? resolution.y : resolution.x,
            verticalDPI: isTurned ? resolution.x : resolution.y)
    }

    private static func check(width: UInt64, height: UInt64, pixelsMax: Int) throws(PageProblem) {
        let (area, overflow) = width.multipliedReportingOverflow(by: height)
        guard !overflow, area <= UInt64(pixelsMax) else {
            throw PageProblem(
                "The page image is \(width) by \(height) pixels, more than the \(pixelsMax) allowed. Scan it at 300 dpi."
            )
        }
    }
}

/// Why one page cannot be read, as a sentence for a person.
struct PageProblem: Error, Hashable {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }

    /// No fault of the page: it is an image, and this reader reads text only.
    static let needsRecognition = PageProblem("The page has to be recognised.")
    static let noSuchPage = PageProblem("The page is not in the file.")
    static let damagedImage = PageProblem(
        "The page's image is damaged or of a kind that cannot be decoded. Scan the page again.")
}

/// A decoded page image, and the pixels per inch that its file states, 0 where it states none.
struct ScannedImage {
    let image: PixelImage
    let horizontalDPI: Double
    let verticalDPI: Double

    /// Pixels of a fax line on letter or A4 paper, of which there are 204 to the inch (ITU-T T.4, table 1).
    private static let faxWidth = 1728
    /// Fax lines that are a whole page at 98 to the inch, and not at 196.
    private static let coarseFaxHeights = 700...1400

    /// The resolution to believe: the stated one when it makes a page of sane size, else letter width is assumed.
    var believedDPI: (horizontal: Double, vertical: Double) {
        if image.isBitonal, horizontalDPI == 0 || horizontalDPI == verticalDPI, image.width == ScannedImage.faxWidth,
            ScannedImage.coarseFaxHeights.contains(image.height)
        {
            return (204, 98)
        }
        let vertical = verticalDPI > 0 ? verticalDPI : horizontalDPI
        let width = Double(image.width) / horizontalDPI
        let height = Double(image.height) / vertical
        // A page is at least a cheque stub and at most a ledger; 72 and 96 are what cameras and web tools write unasked.
        let widthMax = horizontalDPI < 150 ? 14.5 : 24
        if horizontalDPI >= 75, vertical >= 75, (2.0...widthMax).contains(width), (1.5...36).contains(height) {
            return (horizontalDPI, vertical)
        }
        let (short, long) = (min(image.width, image.height), max(image.width, image.height))
        let isPage = Double(short) / Double(long) > 0.6
        let guess = min(600, max(72, (Double(isPage ? short : long) / 8.5)))
        return (guess, guess)
    }
}

extension PixelImage {
    /// Undoes the orientation that a camera noted (EXIF 2.3, tag 274): 1 is upright.
    func oriented(_ orientation: Int) -> PixelImage? {
        switch orientation {
        case 2: PixelImage(pixFlipLR(nil, pix))
        case 3: turned(180)
        case 4: PixelImage(pixFlipTB(nil, pix))
        case 5: PixelImage(pixFlipLR(nil, pix))?.turned(270)
        case 6: turned(90)
        case 7: PixelImage(pixFlipLR(nil, pix))?.turned(90)
        case 8: turned(270)
        default: self
        }
    }
}
