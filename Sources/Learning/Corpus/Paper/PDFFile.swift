import CPango
import Foundation

/// Writes pages as a PDF with cairo: drawn pages as text, scanned pages as images without any text.
struct PDFFile: ~Copyable {
    private let surface: OpaquePointer
    private let cairo: OpaquePointer
    private let file: URL

    init(_ file: URL) throws {
        self.file = file
        guard let surface = cairo_pdf_surface_create(file.path, 612, 792), let cairo = cairo_create(surface) else {
            throw LearningError(.file, "\(file.path) could not be begun.")
        }
        self.surface = surface
        self.cairo = cairo
        // The dates are those of the seed, not of the clock: the same seed gives the same bytes.
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2026-01-01T00:00:00Z")
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, "2026-01-01T00:00:00Z")
    }

    deinit {
        cairo_destroy(cairo)
        cairo_surface_destroy(surface)
    }

    func add(_ page: DrawnPage) {
        cairo_pdf_surface_set_size(surface, page.width, page.height)
        let cairo = cairo
        PangoText.alone {
            page.paint(on: cairo)
            cairo_show_page(cairo)
        }
    }

    func add(_ page: ScannedPage) throws {
        let size = page.size
        cairo_pdf_surface_set_size(surface, size.width, size.height)
        let image = try imageSurface(page)
        defer { cairo_surface_destroy(image) }
        cairo_save(cairo)
        cairo_scale(cairo, size.width / Double(page.raster.width), size.height / Double(page.raster.height))
        cairo_set_source_surface(cairo, image, 0, 0)
        cairo_paint(cairo)
        cairo_restore(cairo)
        cairo_show_page(cairo)
    }

    /// Ends the file; throws when not all of it could be written.
    consuming func close() throws {
        let surface = surface
        PangoText.alone { cairo_surface_finish(surface) }
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else {
            throw LearningError(.file, "\(file.path) could not be written. Is the folder there, and is there room?")
        }
    }

    /// The scan as a cairo image; cairo packs black and white with one bit a pixel, and takes a JPEG as it is.
    private func imageSurface(_ page: ScannedPage) throws -> OpaquePointer {
        let raster = page.raster
        guard
            let image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(raster.width), Int32(raster.height)),
            let data = cairo_image_surface_get_data(image)
        else { throw LearningError(.file, "An image for \(file.path) could not be made.") }
        let stride = Int(cairo_image_surface_get_stride(image))
        for y in 0..<raster.height {
            for x in 0..<raster.width {
                let level = raster[x, y]
                let pixel = data + y * stride + 4 * x
                (pixel[0], pixel[1], pixel[2]) = (level, level, level)
            }
        }
        cairo_surface_mark_dirty(image)
        if case .jpeg(let quality) = page.packing { attach(try page.jpeg(quality: quality), to: image) }
        return image
    }

    private func attach(_ jpeg: Data, to image: OpaquePointer) {
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: jpeg.count)
        jpeg.copyBytes(to: copy, count: jpeg.count)
        cairo_surface_set_mime_data(
            image, CAIRO_MIME_TYPE_JPEG, copy, UInt(jpeg.count), { $0?.deallocate() }, copy)
    }
}
