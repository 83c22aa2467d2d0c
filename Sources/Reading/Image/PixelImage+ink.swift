import CLeptonica
import Documents

/// What is asked of every pixel of every page, in one pass over the words in which Leptonica keeps them.
///
/// Paper is white: a word of four white pixels, which most are, is passed over at once.
extension PixelImage {
    private static let white = UInt32.max

    /// How many words of paper come next: up to eight, looked at together.
    private static func whiteWords(from line: UnsafePointer<UInt32>, count: Int) -> Int {
        guard line[0] == white else { return 0 }
        guard count >= 8 else { return 1 }
        let pairs = UnsafeRawPointer(line)
        let all =
            pairs.loadUnaligned(as: UInt64.self) & pairs.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            & pairs.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
            & pairs.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
        return all == UInt64.max ? 8 : 1
    }

    /// Ink as 1 bit, by Otsu's threshold over the whole image.
    func ink() -> PixelImage? {
        if isBitonal { return self }
        guard let grey = grey(), let threshold = grey.inkThreshold() else { return nil }
        return grey.darker(than: threshold)
    }

    /// Everything darker than paper as 1 bit, thin grey lines too, which Otsu's threshold gives to the paper.
    func faintInk() -> PixelImage? { isBitonal ? self : grey()?.darker(than: 180) }

    /// Shades between the darkest and the lightest pixel of a part of a grey image; 0 when the part is empty.
    func contrast(in region: Documents.Box) -> Int {
        guard let part = columnsAndRows(of: region), pixGetDepth(pix) == 8, let words = pixGetData(pix) else {
            return 0
        }
        let stride = Int(pixGetWpl(pix))
        var (darkest, lightest) = (UInt32(255), UInt32(0))
        for row in part.rows {
            let line = words + row * stride
            for column in part.columns {
                let shade = line[column >> 2] >> UInt32(24 - 8 * (column & 3)) & 0xFF
                darkest = min(darkest, shade)
                lightest = max(lightest, shade)
            }
        }
        return Int(lightest) - Int(darkest)
    }

    /// The shade of a grey image's middle pixel, which is paper on most pages.
    func medianShade() -> Int { shade(atRank: 0.5) }

    /// The shade than which this share of a grey image's pixels is darker.
    func shade(atRank rank: Double) -> Int {
        var left = Int(Double(width * height) * rank)
        return histogram().firstIndex { count in
            left -= count
            return left < 0
        } ?? 255
    }

    /// The shade below which a pixel is ink; nil when Leptonica cannot tell.
    private func inkThreshold() -> UInt32? {
        guard let shades = numaCreate(256) else { return nil }
        var owned: UnsafeMutablePointer<Numa>? = shades
        defer { numaDestroy(&owned) }
        for count in histogram() { numaAddNumber(shades, Float(count)) }
        var threshold: Int32 = 0
        // A tenth of the best score: from there on Leptonica puts the threshold where the fewest pixels are.
        guard numaSplitDistribution(shades, 0.1, &threshold, nil, nil, nil, nil, nil) == 0 else { return nil }
        return UInt32(max(0, threshold))
    }

    /// How many pixels of an 8-bit image have each shade.
    private func histogram() -> [Int] {
        var counts = [Int](repeating: 0, count: 256)
        guard pixGetDepth(pix) == 8, let words = pixGetData(pix) else { return counts }
        let (width, stride) = (width, Int(pixGetWpl(pix)))
        counts.withUnsafeMutableBufferPointer { counts in
            for row in 0..<height {
                let line = words + row * stride
                var next = 0
                while next < width / 4 {
                    let white = PixelImage.whiteWords(from: line + next, count: width / 4 - next)
                    if white > 0 {
                        counts[255] += white * 4
                        next += white
                        continue
                    }
                    let word = line[next]
                    next += 1
                    counts[Int(word >> 24)] += 1
                    counts[Int(word >> 16 & 0xFF)] += 1
                    counts[Int(word >> 8 & 0xFF)] += 1
                    counts[Int(word & 0xFF)] += 1
                }
                for column in width / 4 * 4..<width {
                    counts[Int(line[column / 4] >> UInt32(24 - column % 4 * 8) & 0xFF)] += 1
                }
            }
        }
        return counts
    }

    /// How dark the cells of an 8-bit image are on the mean, 0 to 255, when as many as `columnsMax` lie side by side.
    func darkness(columnsMax: Int) -> DarknessMap {
        let across = max(1, min(columnsMax, width))
        let down = max(1, (height * across + width / 2) / max(1, width))
        let columns = (0..<width).map { $0 * across / width }
        var cells = [Int](repeating: 0, count: across * down)
        var (columnSizes, rowSizes) = ([Int](repeating: 0, count: across), [Int](repeating: 0, count: down))
        for column in columns { columnSizes[column] += 1 }
        for row in 0..<height { rowSizes[row * down / height] += 1 }
        cells.withUnsafeMutableBufferPointer { cells in
            columns.withUnsafeBufferPointer { columns in
                for row in 0..<height { addDarkness(of: row, to: cells[(row * down / height * across)...], columns) }
            }
        }
        for cell in cells.indices where cells[cell] > 0 {
            let size = columnSizes[cell % across] * rowSizes[cell / across]
            cells[cell] = (cells[cell] + size / 2) / max(1, size)
        }
        return DarknessMap(width: across, height: down, cells: cells)
    }

    /// Adds how dark the pixels of a row are to the cells of their columns.
    private func addDarkness(
        of row: Int, to cells: Slice<UnsafeMutableBufferPointer<Int>>, _ columns: UnsafeBufferPointer<Int>
    ) {
        guard pixGetDepth(pix) == 8, let words = pixGetData(pix) else { return }
        let cells = UnsafeMutableBufferPointer(rebasing: cells)
        let (line, count) = (words + row * Int(pixGetWpl(pix)), (columns.count + 3) / 4)
        var next = 0
        while next < count {
            let white = PixelImage.whiteWords(from: line + next, count: count - next)
            if white > 0 {
                next += white
                continue
            }
            for place in next * 4..<min(columns.count, next * 4 + 4) {
                cells[columns[place]] += 255 - Int(line[next] >> UInt32(24 - 8 * (place & 3)) & 0xFF)
            }
            next += 1
        }
    }

    /// The pixels of an 8-bit image whose shade is below `threshold`, as 1 bit.
    func darker(than threshold: UInt32) -> PixelImage? {
        guard let ink = PixelImage(pixCreate(Int32(width), Int32(height), 1)), pixGetDepth(pix) == 8,
            let words = pixGetData(pix), let bits = pixGetData(ink.pix)
        else { return nil }
        _ = pixCopyResolution(ink.pix, pix)
        let (width, stride, bitStride) = (width, Int(pixGetWpl(pix)), Int(pixGetWpl(ink.pix)))
        for row in 0..<height {
            let (line, target) = (words + row * stride, bits + row * bitStride)
            var next = 0
            while next < (width + 3) / 4 {
                let white = PixelImage.whiteWords(from: line + next, count: (width + 3) / 4 - next)
                if white > 0 {
                    next += white
                    continue
                }
                let (index, word) = (next, line[next])
                next += 1
                var four: UInt32 = word >> 24 < threshold ? 8 : 0
                if word >> 16 & 0xFF < threshold { four |= 4 }
                if word >> 8 & 0xFF < threshold { four |= 2 }
                if word & 0xFF < threshold { four |= 1 }
                target[index >> 3] |= four << UInt32(28 - 4 * (index & 7))
            }
        }
        // What fills a row's last word is no ink.
        _ = pixSetPadBits(ink.pix, 0)
        return ink
    }
}
