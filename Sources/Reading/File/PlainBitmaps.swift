/// The header of a Windows bitmap: where its rows lie and how long they are ([MS-WMF], 2.2.2).
struct BMPHeader {
    let width: UInt64
    let height: UInt64
    /// Where the rows end.
    private let end: UInt64

    private static let sideMax: UInt64 = 1_000_000

    static func begins(_ start: ByteReader) -> Bool {
        guard start.has("BM", at: 0), start.number(6, size: 4, bigEndian: false) == 0,
            let length = start.number(14, size: 4, bigEndian: false)
        else { return false }
        return [12, 40, 52, 56, 64, 108, 124].contains(length)
    }

    init?(_ reader: ByteReader) {
        func number(_ offset: UInt64, _ size: Int) -> UInt64? { reader.number(offset, size: size, bigEndian: false) }
        let isOld = number(14, 4) == 12
        guard let start = number(10, 4), let wide = number(18, isOld ? 2 : 4),
            let high = number(isOld ? 20 : 22, isOld ? 2 : 4),
            let bits = number(isOld ? 24 : 28, 2), let method = isOld ? 0 : number(30, 4)
        else { return nil }
        // A negative height says that the rows run from top to bottom.
        (width, height) = (wide, isOld ? high : UInt64(Int32(truncatingIfNeeded: high).magnitude))
        guard (1...BMPHeader.sideMax).contains(width), (1...BMPHeader.sideMax).contains(height), bits <= 64 else {
            return nil
        }
        if [0, 3, 6].contains(method) {
            end = start + (width * bits + 31) / 32 * 4 * height
        } else {
            end = start + (number(34, 4) ?? 0)
        }
    }

    func isEndPresent(in reader: ByteReader) -> Bool { reader.holds(0, end) }
}

/// The header of a PBM, PGM or PPM, in letters or in bytes (Netpbm's `pbm`, `pgm` and `ppm` manual pages).
struct PNMHeader {
    let width: UInt64
    let height: UInt64
    private let format: UInt8
    private let start: Int
    private let valueMax: UInt64

    static func begins(_ start: ByteReader) -> Bool {
        guard start.byte(0) == UInt8(ascii: "P"), let format = start.byte(1), (0x31...0x36).contains(format),
            let space = start.byte(2), isSpace(space), let next = start.byte(3)
        else { return false }
        return next == UInt8(ascii: "#") || isSpace(next) || (0x30...0x39).contains(next)
    }

    init?(_ reader: ByteReader) {
        guard let format = reader.byte(1), (0x31...0x36).contains(format) else { return nil }
        self.format = format - 0x30
        var place = 2
        guard let width = PNMHeader.number(&place, reader), let height = PNMHeader.number(&place, reader),
            width > 0, height > 0
        else { return nil }
        (self.width, self.height) = (width, height)
        let hasMaximum = self.format != 1 && self.format != 4
        guard let valueMax = hasMaximum ? PNMHeader.number(&place, reader) : 1, (1...65_535).contains(valueMax) else {
            return nil
        }
        self.valueMax = valueMax
        // One white space stands between the header and the rows.
        start = place + 1
    }

    func isEndPresent(in reader: ByteReader) -> Bool {
        let values = width * height * (format == 3 || format == 6 ? 3 : 1)
        switch format {
        case 1: return (start..<max(start, reader.count)).count { [0x30, 0x31].contains(reader.byte($0)) } >= values
        case 2, 3: return hasNumbers(values, reader)
        case 4: return reader.holds(UInt64(start), (width + 7) / 8 * height)
        default: return reader.holds(UInt64(start), values * (valueMax > 255 ? 2 : 1))
        }
    }

    /// Whether as many numbers follow, white space behind each but the last.
    private func hasNumbers(_ count: UInt64, _ reader: ByteReader) -> Bool {
        var place = start
        for _ in 0..<count where PNMHeader.number(&place, reader) == nil { return false }
        return true
    }

    /// The next number of at most seven digits, after white space and comments.
    private static func number(_ place: inout Int, _ reader: ByteReader) -> UInt64? {
        while let byte = reader.byte(place), isSpace(byte) || byte == UInt8(ascii: "#") {
            if byte == UInt8(ascii: "#") {
                while let byte = reader.byte(place), byte != 0x0A { place += 1 }
            } else {
                place += 1
            }
        }
        var (value, digits): (UInt64, Int) = (0, 0)
        while let byte = reader.byte(place), (0x30...0x39).contains(byte), digits < 8 {
            value = value * 10 + UInt64(byte - 0x30)
            digits += 1
            place += 1
        }
        return (1...7).contains(digits) ? value : nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
