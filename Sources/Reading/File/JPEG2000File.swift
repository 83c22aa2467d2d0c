/// A JPEG 2000 image, in boxes or bare, as far as finding its size and its end needs (ITU-T T.800, annexes A and I).
struct JPEG2000File {
    let width: UInt64
    let height: UInt64
    /// Whether the end of the codestream is there.
    let isWhole: Bool

    static func begins(_ start: ByteReader) -> Bool {
        start.has([0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A], at: 0) || isCodestream(start, 0)
    }

    /// Gives nil when there is no codestream, or it does not say its size.
    init?(_ reader: ByteReader) {
        let isBare = JPEG2000File.isCodestream(reader, 0)
        guard let stream = isBare ? 0..<UInt64(reader.count) : FileBoxes(reader).first("jp2c")?.payload,
            JPEG2000File.isCodestream(reader, Int(stream.lowerBound))
        else { return nil }
        func number(_ offset: UInt64) -> UInt64? {
            reader.number(stream.lowerBound + offset, size: 4, bigEndian: true)
        }
        // SIZ: Xsiz, Ysiz, XOsiz and YOsiz follow marker, length and capabilities.
        guard let right = number(8), let bottom = number(12), let left = number(16), let top = number(20),
            right > left, bottom > top
        else { return nil }
        (width, height) = (right - left, bottom - top)
        isWhole = JPEG2000File.hasEnd(stream, in: reader)
    }

    /// SOC and SIZ, with which every codestream begins.
    private static func isCodestream(_ reader: ByteReader, _ offset: Int) -> Bool {
        reader.has([0xFF, 0x4F, 0xFF, 0x51], at: offset)
    }

    /// Walks marker segments and tile-parts to the EOC marker.
    private static func hasEnd(_ stream: Range<UInt64>, in reader: ByteReader) -> Bool {
        var offset = stream.lowerBound + 2
        while offset < stream.upperBound, let marker = reader.number(offset, size: 2, bigEndian: true) {
            switch marker {
            case 0xFFD9: return true
            case 0xFF90:
                guard let length = reader.number(offset + 6, size: 4, bigEndian: true) else { return false }
                // The last tile-part may leave its length out: it then reaches to the end of the codestream.
                if length == 0 { return endsWithMarker(stream, in: reader) }
                guard length >= 14 else { return false }
                offset += length
            case 0xFF00...0xFFFF:
                guard let length = reader.number(offset + 2, size: 2, bigEndian: true), length >= 2 else {
                    return false
                }
                offset += 2 + length
            default: return false
            }
        }
        return false
    }

    private static func endsWithMarker(_ stream: Range<UInt64>, in reader: ByteReader) -> Bool {
        let tail = max(stream.lowerBound, stream.upperBound &- min(stream.upperBound, 2048))
        return (tail..<stream.upperBound).contains { reader.has([0xFF, 0xD9], at: Int($0)) }
    }
}
