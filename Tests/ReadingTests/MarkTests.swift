import Documents
import Foundation
import Reading
import TestSupport
import Testing

/// Pages drawn by `mailroom corpus marks`, what is on them beside them in points.
@Suite struct MarkTests {
    let pool: ReaderPool

    init() throws { pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1) }

    @Test func everySquareIsFoundWithWhatWasDoneToIt() async throws {
        let (truth, read) = try await page("marks-checkboxes")
        #expect(read.checkboxes.count == truth.checkboxes.count)
        for square in truth.checkboxes {
            let found = read.checkboxes.first { $0.box.overlapArea(square.box) > 0 }
            #expect(found?.state == square.state, "\(square)")
            #expect(found?.checked == square.checked)
        }
        #expect(Set(truth.checkboxes.map(\.state)) == Set(Checkbox.State.allCases))
    }

    @Test(arguments: ["marks-patch", "marks-barcodes"])
    func codesAreRead(name: String) async throws {
        let (truth, read) = try await page(name)
        #expect(read.page.barcodes.count == truth.page.barcodes.count)
        for code in truth.page.barcodes {
            #expect(
                read.page.barcodes.contains {
                    $0.format == code.format && $0.value == code.value && $0.box.overlapArea(code.box) > 0
                }, "\(code)")
        }
    }

    @Test(arguments: ["marks-signatures", "marks-signature-boxes"])
    func signaturesAreSeenAndPrintedNamesAreNone(name: String) async throws {
        let (truth, read) = try await page(name)
        #expect(read.page.signatures.count == truth.page.signatures.count)
        for signature in truth.page.signatures {
            #expect(read.page.signatures.contains { $0.box.overlapArea(signature.box) > 0 }, "\(signature)")
        }
    }

    @Test func theFrameOfAnEmptyBoxThatLeansIsNoSignature() async throws {
        let page = try #require(await pool.pages(of: "leaning-frame.png").first).reading
        #expect(page.words.contains { $0.text == "Signature" })
        #expect(page.page.signatures.isEmpty)
    }

    @Test(arguments: [
        "marks-nothing", "marks-other-side", "marks-other-side-grey", "marks-grey-holes", "marks-signed",
        "marks-scribble", "marks-signed-over-other-side", "marks-stamped",
    ])
    func aPageIsBlankWhenNobodyPutAnythingOnIt(name: String) async throws {
        let (truth, read) = try await page(name)
        #expect(read.page.blank == truth.page.blank)
    }

    @Test(arguments: ["marks-combs", "marks-inverse"])
    func wordsInCellsAndOnDarkGroundAreRead(name: String) async throws {
        let (truth, read) = try await page(name)
        for word in truth.words {
            #expect(read.words.contains { $0.text == word.text && $0.box.overlapArea(word.box) > 0 }, "\(word)")
        }
        let lines = read.words.map(\.line)
        #expect(lines == lines.sorted())
    }

    @Test func aDarkTableHeadIsReadAndTheLinesCloseUnderItToo() async throws {
        let page = try #require(await pool.pages(of: "dark-head.jpg").first)
        let words = Set(page.reading.words.map(\.text))
        for word in ["PROC", "MODIFIERS", "BILLED", "CHARGES", "DED", "CO-INSUR", "COPAY", "CARC", "REMARK", "PAID"] {
            #expect(words.contains(word), "\(word) of the head")
        }
        for word in ["MEMBER", "O'DONNELL,", "TREATMENT", "72141", "6,362.46", "1,526.61"] {
            #expect(words.contains(word), "\(word) under the head")
        }
    }

    @Test func whatWasWrittenByHandIsToldFromPrint() async throws {
        let (truth, read) = try await page("marks-handwriting")
        let written = read.words.filter { $0.handwritten == true }
        let isWritten = { (word: Word) in
            truth.words.contains { $0.handwritten == true && $0.box.overlapArea(word.box) > 0 }
        }
        #expect(written.count(where: isWritten) * 20 >= written.count * 19)
        #expect(written.count * 10 >= read.words.count(where: isWritten) * 6)
        let letter = try #require(await pool.pages(of: "letter-g4.tif").first)
        #expect(letter.reading.words.allSatisfy { $0.handwritten == nil })
    }

    /// What was drawn, in pixels of the page as it was read, and what was read.
    private func page(_ name: String) async throws -> (truth: PageReading, read: PageReading) {
        var truth = try JSONDecoder().decode(PageReading.self, from: fixture("\(name).json"))
        let read = try #require(await pool.pages(of: "\(name).tif").first).reading
        let scale = read.page.width / truth.page.width
        for index in truth.words.indices { truth.words[index].box.scale(by: scale) }
        for index in truth.checkboxes.indices { truth.checkboxes[index].box.scale(by: scale) }
        for index in truth.page.barcodes.indices { truth.page.barcodes[index].box.scale(by: scale) }
        for index in truth.page.signatures.indices { truth.page.signatures[index].box.scale(by: scale) }
        return (truth, read)
    }
}

extension Box {
    fileprivate mutating func scale(by factor: Double) {
        self = Box(left: left * factor, top: top * factor, right: right * factor, bottom: bottom * factor)
    }
}
