import CPoppler
import Documents

/// A ZIP archive, read by its central directory (PKWARE APPNOTE 6.3.3, sections 4.3.7, 4.3.12 and 4.3.16).
struct ZIPArchive {
    private let bytes: OwnedBytes

    init(_ bytes: OwnedBytes) { self.bytes = bytes }

    /// One entry of the central directory.
    private struct Entry {
        let name: String
        let isLocked: Bool
        let method: UInt64
        let packed: Range<Int>
        let size: Int
    }

    static func begins(_ start: ByteReader) -> Bool { start.has([0x50, 0x4B, 3, 4], at: 0) }

    /// Whether the central directory is there, whole, with the record that ends it.
    static func isEndPresent(in reader: ByteReader) -> Bool { directory(in: reader) != nil }

    /// Unpacks what is not a folder, as far as `unpacking` allows.
    func files(_ unpacking: inout Unpacking) throws(ReadingError) -> [BundledFile] {
        guard let entries = bytes.withReader({ ZIPArchive.entries(in: $0) }) else {
            throw ReadingError(.damaged, "The archive's directory cannot be followed. Ask its sender for a sound copy.")
        }
        // Office files are archives too; the pictures in them are not the document.
        guard !entries.contains(where: { ["[Content_Types].xml", "mimetype"].contains($0.name) }) else {
            throw ReadingError(.unknownKind, "The file is an office document. Print it as a PDF and send that.")
        }
        var files: [BundledFile] = []
        for entry in entries where !entry.name.hasSuffix("/") {
            guard unpacking.take(entry.size) else {
                files.append(BundledFile(name: entry.name, .failure(Unpacking.tooLarge)))
                break
            }
            files.append(BundledFile(name: entry.name, unpacked(entry)))
        }
        return files
    }

    private func unpacked(_ entry: Entry) -> Result<OwnedBytes, PageProblem> {
        if entry.isLocked { return .failure(PageProblem("It is locked with a password. Send it without one.")) }
        let target = OwnedBytes(count: entry.size)
        let source = bytes.address + entry.packed.lowerBound
        switch entry.method {
        case 0 where entry.packed.count == entry.size: target.address.copyMemory(from: source, byteCount: entry.size)
        case 8 where ZIPArchive.inflate(source, entry.packed.count, into: target): break
        default: return .failure(PageProblem("It is damaged, or packed in a way that is not read. Send it unpacked."))
        }
        return .success(target)
    }

    /// Unpacks a deflated stream that has to fill `target`.
    private static func inflate(_ source: UnsafeMutableRawPointer, _ count: Int, into target: OwnedBytes) -> Bool {
        let inflater = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_RAW)
        defer { g_object_unref(UnsafeMutableRawPointer(inflater)) }
        var (taken, made) = (0, 0)
        while made < target.count {
            var (read, written): (gsize, gsize) = (0, 0)
            let result = g_converter_convert(
                inflater, source + taken, gsize(count - taken), target.address + made, gsize(target.count - made),
                G_CONVERTER_INPUT_AT_END, &read, &written, nil)
            guard result != G_CONVERTER_ERROR else { return false }
            (taken, made) = (taken + Int(read), made + Int(written))
            if result == G_CONVERTER_FINISHED || written == 0 { break }
        }
        return made == target.count
    }

    /// Where the central directory lies and how many entries it has; nil when the archive does not end with it.
    private static func directory(in reader: ByteReader) -> (start: UInt64, count: UInt64)? {
        let tail = max(0, reader.count - 65_557 - 2048)..<reader.count
        guard let end = reader.last("PK\u{5}\u{6}", in: tail).map(UInt64.init),
            let count = reader.number(end + 10, size: 2, bigEndian: false),
            let length = reader.number(end + 12, size: 4, bigEndian: false),
            let start = reader.number(end + 16, size: 4, bigEndian: false),
            let comment = reader.number(end + 20, size: 2, bigEndian: false),
            reader.holds(end + 22, comment), start + length <= end
        else { return nil }
        return (start, count)
    }

    private static func entries(in reader: ByteReader) -> [Entry]? {
        guard let directory = directory(in: reader) else { return nil }
        var entries: [Entry] = []
        var offset = directory.start
        for _ in 0..<directory.count {
            func number(_ place: UInt64, _ size: Int) -> UInt64? {
                reader.number(offset + place, size: size, bigEndian: false)
            }
            guard reader.has("PK\u{1}\u{2}", at: Int(offset)), let flags = number(8, 2), let method = number(10, 2),
                let packedSize = number(20, 4), let size = number(24, 4), let nameLength = number(28, 2),
                let extraLength = number(30, 2), let commentLength = number(32, 2), let local = number(42, 4),
                let name = reader.text(offset + 46, nameLength),
                let localName = reader.number(local + 26, size: 2, bigEndian: false),
                let localExtra = reader.number(local + 28, size: 2, bigEndian: false)
            else { return nil }
            let start = local + 30 + localName + localExtra
            guard reader.has("PK\u{3}\u{4}", at: Int(local)), reader.holds(start, packedSize) else { return nil }
            entries.append(
                Entry(
                    name: name, isLocked: flags & 1 == 1, method: method,
                    packed: Int(start)..<Int(start + packedSize), size: Int(size)))
            offset += 46 + nameLength + extraLength + commentLength
        }
        return entries
    }
}

extension ByteReader {
    /// Bytes as text, wrong ones replaced; nil outside the file.
    fileprivate func text(_ offset: UInt64, _ length: UInt64) -> String? {
        guard holds(offset, length) else { return nil }
        return String(decoding: bytes[Int(offset)..<Int(offset + length)], as: UTF8.self)
    }
}
