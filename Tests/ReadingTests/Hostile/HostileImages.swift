import Foundation
import Reading

extension HostileFile {
    private static let damaged = Verdict.lost("damaged")
    private static let tooLarge = Verdict.lost("more than the")

    private static func random(_ count: Int, after start: [UInt8] = [], seed: UInt64 = 7) -> Data {
        var state = seed
        return Data(start)
            + Data(
                (0..<count).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return UInt8(state >> 56)
                })
    }

    /// Bytes that are no file of a kind that is read.
    static let strangers: [HostileFile] = [
        HostileFile("no bytes", .refused(.empty, "empty"), Data()),
        HostileFile("one byte", .refused(.unknownKind, "none of"), Data([0x25])),
        HostileFile("a page of zeros", .refused(.unknownKind, "none of"), Data(count: 4096)),
        HostileFile("noise", .refused(.unknownKind, "none of"), random(1 << 20)),
        HostileFile("a letter in plain text", .refused(.unknownKind, "none of"), Data("Dear Sir or Madam,\n")),
        HostileFile("a web page", .refused(.unknownKind, "none of"), Data("<!DOCTYPE html><title>Bill.pdf</title>")),
        HostileFile(
            "a billion laughs", .refused(.unknownKind, "none of"),
            Data("<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><svg>&b;</svg>")),
        HostileFile("an archive of noise", .refused(.torn, "cut off"), random(400, after: [0x50, 0x4B, 3, 4])),
        HostileFile("a program", .refused(.unknownKind, "none of"), random(400, after: [0x7F, 0x45, 0x4C, 0x46])),
        HostileFile(
            "an old Word file", .refused(.unknownKind, "none of"), random(400, after: [0xD0, 0xCF, 0x11, 0xE0])),
        HostileFile(
            "a PDF behind two thousand bytes of junk", .refused(.unknownKind, "none of"),
            Data(repeating: 0x2E, count: 2000) + Data("%PDF-1.4\n%%EOF\n")),
        HostileFile("a film in HEIF's boxes", .refused(.unknownKind, "none of"), Data("\0\0\0\u{18}ftypisom\0\0\0\0")),
    ]

    static let images: [HostileFile] = [
        HostileFile("PNG: of four thousand million pixels a side", damaged, HostilePNG.file(width: .max, height: .max)),
        HostileFile("PNG: two thousand million pixels wide", tooLarge, HostilePNG.file(width: 1_000_000, height: 9000)),
        HostileFile(
            "PNG: a bomb of 900 million pixels", tooLarge,
            HostilePNG.file(
                width: 30_000, height: 30_000, data: Deflate.zlib(repeating: [0], count: 3751 * 30_000))),
        HostileFile(
            "PNG: a bomb that is just small enough", .read,
            HostilePNG.file(width: 6000, height: 6000, data: Deflate.zlib(repeating: [0], count: 751 * 6000 + 258))),
        HostileFile("PNG: without width", damaged, HostilePNG.file(width: 0, height: 40, data: Data([0]))),
        HostileFile("PNG: without pixels", damaged, HostilePNG.file(width: 40, height: 40)),
        HostileFile("PNG: of noise", damaged, HostilePNG.file(width: 400, height: 400, data: random(3000))),
        HostileFile("PNG: of seven bits", damaged, HostilePNG.file(width: 40, height: 40, bits: 7, data: Data([0]))),
        HostileFile(
            "PNG: a comment that unpacks to 300 megabytes", .read,
            HostilePNG.file(
                width: 64, height: 64, data: Deflate.zlib(repeating: [0], count: 9 * 64 + 258),
                extra: HostilePNG.chunk(
                    "zTXt", Data("Comment\0\0") + Deflate.zlib(repeating: [0x20], count: 300_000_000)))),
        HostileFile(
            "PNG: cut off", .refused(.torn, "cut off"), HostilePNG.file(width: 40, height: 40, data: Data()).dropLast(8)
        ),

        HostileFile("JPEG: three bytes", .refused(.torn, "cut off"), Data([0xFF, 0xD8, 0xFF])),
        HostileFile("JPEG: no image between start and end", damaged, Data([0xFF, 0xD8, 0xFF, 0xD9])),
        HostileFile("JPEG: 65535 pixels a side", damaged, jpeg(width: 65_535, height: 65_535)),
        HostileFile("JPEG: without size", damaged, jpeg(width: 0, height: 0)),
        HostileFile("JPEG: a frame without a scan", damaged, jpeg(width: 300, height: 300)),
        HostileFile(
            "JPEG: a segment longer than the file", .refused(.torn, "cut off"),
            Data([0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 0x45])),
        HostileFile(
            "JPEG: a camera note that lists 65535 entries", damaged,
            Data([0xFF, 0xD8, 0xFF, 0xE1, 0, 22]) + Data("Exif\0\0MM\0*\0\0\0\u{8}") + Data([0xFF, 0xFF, 1, 1])
                + Data([0, 0, 0xFF, 0xD9]) + Data([0xFF, 0xD9])),

        HostileFile(
            "TIFF: directories in a ring", .refused(.torn, "outside"),
            Data([0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0, 8, 0, 0, 0])),
        HostileFile(
            "TIFF: five thousand pages in one strip", .refused(.tooManyPages, "5000 pages"), HostileTIFF.pages(5000)),
        HostileFile("TIFF: four thousand million pixels a side", tooLarge, HostileTIFF.file(width: .max, height: .max)),
        HostileFile("TIFF: without width", damaged, HostileTIFF.file(width: 0)),
        HostileFile("TIFF: that says no size", damaged, HostileTIFF.file(missing: [256])),
        HostileFile(
            "TIFF: a strip outside the file", .refused(.torn, "outside"), HostileTIFF.file([273: 4_000_000_000])),
        HostileFile(
            "TIFF: no strips", .refused(.torn, "outside"), HostileTIFF.file(missing: [273, 279])),
        HostileFile("TIFF: one strip of a thousand", .read, HostileTIFF.file([278: 1])),
        HostileFile("TIFF: an unknown compression", damaged, HostileTIFF.file([259: 34_712])),
        HostileFile("TIFF: fax lines of noise", .read, HostileTIFF.file(strip: random(9000), [259: 4])),
        HostileFile("TIFF: LZW of noise", damaged, HostileTIFF.file(strip: random(9000), [259: 5])),
        HostileFile("TIFF: JPEG of noise", damaged, HostileTIFF.file(strip: random(9000), [258: 8, 259: 7, 262: 1])),
        HostileFile(
            "TIFF: old JPEG of noise", damaged, HostileTIFF.file(strip: random(9000), [258: 8, 259: 6, 262: 6])),
        HostileFile("TIFF: 65535 bits a sample", damaged, HostileTIFF.file([258: 65_535])),
        HostileFile("TIFF: 65535 samples a pixel", damaged, HostileTIFF.file([277: 65_535])),
        HostileFile(
            "TIFF: tiles of two thousand million pixels", damaged,
            HostileTIFF.file([322: 1 << 31, 323: 1 << 31, 324: 8, 325: 64], missing: [273, 279])),
        HostileFile(
            "TIFF: tiles of no pixels", damaged,
            HostileTIFF.file([322: 0, 323: 0, 324: 8, 325: 64], missing: [273, 279])),

        HostileFile("GIF: 65535 pixels a side", tooLarge, gif(width: 65_535, height: 65_535)),
        HostileFile(
            "GIF: a thousand frames of a million pixels", tooLarge, gif(width: 1000, height: 1000, frames: 1000)),
        HostileFile("GIF: noise for pixels", damaged, gif(width: 300, height: 300, data: random(200))),
        HostileFile("GIF: no frame", damaged, gif(width: 300, height: 300, frames: 0)),
        HostileFile("GIF: cut off", .refused(.torn, "cut off"), gif(width: 30, height: 30).dropLast()),

        HostileFile(
            "BMP: a million pixels a side", .refused(.torn, "cut off"), bmp(width: 1_000_000, height: 1_000_000)),
        HostileFile("BMP: of minus one row", damaged, bmp(width: 8, height: -1, bits: 0, tail: 100)),
        HostileFile(
            "BMP: a palette longer than the file", .read, bmp(width: 8, height: 8, bits: 8, colours: .max, tail: 64)),
        HostileFile("BMP: compressed", damaged, bmp(width: 8, height: 8, bits: 8, method: 1, tail: 64)),
        HostileFile("PNM: without end", .refused(.torn, "cut off"), Data("P6 9999999 9999999 255\n....")),
        HostileFile("PNM: no shades", .refused(.torn, "cut off"), Data("P5 8 8 0\n") + Data(count: 64)),
        HostileFile("PNM: letters for numbers", .refused(.torn, "cut off"), Data("P2 2 2 255\n1 2 three 4\n")),
        HostileFile("WebP: noise in a frame", damaged, riff(random(400, after: Array("VP8 ".utf8) + [0x88, 1, 0, 0]))),
        HostileFile("WebP: an empty frame", damaged, riff(Data("VP8X\u{a}\0\0\0\0\0\0\0\0\0\0\0\0\0"))),
        HostileFile(
            "WebP: a frame longer than the file", .refused(.torn, "cut off"),
            Data("RIFF\u{7F}\u{7F}\u{7F}\0WEBPVP8 ")),
        HostileFile("JPEG 2000: four thousand million pixels a side", tooLarge, jpeg2000(side: .max, tile: .max)),
        HostileFile("JPEG 2000: a tile for every pixel", damaged, jpeg2000(side: 5000, tile: 1)),
        HostileFile("JPEG 2000: tiles without data", damaged, jpeg2000(side: 300, tile: 300)),
        HostileFile("JPEG 2000: without end", .refused(.torn, "cut off"), jpeg2000(side: 300, tile: 300).dropLast(2)),
        HostileFile(
            "HEIC: nothing in its boxes", damaged, Data("\0\0\0\u{10}ftypheic\0\0\0\0\0\0\0\u{8}meta\0\0\0\u{8}mdat")),
        HostileFile(
            "HEIC: boxes within boxes", damaged,
            Data("\0\0\0\u{10}ftypheic\0\0\0\0") + box("meta", Data(count: 4) + nested("iprp", 200))
                + box("mdat", Data(count: 64))),
        HostileFile(
            "HEIC: a box longer than the file", .refused(.torn, "cut off"),
            Data("\0\0\0\u{10}ftypheic\0\0\0\0\0\0\u{7F}\u{7F}meta")),
    ]

    private static func jpeg(width: UInt16, height: UInt16) -> Data {
        var frame = Data([0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8])
        frame.append(height, bigEndian: true)
        frame.append(width, bigEndian: true)
        return frame + [1, 1, 0x11, 0, 0xFF, 0xD9]
    }

    private static func gif(width: UInt16, height: UInt16, frames: Int = 1, data: Data = Data([0x4C, 1])) -> Data {
        var size = Data()
        size.append(width, bigEndian: false)
        size.append(height, bigEndian: false)
        let frame = Data([0x2C, 0, 0, 0, 0]) + size + [0, 2, UInt8(data.count)] + data + [0]
        return Data("GIF89a") + size + [0x80, 0, 0, 0, 0, 0, 255, 255, 255]
            + (0..<frames).reduce(into: Data()) { all, _ in all += frame } + [0x3B]
    }

    private static func bmp(
        width: Int32, height: Int32, bits: UInt16 = 1, method: UInt32 = 0, colours: UInt32 = 0, tail: Int = 0
    ) -> Data {
        var file = Data("BM") + Data(count: 8)
        file.append(UInt32(62), bigEndian: false)
        file.append(UInt32(40), bigEndian: false)
        file.append(width, bigEndian: false)
        file.append(height, bigEndian: false)
        file.append(UInt16(1), bigEndian: false)
        file.append(bits, bigEndian: false)
        file.append(method, bigEndian: false)
        file += Data(count: 12)
        file.append(colours, bigEndian: false)
        return file + Data(count: 12 + tail)
    }

    private static func riff(_ chunks: Data) -> Data {
        var file = Data("RIFF")
        file.append(UInt32(4 + chunks.count), bigEndian: false)
        return file + Data("WEBP") + chunks
    }

    private static func jpeg2000(side: UInt32, tile: UInt32) -> Data {
        var stream = Data([0xFF, 0x4F, 0xFF, 0x51, 0, 41, 0, 0])
        for value in [side, side, 0, 0, tile, tile, 0, 0] { stream.append(value, bigEndian: true) }
        stream += [0, 1, 7, 1, 1] + [0xFF, 0x52, 0, 12, 0, 0, 0, 1, 0, 5, 4, 4, 0, 0]
        stream += [0xFF, 0x5C, 0, 19, 0x40] + [UInt8](repeating: 0x48, count: 16)
        return stream + [0xFF, 0x90, 0, 10, 0, 0, 0, 0, 0, 14, 0, 1, 0xFF, 0x93, 0xFF, 0xD9]
    }

    private static func box(_ type: String, _ payload: Data) -> Data {
        var box = Data()
        box.append(UInt32(8 + payload.count), bigEndian: true)
        return box + Data(type) + payload
    }

    private static func nested(_ type: String, _ depth: Int) -> Data {
        (0..<depth).reduce(Data()) { inner, _ in box(type, inner) }
    }
}
