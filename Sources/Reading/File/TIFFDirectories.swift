/// The chain of image directories of a TIFF, classic or BigTIFF, in either byte order.
///
/// TIFF 6.0, section 2; BigTIFF as libtiff has it. A directory is taken only when all that it points to lies in the file.
struct TIFFDirectories {
    /// Where the directory of each page begins, in order; thumbnails are left out.
    let pageOffsets: [UInt64]

    /// No file has more directories than this; a longer chain is refused.
    private static let directoryCountMax = 100_000

    /// Gives nil when the file is no TIFF, or a directory or what it points to is outside the bytes, or the chain loops.
    init?(_ reader: ByteReader) {
        guard let layout = Layout(reader), var next = layout.firstDirectory(reader) else { return nil }
        var pages: [UInt64] = []
        var seen: Set<UInt64> = []
        while next != 0 {
            guard seen.insert(next).inserted, seen.count <= TIFFDirectories.directoryCountMax,
                let directory = Directory(at: next, layout: layout, reader: reader), directory.isInside(reader)
            else { return nil }
            if !directory.isThumbnail { pages.append(next) }
            next = directory.next
        }
        guard !pages.isEmpty else { return nil }
        pageOffsets = pages
    }

    /// Pixels of the image whose directory begins at `offset`; nil when it does not say.
    static func size(of offset: UInt64, in reader: ByteReader) -> (width: UInt64, height: UInt64)? {
        guard let layout = Layout(reader), let directory = Directory(at: offset, layout: layout, reader: reader),
            let width = directory.first(256, reader), let height = directory.first(257, reader)
        else { return nil }
        return (width, height)
    }

    /// Pixels per inch of the image whose directory begins at `offset`; nil when it does not say.
    static func resolution(of offset: UInt64, in reader: ByteReader) -> (horizontal: Double, vertical: Double)? {
        guard let layout = Layout(reader), let directory = Directory(at: offset, layout: layout, reader: reader),
            let horizontal = directory.rational(282, reader), let vertical = directory.rational(283, reader)
        else { return nil }
        // The unit is the inch (2) unless it is the centimetre (3).
        let unit = directory.first(296, reader) == 3 ? 2.54 : 1
        return (horizontal * unit, vertical * unit)
    }
}

/// The sizes of numbers in a file: 32 bits in classic TIFF, 64 in BigTIFF.
private struct Layout {
    let bigEndian: Bool
    let big: Bool

    init?(_ reader: ByteReader) {
        bigEndian = reader.has("MM", at: 0)
        guard bigEndian || reader.has("II", at: 0),
            let version = reader.number(2, size: 2, bigEndian: bigEndian), version == 42 || version == 43
        else { return nil }
        big = version == 43
    }

    var offsetSize: Int { big ? 8 : 4 }
    var countSize: Int { big ? 8 : 2 }
    var entrySize: UInt64 { big ? 20 : 12 }

    func firstDirectory(_ reader: ByteReader) -> UInt64? {
        reader.number(big ? 8 : 4, size: offsetSize, bigEndian: bigEndian)
    }
}

/// The values of one directory entry: a run of numbers of one size somewhere in the file.
private struct Values {
    let offset: UInt64
    let count: UInt64
    let size: Int
    let bigEndian: Bool

    func value(_ index: UInt64, _ reader: ByteReader) -> UInt64? {
        index < count ? reader.number(offset + index * UInt64(size), size: size, bigEndian: bigEndian) : nil
    }
}

/// One directory: the entries that say where its image data lies.
private struct Directory {
    private var entries: [UInt64: Values] = [:]
    let next: UInt64
    private let valuesAreInside: Bool
    /// Whether bit 0 of NewSubfileType marks a reduced version of another image.
    let isThumbnail: Bool

    private static let tagSubfileType: UInt64 = 254
    /// Offsets and byte counts: of strips, of tiles, and of the old JPEG stream.
    private static let dataTags: [(offsets: UInt64, lengths: UInt64)] = [(273, 279), (324, 325), (513, 514)]
    /// Bytes of one value of each field type, by its number; 0 where there is no such type.
    private static let typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8]

    init?(at start: UInt64, layout: Layout, reader: ByteReader) {
        func number(_ offset: UInt64, _ size: Int) -> UInt64? {
            reader.number(offset, size: size, bigEndian: layout.bigEndian)
        }
        guard let count = number(start, layout.countSize), count <= 65_535 else { return nil }
        let body = start + UInt64(layout.countSize)
        guard let next = number(body + count * layout.entrySize, layout.offsetSize) else { return nil }
        self.next = next
        var inside = true
        for index in 0..<count {
            let entry = body + index * layout.entrySize
            guard let tag = number(entry, 2), let type = number(entry + 2, 2),
                let values = number(entry + 4, layout.offsetSize),
                let pointer = number(entry + 4 + UInt64(layout.offsetSize), layout.offsetSize)
            else { return nil }
            let size = type < Directory.typeSizes.count ? Directory.typeSizes[Int(type)] : 0
            guard size > 0 else { continue }
            let (length, overflow) = values.multipliedReportingOverflow(by: UInt64(size))
            let offset = length <= layout.offsetSize ? entry + 4 + UInt64(layout.offsetSize) : pointer
            inside = inside && !overflow && reader.holds(offset, length)
            entries[tag] = Values(offset: offset, count: values, size: size, bigEndian: layout.bigEndian)
        }
        valuesAreInside = inside
        isThumbnail = (entries[Directory.tagSubfileType]?.value(0, reader) ?? 0) & 1 == 1
    }

    /// The first value of a tag.
    func first(_ tag: UInt64, _ reader: ByteReader) -> UInt64? { entries[tag]?.value(0, reader) }

    /// The first value of a tag whose type is a fraction of two numbers of four bytes.
    func rational(_ tag: UInt64, _ reader: ByteReader) -> Double? {
        guard let values = entries[tag], values.size == 8, let value = values.value(0, reader) else { return nil }
        let (first, second) = (Double(value >> 32), Double(value & 0xFFFF_FFFF))
        let quotient = values.bigEndian ? first / second : second / first
        return quotient.isFinite ? quotient : nil
    }

    /// Whether every value and every strip and tile lies inside the file, and there is at least one of these.
    func isInside(_ reader: ByteReader) -> Bool {
        let runs = Directory.dataTags.compactMap { tags in entries[tags.offsets].map { ($0, entries[tags.lengths]) } }
        return valuesAreInside && !runs.isEmpty
            && runs.allSatisfy { offsets, lengths in
                (0..<offsets.count).allSatisfy { index in
                    guard let offset = offsets.value(index, reader) else { return false }
                    return reader.holds(offset, lengths?.value(index, reader) ?? 1)
                }
            }
    }
}
