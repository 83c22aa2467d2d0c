/// The blocks of a GIF, as far as counting its pixels and finding its end needs (GIF89a, sections 17 to 27).
struct GIFBlocks {
    /// Pixels of all its images together; a decoder unpacks every one.
    let pixelCount: UInt64

    /// Gives nil when the trailer is not reached.
    init?(_ reader: ByteReader) {
        guard let flags = reader.byte(10) else { return nil }
        var offset = 13 + GIFBlocks.tableBytes(flags)
        var pixels: UInt64 = 0
        while let block = reader.byte(offset) {
            switch block {
            case 0x3B:
                pixelCount = pixels
                return
            case 0x21:
                guard let end = GIFBlocks.subBlocksEnd(from: offset + 2, in: reader) else { return nil }
                offset = end
            case 0x2C:
                guard let width = reader.number(UInt64(offset) + 5, size: 2, bigEndian: false),
                    let height = reader.number(UInt64(offset) + 7, size: 2, bigEndian: false),
                    let flags = reader.byte(offset + 9),
                    let end = GIFBlocks.subBlocksEnd(from: offset + 11 + GIFBlocks.tableBytes(flags), in: reader)
                else { return nil }
                pixels += width * height
                offset = end
            default: return nil
            }
        }
        return nil
    }

    /// Bytes of the colour table that these flags announce.
    private static func tableBytes(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }

    private static func subBlocksEnd(from start: Int, in reader: ByteReader) -> Int? {
        var offset = start
        while let length = reader.byte(offset) {
            offset += 1 + Int(length)
            if length == 0 { return offset }
        }
        return nil
    }
}

/// The frame of a WebP: a RIFF chunk that holds all others (RFC 9649, 2.4).
enum WebPContainer {
    static func isEndPresent(in reader: ByteReader) -> Bool {
        guard let length = reader.number(4, size: 4, bigEndian: false), length >= 12 else { return false }
        return reader.holds(8, length)
    }
}
