/// A face of a font family.
struct Typeface: Hashable, Sendable {
    var family: String
    var bold = false
    var italic = false
}

/// A face at a size in points.
struct Font: Hashable, Sendable {
    var face: Typeface
    var size: Double

    init(_ family: String, _ size: Double, bold: Bool = false, italic: Bool = false) {
        face = Typeface(family: family, bold: bold, italic: italic)
        self.size = size
    }

    var bold: Font {
        var copy = self
        copy.face.bold = true
        return copy
    }

    var italic: Font {
        var copy = self
        copy.face.italic = true
        return copy
    }

    func sized(_ factor: Double) -> Font {
        var copy = self
        copy.size = (size * factor * 10).rounded() / 10
        return copy
    }

    var lineHeight: Double { size * 1.22 }
}

/// How much room one character takes, in ems: `top` and `bottom` from the baseline upwards and downwards.
struct GlyphMeasure: Hashable, Sendable {
    var advance: Double
    var top: Double
    var bottom: Double
}
