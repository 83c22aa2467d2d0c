import Foundation
import Reading

/// A file made to break its reader, and what must become of it.
struct HostileFile: Sendable {
    enum Verdict: Hashable, Sendable {
        /// The file is not opened; the sentence says this among other things.
        case refused(ReadingError.Code, String)
        /// The first page is lost, and its sentence says this.
        case lost(String)
        /// Every page is read, whatever is on it.
        case read
    }

    let name: String
    let verdict: Verdict
    /// Made when it is needed: some are megabytes.
    let bytes: @Sendable () -> Data

    init(_ name: String, _ verdict: Verdict, _ bytes: @escaping @autoclosure @Sendable () -> Data) {
        self.name = name
        self.verdict = verdict
        self.bytes = bytes
    }
}

extension Data {
    init(_ text: String) { self.init(text.utf8) }

    mutating func append(_ value: some FixedWidthInteger, bigEndian: Bool) {
        Swift.withUnsafeBytes(of: bigEndian ? value.bigEndian : value.littleEndian) { append(contentsOf: $0) }
    }
}

/// Data compressed as far as fixed codes go (RFC 1951, 3.2.6): bombs that this file can afford.
struct Deflate {
    private(set) var bytes = Data()
    private var bits: UInt64 = 0
    private var bitCount = 0

    /// A zlib stream that unpacks to `count` bytes, `pattern` over and over.
    static func zlib(repeating pattern: [UInt8], count: Int) -> Data {
        var stream = Deflate()
        stream.put(0b011, 3)
        pattern.forEach { stream.literal($0) }
        for _ in 0..<max(0, count - pattern.count) / 258 { stream.longestMatch(distance: pattern.count) }
        stream.code(0, 7)
        stream.put(0, 7)
        // The checksum is right for zeros only (RFC 1950, 9): b is the sum of a = 1 over every byte.
        let length = pattern.count + max(0, count - pattern.count) / 258 * 258
        var checksum = Data()
        checksum.append(UInt32(length % 65_521) << 16 | 1, bigEndian: true)
        return Data([0x78, 0x01]) + stream.bytes + checksum
    }

    /// The same without zlib's header and checksum.
    static func raw(repeating pattern: [UInt8], count: Int) -> Data {
        zlib(repeating: pattern, count: count).dropFirst(2).dropLast(4)
    }

    private mutating func literal(_ byte: UInt8) {
        byte < 144 ? code(0x30 + Int(byte), 8) : code(0x190 + Int(byte) - 144, 9)
    }

    /// 258 bytes from `distance` 1 to 16 before.
    private mutating func longestMatch(distance: Int) {
        code(0xC5, 8)
        let codes = [(0, 0, 1), (1, 0, 2), (2, 0, 3), (3, 0, 4), (4, 1, 5), (5, 1, 7), (6, 2, 9), (7, 2, 13)]
        guard let (number, extraBits, base) = codes.last(where: { $0.2 <= distance }) else { return }
        code(number, 5)
        put(UInt64(distance - base), extraBits)
    }

    /// A Huffman code, its highest bit first.
    private mutating func code(_ value: Int, _ count: Int) {
        for bit in (0..<count).reversed() { put(UInt64(value >> bit & 1), 1) }
    }

    private mutating func put(_ value: UInt64, _ count: Int) {
        bits |= value << UInt64(bitCount)
        bitCount += count
        while bitCount >= 8 {
            bytes.append(UInt8(bits & 0xFF))
            bits >>= 8
            bitCount -= 8
        }
    }
}

/// A PNG of chosen chunks (ISO/IEC 15948).
enum HostilePNG {
    static func file(
        width: UInt32, height: UInt32, bits: UInt8 = 1, colour: UInt8 = 0, data: Data? = nil, extra: Data = Data()
    ) -> Data {
        var header = Data()
        header.append(width, bigEndian: true)
        header.append(height, bigEndian: true)
        header += [bits, colour, 0, 0, 0]
        var file = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        file += chunk("IHDR", header)
        file += extra
        if let data { file += chunk("IDAT", data) }
        return file + chunk("IEND", Data())
    }

    static func chunk(_ type: String, _ payload: Data) -> Data {
        var chunk = Data()
        chunk.append(UInt32(payload.count), bigEndian: true)
        chunk += Data(type) + payload
        chunk.append(checksum(Data(type) + payload), bigEndian: true)
        return chunk
    }

    /// CRC-32 (ISO/IEC 15948, annex D).
    private static func checksum(_ bytes: Data) -> UInt32 {
        var sum = ~UInt32(0)
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}

/// A TIFF of one directory with chosen entries (TIFF 6.0, section 2).
enum HostileTIFF {
    /// The tags of a 1-bit page of one strip that holds `strip`; `values` replaces or adds some, and `missing` are left out.
    static func file(
        width: UInt32 = 400, height: UInt32 = 300, strip: Data = Data(repeating: 0, count: 15_000),
        _ values: [UInt16: UInt32] = [:],
        missing: Set<UInt16> = []
    ) -> Data {
        var tags: [UInt16: UInt32] = [
            256: width, 257: height, 258: 1, 259: 1, 262: 0, 273: 8, 277: 1, 278: height,
            279: UInt32(strip.count),
        ]
        tags.merge(values) { $1 }
        let entries = tags.filter { !missing.contains($0.key) }.sorted { $0.key < $1.key }
        var file = Data([0x49, 0x49, 42, 0])
        file.append(UInt32(8 + strip.count), bigEndian: false)
        file += strip
        file.append(UInt16(entries.count), bigEndian: false)
        for (tag, value) in entries {
            file.append(tag, bigEndian: false)
            file.append(UInt16(4), bigEndian: false)
            file.append(UInt32(1), bigEndian: false)
            file.append(value, bigEndian: false)
        }
        file.append(UInt32(0), bigEndian: false)
        return file
    }

    /// Directories one after the other, all showing the same few bytes.
    static func pages(_ count: Int) -> Data {
        var file = Data([0x49, 0x49, 42, 0])
        file.append(UInt32(16), bigEndian: false)
        file += Data(repeating: 0, count: 8)
        for page in 0..<count {
            file.append(UInt16(8), bigEndian: false)
            let entries: [(UInt16, UInt32)] = [
                (256, 8), (257, 8), (258, 1), (259, 1), (262, 0), (273, 8), (278, 8), (279, 8),
            ]
            for (tag, value) in entries {
                file.append(tag, bigEndian: false)
                file.append(UInt16(4), bigEndian: false)
                file.append(UInt32(1), bigEndian: false)
                file.append(value, bigEndian: false)
            }
            file.append(page == count - 1 ? UInt32(0) : UInt32(file.count + 4), bigEndian: false)
        }
        return file
    }
}
