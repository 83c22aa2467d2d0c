import Foundation

/// The image of a page as a PDF takes it without decoding it.
struct PacketImage {
    let width: Int
    let height: Int
    /// The entries of the image's dictionary that say how its bytes are to be read.
    let entries: String
    let bytes: Data

    /// Nil for what is neither a JPEG nor a PNG that a PDF can hold as it is: no transparency, not interlaced.
    init?(_ image: Data) {
        let data = [UInt8](image)
        if data.starts(with: [0xFF, 0xD8]) {
            guard let jpeg = PacketImage.jpeg(data) else { return nil }
            self = jpeg
        } else if data.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            guard let png = PacketImage.png(data) else { return nil }
            self = png
        } else {
            return nil
        }
    }

    private init(width: Int, height: Int, entries: String, bytes: Data) {
        self.width = width
        self.height = height
        self.entries = entries
        self.bytes = bytes
    }

    private static func number(_ data: [UInt8], at offset: Int, count: Int) -> Int? {
        guard offset >= 0, offset + count <= data.count else { return nil }
        return data[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The frame header says the size (ITU-T T.81, B.2.2).
    private static func jpeg(_ data: [UInt8]) -> PacketImage? {
        var offset = 2
        while let marker = number(data, at: offset, count: 2), let length = number(data, at: offset + 2, count: 2),
            marker >> 8 == 0xFF, length >= 2
        {
            let kind = marker & 0xFF
            if 0xC0...0xCF ~= kind, ![0xC4, 0xC8, 0xCC].contains(kind) {
                guard let height = number(data, at: offset + 5, count: 2),
                    let width = number(data, at: offset + 7, count: 2),
                    let space = [1: "/DeviceGray", 3: "/DeviceRGB"][number(data, at: offset + 9, count: 1) ?? 0]
                else { return nil }
                return PacketImage(
                    width: width, height: height,
                    entries: "/ColorSpace \(space) /BitsPerComponent 8 /Filter /DCTDecode", bytes: Data(data))
            }
            offset += 2 + length
        }
        return nil
    }

    /// The header, the palette and the compressed rows (PNG specification, 11.2).
    private static func png(_ data: [UInt8]) -> PacketImage? {
        var (header, palette, rows) = ([UInt8](), [UInt8](), Data())
        var offset = 8
        while let length = number(data, at: offset, count: 4), offset + 12 + length <= data.count {
            let kind = String(decoding: data[offset + 4..<offset + 8], as: UTF8.self)
            let chunk = data[offset + 8..<offset + 8 + length]
            switch kind {
            case "IHDR": header = Array(chunk)
            case "PLTE": palette = Array(chunk)
            case "IDAT": rows += chunk
            case "tRNS": return nil
            default: break
            }
            offset += 12 + length
        }
        guard header.count == 13, header[12] == 0, let width = number(header, at: 0, count: 4),
            let height = number(header, at: 4, count: 4)
        else { return nil }
        let depth = header[8]
        let colors = header[9] == 2 ? 3 : 1
        let space: String
        switch header[9] {
        case 0: space = "/DeviceGray"
        case 2: space = "/DeviceRGB"
        case 3 where !palette.isEmpty && palette.count % 3 == 0:
            let table = palette.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            space = "[/Indexed /DeviceRGB \(palette.count / 3 - 1) <\(table)>]"
        default: return nil
        }
        return PacketImage(
            width: width, height: height,
            entries: """
                /ColorSpace \(space) /BitsPerComponent \(depth) /Filter /FlateDecode \
                /DecodeParms << /Predictor 15 /Colors \(colors) /BitsPerComponent \(depth) /Columns \(width) >>
                """, bytes: rows)
    }
}
