import CLeptonica
import Foundation

extension PixelImage {
    /// The image in a form that a browser shows: 16 greys as PNG where that is small, as it is for text; else JPEG.
    func encoded() -> (bytes: Data, mediaType: String)? {
        guard let grey = isBitonal ? PixelImage(pixConvertTo8(pix, 0)) : self else { return nil }
        if let few = PixelImage(pixThresholdTo4bpp(grey.pix, 16, 0)),
            let png = PixelImage.written({ pixWriteMemPng(&$0, &$1, few.pix, 0) }), png.count <= PixelImage.pngBytesMax
        {
            return (png, "image/png")
        }
        return PixelImage.written { pixWriteMemJpeg(&$0, &$1, grey.pix, PixelImage.jpegQuality, 0) }
            .map { ($0, "image/jpeg") }
    }

    private static let pngBytesMax = 180_000
    private static let jpegQuality: Int32 = 60

    private static func written(
        _ write: (inout UnsafeMutablePointer<UInt8>?, inout Int) -> Int32
    ) -> Data? {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        defer { free(bytes) }
        guard write(&bytes, &count) == 0, let bytes else { return nil }
        return Data(bytes: bytes, count: count)
    }
}
