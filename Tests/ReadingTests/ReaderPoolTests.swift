import Documents
import Foundation
import Reading
import TestSupport
import Testing

@Suite struct ReaderPoolTests {
    @Test func aFileThatCannotBeReadIsRefusedWithACode() async throws {
        let pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1)
        let letter = try fixture("letter.pdf")
        let hollow = Data("%PDF-1.4\n1 0 obj\nnull\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n".utf8)
        let cases: [(Data, ReadingError.Code)] = [
            (Data(), .empty), (Data("Dear Sir or Madam".utf8), .unknownKind), (letter.dropLast(200), .torn),
            (try fixture("locked.pdf"), .encrypted), (hollow, .damaged),
        ]
        for (bytes, code) in cases {
            let error = await #expect(throws: ReadingError.self) { try await pool.read(bytes) { _ in } }
            #expect(error?.code == code)
            #expect(error?.description.hasSuffix(".") == true)
        }
    }

    @Test func limitsOnBytesPagesAndPixelsAreKept() async throws {
        let executable = try mailroomExecutable()
        let few = ReaderPool(executable: executable, processCount: 1, limits: ReaderLimits(pageCountMax: 2))
        let tooMany = await #expect(throws: ReadingError.self) { try await few.pages(of: "letter.pdf") }
        #expect(tooMany?.code == .tooManyPages)
        let small = ReaderPool(executable: executable, processCount: 1, limits: ReaderLimits(fileBytesMax: 1000))
        let tooLarge = await #expect(throws: ReadingError.self) { try await small.pages(of: "letter.pdf") }
        #expect(tooLarge?.code == .tooLarge)
        let coarse = ReaderPool(executable: executable, processCount: 1, limits: ReaderLimits(pixelsMax: 1_000_000))
        let page = try #require(await coarse.pages(of: "letter-g4.tif").first).reading
        #expect(page.page.source == .unreadable)
        #expect(page.problem?.contains("1728 by 2200") == true || page.problem?.contains("1700 by 2200") == true)
    }

    @Test func aReaderThatIsKilledCostsOnePage() async throws {
        let reader = try NamedReader()
        let pool = ReaderPool(executable: reader.executable, processCount: 1)
        let pages = try await pagesOf("four-pages.pdf", pool, stopping: reader) {
            try await Task.sleep(for: .milliseconds(300))
            reader.signal(SIGKILL)
        }
        #expect(pages.map(\.page.number) == [1, 2, 3, 4])
        let lost = pages.filter { $0.page.source == .unreadable }
        #expect(lost.count == 1)
        #expect(lost.first?.problem?.hasSuffix(".") == true)
        #expect(pages[3].words.map(\.text) == ["This", "is", "page", "4."])
    }

    /// The signal is the one by which the kernel ends a process that asks for what its wall forbids.
    @Test func aReaderThatReachesOutCostsOnePage() async throws {
        let reader = try NamedReader()
        let pool = ReaderPool(executable: reader.executable, processCount: 1)
        let pages = try await pagesOf("four-pages.pdf", pool, stopping: reader) {
            try await Task.sleep(for: .milliseconds(300))
            reader.signal(SIGSYS)
            reader.signal(SIGCONT)
        }
        let lost = pages.filter { $0.page.source == .unreadable }
        #expect(lost.count == 1)
        #expect(lost.first?.problem?.contains("tried to reach outside its reader") == true)
        #expect(pages[3].words.map(\.text) == ["This", "is", "page", "4."])
    }

    @Test func aReaderThatHangsCostsOnePage() async throws {
        let reader = try NamedReader()
        let limits = ReaderLimits(pageSecondsMax: 12)
        let pool = ReaderPool(executable: reader.executable, processCount: 1, limits: limits)
        let pages = try await pagesOf("four-pages.pdf", pool, stopping: reader) {}
        let lost = pages.filter { $0.page.source == .unreadable }
        #expect(lost.count == 1)
        #expect(lost.first?.problem?.contains("12 seconds") == true)
        #expect(pages[3].words.map(\.text) == ["This", "is", "page", "4."])
    }

    /// Stops the reader where it is sure to be asked for one more page: when the first is delivered.
    private func pagesOf(
        _ name: String, _ pool: ReaderPool, stopping reader: NamedReader,
        then act: @escaping @Sendable () async throws -> Void
    ) async throws -> [PageReading] {
        let collector = PageCollector()
        _ = try await pool.read(fixture(name)) { page in
            await collector.add(page)
            switch page.reading.page.number {
            case 1:
                try await reader.becomesIdle()
                reader.signal(SIGSTOP)
            case 2: try await act()
            default: break
            }
        }
        return await collector.pages.map(\.reading)
    }

    @Test func aReaderThatDiesIdleCostsNothing() async throws {
        let reader = try NamedReader()
        let pool = ReaderPool(executable: reader.executable, processCount: 1)
        _ = try await pool.pages(of: "tiny.png")
        reader.signal(SIGKILL)
        #expect(try await pool.pages(of: "tiny.png").allSatisfy { $0.reading.problem == nil })
    }

    @Test(arguments: ["/bin/true", "/bin/cat", "/nowhere/mailroom"])
    func aProgramThatIsNoReaderIsTheInstallationsFault(path: String) async throws {
        let pool = ReaderPool(executable: URL(filePath: path), processCount: 1)
        let error = await #expect(throws: ReadingError.self) { try await pool.pages(of: "tiny.png") }
        #expect(error?.code == .readerFailed)
    }

    @Test func aReaderOfTextIsReplacedOnceWhenAnImageComes() async throws {
        let reader = try NamedReader()
        let pool = ReaderPool(executable: reader.executable, processCount: 1)
        _ = try await pool.pages(of: "four-pages.pdf")
        let first = reader.processes
        _ = try await pool.pages(of: "form.pdf")
        #expect(reader.processes == first)
        let image = try #require(await pool.pages(of: "letter-g4.tif").first).reading.page
        #expect(image.source == .ocr && image.sourceReason == .imageFile)
        let second = reader.processes
        #expect(second.count == 1 && second != first)
        let text = try #require(await pool.pages(of: "four-pages.pdf").first).reading.page
        #expect(text.source == .text && text.sourceReason == .textLayerAgrees)
        #expect(reader.processes == second)
        await pool.close()
    }

    @Test func readersThatStartEarlyWaitForTheFirstFile() async throws {
        let reader = try NamedReader()
        let pool = ReaderPool(executable: reader.executable, processCount: 1, startsEarly: true)
        try await reader.becomesIdle()
        let early = reader.processes
        _ = try await pool.pages(of: "four-pages.pdf")
        #expect(reader.processes == early)
        await pool.close()
    }

    @Test func filesTakeTurns() async throws {
        let pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1)
        let order = PageCollector()
        async let long: Void = {
            _ = try await pool.read(fixture("turned.tif")) { await order.add($0) }
        }()
        async let short: Void = {
            try await Task.sleep(for: .milliseconds(50))
            _ = try await pool.read(fixture("tiny.png")) { await order.add($0) }
        }()
        _ = try await (long, short)
        let heights = await order.pages.map { $0.reading.page.height }
        #expect(heights.count == 4)
        #expect(try #require(heights.firstIndex { $0 < 1000 }) < 3)
    }

    @Test func pagesComeInOrderFromSeveralReaders() async throws {
        let pool = ReaderPool(executable: try mailroomExecutable(), processCount: 2)
        #expect(try await pool.pages(of: "turned.tif").map(\.reading.page.number) == [1, 2, 3])
        #expect(try await pool.pages(of: "letter.pdf", pages: 1..<9).map(\.reading.page.number) == [2, 3])
        #expect(try await pool.pages(of: "letter.pdf", pages: 7..<9).isEmpty)
    }

    @Test func whatTheCallerThrowsEndsItsReadingOnly() async throws {
        let pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1)
        await #expect(throws: CocoaError.self) {
            _ = try await pool.read(fixture("turned.tif")) { _ in throw CocoaError(.fileWriteOutOfSpace) }
        }
        #expect(try await pool.pages(of: "letter.pdf").count == 3)
    }

    @Test func aCancelledReadingEndsAtOnce() async throws {
        let pool = ReaderPool(executable: try mailroomExecutable(), processCount: 1)
        let reading = Task { try await pool.pages(of: "turned.tif") }
        try await Task.sleep(for: .milliseconds(50))
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
        #expect(try await pool.pages(of: "tiny.png").count == 1)
    }

    @Test func aClosedPoolLeavesNoProcessAndTakesNoFile() async throws {
        let reader = try NamedReader()
        let pool = ReaderPool(executable: reader.executable, processCount: 2)
        _ = try await pool.pages(of: "turned.tif")
        #expect(!reader.processes.isEmpty)
        await pool.close()
        #expect(reader.processes.isEmpty)
        let error = await #expect(throws: ReadingError.self) { try await pool.pages(of: "tiny.png") }
        #expect(error?.code == .readerFailed)
    }

    @Test func aReaderSeesNoSecretsAndNoFilesOfTheService() async throws {
        let reader = try NamedReader()
        let pool = ReaderPool(executable: reader.executable, processCount: 1)
        _ = try await pool.pages(of: "tiny.png")
        let process = try #require(reader.processes.first)
        let environment = try String(contentsOfFile: "/proc/\(process)/environ", encoding: .utf8)
        #expect(!environment.contains("HOME=") && !environment.contains("PWD="))
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
        #expect(Set(open) == ["0", "1", "2"])
        await pool.close()
    }
}
