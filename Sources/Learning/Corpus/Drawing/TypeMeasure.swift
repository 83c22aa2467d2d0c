import CPango
import Synchronization

/// Measures characters with pango, each once; text is laid out from these numbers and drawn without kerning, so that
/// what is drawn stands where it was laid out.
final class TypeMeasure: Sendable {
    private struct Key: Hashable {
        let face: Typeface
        let character: Character
    }

    private let known = Mutex<[Key: GlyphMeasure]>([:])

    func glyph(_ character: Character, _ face: Typeface) -> GlyphMeasure {
        let key = Key(face: face, character: character)
        return known.withLock { known in
            if let measure = known[key] { return measure }
            let measure = PangoText.measure(character, face)
            known[key] = measure
            return measure
        }
    }

    func width(_ text: String, _ font: Font) -> Double {
        text.reduce(0) { $0 + glyph($1, font.face).advance } * font.size
    }
}

/// The calls to pango: measuring a character and drawing a line of text.
enum PangoText {
    private static let measuringSize = 100.0
    private static let turn = Mutex(())

    /// Runs `body` while no other thread draws: fontconfig's and cairo's font caches are the whole process's, and two
    /// threads that draw at once crash it.
    static func alone<Result: Sendable>(_ body: () throws -> Result) rethrows -> Result {
        try turn.withLock { _ in try body() }
    }

    static func measure(_ character: Character, _ face: Typeface) -> GlyphMeasure {
        alone { measureAlone(character, face) }
    }

    private static func measureAlone(_ character: Character, _ face: Typeface) -> GlyphMeasure {
        let map = pango_cairo_font_map_get_default()
        guard let context = pango_font_map_create_context(map) else {
            return GlyphMeasure(advance: 0.5, top: 0.7, bottom: 0)
        }
        defer { g_object_unref(UnsafeMutableRawPointer(context)) }
        setUp(context)
        let layout = self.layout(context, String(character), face, size: measuringSize)
        defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
        var ink = PangoRectangle()
        var logical = PangoRectangle()
        pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), &ink, &logical)
        let unit = Double(PANGO_SCALE) * measuringSize
        return GlyphMeasure(
            advance: Double(logical.width) / unit, top: -Double(ink.y) / unit,
            bottom: Double(ink.y + ink.height) / unit)
    }

    /// Draws one line with its baseline at the surface's current point; to be called within `alone`.
    static func show(_ text: String, _ font: Font, on cairo: OpaquePointer) {
        guard let context = pango_cairo_create_context(cairo) else { return }
        defer { g_object_unref(UnsafeMutableRawPointer(context)) }
        setUp(context)
        let layout = self.layout(context, text, font.face, size: font.size)
        defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
        pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout, 0))
    }

    private static func setUp(_ context: OpaquePointer) {
        let options = cairo_font_options_create()
        defer { cairo_font_options_destroy(options) }
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        pango_cairo_context_set_font_options(context, options)
        pango_cairo_context_set_resolution(context, 72)
        pango_context_set_round_glyph_positions(context, 0)
    }

    private static func layout(
        _ context: OpaquePointer, _ text: String, _ face: Typeface, size: Double
    ) -> OpaquePointer {
        guard let layout = pango_layout_new(context) else { preconditionFailure("pango is out of memory") }
        let description = pango_font_description_new()
        defer { pango_font_description_free(description) }
        pango_font_description_set_family(description, face.family)
        pango_font_description_set_weight(description, face.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        pango_font_description_set_style(description, face.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL)
        pango_font_description_set_absolute_size(description, size * Double(PANGO_SCALE))
        pango_layout_set_font_description(layout, description)
        let attributes = pango_attr_list_new()
        defer { pango_attr_list_unref(attributes) }
        pango_attr_list_insert(attributes, pango_attr_font_features_new("kern=0, liga=0, clig=0, calt=0"))
        pango_layout_set_attributes(layout, attributes)
        pango_layout_set_text(layout, text, -1)
        return layout
    }
}
