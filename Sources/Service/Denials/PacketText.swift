import Foundation

/// Text as a PDF's content holds it: broken into lines by the widths of Helvetica, in the encoding WinAnsi.
enum PacketText {
    /// Widths of the signs from the space to `~`, in thousandths of the font's size (Adobe's metrics of Helvetica).
    private static let widths: [Int] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556,
        556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556,
        833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556,
        500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500,
        500, 500, 334, 260, 334, 584,
    ]
    /// What any other sign takes, generously.
    private static let otherWidth = 750

    /// Signs that WinAnsi has in places of its own (ISO 32000-1, annex D).
    private static let places: [Unicode.Scalar: UInt8] = [
        "\u{20AC}": 0x80, "\u{201A}": 0x82, "\u{0192}": 0x83, "\u{201E}": 0x84, "\u{2026}": 0x85, "\u{2020}": 0x86,
        "\u{2021}": 0x87, "\u{02C6}": 0x88, "\u{2030}": 0x89, "\u{0160}": 0x8A, "\u{2039}": 0x8B, "\u{0152}": 0x8C,
        "\u{017D}": 0x8E, "\u{2018}": 0x91, "\u{2019}": 0x92, "\u{201C}": 0x93, "\u{201D}": 0x94, "\u{2022}": 0x95,
        "\u{2013}": 0x96, "\u{2014}": 0x97, "\u{02DC}": 0x98, "\u{2122}": 0x99, "\u{0161}": 0x9A, "\u{203A}": 0x9B,
        "\u{0153}": 0x9C, "\u{017E}": 0x9E, "\u{0178}": 0x9F,
    ]

    /// How signs that the encoding lacks are written with those that it has.
    private static let spellings: [Unicode.Scalar: String] = [
        "\u{0141}": "L", "\u{0142}": "l", "\u{0110}": "D", "\u{0111}": "d", "\u{0131}": "i", "\u{2010}": "-",
        "\u{2011}": "-", "\u{2212}": "-", "\u{2260}": "<>", "\u{2264}": "<=", "\u{2265}": ">=", "\u{2002}": " ",
        "\u{2003}": " ", "\u{2009}": " ", "\u{202F}": " ", "\u{2192}": "->",
    ]

    /// The lines into which the text is broken.
    ///
    /// A word that is longer than a line is broken, too. `width` is that of a line in font sizes, and each line but the first
    /// begins with `indent`.
    static func wrapped(_ text: String, width: Double, indent: String = "") -> [String] {
        let limit = Int(width * 1000) - measure(indent)
        var lines: [String] = []
        var (line, used) = ("", 0)
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            for piece in pieces(of: word, limit: limit) {
                let size = measure(piece)
                if !line.isEmpty, used + widths[0] + size > limit {
                    lines.append(line)
                    (line, used) = (piece, size)
                } else {
                    used += (line.isEmpty ? 0 : widths[0]) + size
                    line += (line.isEmpty ? "" : " ") + piece
                }
            }
        }
        lines.append(line)
        return lines.enumerated().map { place, line in place == 0 ? line : indent + line }
    }

    private static func pieces(of word: Substring, limit: Int) -> [String] {
        guard measure(word) > limit else { return [String(word)] }
        var pieces: [String] = []
        var (piece, used) = ("", 0)
        for sign in word {
            let size = measure(String(sign))
            if used + size > limit {
                pieces.append(piece)
                (piece, used) = ("", 0)
            }
            piece.append(sign)
            used += size
        }
        return pieces + [piece]
    }

    private static func measure(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { sum, scalar in
            let index = Int(scalar.value) - 32
            return sum + (widths.indices.contains(index) ? widths[index] : otherWidth)
        }
    }

    /// The bytes of a string between parentheses; a letter whose mark the encoding lacks stands without it, and any other
    /// sign that it lacks is a question mark.
    static func encoded(_ text: String) -> Data {
        var bytes = Data()
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
            for byte in codes(of: scalar) {
                if [UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\")].contains(byte) {
                    bytes.append(UInt8(ascii: "\\"))
                }
                bytes.append(byte)
            }
        }
        return bytes
    }

    private static func codes(of scalar: Unicode.Scalar) -> [UInt8] {
        if let code = code(of: scalar) { return [code] }
        if let spelling = spellings[scalar] { return Array(spelling.utf8) }
        if scalar.properties.generalCategory == .nonspacingMark { return [] }
        let base = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.first
        return [base.flatMap(code) ?? UInt8(ascii: "?")]
    }

    /// The sign's place in the encoding; nil where it has none.
    private static func code(of scalar: Unicode.Scalar) -> UInt8? {
        if let place = places[scalar] { return place }
        return 0x20...0x7E ~= scalar.value || 0xA0...0xFF ~= scalar.value ? UInt8(scalar.value) : nil
    }
}
