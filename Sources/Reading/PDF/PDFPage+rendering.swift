import CLeptonica
import CPoppler
import Foundation

extension PDFPage {
    /// Draws the page in grey on white; nil when there is no memory for it.
    func rendered(dpi: Double) -> PixelImage? {
        let scale = dpi / 72
        let columns = Int32((width * scale - 0.01).rounded(.up))
        let rows = Int32((height * scale - 0.01).rounded(.up))
        let (width, height) = (Int(columns), Int(rows))
        // Our own memory, white at once: Cairo's would be made black first.
        guard let memory = malloc(width * height * 4) else { return nil }
        defer { free(memory) }
        memset(memory, 0xFF, width * height * 4)
        let pixels = memory.bindMemory(to: UInt32.self, capacity: width * height)
        let surface = cairo_image_surface_create_for_data(
            memory.assumingMemoryBound(to: UInt8.self), CAIRO_FORMAT_RGB24, columns, rows, columns * 4)
        defer { cairo_surface_destroy(surface) }
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else { return nil }
        draw(on: surface, scale: scale)
        cairo_surface_finish(surface)
        guard let image = PixelImage(pixCreateNoInit(columns, rows, 8)), let words = pixGetData(image.pix) else {
            return nil
        }
        for row in 0..<height {
            PDFPage.copyGrey(pixels + row * width, to: words + row * Int(pixGetWpl(image.pix)), count: width)
        }
        return image
    }

    /// Turns a row of Cairo's pixels (0RGB) to Leptonica's grey, four pixels to a word, the leftmost in the highest byte.
    private static func copyGrey(
        _ pixels: UnsafePointer<UInt32>, to words: UnsafeMutablePointer<UInt32>, count: Int
    ) {
        var index = 0
        while index < count / 4 {
            let four = pixels + index * 4
            // Most of a page is paper.
            if index + 2 <= count / 4 {
                let pairs = UnsafeRawPointer(four)
                let all =
                    pairs.loadUnaligned(as: UInt64.self) & pairs.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
                    & pairs.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
                    & pairs.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
                if all | 0xFF00_0000_FF00_0000 == UInt64.max {
                    words[index] = UInt32.max
                    words[index + 1] = UInt32.max
                    index += 2
                    continue
                }
            }
            defer { index += 1 }
            if four[0] & four[1] & four[2] & four[3] | 0xFF00_0000 == UInt32.max {
                words[index] = UInt32.max
            } else {
                words[index] = grey(four[0]) << 24 | grey(four[1]) << 16 | grey(four[2]) << 8 | grey(four[3])
            }
        }
        guard count % 4 > 0 else { return }
        words[count / 4] = (count / 4 * 4..<count).reduce(UInt32.max) { word, column in
            let shift = UInt32(24 - column % 4 * 8)
            return word & ~(0xFF << shift) | grey(pixels[column]) << shift
        }
    }

    /// Four parts of red to six of green: what is printed blue or red is ink.
    private static func grey(_ pixel: UInt32) -> UInt32 {
        let (red, green) = (pixel >> 16 & 0xFF, pixel >> 8 & 0xFF)
        return (red * 4 + green * 6 + 5) / 10
    }
}
