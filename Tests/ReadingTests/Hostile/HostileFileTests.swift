import Documents
import Foundation
import Reading
import TestSupport
import Testing

/// Every file made to break a reader comes to a verdict with a sentence, and the pool reads on.
@Suite struct HostileFileTests {
    private static let limits = ReaderLimits(
        fileBytesMax: 16 << 20, pageCountMax: 2000, pixelsMax: 40_000_000, pageSecondsMax: 60, cpuSecondsMax: 6)

    static let all =
        HostileFile.strangers + HostileFile.images + HostileFile.pdfStructures + HostileFile.pdfContents
        + HostileFile.pdfImages + HostileFile.bundles

    /// The file that comes nearest to the limit of processor time and is read all the same.
    private static let heaviest = "PDF: a content that nests a million states"

    @Test func thereAreManyAndEachHasAName() {
        #expect(Self.all.contains { $0.name == Self.heaviest })
        #expect(Self.all.count >= 60)
        #expect(Set(Self.all.map(\.name)).count == Self.all.count)
    }

    @Test func eachComesToItsVerdictAndTheNextLetterIsRead() async throws {
        let pool = ReaderPool(executable: try mailroomExecutable(), processCount: 2, limits: Self.limits)
        // Alone: beside another it waits for memory, and the processor counts that.
        for file in Self.all where file.name == Self.heaviest { await check(file, in: pool) }
        await withTaskGroup(of: Void.self) { group in
            for (index, file) in Self.all.filter({ $0.name != Self.heaviest }).enumerated() {
                if index >= 2 { await group.next() }
                group.addTask { await check(file, in: pool) }
            }
        }
        #expect(try await pool.pages(of: "letter.pdf").allSatisfy { $0.reading.problem == nil })
        await pool.close()
    }

    private func check(_ file: HostileFile, in pool: ReaderPool) async {
        let (verdict, sentence) = await verdict(on: file.bytes(), in: pool)
        switch file.verdict {
        case .refused(let code, let words):
            #expect(verdict == .refused(code, ""), "\(file.name): \(sentence)")
            #expect(sentence.contains(words), "\(file.name): \(sentence)")
        case .lost(let words):
            #expect(verdict == .lost(""), "\(file.name): \(sentence)")
            #expect(words.isEmpty || sentence.contains(words), "\(file.name): \(sentence)")
        case .read:
            #expect(verdict == .read, "\(file.name): \(sentence)")
        }
        #expect(verdict == .read || sentence.hasSuffix("."), "\(file.name): \(sentence)")
    }

    /// What became of a file, the words of the verdict left empty, and the sentence about it.
    private func verdict(on bytes: Data, in pool: ReaderPool) async -> (HostileFile.Verdict, String) {
        let collector = PageCollector()
        do {
            _ = try await pool.read(bytes, pages: 0..<1) { await collector.add($0) }
            guard let problem = await collector.pages.first?.reading.problem else { return (.read, "") }
            return (.lost(""), problem)
        } catch let error as ReadingError {
            return (.refused(error.code, ""), error.description)
        } catch {
            return (.lost(""), "\(error)")
        }
    }
}
