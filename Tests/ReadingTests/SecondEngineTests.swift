import Documents
import Foundation
import Reading
import TestSupport
import Testing

/// Whether `make set-up` fetched the second engine; without it the tests that need it are skipped.
private let isInstalled = EngineFolder(url: packageFolder.appending(path: ".engine")).missingFiles.isEmpty

@Suite struct SecondEngineTests {
    @Test(.enabled(if: isInstalled), arguments: ["letter-g4.tif", "letter.png", "fax.tif"])
    func theSecondEngineReadsAPageAlone(name: String) async throws {
        let pool = ReaderPool(
            executable: try mailroomExecutable(), processCount: 1, limits: ReaderLimits(engines: .second))
        let page = try #require(await pool.pages(of: name).first)
        #expect(page.reading.page.source == .ocr)
        #expect(page.text.contains("Northwind Health Plan"))
        #expect(page.text.contains("NWH204417"))
        #expect(page.text.contains("To finish our review we need the office notes for this visit."))
        #expect(page.reading.words.allSatisfy { $0.confidence > 0.3 })
    }

    @Test(.enabled(if: isInstalled)) func bothEnginesPutAWordInTheSamePlace() async throws {
        let executable = try mailroomExecutable()
        var boxes: [Box] = []
        for engines in [OCREngines.tesseract, .second] {
            let pool = ReaderPool(executable: executable, processCount: 1, limits: ReaderLimits(engines: engines))
            let page = try #require(await pool.pages(of: "letter-g4.tif").first)
            boxes.append(try #require(page.reading.words.first { $0.text == "NWH204417" }).box)
        }
        let shared = boxes[0].overlapArea(boxes[1])
        #expect(shared > 0.7 * boxes[0].width * boxes[0].height)
        #expect(shared > 0.7 * boxes[1].width * boxes[1].height)
    }

    @Test(.enabled(if: isInstalled)) func anInitialStandsApartFromTheNameThatBothEnginesReadItWith() async throws {
        let pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1, limits: ReaderLimits())
        let words = try #require(await pool.pages(of: "glued-initial.png").first).reading.words.map(\.text)
        let name = try #require(words.firstIndex(of: "SUSAN"))
        #expect(words[name...].prefix(3) == ["SUSAN", "A", "MATHIS"])
        #expect(words.contains("PATTERSON,"))
    }

    @Test(.enabled(if: isInstalled)) func bothTogetherReadMoreOfAPoorScanThanTesseract() async throws {
        let drawn = try await drawnScans(wear: "poor", count: 4)
        let both = try await shareRead(of: drawn, engines: "both")
        let alone = try await shareRead(of: drawn, engines: "tesseract")
        #expect(both > alone)
        #expect(both > 0.9)
    }

    @Test(.enabled(if: isInstalled)) func anotherReadingOfTheInkIsKept() async throws {
        let drawn = try await drawnScans(wear: "poor", count: 4)
        let pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1)
        let collector = PageCollector()
        for name in try FileManager.default.contentsOfDirectory(atPath: drawn.path) where name.hasSuffix(".tif") {
            _ = try await pool.read(try Data(contentsOf: drawn.appending(path: name))) { await collector.add($0) }
        }
        let words = await collector.pages.flatMap(\.reading.words)
        let doubted = words.filter { $0.alternatives != nil }
        #expect(!doubted.isEmpty && doubted.count < words.count / 2)
        for word in doubted {
            #expect(word.alternatives?.allSatisfy { $0.text != word.text && !$0.text.isEmpty } == true)
        }
    }

    @Test func withoutTheFolderTesseractReadsAlone() async throws {
        let drawn = try await drawnScans(wear: "office", count: 1)
        let without = ["MAILROOM_ENGINE": "/nowhere"]
        let share = try await shareRead(of: drawn, engines: "both", environment: without)
        #expect(share == (try await shareRead(of: drawn, engines: "tesseract")))
        #expect(share > 0.5)
    }

    @Test func aFolderThatCannotBeLoadedIsAsNone() async throws {
        let broken = try TemporaryFolder().url
        for name in EngineFolder(url: broken).missingFiles {
            try Data("torn".utf8).write(to: broken.appending(path: name))
        }
        #expect(EngineFolder(url: broken).missingFiles.isEmpty)
        let drawn = try await drawnScans(wear: "office", count: 1)
        let share = try await shareRead(of: drawn, engines: "both", environment: ["MAILROOM_ENGINE": broken.path])
        #expect(share == (try await shareRead(of: drawn, engines: "tesseract")))
    }

    @Test func theFolderIsFoundByItsNameOrBesideTheInstallation() throws {
        let home = try TemporaryFolder().url
        #expect(EngineFolder.locate(environment: ["MAILROOM_ENGINE": "/nowhere"]) == nil)
        #expect(EngineFolder.locate(environment: ["MAILROOM_ENGINE": home.path])?.url.path == home.path)
        let engine = home.appending(path: ".engine")
        try FileManager.default.createDirectory(at: engine, withIntermediateDirectories: true)
        let found = try #require(EngineFolder.locate(environment: ["MAILROOM_HOME": home.path]))
        #expect(found.url.path == engine.path)
        #expect(found.missingFiles.count == 7)
    }

    /// Scans drawn with their truth.
    private func drawnScans(wear: String, count: Int) async throws -> URL {
        let folder = try TemporaryFolder().url
        let run = try await runMailroom([
            "corpus", "generate", "--seed", "31", "--count", "\(count)", "--wear", wear, "--scanned", "--out",
            folder.path,
        ])
        #expect(run.status == 0)
        return folder
    }

    /// The share of printed values that `mailroom corpus words` finds.
    private func shareRead(of folder: URL, engines: String, environment: [String: String] = [:]) async throws -> Double
    {
        let run = try await runMailroom(
            ["corpus", "words", folder.path, "--engines", engines, "--readers", "1"], environment: environment)
        let figure = try #require(run.standardOutput.firstMatch(of: /values (\d\.\d+) of/)).1
        return try #require(Double(figure))
    }
}
