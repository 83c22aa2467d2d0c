import CLeptonica

/// The pixels of a 1-bit image, closed and opened by bars of any length in a few passes.
///
/// Leptonica's code moves the whole image once for every pixel of a bar of more than 15; here its length doubles with each
/// pass, and a pass takes 32 pixels at a time. What lies outside the image is paper.
struct BitPlane: ~Copyable {
    private let memory: UnsafeMutablePointer<UInt32>
    /// The image's words, row by row, with paper before and behind them as far as a bar reaches.
    private let words: UnsafeMutablePointer<UInt32>
    private let width: Int
    private let height: Int
    /// Words of a row; behind those of the image lies paper into which a bar may grow.
    private let stride: Int
    /// Words of all rows, with those below the image into which a bar may grow.
    private let count: Int

    /// - Parameters:
    ///   - image: 1 bit a pixel.
    ///   - reach: the longest bar, by width and by height.
    init?(_ image: PixelImage, reach: (width: Int, height: Int)) {
        guard image.isBitonal, let data = pixGetData(image.pix) else { return nil }
        (width, height) = (image.width, image.height)
        let (used, own) = ((width + 31) / 32, Int(pixGetWpl(image.pix)))
        stride = used + (reach.width + 31) / 32
        count = stride * (height + reach.height)
        let margin = stride * (reach.height + 1)
        memory = .allocate(capacity: margin + count + margin)
        memory.initialize(repeating: 0, count: margin + count + margin)
        words = memory + margin
        // Leptonica leaves anything behind the last pixel of a row.
        let last = UInt32.max << UInt32((32 - width % 32) % 32)
        for row in 0..<height {
            let target = words + row * stride
            target.update(from: data + row * own, count: used)
            target[used - 1] &= last
        }
    }

    deinit { memory.deallocate() }

    /// The image within the plane.
    func image() -> PixelImage? {
        guard let image = PixelImage(pixCreateNoInit(Int32(width), Int32(height), 1)), let data = pixGetData(image.pix)
        else { return nil }
        let (used, own) = ((width + 31) / 32, Int(pixGetWpl(image.pix)))
        let last = UInt32.max << UInt32((32 - width % 32) % 32)
        for row in 0..<height {
            let target = data + row * own
            target.update(from: words + row * stride, count: used)
            target[used - 1] &= last
        }
        return image
    }

    /// Leaves what a bar of this size fits into.
    func open(width: Int, height: Int) {
        guard shrink(width: width, height: height) else { return }
        grow(width: width, height: height)
    }

    /// Fills gaps into which no bar of this size fits.
    func close(width: Int, height: Int) {
        grow(width: width, height: height)
        _ = shrink(width: width, height: height)
    }

    /// Leaves pixels from which ink reaches this far to the right and down; false when none does.
    private func shrink(width: Int, height: Int) -> Bool {
        var left = UInt32(0)
        let steps = BitPlane.steps(to: width)
        for row in 0..<count / stride {
            let line = words + row * stride
            var inLine = ink(in: line)
            // Most rows are empty, or after few passes.
            for step in steps where inLine != 0 {
                let bits = UInt32(step % 32)
                let (near, far) = (line + step / 32, line + step / 32 + 1)
                inLine = 0
                for index in 0..<stride {
                    line[index] &= (near[index] &<< bits) | ((far[index] &>> (31 &- bits)) &>> 1)
                    inLine |= line[index]
                }
            }
            left |= inLine
        }
        for step in BitPlane.steps(to: height) where left != 0 {
            let below = words + step * stride
            left = 0
            for index in 0..<count {
                words[index] &= below[index]
                left |= words[index]
            }
        }
        return left != 0
    }

    /// Adds ink this far to the right and down of ink.
    private func grow(width: Int, height: Int) {
        let steps = BitPlane.steps(to: width)
        for row in 0..<count / stride {
            let line = words + row * stride
            guard ink(in: line) != 0 else { continue }
            for step in steps {
                let bits = UInt32(step % 32)
                let (near, far) = (line - step / 32, line - step / 32 - 1)
                for place in 0..<stride {
                    let index = stride &- 1 &- place
                    line[index] |= (near[index] &>> bits) | ((far[index] &<< (31 &- bits)) &<< 1)
                }
            }
        }
        for step in BitPlane.steps(to: height) {
            let above = words - step * stride
            for place in 0..<count {
                let index = count &- 1 &- place
                words[index] |= above[index]
            }
        }
    }

    /// All words of a row laid over one another: 0 when there is no ink in it.
    private func ink(in line: UnsafePointer<UInt32>) -> UInt32 {
        var all = UInt32(0)
        for index in 0..<stride { all |= line[index] }
        return all
    }

    /// How far to move in each pass, so that one pixel becomes `length`: 1, 2, 4 … and what is left.
    private static func steps(to length: Int) -> [Int] {
        var (steps, covered) = ([Int](), 1)
        while covered < length {
            steps.append(min(covered, length - covered))
            covered += steps[steps.count - 1]
        }
        return steps
    }
}
