import Documents
import Foundation
import Reading
import TestSupport
import Testing

@Suite struct PageTests {
    let pool: ReaderPool

    init() throws { pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1) }

    @Test func aTextLayerIsTakenAsItIs() async throws {
        let page = try #require(await pool.pages(of: "letter.pdf").first)
        #expect(page.reading.page.source == .text)
        #expect(page.reading.page.number == 1)
        #expect(page.reading.page.dpi == 150)
        #expect(page.reading.page.width == 1275 && page.reading.page.height == 1650)
        #expect(page.lines.first == "Northwind Health Plan")
        #expect(page.text.contains("Billed amount: $1,284.50"))
        let word = try #require(page.reading.words.first)
        // The first line begins an inch from the left with its base an inch from the top.
        #expect(abs(word.box.left - 150) < 4 && word.box.bottom > 140 && word.box.bottom < 165)
        #expect(word.confidence > 0.9)
    }

    @Test func aPageTurnedByThePDFIsReadAsItIsShown() async throws {
        let page = try #require(await pool.pages(of: "letter.pdf", pages: 1..<2).first)
        #expect(page.reading.page.number == 2)
        #expect(page.reading.page.width == 1275 && page.reading.page.height == 1650)
        #expect(page.lines == ["Turned sideways in the file,", "upright when it is shown."])
        #expect(page.reading.words.allSatisfy { $0.box.right <= 1275 && $0.box.bottom <= 1650 })
    }

    @Test func anEmptyPageIsBlank() async throws {
        let page = try #require(await pool.pages(of: "letter.pdf", pages: 2..<3).first)
        #expect(page.reading.page.blank)
        #expect(page.reading.words.isEmpty && page.reading.problem == nil)
        #expect(page.reading.page.textConfidence == nil)
    }

    /// Drawn by zint, an encoder that has nothing in common with the reader, and leaning by a degree.
    @Test func barcodesAreReadWhereTheyStand() async throws {
        let page = try #require(await pool.pages(of: "barcodes.tif").first)
        let found = Dictionary(
            uniqueKeysWithValues: page.reading.page.barcodes.map { ($0.format, $0.value) })
        #expect(
            found == [
                .code39: "ACCT-0042917", .code128: "PC-8812/2026", .qrCode: "https://mail.example/e/7731",
                .pdf417: "MEMBER NLH4471902|DOB 1958-06-04", .dataMatrix: "SEPARATOR",
            ])
        let places: [Barcode.Format: (x: Double, y: Double)] = [
            .code39: (471, 745), .code128: (1656, 785), .qrCode: (325, 1375), .pdf417: (1180, 1390),
            .dataMatrix: (2042, 1392),
        ]
        for barcode in page.reading.page.barcodes {
            let place = try #require(places[barcode.format])
            #expect(abs(barcode.box.midX - place.x) < 40 && abs(barcode.box.midY - place.y) < 40, "\(barcode)")
            #expect(barcode.box.height > 30, "\(barcode)")
        }
        #expect(page.text.contains("Please return this sheet with the records that you send."))
    }

    @Test func theValuesOfAFormAreWordsAndItsTicksAreCheckboxes() async throws {
        let page = try #require(await pool.pages(of: "form.pdf").first)
        #expect(page.text.contains("Member name: Rebecca Sandbox"))
        #expect(page.text.contains("Member ID: ATH60182"))
        let ticks = page.reading.checkboxes.sorted { $0.box.left < $1.box.left }
        #expect(ticks.map(\.checked) == [false, true])
        let label = try #require(page.reading.words.first { $0.text == "Urgent" })
        let first = try #require(ticks.first)
        #expect(first.box.right < label.box.left && first.box.verticalOverlap(label.box) > 0)
    }

    @Test func printIsReadThatIsAlmostAsPaleAsItsPaper() async throws {
        let page = try #require(await pool.pages(of: "pale.jpg").first)
        #expect(!page.reading.page.blank)
        #expect(page.text.contains("Northwind Health Plan"))
        #expect(page.text.contains("NWH204417"))
    }

    @Test(arguments: [
        "letter-g4.tif", "letter-g3.tif", "letter-lzw.tif", "letter-jpeg.tif", "letter-tiles.tif", "letter-planes.tif",
        "letter-4bit.tif", "letter-24bit.tif", "letter-black.tif", "letter.png", "phone.jpg", "letter.jp2",
        "letter.webp", "letter.gif", "letter.heic", "fax.tif", "fax-fine.tif", "fax-unstated.tif",
    ])
    func aScanIsRecognised(name: String) async throws {
        let page = try #require(await pool.pages(of: name).first)
        #expect(page.reading.page.source == .ocr)
        #expect(page.reading.page.rotation == 0)
        #expect(page.text.contains("Northwind Health Plan\n"))
        #expect(page.text.contains("NWH204417"))
        #expect(page.text.contains("To finish our review we need the office notes for this visit."))
        #expect(try #require(page.reading.page.textConfidence) > 0.85)
        let lines = page.reading.words.map(\.line)
        #expect(lines == lines.sorted())
    }

    @Test(arguments: ["fax.tif", "fax-fine.tif", "fax-unstated.tif"])
    func aFaxOfUnequalResolutionIsMadeSquare(name: String) async throws {
        let page = try #require(await pool.pages(of: name).first).reading.page
        #expect(abs(page.width / page.height - 8.5 / 11) < 0.02)
        #expect(page.dpi == 300)
    }

    @Test(arguments: FileKindTests.wholeFiles)
    func everyKindOfFileGivesItsPages(name: String, kind: FileKind) async throws {
        guard name != "locked.pdf" else { return }
        let pages = try await pool.pages(of: name)
        #expect(!pages.isEmpty && pages.allSatisfy { $0.reading.problem == nil })
    }

    @Test func aTurnedScanIsBroughtUpright() async throws {
        let pages = try await pool.pages(of: "turned.tif")
        #expect(pages.map(\.reading.page.number) == [1, 2, 3])
        #expect(pages.map(\.reading.page.rotation) == [270, 180, 90])
        for page in pages {
            #expect(page.reading.page.height > page.reading.page.width)
            #expect(page.lines.first == "Northwind Health Plan")
            let first = try #require(page.reading.words.first)
            #expect(abs(first.box.left - 300) < 25 && first.box.top < 400)
        }
    }

    @Test(arguments: [("few-words-sideways.tif", 90, "Group"), ("few-words-upside-down.tif", 180, "Payment")])
    func aPageOfFewWordsIsBroughtUpright(name: String, rotation: Int, word: String) async throws {
        let reading = try #require(await pool.pages(of: name).first).reading
        #expect(reading.page.rotation == rotation)
        #expect(reading.words.map(\.text).contains(word))
    }

    @Test func aLeaningScanIsStraightened() async throws {
        let page = try #require(await pool.pages(of: "leaning.tif").first)
        #expect(abs(page.reading.page.skew + 2) < 0.3)
        let line = page.reading.words.filter { $0.box.left > 0 && $0.line == page.reading.words.last?.line }
        let bottoms = line.map(\.box.bottom)
        #expect(try #require(bottoms.max()) - #require(bottoms.min()) < 15)
    }

    @Test func squaresOnAScanAreFoundAndTheirTicksSeen() async throws {
        let page = try #require(await pool.pages(of: "ticks.tif").first)
        let ticks = page.reading.checkboxes.sorted { $0.box.top < $1.box.top }
        #expect(ticks.map(\.checked) == [false, true, true])
    }

    @Test func aLetterHasNoCheckboxes() async throws {
        for name in ["letter.pdf", "letter-g4.tif"] {
            #expect(try #require(await pool.pages(of: name).first).reading.checkboxes.isEmpty)
        }
    }

    @Test func theSamePageGivesTheSameReadingWhateverCameBefore() async throws {
        let before = try #require(await pool.pages(of: "letter-g4.tif").first).reading
        _ = try await pool.pages(of: "ticks.tif")
        _ = try await pool.pages(of: "turned.tif")
        let after = try #require(await pool.pages(of: "letter-g4.tif").first).reading
        #expect(before == after)
    }

    @Test(arguments: ["letter.pdf", "turned.tif", "letter.png"])
    func theImageShowsThePageInItsFrame(name: String) async throws {
        for page in try await pool.pages(of: name, wantImages: true) {
            let image = try #require(page.image)
            #expect(image.count < 250_000)
            #expect(FileKind.sniff(image)?.mediaType == page.imageMediaType)
            #expect(page.imageMediaType == "image/png")
            let size = [16, 20].map { offset in image[offset..<offset + 4].reduce(0) { $0 * 256 + Double($1) } }
            #expect(abs(size[0] - page.reading.page.width * page.imageScale) <= 1)
            #expect(abs(size[1] - page.reading.page.height * page.imageScale) <= 1)
        }
    }

    @Test func noImageComesUnasked() async throws {
        #expect(try await pool.pages(of: "tiny.png").allSatisfy { $0.image == nil })
    }
}
