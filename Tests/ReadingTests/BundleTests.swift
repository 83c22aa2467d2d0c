import Documents
import Foundation
import Reading
import TestSupport
import Testing

@Suite struct BundleTests {
    private let pool: ReaderPool

    init() throws { pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1) }

    private func read(_ bytes: Data) async throws -> (file: ReadFile, pages: [ReadPage]) {
        let collector = PageCollector()
        let file = try await pool.read(bytes) { await collector.add($0) }
        return (file, await collector.pages)
    }

    private static func letter(_ text: String) -> Data { SmallPDF.make(pages: [[text], [text + ", overleaf"]]) }

    @Test func theDocumentsOfAnArchiveAreReadInTheirOrder() async throws {
        let bytes = SmallZIP.make([
            ("scans/one.pdf", Self.letter("First claim")), ("notes.txt", Data("not a document".utf8)),
            ("tiny.png", try fixture("tiny.png")), ("two.pdf", Self.letter("Second claim")),
        ])
        #expect(FileKind.sniff(bytes) == .zip)
        let (file, pages) = try await read(bytes)
        #expect(file.mediaType == "application/zip" && file.pageCount == 5)
        #expect(file.attachments == [Attachment(name: "notes.txt", size: 14)])
        #expect(pages.map(\.reading.page.number) == [1, 2, 3, 4, 5])
        #expect(pages[0].text == "First claim" && pages[4].text == "Second claim, overleaf")
    }

    @Test func aCompressedDocumentIsUnpacked() async throws {
        let letter = Self.letter("Second claim")
        let size = UInt32(letter.count)
        let sound = SmallZIP.make([], deflated: ("two.pdf", SmallZIP.storedBlock(letter), size))
        #expect(try await read(sound).pages.map(\.text) == ["Second claim", "Second claim, overleaf"])
        let short = SmallZIP.make([], deflated: ("two.pdf", SmallZIP.storedBlock(letter), size + 1))
        #expect(try await read(short).pages.first?.reading.problem?.contains("is damaged") == true)
    }

    @Test func theAttachmentsOfAMailAreReadInTheirOrder() async throws {
        let bytes = Self.mail([
            ("one.pdf", Self.letter("First claim")),
            ("inner.zip", SmallZIP.make([("two.pdf", Self.letter("Second claim"))])),
        ])
        #expect(FileKind.sniff(bytes) == .eml)
        let (file, pages) = try await read(bytes)
        #expect(file.mediaType == "message/rfc822")
        #expect(
            pages.map(\.text) == ["First claim", "First claim, overleaf", "Second claim", "Second claim, overleaf"])
    }

    @Test func aDamagedDocumentCostsOnePageAndIsNamed() async throws {
        let broken = Data("%PDF-1.7\nstartxref\n9\n%%EOF\n".utf8)
        let (_, pages) = try await read(
            SmallZIP.make([
                ("broken.pdf", broken), ("locked.pdf", try fixture("locked.pdf")),
                ("two.pdf", Self.letter("Second claim")),
            ]))
        #expect(pages.count == 4 && pages[2].text == "Second claim")
        #expect(pages[0].reading.problem?.hasPrefix("In the file 'broken.pdf': ") == true)
        #expect(pages[1].reading.problem?.contains("locked with a password") == true)
    }

    @Test func everyBeginningOfABundleIsIncomplete() {
        let files = [("a.txt", Data("a".utf8))]
        for (bytes, kind) in [(SmallZIP.make(files), FileKind.zip), (Self.mail(files), .eml)] {
            #expect(FileKind.isComplete(bytes, kind: kind))
            // A mail of which not even the headers are there has no end to look for.
            let first = kind == .eml ? 200 : 1
            let end = kind == .eml ? bytes.count - 2 : bytes.count
            #expect(!(first..<end).contains { FileKind.isComplete(bytes.prefix($0), kind: kind) })
        }
    }

    @Test func whatCannotBeOpenedSaysWhy() async throws {
        let nothing = SmallZIP.make([("notes.txt", Data("not a document".utf8))])
        let office = SmallZIP.make([
            ("[Content_Types].xml", Data()), ("word/media/image1.png", try fixture("tiny.png")),
        ])
        var deep = SmallZIP.make([("two.pdf", Self.letter("Second claim"))])
        for _ in 0..<6 { deep = SmallZIP.make([("deep.zip", deep)]) }
        for (bytes, words) in [(nothing, "Nothing in the file"), (office, "office document")] {
            let error = await #expect(throws: ReadingError.self) { try await read(bytes) }
            #expect(error?.code == .unknownKind && error?.description.contains(words) == true)
        }
        let pages = try await read(deep).pages
        #expect(pages.count == 1 && pages[0].reading.problem?.contains("deep") == true)
    }

    @Test func aBundleUnpacksToNoMoreThanOneFileMayHave() async throws {
        let limits = ReaderLimits(fileBytesMax: 100_000)
        let small = ReaderPool(executable: try mailroomExecutable(), processCount: 1, limits: limits)
        let collector = PageCollector()
        let bomb = SmallZIP.make(
            [("one.pdf", Self.letter("First claim"))],
            deflated: ("bomb.pdf", Deflate.raw(repeating: [0x20], count: 4_000_000), 4_000_000))
        _ = try await small.read(bomb) { await collector.add($0) }
        let pages = await collector.pages
        #expect(pages.count == 3 && pages[0].text == "First claim")
        #expect(pages[2].reading.problem?.contains("unpacks to more") == true)
    }

    private static func mail(_ files: [(name: String, bytes: Data)]) -> Data {
        var text = """
            Received: from mail.example by mail.example; Sat, 21 Nov 2026 08:00:00 +0000\r
            From: payer@example.com\r
            Subject: Two claims\r
            MIME-Version: 1.0\r
            Content-Type: multipart/mixed;\r
             boundary="=_edge"\r
            \r
            --=_edge\r
            Content-Type: text/plain\r
            \r
            Please find the claims attached.\r

            """
        for file in files {
            text += """
                --=_edge\r
                Content-Type: application/octet-stream; name="\(file.name)"\r
                Content-Transfer-Encoding: base64\r
                Content-Disposition: attachment; filename="\(file.name)"\r
                \r
                \(file.bytes.base64EncodedString(options: [.lineLength76Characters]))\r

                """
        }
        return Data((text + "--=_edge--\r\n").utf8)
    }
}
