/// Reads numbers at places in a file that may lie about them: outside the bytes there is nil, never a trap.
///
/// It borrows its bytes and lives no longer than the closure that lends them.
struct ByteReader {
    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var count: Int { bytes.count }

    /// Whether `length` bytes from `offset` are all inside the file.
    func holds(_ offset: UInt64, _ length: UInt64) -> Bool {
        let (end, overflow) = offset.addingReportingOverflow(length)
        return !overflow && end <= UInt64(bytes.count)
    }

    func byte(_ offset: Int) -> UInt8? {
        offset >= 0 && offset < bytes.count ? bytes[offset] : nil
    }

    /// An unsigned number of `size` bytes, 1 to 8.
    func number(_ offset: UInt64, size: Int, bigEndian: Bool) -> UInt64? {
        guard holds(offset, UInt64(size)) else { return nil }
        let start = Int(offset)
        return (0..<size).reduce(UInt64(0)) { value, index in
            value << 8 | UInt64(bytes[bigEndian ? start + index : start + size - 1 - index])
        }
    }

    func has(_ pattern: StaticString, at offset: Int) -> Bool {
        guard offset >= 0, offset + pattern.utf8CodeUnitCount <= bytes.count else { return false }
        return (0..<pattern.utf8CodeUnitCount).allSatisfy { bytes[offset + $0] == pattern.utf8Start[$0] }
    }

    func has(_ pattern: [UInt8], at offset: Int) -> Bool {
        guard offset >= 0, offset + pattern.count <= bytes.count else { return false }
        return pattern.indices.allSatisfy { bytes[offset + $0] == pattern[$0] }
    }

    /// The first place of `pattern`, or nil.
    func first(_ pattern: StaticString) -> Int? { (0..<bytes.count).first { has(pattern, at: $0) } }

    /// The last place of `pattern` that begins in `range`, or nil.
    func last(_ pattern: StaticString, in range: Range<Int>) -> Int? {
        range.clamped(to: 0..<bytes.count).last { has(pattern, at: $0) }
    }

    /// The decimal number at `offset`, after white space; nil when there is none or it has more than 18 digits.
    func decimal(_ offset: Int) -> Int? {
        var place = offset
        while let byte = byte(place), [0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x20].contains(byte) { place += 1 }
        var digits = 0
        var value = 0
        while let byte = byte(place), (0x30...0x39).contains(byte) {
            value = value * 10 + Int(byte) - 0x30
            digits += 1
            place += 1
            if digits > 18 { return nil }
        }
        return digits == 0 ? nil : value
    }
}
