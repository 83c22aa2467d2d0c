import CLeptonica
import Documents
import Foundation

/// Finds the lines of text on an upright, straight page with PP-OCR's detection network (DBNet).
///
/// The network gives each pixel the probability that it lies in the core of a line; what hangs together is a line, and
/// grows back by the share by which training had shrunk it.
final class LineFinder {
    private let network: InferenceModel
    /// Pixels of the page's longer side as the network sees it: 87 to the inch on a letter page.
    private static let side = 960.0
    /// The network's sides are multiples of this.
    private static let step = 32
    /// From the settings that the models were published with, but for the growth: theirs, 1.6, leaves letters smaller in
    /// the line that is read, and costs words.
    private static let pixelProbabilityMin: Float = 0.3
    private static let lineProbabilityMin: Float = 0.5
    private static let growth = 1.3
    private static let lineCountMax = 1000

    init(network: InferenceModel) { self.network = network }

    /// The boxes of the lines, in pixels of the page, in no order.
    func lines(on page: PixelImage) -> [Documents.Box] {
        let scale = min(1, LineFinder.side / Double(max(page.width, page.height)))
        guard let small = page.greyScaled(scale) else { return [] }
        let (width, height) = (LineFinder.padded(small.width), LineFinder.padded(small.height))
        var input = LineFinder.input(small, width: width, height: height)
        let frame = Documents.Box(left: 0, top: 0, right: Double(page.width), bottom: Double(page.height))
        let found = network.run(&input, shape: [1, 3, height, width]) { map, shape -> [Documents.Box] in
            guard shape == [1, 1, height, width] else { return [] }
            return LineFinder.cores(in: map, width: width, height: height).prefix(LineFinder.lineCountMax)
                .map { LineFinder.grown($0).scaled(1 / scale).clipped(to: frame) }
        }
        return found ?? []
    }

    private static func padded(_ side: Int) -> Int { (side + step - 1) / step * step }

    /// Grey levels as -1…1 in three equal channels; the padding is paper.
    private static func input(_ image: PixelImage, width: Int, height: Int) -> [Float] {
        let plane = width * height
        var input = [Float](repeating: 1, count: 3 * plane)
        image.readGrey { x, y, level in input[y * width + x] = Float(level) / 127.5 - 1 }
        for channel in 1...2 {
            for index in 0..<plane { input[channel * plane + index] = input[index] }
        }
        return input
    }

    /// The boxes of the probable cores of lines, in pixels of the map.
    private static func cores(in map: UnsafeBufferPointer<Float>, width: Int, height: Int) -> [Documents.Box] {
        guard
            let mask = PixelImage(width: width, height: height, isBlack: { map[$1 * width + $0] > pixelProbabilityMin })
        else { return [] }
        return mask.components().filter { box in
            guard min(box.width, box.height) >= 3 else { return false }
            var sum: Float = 0
            for y in Int(box.top)..<Int(box.top + box.height) {
                for x in Int(box.left)..<Int(box.left + box.width) { sum += map[y * width + x] }
            }
            return sum / Float(box.width * box.height) >= lineProbabilityMin
        }.map(\.box)
    }

    private static func grown(_ core: Documents.Box) -> Documents.Box {
        let distance = core.width * core.height * growth / (2 * (core.width + core.height))
        return core.grown(x: distance, y: distance)
    }
}

extension PixelImage {
    /// A 1-bit image of what `isBlack` says of each column and row.
    convenience init?(width: Int, height: Int, isBlack: (Int, Int) -> Bool) {
        guard let pix = pixCreate(Int32(width), Int32(height), 1) else { return nil }
        self.init(pix)
        let words = Int(pixGetWpl(pix))
        guard let data = pixGetData(pix) else { return nil }
        for y in 0..<height {
            for x in 0..<width where isBlack(x, y) { data[y * words + x >> 5] |= 0x8000_0000 >> UInt32(x & 31) }
        }
    }

    /// The image in grey, its sides multiplied by two factors that differ little.
    func greyScaled(x: Double, y: Double) -> PixelImage? {
        let grey = isBitonal ? PixelImage(pixConvertTo8(pix, 0)) : self
        guard let grey, abs(x - 1) > 0.001 || abs(y - 1) > 0.001 else { return grey }
        return y < 0.7
            ? PixelImage(pixScaleAreaMap(grey.pix, Float(x), Float(y)))
            : PixelImage(pixScaleGeneral(grey.pix, Float(x), Float(y), 0, 0))
    }

    /// The image in grey, both sides multiplied by a factor.
    func greyScaled(_ factor: Double) -> PixelImage? {
        isBitonal && factor < 1
            ? PixelImage(pixScaleToGray(pix, Float(factor))) : greyScaled(x: factor, y: factor)
    }

    /// Calls `body` with column, row and level (0 is black) of each pixel of an 8-bit image.
    func readGrey(_ body: (Int, Int, UInt8) -> Void) {
        guard pixGetDepth(pix) == 8, let data = pixGetData(pix) else { return }
        let rowBytes = 4 * Int(pixGetWpl(pix))
        let (width, height) = (width, height)
        data.withMemoryRebound(to: UInt8.self, capacity: rowBytes * height) { bytes in
            for y in 0..<height {
                // Leptonica keeps pixels in 32-bit words, the leftmost in the highest byte.
                for x in 0..<width { body(x, y, bytes[y * rowBytes + (x ^ 3)]) }
            }
        }
    }
}

extension Documents.Box {
    /// The box with its edges moved outwards.
    func grown(x: Double, y: Double) -> Documents.Box {
        Documents.Box(left: left - x, top: top - y, right: right + x, bottom: bottom + y)
    }

    /// The part of the box inside another.
    func clipped(to frame: Documents.Box) -> Documents.Box {
        Documents.Box(
            left: min(max(left, frame.left), frame.right), top: min(max(top, frame.top), frame.bottom),
            right: max(min(right, frame.right), frame.left), bottom: max(min(bottom, frame.bottom), frame.top))
    }
}
