import CPoppler
import Documents
import Foundation

/// One page of a PDF, owned by this object alone.
///
/// Its frame is in points, as the page is shown: turned by its /Rotate.
final class PDFPage {
    private let page: OpaquePointer
    /// Points, 72 to the inch.
    let width: Double
    let height: Double

    /// Takes over a page that Poppler made; nil when it has no size.
    init?(_ page: OpaquePointer) {
        self.page = page
        var (width, height) = (0.0, 0.0)
        poppler_page_get_size(page, &width, &height)
        self.width = width
        self.height = height
        guard width.isFinite, height.isFinite, width >= 1, height >= 1 else { return nil }
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(page)) }

    /// A character of the text layer and where it stands; white space too.
    struct Glyph {
        let character: Unicode.Scalar
        let box: Box
    }

    /// The text layer in reading order.
    func glyphs() -> [Glyph] {
        guard let text = poppler_page_get_text(page) else { return [] }
        defer { g_free(text) }
        var boxes: UnsafeMutablePointer<PopplerRectangle>?
        var count: guint = 0
        guard poppler_page_get_text_layout(page, &boxes, &count) != 0, let boxes else { return [] }
        defer { g_free(boxes) }
        return zip(String(cString: text).unicodeScalars, UnsafeBufferPointer(start: boxes, count: Int(count))).map {
            Glyph(character: $0, box: Box($1))
        }
    }

    /// Whether something is laid over the page that is not in its text layer: form values, comments, stamps.
    var hasOverlays: Bool {
        let mapping = poppler_page_get_annot_mapping(page)
        defer { poppler_page_free_annot_mapping(mapping) }
        return PDFPage.items(mapping, of: PopplerAnnotMapping.self).contains { item in
            poppler_annot_get_annot_type(item.annot) != POPPLER_ANNOT_LINK
        }
    }

    /// The page with what is laid over it made part of it.
    func flattened() -> PDFPage? {
        let target = g_byte_array_new()
        let surface = cairo_pdf_surface_create_for_stream(
            { target, data, length in
                g_byte_array_append(target?.assumingMemoryBound(to: GByteArray.self), data, length)
                return CAIRO_STATUS_SUCCESS
            }, target, width, height)
        draw(on: surface, scale: 1)
        cairo_surface_finish(surface)
        let failed = cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS
        cairo_surface_destroy(surface)
        let bytes = g_byte_array_free_to_bytes(target)
        defer { g_bytes_unref(bytes) }
        guard !failed, let document = poppler_document_new_from_bytes(bytes, nil, nil) else { return nil }
        defer { g_object_unref(UnsafeMutableRawPointer(document)) }
        return poppler_document_get_page(document, 0).flatMap(PDFPage.init)
    }

    /// Boxes of the images on the page.
    func imageBoxes() -> [Box] {
        let mapping = poppler_page_get_image_mapping(page)
        defer { poppler_page_free_image_mapping(mapping) }
        let frame = Box(left: 0, top: 0, right: width, bottom: height)
        return PDFPage.items(mapping, of: PopplerImageMapping.self).compactMap { Box($0.area).clipped(to: frame) }
    }

    /// A form field that is ticked or not.
    struct Tick {
        let box: Box
        let checked: Bool
    }

    /// The ticks of the page's form.
    func ticks() -> [Tick] {
        let mapping = poppler_page_get_form_field_mapping(page)
        defer { poppler_page_free_form_field_mapping(mapping) }
        let frame = Box(left: 0, top: 0, right: width, bottom: height)
        return PDFPage.items(mapping, of: PopplerFormFieldMapping.self).compactMap { item in
            guard poppler_form_field_get_field_type(item.field) == POPPLER_FORM_FIELD_BUTTON,
                poppler_form_field_button_get_button_type(item.field) != POPPLER_FORM_BUTTON_PUSH,
                let box = Box(
                    left: item.area.x1, top: height - item.area.y2, right: item.area.x2, bottom: height - item.area.y1
                ).clipped(to: frame)
            else { return nil }
            return Tick(box: box, checked: poppler_form_field_button_get_state(item.field) != 0)
        }
    }

    /// Draws the page and what is laid over it, `scale` units to the point.
    func draw(on surface: OpaquePointer?, scale: Double) {
        let context = cairo_create(surface)
        defer { cairo_destroy(context) }
        cairo_scale(context, scale, scale)
        poppler_page_render(page, context)
    }

    private static func items<Item>(_ list: UnsafeMutablePointer<GList>?, of type: Item.Type) -> [Item] {
        sequence(first: list) { $0?.pointee.next }.prefix { $0 != nil }.compactMap {
            $0?.pointee.data.assumingMemoryBound(to: type).pointee
        }
    }
}

extension Box {
    fileprivate init(_ rectangle: PopplerRectangle) {
        self.init(
            left: min(rectangle.x1, rectangle.x2), top: min(rectangle.y1, rectangle.y2),
            right: max(rectangle.x1, rectangle.x2), bottom: max(rectangle.y1, rectangle.y2))
    }

    /// The part of the box inside `frame`; nil when it is empty or no number.
    func clipped(to frame: Box) -> Box? {
        let part = Box(
            left: max(left, frame.left), top: max(top, frame.top), right: min(right, frame.right),
            bottom: min(bottom, frame.bottom))
        return [left, top, right, bottom].allSatisfy(\.isFinite) && part.width > 0 && part.height > 0 ? part : nil
    }

    func scaled(_ factor: Double) -> Box {
        Box(left: left * factor, top: top * factor, right: right * factor, bottom: bottom * factor)
    }

    /// The same with `margin` more on every side.
    func grown(by margin: Double) -> Box {
        Box(left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin)
    }

    func moved(x: Double, y: Double) -> Box {
        Box(left: left + x, top: top + y, right: right + x, bottom: bottom + y)
    }
}
