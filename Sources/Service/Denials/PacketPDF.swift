import Foundation

/// A PDF of plain text and images of pages, on letter paper (ISO 32000-1).
///
/// Images go in as they are: a JPEG's bytes by the filter DCTDecode, a PNG's compressed rows by FlateDecode with the PNG
/// predictor (7.4.4.4). Text is Helvetica, which every viewer has, in the encoding WinAnsi.
struct PacketPDF {
    private static let (width, height, margin) = (612.0, 792.0, 64.0)
    private static let (fontSize, leading) = (10.5, 14.5)
    private static let lineCountMax = Int((height - 2 * margin) / leading)
    private static let indent = "      "
    /// An entry of a list that is longer may be broken by a page.
    private static let entryLineCountMax = 10

    private var bytes = Data("%PDF-1.4\n%\u{E2}\u{E3}\u{CF}\u{D3}\n".unicodeScalars.map { UInt8($0.value & 0xFF) })
    private var offsets: [Int: Int] = [:]
    private var pages: [Int] = []
    /// The catalog, the list of pages and the font have the first numbers.
    private var next = 4

    init() {}

    // MARK: Pages

    /// Adds text on as many pages as it needs, its lines broken between words.
    ///
    /// - Parameter isList: whether each line is an entry: what is broken off of it is indented, and a page breaks between
    ///   entries where it can.
    mutating func add(text: String, isList: Bool = false) {
        let width = (PacketPDF.width - 2 * PacketPDF.margin) / PacketPDF.fontSize
        var page: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let lines = PacketText.wrapped(String(line), width: width, indent: isList ? PacketPDF.indent : "")
            let isTogether = isList && lines.count <= PacketPDF.entryLineCountMax
            if isTogether, page.count + lines.count > PacketPDF.lineCountMax {
                add(lines: page[...])
                page = []
            }
            for line in lines {
                if page.count == PacketPDF.lineCountMax {
                    add(lines: page[...])
                    page = []
                }
                page.append(line)
            }
        }
        add(lines: page[...])
    }

    private mutating func add(lines: ArraySlice<String>) {
        var content = "BT /F1 \(PacketPDF.fontSize) Tf \(PacketPDF.leading) TL "
        content += "\(PacketPDF.margin) \(PacketPDF.height - PacketPDF.margin - PacketPDF.fontSize) Td\n"
        var stream = Data(content.utf8)
        for line in lines {
            stream += Data("(".utf8) + PacketText.encoded(line) + Data(") Tj T*\n".utf8)
        }
        addPage(stream + Data("ET\n".utf8), resources: "/Font << /F1 3 0 R >>")
    }

    /// Adds an image as large as the paper allows; false when it is of a form that cannot be put in as it is.
    mutating func add(image: Data) -> Bool {
        guard let picture = PacketImage(image), picture.width > 0, picture.height > 0 else { return false }
        let number = addObject(
            """
            << /Type /XObject /Subtype /Image /Width \(picture.width) /Height \(picture.height) \(picture.entries) \
            /Length \(picture.bytes.count) >>
            """, stream: picture.bytes)
        let scale = min(PacketPDF.width / Double(picture.width), PacketPDF.height / Double(picture.height))
        let (wide, high) = (Double(picture.width) * scale, Double(picture.height) * scale)
        let (left, bottom) = ((PacketPDF.width - wide) / 2, (PacketPDF.height - high) / 2)
        addPage(
            Data("q \(wide) 0 0 \(high) \(left) \(bottom) cm /Im Do Q\n".utf8),
            resources: "/XObject << /Im \(number) 0 R >>")
        return true
    }

    // MARK: Objects

    private mutating func addPage(_ content: Data, resources: String) {
        let stream = addObject("<< /Length \(content.count) >>", stream: content)
        pages.append(
            addObject(
                """
                << /Type /Page /Parent 2 0 R /MediaBox [0 0 \(PacketPDF.width) \(PacketPDF.height)] \
                /Resources << \(resources) >> /Contents \(stream) 0 R >>
                """))
    }

    private mutating func addObject(_ dictionary: String, stream: Data? = nil) -> Int {
        let number = next
        next += 1
        write(number, dictionary, stream)
        return number
    }

    private mutating func write(_ number: Int, _ dictionary: String, _ stream: Data? = nil) {
        offsets[number] = bytes.count
        bytes += Data("\(number) 0 obj\n\(dictionary)\n".utf8)
        if let stream { bytes += Data("stream\n".utf8) + stream + Data("\nendstream\n".utf8) }
        bytes += Data("endobj\n".utf8)
    }

    /// The file.
    func data() -> Data {
        var whole = self
        let kids = pages.map { "\($0) 0 R" }.joined(separator: " ")
        whole.write(1, "<< /Type /Catalog /Pages 2 0 R >>")
        whole.write(2, "<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>")
        whole.write(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
        let start = whole.bytes.count
        var table = "xref\n0 \(next)\n0000000000 65535 f \n"
        for number in 1..<next {
            let offset = "\(whole.offsets[number] ?? 0)"
            table += String(repeating: "0", count: max(0, 10 - offset.count)) + offset + " 00000 n \n"
        }
        table += "trailer\n<< /Size \(next) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return whole.bytes + Data(table.utf8)
    }
}
