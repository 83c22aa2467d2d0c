/// The boxes of JPEG 2000 and HEIF files: a length, a type of four letters, and what is inside.
///
/// ITU-T T.800, I.4; ISO/IEC 14496-12, 4.2.
struct FileBoxes {
    struct FileBox {
        let type: UInt64
        let payload: Range<UInt64>
    }

    /// The boxes that lie inside the file, in order.
    let boxes: [FileBox]

    /// No file has more boxes at its top than this; what follows is not looked at.
    private static let countMax = 10_000

    init(_ reader: ByteReader) {
        var found: [FileBox] = []
        var offset: UInt64 = 0
        while found.count < FileBoxes.countMax, let box = FileBoxes.box(at: offset, in: reader) {
            found.append(box)
            offset = box.payload.upperBound
        }
        boxes = found
    }

    func first(_ type: StaticString) -> FileBox? { boxes.first { $0.type == FileBoxes.code(type) } }

    private static func box(at offset: UInt64, in reader: ByteReader) -> FileBox? {
        guard let length = reader.number(offset, size: 4, bigEndian: true),
            let type = reader.number(offset + 4, size: 4, bigEndian: true)
        else { return nil }
        switch length {
        case 0: return FileBox(type: type, payload: offset + 8..<UInt64(reader.count))
        case 1:
            guard let long = reader.number(offset + 8, size: 8, bigEndian: true), long >= 16,
                reader.holds(offset, long)
            else { return nil }
            return FileBox(type: type, payload: offset + 16..<offset + long)
        default:
            guard length >= 8, reader.holds(offset, length) else { return nil }
            return FileBox(type: type, payload: offset + 8..<offset + length)
        }
    }

    private static func code(_ type: StaticString) -> UInt64 {
        (0..<type.utf8CodeUnitCount).reduce(0) { $0 << 8 | UInt64(type.utf8Start[$1]) }
    }
}

/// A photograph of a telephone, as far as telling it and finding its end needs (ISO/IEC 23008-12).
enum HEIFBoxes {
    /// Brands of images in HEVC; others, such as AVIF, are other formats in the same boxes.
    private static let brands: [StaticString] = ["heic", "heix", "heim", "heis", "mif1", "msf1"]

    static func begins(_ start: ByteReader) -> Bool {
        start.has("ftyp", at: 4) && brands.contains { start.has($0, at: 8) }
    }

    /// Whether the boxes that say what is in the file and that hold it lie inside it.
    static func isEndPresent(in reader: ByteReader) -> Bool {
        let boxes = FileBoxes(reader)
        return boxes.first("meta") != nil && boxes.first("mdat") != nil
    }
}
