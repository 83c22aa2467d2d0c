import CLeptonica

/// The ink of a 1-bit image as a byte for each pixel, for looking at single pixels fast.
struct InkMap {
    let width: Int
    let height: Int
    /// 1 where there is ink, row by row.
    let pixels: [UInt8]

    init?(_ image: PixelImage) {
        guard image.isBitonal, let data = pixGetData(image.pix) else { return nil }
        let (width, height) = (image.width, image.height)
        let words = Int(pixGetWpl(image.pix))
        pixels = [UInt8](unsafeUninitializedCapacity: width * height) { bytes, count in
            bytes.initialize(repeating: 0)
            for y in 0..<height {
                let (line, row) = (data + y * words, y * width)
                for index in 0..<(width + 31) / 32 {
                    var word = line[index]
                    // Most of a page is paper.
                    while word != 0 {
                        let bit = word.leadingZeroBitCount
                        word &= ~(0x8000_0000 &>> UInt32(bit))
                        let x = index * 32 + bit
                        if x < width { bytes[row + x] = 1 }
                    }
                }
            }
            count = width * height
        }
        (self.width, self.height) = (width, height)
    }

    /// Whether there is ink; none outside the image.
    func hasInk(_ x: Int, _ y: Int) -> Bool {
        x >= 0 && y >= 0 && x < width && y < height && pixels[y * width + x] != 0
    }

    /// The share of a row's stretch that is ink; 0 outside the image.
    func rowShare(_ y: Int, _ columns: Range<Int>) -> Double {
        guard y >= 0, y < height, !columns.isEmpty else { return 0 }
        var count = 0
        for x in max(0, columns.lowerBound)..<max(0, columns.lowerBound, min(width, columns.upperBound)) {
            count += Int(pixels[y * width + x])
        }
        return Double(count) / Double(columns.count)
    }

    /// The share of a column's stretch that is ink; 0 outside the image.
    func columnShare(_ x: Int, _ rows: Range<Int>) -> Double {
        guard x >= 0, x < width, !rows.isEmpty else { return 0 }
        var count = 0
        for y in max(0, rows.lowerBound)..<max(0, rows.lowerBound, min(height, rows.upperBound)) {
            count += Int(pixels[y * width + x])
        }
        return Double(count) / Double(rows.count)
    }

    /// The stretches of a row that are ink but for gaps of one pixel, with a length in `lengths`.
    func runs(in y: Int, lengths: ClosedRange<Int>) -> [Range<Int>] {
        // A stretch of 15 pixels or more holds eight of those looked at together, without a gap of two among them.
        let size = lengths.lowerBound >= 15 ? 8 : 1
        var runs: [Range<Int>] = []
        pixels.withUnsafeBytes { bytes in
            let row = UnsafeRawBufferPointer(rebasing: bytes[y * width..<(y + 1) * width])
            var x = 0
            while x + size <= width {
                guard size == 8 ? InkMap.isGapless(row.loadUnaligned(fromByteOffset: x, as: UInt64.self)) : row[x] != 0
                else {
                    x += size
                    continue
                }
                var (start, end) = row[x] != 0 ? (x, x + 1) : (x + 1, x + 2)
                while true {
                    if start > 0, row[start - 1] != 0 {
                        start -= 1
                    } else if start > 1, row[start - 2] != 0 {
                        start -= 2
                    } else {
                        break
                    }
                }
                while true {
                    if end < width, row[end] != 0 {
                        end += 1
                    } else if end + 1 < width, row[end + 1] != 0 {
                        end += 2
                    } else {
                        break
                    }
                }
                if lengths.contains(end - start) { runs.append(start..<end) }
                x = end + 1
            }
        }
        return runs
    }

    /// Whether eight pixels, 1 where there is ink, have no two without ink beside each other.
    private static func isGapless(_ eight: UInt64) -> Bool {
        let paper = eight ^ 0x0101_0101_0101_0101
        return paper & (paper &>> 8) == 0
    }
}

/// A rectangle of whole pixels, its edges in order.
struct InkBox: Hashable {
    var left: Int
    var top: Int
    /// One behind the last column and row.
    var right: Int
    var bottom: Int

    var width: Int { right - left }
    var height: Int { bottom - top }
    var columns: Range<Int> { left..<right }
    var rows: Range<Int> { top..<bottom }
}
