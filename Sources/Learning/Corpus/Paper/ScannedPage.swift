import CLeptonica
import Foundation

/// How the pixels of a scanned page are packed.
enum ImagePacking: Sendable {
    case fax4, lzw, jpeg(quality: Int)
}

/// A page as an image, with what it takes to write it.
struct ScannedPage: Sendable {
    var raster: Raster
    var isBitonal: Bool
    var dpiX: Double
    var dpiY: Double
    var packing: ImagePacking

    /// The page's size in points, as its resolution has it.
    var size: (width: Double, height: Double) {
        (Double(raster.width) * 72 / dpiX, Double(raster.height) * 72 / dpiY)
    }

    /// Lends the image to Leptonica: 1 bit a pixel when bitonal, else 8.
    func withPix<Result>(_ body: (UnsafeMutablePointer<Pix>) throws -> Result) throws -> Result {
        var pix = pixCreate(Int32(raster.width), Int32(raster.height), isBitonal ? 1 : 8)
        guard let image = pix else {
            throw LearningError(.file, "An image of \(raster.width) by \(raster.height) pixels could not be made.")
        }
        defer { pixDestroy(&pix) }
        pixSetResolution(image, Int32(dpiX.rounded()), Int32(dpiY.rounded()))
        let words = Int(pixGetWpl(image))
        guard let data = pixGetData(image) else {
            throw LearningError(.file, "An image of \(raster.width) by \(raster.height) pixels has no memory.")
        }
        for y in 0..<raster.height {
            let line = data + y * words
            for x in 0..<raster.width {
                let level = raster[x, y]
                if isBitonal {
                    if level < 128 { line[x / 32] |= 0x8000_0000 >> UInt32(x % 32) }
                } else {
                    line[x / 4] |= UInt32(level) << UInt32(24 - 8 * (x % 4))
                }
            }
        }
        return try body(image)
    }

    /// The page as a JPEG file.
    func jpeg(quality: Int) throws -> Data {
        try withPix { image in
            var bytes: UnsafeMutablePointer<UInt8>?
            var count = 0
            defer { lept_free(bytes) }
            guard pixWriteMemJpeg(&bytes, &count, image, Int32(quality), 0) == 0, let bytes else {
                throw LearningError(.file, "A page could not be packed as JPEG.")
            }
            return Data(bytes: bytes, count: count)
        }
    }
}

/// Writes scans as a TIFF of one or many pages.
enum TIFFFile {
    static func write(_ pages: [ScannedPage], to file: URL) throws {
        try? FileManager.default.removeItem(at: file)
        for (index, page) in pages.enumerated() {
            let format =
                switch page.packing {
                case .fax4: IFF_TIFF_G4
                case .lzw: IFF_TIFF_LZW
                case .jpeg: IFF_TIFF_JPEG
                }
            let failed = try page.withPix { pixWriteTiff(file.path, $0, Int32(format), index == 0 ? "w" : "a") }
            guard failed == 0 else {
                throw LearningError(.file, "\(file.path) could not be written. Is the folder there, and is there room?")
            }
        }
    }
}
