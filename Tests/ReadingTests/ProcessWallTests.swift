import Documents
import Foundation
import Reading
import TestSupport
import Testing

@Suite struct ProcessWallTests {
    /// What a library may ask for in good faith is refused and the reading goes on.
    @Test(arguments: ["write", "create", "remove", "rename", "truncate", "make-folder", "link"])
    func noFileIsChanged(attempt: String) async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "ledger.txt")
        try Data("kept".utf8).write(to: file)
        let run = try await probe(attempt, file.path)
        #expect(run.status == 0 && run.standardOutput.hasPrefix("refused"))
        #expect(try Data(contentsOf: file) == Data("kept".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["ledger.txt"])
    }

    @Test(.enabled(if: FileAccess.landlockVersion > 0, "This kernel has no Landlock, which closes files to reading."))
    func noFileIsReadButFonts() async throws {
        for (attempt, path) in [("read", "/etc/passwd"), ("read", "/proc/self/maps"), ("list", "/"), ("list", "/tmp")] {
            let run = try await probe(attempt, path)
            #expect(run.standardOutput == "refused: \(EACCES)\n")
        }
        let fonts = try await probe("list", "/usr/share/fonts")
        #expect(fonts.standardOutput == "done\n")
    }

    @Test(.enabled(if: FileAccess.landlockVersion > 0, "This kernel has no Landlock, which closes files to reading."))
    func aThreadThatRanBeforeTheWallStoodReadsNoMailEither() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "letter.txt")
        try Data("private".utf8).write(to: file)
        #expect(try await probe("read-in-early-thread", file.path).standardOutput == "refused: \(EACCES)\n")
    }

    /// What only an attacker would try ends the process.
    @Test(arguments: ["socket", "local-socket", "execute", "signal-parent"])
    func whoReachesOutIsEnded(attempt: String) async throws {
        let run = try await probe(attempt, "/bin/true")
        #expect(run.status == SIGSYS && run.standardOutput.isEmpty)
    }

    @Test func threadsMayBeStartedButNoPrograms() async throws {
        #expect(try await probe("start-thread").standardOutput == "done\n")
        #expect(try await probe("start-program", "/bin/true").standardOutput == "refused: \(EPERM)\n")
    }

    @Test(arguments: OCREngines.allCases)
    func everyThreadOfAReaderIsBehindTheWall(engines: OCREngines) async throws {
        let reader = try NamedReader()
        let pool = ReaderPool(
            executable: reader.executable, processCount: 1, limits: ReaderLimits(engines: engines))
        _ = try await pool.pages(of: "letter.pdf")
        let process = try #require(reader.processes.first)
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
        // The one that reads and the one that waits for the end of input; the second engine has workers of its own.
        #expect(threads.count == 2 || engines != .tesseract)
        for thread in threads {
            let status = try String(contentsOfFile: "/proc/\(process)/task/\(thread)/status", encoding: .utf8)
            #expect(status.contains("Seccomp:\t2\n") && status.contains("NoNewPrivs:\t1\n"))
        }
        await pool.close()
    }

    @Test func aPDFWithoutItsFontsIsDrawnWithThoseOfTheMachine() async throws {
        // Words without vowels are no trusted text, so what comes back was drawn and recognised.
        let words = ["CLM", "PMT", "GRP", "RX", "DX", "MBR", "PLN", "CPT", "TTL", "BLL"].map { "\($0)BRT \($0)KLM" }
        let text = words.map { "(\($0)) Tj T*" }.joined(separator: "\n")
        let bytes = SmallPDF.page(
            content: "BT /F1 24 Tf 30 TL 72 700 Td\n\(text)\nET",
            fonts: "/F1 << /Type /Font /Subtype /TrueType /BaseFont /Arial /Encoding /WinAnsiEncoding >>")
        let page = try await onlyPage(of: bytes)
        #expect(page.reading.page.source == .ocr)
        #expect(page.text.contains("CLMBRT") && page.text.contains("GRPKLM"))
    }

    @Test func aPDFInChineseWithoutItsFontsIsRead() async throws {
        let bytes = SmallPDF.page(
            content: "BT /F1 24 Tf 72 700 Td <4E2D6587> Tj ET BT /F2 12 Tf 72 600 Td (Claim number) Tj ET",
            fonts: """
                /F1 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H \
                /DescendantFonts [5 0 R] >> /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
                """,
            objects: [
                """
                << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo \
                << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 6 0 R >>
                """,
                """
                << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] \
                /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>
                """,
            ])
        let page = try await onlyPage(of: bytes)
        #expect(page.reading.words.map(\.text).contains("\u{4E2D}\u{6587}"))
        #expect(page.text.contains("Claim number"))
    }

    private func probe(_ arguments: String...) async throws -> ProgramRun {
        try await runProgram(builtProgram("wall-probe"), arguments, environment: ["SWIFT_BACKTRACE": "enable=no"])
    }

    private func onlyPage(of bytes: Data) async throws -> ReadPage {
        let pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1)
        let collector = PageCollector()
        _ = try await pool.read(bytes) { await collector.add($0) }
        return try #require(await collector.pages.first)
    }
}
