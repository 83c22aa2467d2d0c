import CPango
import Documents

/// A grey image: 0 is ink, 255 is paper.
struct Raster: Sendable {
    var width: Int
    var height: Int
    var pixels: [UInt8]

    init(width: Int, height: Int, paper: UInt8 = 255) {
        self.width = width
        self.height = height
        pixels = [UInt8](repeating: paper, count: width * height)
    }

    subscript(_ x: Int, _ y: Int) -> UInt8 {
        get { pixels[y * width + x] }
        set { pixels[y * width + x] = newValue }
    }
}

extension DrawnPage {
    /// The page in grey at a resolution in pixels per inch.
    func raster(dpi: Double) -> Raster { PangoText.alone { rasterAlone(dpi: dpi) } }

    private func rasterAlone(dpi: Double) -> Raster {
        var raster = Raster(width: Int((width * dpi / 72).rounded()), height: Int((height * dpi / 72).rounded()))
        let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(raster.width), Int32(raster.height))
        defer { cairo_surface_destroy(surface) }
        guard let cairo = cairo_create(surface) else { return raster }
        cairo_set_source_rgb(cairo, 1, 1, 1)
        cairo_paint(cairo)
        cairo_scale(cairo, dpi / 72, dpi / 72)
        paint(on: cairo)
        cairo_destroy(cairo)
        cairo_surface_flush(surface)
        guard let data = cairo_image_surface_get_data(surface) else { return raster }
        let stride = Int(cairo_image_surface_get_stride(surface))
        for y in 0..<raster.height {
            let row = data + y * stride
            for x in 0..<raster.width {
                let (blue, green, red) = (Int(row[4 * x]), Int(row[4 * x + 1]), Int(row[4 * x + 2]))
                raster.pixels[y * raster.width + x] = UInt8((299 * red + 587 * green + 114 * blue) / 1000)
            }
        }
        return raster
    }

    /// Draws the page's marks with cairo, one unit a point; to be called within `PangoText.alone`.
    func paint(on cairo: OpaquePointer) {
        for mark in marks { mark.paint(on: cairo) }
    }
}

extension Mark {
    fileprivate func paint(on cairo: OpaquePointer) {
        switch self {
        case .text(let text, let font, let x, let baseline, let ink):
            ink.use(on: cairo)
            cairo_move_to(cairo, x, baseline)
            PangoText.show(text, font, on: cairo)
        case .line(let x1, let y1, let x2, let y2, let width, let ink):
            ink.use(on: cairo)
            cairo_set_line_width(cairo, width)
            cairo_move_to(cairo, x1, y1)
            cairo_line_to(cairo, x2, y2)
            cairo_stroke(cairo)
        case .frame(let box, let width, let ink):
            ink.use(on: cairo)
            cairo_set_line_width(cairo, width)
            cairo_rectangle(cairo, box.left, box.top, box.width, box.height)
            cairo_stroke(cairo)
        case .fill(let box, let ink):
            ink.use(on: cairo)
            cairo_rectangle(cairo, box.left, box.top, box.width, box.height)
            cairo_fill(cairo)
        case .disc(let x, let y, let radius, let ink):
            ink.use(on: cairo)
            cairo_new_sub_path(cairo)
            cairo_arc(cairo, x, y, radius, 0, 2 * Double.pi)
            cairo_fill(cairo)
        case .scribble(let points, let width, let ink):
            ink.use(on: cairo)
            Mark.stroke(points, width: width, on: cairo)
        case .showThrough(let marks, let pageWidth, let strength):
            // Three times, a little apart, for the blur that paper makes.
            for shift in [-0.4, 0, 0.4] {
                cairo_save(cairo)
                cairo_push_group(cairo)
                cairo_translate(cairo, pageWidth + shift, shift)
                cairo_scale(cairo, -1, 1)
                for mark in marks { mark.paint(on: cairo) }
                cairo_pop_group_to_source(cairo)
                cairo_paint_with_alpha(cairo, strength / 2)
                cairo_restore(cairo)
            }
        }
    }

    /// A curve through the points (Catmull-Rom as Bezier pieces), with round ends.
    private static func stroke(_ points: [Point], width: Double, on cairo: OpaquePointer) {
        guard let first = points.first else { return }
        cairo_set_line_width(cairo, width)
        cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND)
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
        cairo_move_to(cairo, first.x, first.y)
        for index in points.indices.dropLast() {
            let (from, to) = (points[index], points[index + 1])
            let before = points[max(0, index - 1)]
            let after = points[min(points.count - 1, index + 2)]
            cairo_curve_to(
                cairo, from.x + (to.x - before.x) / 6, from.y + (to.y - before.y) / 6, to.x - (after.x - from.x) / 6,
                to.y - (after.y - from.y) / 6, to.x, to.y)
        }
        cairo_stroke(cairo)
    }
}

extension Ink {
    fileprivate func use(on cairo: OpaquePointer) { cairo_set_source_rgb(cairo, red, green, blue) }
}
