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
        "\u{20AC}": 0x80, "\u{2026}": 0x85, "\u{2018}": 0x91, "\u{2019}": 0x92, "\u{201C}": 0x93, "\u{201D}": 0x94,
        "\u{2022}": 0x95, "\u{2013}": 0x96, "\u{2014}": 0x97, "\u{2122}": 0x99,
    ]

    /// The lines into which the text is broken.
    ///
    /// A word that is longer than a line is broken, too. `width` is that of a line in font sizes.
    static func wrapped(_ text: String, width: Double) -> [String] {
        let limit = Int(width * 1000)
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
        return lines + [line]
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

    /// The bytes of a string between parentheses; a sign that the encoding lacks is a question mark.
    static func encoded(_ text: String) -> Data {
        var bytes = Data()
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
            let byte: UInt8 =
                places[scalar]
                ?? (0x20...0x7E ~= scalar.value || 0xA0...0xFF ~= scalar.value ? UInt8(scalar.value) : 0x3F)
            if [UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\")].contains(byte) {
                bytes.append(UInt8(ascii: "\\"))
            }
            bytes.append(byte)
        }
        return bytes
    }
}
