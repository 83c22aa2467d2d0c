import Foundation
import Reading
import TestSupport

extension HostileFile {
    private static let noPages = Verdict.refused(.damaged, "no pages")
    private static let beyondRepair = Verdict.refused(.damaged, "damaged beyond repair")
    private static let endless = Verdict.lost("took")

    /// A page whose resources, further entries and objects from number 5 on are chosen.
    private static func page(
        _ content: String, resources: String = "", entries: String = "/MediaBox [0 0 612 792]", _ objects: [Data] = []
    ) -> Data {
        let start: [Data] = [
            Data("<< /Type /Catalog /Pages 2 0 R >>"), Data("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"),
            Data("<< /Type /Page /Parent 2 0 R \(entries) /Resources << \(resources) >> /Contents 4 0 R >>"),
            SmallPDF.stream("", Data(content)),
        ]
        return SmallPDF.file(start + objects)
    }

    private static func form(_ content: String, _ entries: String = "") -> Data {
        SmallPDF.stream("/Type /XObject /Subtype /Form /BBox [0 0 612 792] \(entries)", Data(content))
    }

    private static func image(_ entries: String, _ bytes: Data = Data(count: 64)) -> Data {
        page(
            "612 0 0 792 0 0 cm /I Do", resources: "/XObject << /I 5 0 R >>",
            [SmallPDF.stream("/Type /XObject /Subtype /Image \(entries)", bytes)])
    }

    private static func tree(_ pages: String, _ more: String...) -> Data {
        SmallPDF.file(["<< /Type /Catalog /Pages 2 0 R >>", pages] + more)
    }

    private static func noise(_ count: Int) -> Data {
        Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) })
    }

    /// The structure of the file: where its objects are and how its pages hang together.
    static let pdfStructures: [HostileFile] = [
        HostileFile("PDF: a header", .refused(.torn, "cut off"), Data("%PDF-1.7\n")),
        HostileFile("PDF: cut in the middle", .refused(.torn, "cut off"), page("").dropLast(300)),
        HostileFile("PDF: with another file behind it", .refused(.torn, "cut off"), page("") + noise(5000)),
        HostileFile("PDF: no objects", beyondRepair, Data("%PDF-1.7\nstartxref\n9\n%%EOF\n")),
        HostileFile("PDF: a catalogue that is a number", beyondRepair, SmallPDF.file(["42"])),
        HostileFile("PDF: a catalogue without pages", noPages, SmallPDF.file(["<< /Type /Catalog >>"])),
        HostileFile(
            "PDF: pages that are their own child", .lost("damaged"), tree("<< /Type /Pages /Count 1 /Kids [2 0 R] >>")),
        HostileFile(
            "PDF: two nodes that hold each other", .lost("damaged"),
            tree("<< /Type /Pages /Count 2 /Kids [3 0 R] >>", "<< /Type /Pages /Count 2 /Parent 2 0 R /Kids [2 0 R] >>")
        ),
        HostileFile("PDF: a million pages and no child", noPages, tree("<< /Type /Pages /Count 1000000 /Kids [] >>")),
        HostileFile("PDF: minus a million pages", noPages, tree("<< /Type /Pages /Count -1000000 /Kids [] >>")),
        HostileFile(
            "PDF: three thousand pages", .refused(.tooManyPages, "3000 pages"),
            SmallPDF.make(pages: Array(repeating: [""], count: 3000))),
        HostileFile(
            "PDF: a tree ten thousand nodes deep", .lost("damaged"),
            SmallPDF.file(
                ["<< /Type /Catalog /Pages 2 0 R >>"]
                    + (2..<10_000).map { "<< /Type /Pages /Count 1 /Kids [\($0 + 1) 0 R] >>" })),
        HostileFile(
            "PDF: arrays in arrays, a hundred thousand deep", .read,
            page(
                "",
                entries:
                    "/MediaBox [0 0 612 792] /X \(String(repeating: "[", count: 100_000))\(String(repeating: "]", count: 100_000))"
            )),
        HostileFile(
            "PDF: a length that refers to itself", .read,
            tree(
                "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
                "<< /Length 4 0 R >>\nstream\nq Q\nendstream")),
        HostileFile(
            "PDF: references in a ring", .read, page("", entries: "/MediaBox 5 0 R", [Data("6 0 R"), Data("5 0 R")])),
        HostileFile(
            "PDF: tables that name each other as the earlier", .read,
            {
                let whole = String(decoding: page(""), as: UTF8.self)
                let start = whole.split(separator: "startxref\n").last?.split(separator: "\n").first ?? "9"
                return Data(whole.replacing("/Root 1 0 R", with: "/Root 1 0 R /Prev \(start)"))
            }()),
        HostileFile(
            "PDF: a table that claims two thousand million objects", .read,
            Data(String(decoding: page(""), as: UTF8.self).replacing("/Size 5", with: "/Size 2147483647"))),
        HostileFile(
            "PDF: an unknown lock", .refused(.encrypted, "locked"),
            Data(
                String(decoding: page(""), as: UTF8.self).replacing(
                    "/Root 1 0 R", with: "/Root 1 0 R /Encrypt << /Filter /Nobody /V 9 /R 9 >>"))),
        HostileFile(
            "PDF: a list of attachments in a ring", .read,
            SmallPDF.file([
                "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 4 0 R >> >>",
                "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
                "<< /Kids [4 0 R 4 0 R] >>",
            ])),
        HostileFile(
            "PDF: form fields in a ring", .read,
            SmallPDF.file([
                "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
                "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [4 0 R 4 0 R] >>",
                "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [9 9 99 99] /Parent 4 0 R /Kids [4 0 R] >>",
            ])),
        HostileFile(
            "PDF: fifty thousand comments", .lost("damaged"),
            page(
                "", entries: "/MediaBox [0 0 612 792] /Annots [\(String(repeating: "5 0 R ", count: 50_000))]",
                [Data("<< /Type /Annot /Subtype /Text /Rect [9 9 20 20] /Contents (no) >>")])),
        HostileFile(
            "PDF: that starts a program when it opens", .read,
            SmallPDF.file([
                "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) /Next << /S /JavaScript /JS (app.alert) >> >> >>",
                "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
            ])),
        HostileFile(
            "PDF: whose page is another file", .read,
            tree(
                "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
                "<< /F (/etc/passwd) /Length 0 >>\nstream\n\nendstream")),
    ]

    /// What is drawn on the page.
    static let pdfContents: [HostileFile] = [
        HostileFile(
            "PDF: a page a thousand miles wide", .read, page("", entries: "/MediaBox [0 0 4000000000 4000000000]")),
        HostileFile("PDF: a page of no size", .read, page("", entries: "/MediaBox [0 0 0 0]")),
        HostileFile("PDF: a page upside down", .read, page("", entries: "/MediaBox [612 792 0 0]")),
        HostileFile("PDF: a page that is a hair", .lost("damaged"), page("", entries: "/MediaBox [0 0 0.5 100000]")),
        HostileFile("PDF: turned by 45 degrees", .read, page("", entries: "/MediaBox [0 0 612 792] /Rotate 45")),
        HostileFile("PDF: numbers beyond all numbers", .read, page("1e308 0 0 1e308 1e308 0 cm 0 0 1e308 1e308 re f")),
        HostileFile(
            "PDF: dashes finer than atoms", .read, page("[0.00001 0.00001] 0 d 0 0 m 600 700 l S")),
        HostileFile(
            "PDF: a content that nests a million states", .read, page(String(repeating: "q ", count: 1_000_000))),
        HostileFile(
            "PDF: half a million operands", .read, page(String(repeating: "1 ", count: 500_000) + "m")),
        HostileFile(
            "PDF: a form that draws itself", .read,
            page(
                "/A Do", resources: "/XObject << /A 5 0 R >>",
                [form("/A Do", "/Resources << /XObject << /A 5 0 R >> >>")])),
        HostileFile(
            "PDF: two forms that draw each other", .read,
            page(
                "/A Do", resources: "/XObject << /A 5 0 R >>",
                [
                    form("/B Do", "/Resources << /XObject << /B 6 0 R >> >>"),
                    form("/A Do", "/Resources << /XObject << /A 5 0 R >> >>"),
                ])),
        HostileFile(
            "PDF: forms that draw ten thousand million squares", endless,
            page(
                "/X Do", resources: "/XObject << /X 5 0 R >>",
                (5..<15).map { number in
                    form(
                        number == 14 ? "0 0 1 1 re f" : String(repeating: "/X Do ", count: 10),
                        "/Resources << /XObject << /X \(number + 1) 0 R >> >>")
                } + [form("")])),
        HostileFile(
            "PDF: a pattern of itself", .read,
            page(
                "/Pattern cs /P scn 0 0 612 792 re f", resources: "/Pattern << /P 5 0 R >>",
                [
                    SmallPDF.stream(
                        "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << /Pattern << /P 5 0 R >> >>",
                        Data("/Pattern cs /P scn 0 0 9 9 re f"))
                ])),
        HostileFile(
            "PDF: a mask of itself", .read,
            page(
                "/G gs 0 0 612 792 re f", resources: "/ExtGState << /G << /SMask << /S /Luminosity /G 5 0 R >> >> >>",
                [
                    form(
                        "/G gs 0 0 9 9 re f",
                        "/Group << /S /Transparency >> /Resources << /ExtGState << /G << /SMask << /S /Luminosity /G 5 0 R >> >> >> >>"
                    )
                ])),
        HostileFile(
            "PDF: a letter that shows itself", .read,
            page(
                "BT /F 20 Tf 9 9 Td (aaa) Tj ET", resources: "/Font << /F 5 0 R >>",
                [
                    Data(
                        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 /Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >> /Resources << /Font << /F 5 0 R >> >> >>"
                    ), SmallPDF.stream("", Data("9 0 d0 BT /F 20 Tf (a) Tj ET")),
                ])),
        HostileFile(
            "PDF: a font of noise", .read,
            page(
                "BT /F 20 Tf 99 99 Td (Claim) Tj ET", resources: "/Font << /F 5 0 R >>",
                [
                    Data("<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 6 0 R >>"),
                    Data("<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 7 0 R >>"),
                    SmallPDF.stream("", noise(5000)),
                ])),
        HostileFile(
            "PDF: a character map that uses itself", .read,
            page(
                "BT /F 20 Tf 99 99 Td (Claim) Tj ET", resources: "/Font << /F 5 0 R >>",
                [
                    Data("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"),
                    SmallPDF.stream(
                        "/UseCMap 6 0 R",
                        Data(
                            "begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <0000> endbfrange endcmap"
                        )),
                ])),
        HostileFile(
            "PDF: a content that unpacks to a thousand megabytes", endless,
            SmallPDF.file([
                Data("<< /Type /Catalog /Pages 2 0 R >>"), Data("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"),
                Data("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>"),
                SmallPDF.stream(
                    "/Filter /FlateDecode", Deflate.zlib(repeating: Array("0 0 1 1 re f\n".utf8), count: 1 << 30)),
            ])),
        HostileFile(
            "PDF: a content packed a thousand times", .read,
            SmallPDF.file([
                Data("<< /Type /Catalog /Pages 2 0 R >>"), Data("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"),
                Data("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>"),
                SmallPDF.stream("/Filter [\(String(repeating: "/ASCIIHexDecode ", count: 1000))]", Data("00>")),
            ])),
        HostileFile(
            "PDF: a shading by a function nested without end", .lost("brought the reader down"),
            page(
                "/S sh", resources: "/Shading << /S << /ShadingType 1 /ColorSpace /DeviceGray /Function 5 0 R >> >>",
                [
                    SmallPDF.stream(
                        "/FunctionType 4 /Domain [0 1 0 1] /Range [0 1]", Data(String(repeating: "{", count: 50_000)))
                ])),
    ]

    /// Pictures inside PDFs.
    static let pdfImages: [HostileFile] = [
        HostileFile(
            "PDF: a picture of ten thousand million dots", .read,
            image("/Width 100000 /Height 100000 /BitsPerComponent 1 /ColorSpace /DeviceGray")),
        HostileFile(
            "PDF: a picture of minus one row", .read,
            image("/Width 100 /Height -1 /BitsPerComponent 8 /ColorSpace /DeviceRGB")),
        HostileFile(
            "PDF: a picture of 32-bit colours by the thousand", .read,
            image("/Width 2147483647 /Height 2147483647 /BitsPerComponent 16 /ColorSpace /DeviceCMYK")),
        HostileFile(
            "PDF: a colour space of itself", .read,
            page(
                "612 0 0 792 0 0 cm /I Do", resources: "/XObject << /I 5 0 R >>",
                [
                    SmallPDF.stream(
                        "/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace 6 0 R",
                        Data(count: 64)),
                    Data("[/Indexed 6 0 R 255 (x)]"),
                ])),
        HostileFile("PDF: JPEG of noise", .read, image("/Width 800 /Height 800 /Filter /DCTDecode", noise(4000))),
        HostileFile("PDF: JPEG 2000 of noise", .read, image("/Width 800 /Height 800 /Filter /JPXDecode", noise(4000))),
        HostileFile(
            "PDF: JBIG2 of noise", .read,
            image(
                "/Width 800 /Height 800 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode", noise(4000))),
        HostileFile(
            "PDF: JBIG2 with a page of four thousand million rows", .read,
            image(
                "/Width 800 /Height 800 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode",
                Data([0, 0, 0, 0, 0x30, 0, 1, 0, 0, 0, 0x13] + [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
                    + Data(count: 11))),
        HostileFile(
            "PDF: a fax of two thousand million columns", .read,
            image(
                "/Width 800 /Height 800 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 2147483647 /Rows 2147483647 >>",
                noise(4000))),
        HostileFile(
            "PDF: LZW of noise with a predictor of its own", .read,
            image(
                "/Width 800 /Height 800 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /LZWDecode /DecodeParms << /Predictor 15 /Colors 2147483647 /Columns 2147483647 /BitsPerComponent 16 >>",
                noise(4000))),
        HostileFile(
            "PDF: a picture that unpacks to a thousand megabytes", .read,
            image(
                "/Width 30000 /Height 35000 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode",
                Deflate.zlib(repeating: [0], count: 30_000 * 35_000))),
    ]
}
