package import Foundation

/// An uncompressed bilevel TIFF of one small page that no other seed gives.
package enum SmallTIFF {
    /// A page of `width` by `height` pixels, white with `barCount` black squares placed by `seed` (TIFF 6.0, "Baseline").
    package static func make(seed: UInt64, width: Int = 400, height: Int = 300, barCount: Int = 24) -> Data {
        let rowBytes = (width + 7) / 8
        var pixels = Data(count: rowBytes * height)
        var state = seed
        for bar in 0..<barCount {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let row = 10 + bar * (height - 20) / barCount
            let column = Int(state >> 33) % (rowBytes - 8)
            // Squares of the size of letters: a reader takes thinner marks for dirt on an empty page.
            for line in row..<row + 7 { pixels[line * rowBytes + column] = 0x7E }
        }
        let entries: [(tag: UInt16, type: UInt16, value: UInt32)] = [
            (256, 4, UInt32(width)), (257, 4, UInt32(height)), (258, 3, 1), (259, 3, 1), (262, 3, 0), (273, 4, 8),
            (277, 3, 1), (278, 4, UInt32(height)), (279, 4, UInt32(pixels.count)),
        ]
        var file = Data([0x49, 0x49, 42, 0])
        file.append(littleEndian: UInt32(8 + pixels.count))
        file.append(pixels)
        file.append(littleEndian: UInt16(entries.count))
        for entry in entries {
            file.append(littleEndian: entry.tag)
            file.append(littleEndian: entry.type)
            file.append(littleEndian: UInt32(1))
            file.append(littleEndian: entry.value)
        }
        file.append(littleEndian: UInt32(0))
        return file
    }
}

extension Data {
    fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
