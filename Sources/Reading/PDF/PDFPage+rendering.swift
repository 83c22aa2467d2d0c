import CLeptonica
import CPoppler

extension PDFPage {
    /// Draws the page in grey on white; nil when there is no memory for it.
    func rendered(dpi: Double) -> PixelImage? {
        let scale = dpi / 72
        let columns = Int32((width * scale - 0.01).rounded(.up))
        let rows = Int32((height * scale - 0.01).rounded(.up))
        let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows)
        defer { cairo_surface_destroy(surface) }
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else { return nil }
        draw(on: surface, scale: scale)
        cairo_surface_flush(surface)
        guard let pixels = cairo_image_surface_get_data(surface),
            cairo_image_surface_get_stride(surface) == columns * 4,
            let view = pixCreateHeader(columns, rows, 32)
        else { return nil }
        pixels.withMemoryRebound(to: l_uint32.self, capacity: Int(columns) * Int(rows)) { _ = pixSetData(view, $0) }
        defer {
            var borrowed: UnsafeMutablePointer<Pix>? = view
            pixSetData(view, nil)
            pixDestroy(&borrowed)
        }
        // Cairo's words are 0RGB where Leptonica's are RGB0: what Leptonica calls green and blue are red and green here.
        return PixelImage(pixConvertRGBToGray(view, 0, 0.4, 0.6))
    }
}
