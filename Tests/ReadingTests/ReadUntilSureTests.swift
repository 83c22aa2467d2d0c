import Documents
import Foundation
import Reading
import Synchronization
import TestSupport
import Testing

@Suite struct ReadUntilSureTests {
    private let pool: ReaderPool

    init() throws { pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1) }

    private static let letter = [
        "The provider may file a claim for the service.", "Please name the member and the plan on this page.",
        "The total amount billed is not the amount paid.", "You have no balance due to this provider.",
    ]

    /// What somebody was shown who is sure when `sureAfter` looks were had, and what came of it.
    private func looks(
        at bytes: Data, sureAfter: Int, pageCountMax: Int = 5
    ) async throws -> (shown: [[PageReading]], finding: Finding<Int>) {
        var shown: [[PageReading]] = []
        let finding = try await pool.readUntilSure(bytes, pageCountMax: pageCountMax) { pages in
            shown.append(pages)
            return (shown.count, shown.count >= sureAfter)
        }
        return (shown, finding)
    }

    private func text(_ pages: [PageReading]) -> String {
        pages.map { ReadPage(reading: $0).text }.joined(separator: "\n")
    }

    @Test func aTextLayerIsTakenAsItIs() async throws {
        let (shown, finding) = try await looks(at: SmallPDF.make(pages: [Self.letter, Self.letter]), sureAfter: 1)
        #expect(finding.basis == .textLayer && finding.pageCount == 1 && finding.answer == 1)
        let page = try #require(shown.first?.first)
        #expect(ReadPage(reading: page).lines == Self.letter)
        #expect(page.page.source == .text && page.page.number == 1)
        #expect(abs(page.page.width / page.page.height - 8.5 / 11) < 0.01)
    }

    @Test func whoIsUnsureSeesTheNextPagesAndThenEverything() async throws {
        let bytes = SmallPDF.make(pages: [Self.letter, Self.letter, Self.letter])
        let (some, partly) = try await looks(at: bytes, sureAfter: 2)
        #expect(some.map { $0.map(\.page.number) } == [[1], [1, 2]])
        #expect(partly.basis == .textLayer && partly.pageCount == 2)
        let (all, fully) = try await looks(at: bytes, sureAfter: 9, pageCountMax: 2)
        #expect(all.map { $0.map(\.page.number) } == [[1], [1, 2], [1, 2]])
        #expect(fully.basis == .wholePages && fully.pageCount == 2 && fully.answer == 3)
        #expect(all.last?.allSatisfy { $0.page.dpi == 150 } == true)
    }

    @Test func textThatIsNotShownIsNotTaken() async throws {
        func drawn(_ lines: [String], mode: Int, top: Int) -> String {
            "BT /F1 14 Tf \(mode) Tr 20 TL 72 \(top) Td\n\(lines.map { "(\($0)) Tj T*" }.joined(separator: "\n"))\nET\n"
        }
        let seen = ["We are unable to approve this request.", "The records do not show why it was needed."]
        let bytes = SmallPDF.page(
            content: drawn(Self.letter, mode: 3, top: 400) + drawn(seen, mode: 0, top: 700),
            fonts: "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
        let (shown, finding) = try await looks(at: bytes, sureAfter: 1)
        #expect(finding.basis == .wholePages)
        #expect(text(try #require(shown.first)) == seen.joined(separator: "\n"))
    }

    /// Three pages of a letter, lying on either side and upside down.
    @Test func ofATurnedScanNothingIsSeenButWhatItSays() async throws {
        let (shown, _) = try await looks(at: try fixture("turned.tif"), sureAfter: 9)
        for pages in shown {
            let first = try #require(pages.first)
            #expect(text([first]).contains("Northwind Health Plan"))
            #expect(first.page.rotation == 270 && first.page.height > first.page.width)
        }
        #expect(shown.last?.count == 3)
    }

    @Test(arguments: ["letter-g4.tif", "letter.png", "phone.jpg", "fax.tif", "leaning.tif"])
    func aScanIsReadQuicklyInTheFrameOfItsPage(name: String) async throws {
        let (shown, finding) = try await looks(at: try fixture(name), sureAfter: 1)
        #expect(finding.basis != .textLayer && finding.pageCount == 1 && shown.count == 1)
        let page = try #require(shown.first?.first)
        #expect(page.page.source == .ocr && page.checkboxes.isEmpty)
        #expect(text([page]).contains("Northwind Health Plan"))
        #expect(page.words.allSatisfy { $0.box.right <= page.page.width && $0.box.bottom <= page.page.height })
        #expect(abs(page.page.width / page.page.height - 8.5 / 11) < 0.03)
    }

    @Test(arguments: ["clean", "office"]) func ofAFullPageTheUpperPartIsReadFirst(wear: String) async throws {
        let folder = try TemporaryFolder().url
        let run = try await runMailroom([
            "corpus", "generate", "--seed", "12", "--count", "6", "--wear", wear, "--scanned", "--out", folder.path,
        ])
        #expect(run.status == 0)
        var partCount = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".tif") {
            let bytes = try Data(contentsOf: folder.appending(path: name))
            let first = try await looks(at: bytes, sureAfter: 1)
            guard first.finding.basis == .partOfPage else { continue }
            partCount += 1
            #expect(first.finding.pageCount == 1)
            let (shown, finding) = try await looks(at: bytes, sureAfter: 2)
            #expect(finding.basis == .wholePages && shown.count == 2)
            let (part, whole) = (try #require(shown[0].first), try #require(shown[1].first))
            #expect(part.words.count < whole.words.count)
            #expect((part.words.map(\.box.bottom).max() ?? 0) < 0.9 * part.page.height)
        }
        #expect(partCount >= 2)
    }

    @Test func anEmptyPageIsLookedAtFullyOnce() async throws {
        let (shown, finding) = try await looks(at: try fixture("tiny.png"), sureAfter: 1)
        #expect(shown.count == 1 && shown[0].count == 1)
        #expect(finding.basis == .wholePages && finding.pageCount == 1)
    }

    @Test func aFileThatCannotBeReadIsRefusedWithACode() async throws {
        let error = await #expect(throws: ReadingError.self) {
            try await looks(at: fixture("locked.pdf"), sureAfter: 1)
        }
        #expect(error?.code == .encrypted)
    }
}
