import Documents
import Foundation
import Reading
import TestSupport
import Testing

@Suite struct PDFTests {
    private let pool: ReaderPool

    init() throws { pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1) }

    private static let helvetica = "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    private static let letter = [
        "The provider may file a claim for the service.", "Please name the member and the plan on this page.",
        "The total amount billed is not the amount paid.", "You have no balance due to this provider.",
    ]

    private func page(of bytes: Data, password: String? = nil) async throws -> ReadPage {
        let collector = PageCollector()
        _ = try await pool.read(bytes, password: password, wantImages: true) { await collector.add($0) }
        return try #require(await collector.pages.first)
    }

    private static func text(_ lines: [String], mode: Int = 0, top: Int = 700) -> String {
        "BT /F1 14 Tf \(mode) Tr 20 TL 72 \(top) Td\n\(lines.map { "(\($0)) Tj T*" }.joined(separator: "\n"))\nET\n"
    }

    @Test func aPDFWhosePasswordIsEmptyOpens() async throws {
        #expect(try await page(of: fixture("sealed.pdf")).text == "Claim number NWH204417")
    }

    @Test func aLockedPDFOpensWithItsPasswordOnly() async throws {
        let bytes = try fixture("locked.pdf")
        #expect(try await page(of: bytes, password: "claims").text == "Claim number NWH204417")
        for password in [nil, "", "Claims"] {
            let error = await #expect(throws: ReadingError.self) { try await page(of: bytes, password: password) }
            #expect(error?.code == .encrypted)
        }
    }

    @Test(arguments: ["99999999", "17", "1"])
    func aTableThatIsNotWhereItShouldBeIsRebuilt(offset: String) async throws {
        let text = String(decoding: SmallPDF.make(pages: [Self.letter]), as: UTF8.self)
        let start = try #require(text.range(of: "startxref\n", options: .backwards)).upperBound
        let page = try await page(of: Data((text[..<start] + "\(offset)\n%%EOF\n").utf8))
        #expect(page.lines == Self.letter && page.reading.page.source == .text)
    }

    @Test func attachmentsAreNamedNotRead() async throws {
        let bytes = SmallPDF.file([
            Data("<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >> >>".utf8),
            Data("<< /Type /Pages /Count 1 /Kids [3 0 R] >>".utf8),
            Data("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>".utf8),
            SmallPDF.stream("/Type /EmbeddedFile /Params << /Size 7 >>", Data("sevenup".utf8)),
            Data("<< /Type /Filespec /F (remittance.xml) /UF (remittance.xml) /EF << /F 4 0 R >> >>".utf8),
        ])
        let file = try await pool.read(bytes) { _ in }
        #expect(file.attachments == [Attachment(name: "remittance.xml", size: 7)])
        #expect(try await pool.read(fixture("letter.pdf")) { _ in }.attachments.isEmpty)
    }

    /// Telephones and scanners put their pictures into PDFs as they are.
    @Test func aScanInJPEG2000IsRecognised() async throws {
        let bytes = SmallPDF.file([
            Data("<< /Type /Catalog /Pages 2 0 R >>".utf8), Data("<< /Type /Pages /Count 1 /Kids [3 0 R] >>".utf8),
            Data(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>"
                    .utf8), SmallPDF.stream("", Data("612 0 0 792 0 0 cm /I Do".utf8)),
            SmallPDF.stream(
                "/Type /XObject /Subtype /Image /Width 1275 /Height 1650 /Filter /JPXDecode", try fixture("letter.jp2")),
        ])
        let page = try await page(of: bytes)
        #expect(page.reading.page.source == .ocr && page.reading.page.sourceReason == .noTextLayer)
        #expect(page.text.contains("To finish our review we need the office notes for this visit."))
    }

    @Test func whatIsNotSeenIsNotRead() async throws {
        let hidden = Self.text(["hidden 111-22-3333"], mode: 3, top: 300)
        let white = "1 g\n" + Self.text(["white 444-55-6666"], top: 250) + "0 g\n"
        let covered = Self.text(["covered 777-88-9999"], top: 200) + "60 190 300 40 re f\n"
        let bytes = SmallPDF.page(content: hidden + white + covered + Self.text(Self.letter), fonts: Self.helvetica)
        let page = try await page(of: bytes)
        #expect(page.reading.page.source == .text && page.reading.page.sourceReason == .textLayerAgrees)
        #expect(page.lines == Self.letter)
    }

    @Test func aTextThatIsNotShownIsOutweighedByWhatIs() async throws {
        let bytes = SmallPDF.page(
            content: Self.text(Self.letter + Self.letter, mode: 3, top: 400) + Self.text(["Claim number 204417"]),
            fonts: Self.helvetica)
        let page = try await page(of: bytes)
        #expect(page.reading.page.source == .ocr && page.text == "Claim number 204417")
        #expect(page.reading.page.sourceReason == .textNotShown)
    }

    /// Letters exchanged one for another, vowels for vowels, so that nothing but the page tells the text wrong.
    @Test func aTextWhoseLettersAreExchangedIsRecognisedInstead() async throws {
        let letters = Array("aeiou" + "bcdfghjklmnpqrstvwxyz")
        let exchanged = Array("eioua" + "cdfghjklmnpqrstvwxyzb")
        let map = zip(letters, exchanged).compactMap { from, to -> String? in
            guard let from = from.asciiValue, let to = to.asciiValue else { return nil }
            return "<\(String(from, radix: 16))> <00\(String(to, radix: 16))>"
        }
        let table = """
            /CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def
            1 begincodespacerange <00> <ff> endcodespacerange
            \(map.count) beginbfchar
            \(map.joined(separator: "\n"))
            endbfchar endcmap end end
            """
        let bytes = SmallPDF.page(
            content: Self.text(Self.letter),
            fonts: "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>",
            objects: ["<< /Length \(table.utf8.count) >>\nstream\n\(table)\nendstream"])
        let page = try await page(of: bytes)
        #expect(page.reading.page.source == .ocr && page.reading.page.sourceReason == .refutedByOCR)
        #expect(page.text.contains("The provider may file a claim for the service."))
    }

    /// A text without one common word, which the drawn page confirms.
    @Test func aListOfNamesStaysText() async throws {
        let names = [
            "Abigail Thornton", "Benedict Okafor", "Clementine Duarte", "Dominic Haverford", "Esmeralda Quigley",
        ]
        let bytes = SmallPDF.make(pages: [names + names.map { "Doctor " + $0 }])
        let page = try await page(of: bytes)
        #expect(page.reading.page.source == .text && page.lines.first == "Abigail Thornton")
    }

    @Test func commentsAndFieldValuesWithoutAnAppearanceAreRead() async throws {
        let bytes = SmallPDF.file([
            "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /NeedAppearances true /DR << /Font << \(Self.helvetica) >> >> /DA (/F1 12 Tf 0 g) >> >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << \(Self.helvetica) >> >> /Contents 4 0 R /Annots [5 0 R 6 0 R] >>",
            "<< /Length 56 >>\nstream\nBT /F1 14 Tf 72 700 Td (Please name the member) Tj ET    \nendstream",
            "<< /Type /Annot /Subtype /FreeText /Rect [72 500 400 530] /Contents (Approved by Dr. Sandbox) /DA (/Helv 12 Tf 0 g) /F 4 >>",
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T (member) /V (ATH60182) /Rect [72 600 300 625] /DA (/F1 12 Tf 0 g) /F 4 >>",
        ])
        let page = try await page(of: bytes)
        #expect(page.lines.contains("Please name the member"))
        #expect(page.text.contains("ATH60182"))
        #expect(page.text.contains("Approved by Dr. Sandbox"))
    }

    /// A letter in units of ten points: 61.2 by 79.2 of them.
    @Test func aPageInLargeUnitsIsDrawnAsALetter() async throws {
        let lines = Self.letter.map { "(\($0)) Tj T*" }.joined(separator: "\n")
        let content = "BT /F1 1.4 Tf 2 TL 7.2 70 Td\n\(lines)\nET"
        let bytes = SmallPDF.file([
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /UserUnit 10 /MediaBox [0 0 61.2 79.2] /Resources << /Font << \(Self.helvetica) >> >> /Contents 4 0 R >>",
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
        ])
        let page = try await page(of: bytes)
        #expect(page.lines == Self.letter)
        #expect(abs(page.reading.page.dpi - 150) < 1 && abs(page.reading.page.width - 1275) <= 2)
    }
}
