import Foundation

/// The end of a PDF: `startxref`, an offset and `%%EOF` (ISO 32000-1, 7.5.5).
enum PDFEnd {
    /// Some writers and mail gateways leave bytes after `%%EOF`; as many as this are let pass.
    private static let tailBytesMax = 2048

    static func isPresent(in reader: ByteReader) -> Bool {
        let tail = max(0, reader.count - tailBytesMax)..<reader.count
        guard let end = reader.last("%%EOF", in: tail),
            let pointer = reader.last("startxref", in: max(0, end - 64)..<end),
            let offset = reader.decimal(pointer + 9)
        else { return false }
        // A linearized PDF has an end after its first page too, whose offset is 0 (ISO 32000-1, annex F.3.4): what stops
        // there was cut off. Another offset may be wrong: Poppler then looks for the objects itself.
        return offset > 0 || !isLinearized(reader)
    }

    private static func isLinearized(_ reader: ByteReader) -> Bool {
        reader.last("/Linearized", in: 0..<min(reader.count, FileKind.prefixBytes)) != nil
    }
}

/// The chunks of a PNG, as far as finding the last one needs (ISO/IEC 15948, 5.3).
enum PNGChunks {
    static func isEndPresent(in reader: ByteReader) -> Bool {
        var offset: UInt64 = 8
        while let length = reader.number(offset, size: 4, bigEndian: true), reader.holds(offset, length + 12) {
            if reader.has("IEND", at: Int(offset) + 4) { return true }
            offset += length + 12
        }
        return false
    }
}

/// The marker segments of a JPEG, as far as finding its end needs (ITU-T T.81, annex B).
enum JPEGMarkers {
    /// The payload of each segment from the start to the first scan, with its marker.
    static func headers(in reader: ByteReader) -> [(marker: UInt8, payload: Range<Int>)] {
        var headers: [(marker: UInt8, payload: Range<Int>)] = []
        var offset = 2
        while let segment = segment(at: offset, in: reader), segment.marker != 0xDA {
            headers.append(segment)
            offset = segment.payload.upperBound
        }
        return headers
    }

    static func isEndPresent(in reader: ByteReader) -> Bool {
        var offset = 2
        while let marker = marker(at: offset, in: reader) {
            if marker.code == 0xD9 { return true }
            if (0xD0...0xD7).contains(marker.code) || marker.code == 0x01 || marker.code == 0x00 {
                offset = marker.next
            } else {
                guard let segment = segment(at: offset, in: reader) else { return false }
                offset = segment.payload.upperBound
            }
        }
        return false
    }

    /// The next marker at or after `offset`; what stands before it is compressed data or fill.
    private static func marker(at offset: Int, in reader: ByteReader) -> (code: UInt8, next: Int)? {
        guard offset < reader.count, let base = reader.bytes.baseAddress,
            let found = memchr(base + offset, 0xFF, reader.count - offset)
        else { return nil }
        var place = UnsafeRawPointer(found) - base + 1
        while reader.byte(place) == 0xFF { place += 1 }
        return reader.byte(place).map { ($0, place + 1) }
    }

    private static func segment(at offset: Int, in reader: ByteReader) -> (marker: UInt8, payload: Range<Int>)? {
        guard let marker = marker(at: offset, in: reader),
            let length = reader.number(UInt64(marker.next), size: 2, bigEndian: true), length >= 2,
            reader.holds(UInt64(marker.next), length)
        else { return nil }
        return (marker.code, marker.next + 2..<marker.next + Int(length))
    }
}

extension JPEGMarkers {
    /// The orientation that the camera noted, 1 to 8; 1 when it noted none (EXIF 2.3, 4.6.4, tag 274).
    static func orientation(in reader: ByteReader) -> Int {
        for header in headers(in: reader)
        where header.marker == 0xE1 && reader.has("Exif", at: header.payload.lowerBound) {
            let start = UInt64(header.payload.lowerBound) + 6
            let bigEndian = reader.has("MM", at: Int(start))
            func number(_ offset: UInt64, _ size: Int) -> UInt64? {
                reader.number(start + offset, size: size, bigEndian: bigEndian)
            }
            guard let directory = number(4, 4), let count = number(directory, 2) else { return 1 }
            let entry = (0..<count).map { directory + 2 + $0 * 12 }.first { number($0, 2) == 274 }
            return entry.flatMap { number($0 + 8, 2) }.map { (1...8).contains($0) ? Int($0) : 1 } ?? 1
        }
        return 1
    }
}
