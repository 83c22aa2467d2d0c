import ArgumentParser
import Documents
import Foundation
import Learning
import Reading
import Settings

extension CorpusCommand {
    /// `mailroom corpus marks`: what is found on a page besides words.
    struct Marks: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draws pages of checkboxes, barcodes, signatures and the like, and says how many are found.",
            discussion: """
                Precision is the share of what the reader gives that is there as given; recall the share of what is there
                that the reader gives. The same seed draws the same pages.
                """)

        @Option(help: "The seed.")
        var seed: UInt64

        @Option(help: "How many marks of each kind at least.")
        var cases = 200

        @Option(help: "How worn the pages are: clean, office or poor.")
        var wear = WearLevel.office

        @Option(name: .customLong("kind"), help: "Only this kind; repeat for several. All when not given.")
        var kinds: [MarkKind] = []

        @Option(help: "What reads: both engines, tesseract or second alone.")
        var engines = OCREngines.tesseract

        @Option(help: "How many reader processes.")
        var readers = ProcessInfo.processInfo.activeProcessorCount

        @Option(
            help: "Keeps the pages in this folder, what is on them (in points) beside them.", completion: .directory)
        var out: String?

        @Flag(help: "Also prints what went wrong.")
        var mistakes = false

        func validate() throws {
            guard cases > 0 else { throw ValidationError("--cases must be at least 1.") }
        }

        func run() async throws {
            let words = try Installation.locate().corpus.appending(path: "words")
            let sheets = MarkSheets(seed: seed, generator: try CorpusGenerator(seed: seed, wordLists: words))
            let folder =
                out.map { URL(filePath: $0) }
                ?? FileManager.default.temporaryDirectory.appending(path: "marks-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { if out == nil { try? FileManager.default.removeItem(at: folder) } }
            let pool = ReaderPool(
                executable: try Executable.current(), processCount: readers, limits: ReaderLimits(engines: engines))
            for kind in kinds.isEmpty ? MarkKind.allCases : kinds {
                let score = try await score(kind, sheets: sheets, pool: pool, folder: folder)
                if mistakes { score.mistakes.forEach { print($0) } }
                report(score)
            }
            await pool.close()
        }

        /// Draws and reads sheets until there are enough marks of each sort.
        private func score(
            _ kind: MarkKind, sheets: MarkSheets, pool: ReaderPool, folder: URL
        ) async throws -> MarkScore {
            var score = MarkScore()
            let (wear, seed) = (wear, seed)
            var number = 0
            while score.fewestWanted < cases {
                let batch = Array(number..<number + 4 * readers)
                number += batch.count
                let read = try await batch.concurrentMap(atOnce: readers) { number in
                    let name = "\(kind)-\(wear)-\(number)"
                    let file = folder.appending(path: "\(name).tif")
                    let sheet = try sheets.sheet(kind, number: number)
                    try sheet.write(to: file, level: wear, seed: seed, number: number)
                    let pages = try await pool.readings(of: Data(contentsOf: file)).pages
                    if out == nil {
                        try FileManager.default.removeItem(at: file)
                    } else {
                        try JSONEncoder().encode(sheet.truth).write(to: folder.appending(path: "\(name).json"))
                    }
                    return (sheet, pages, name)
                }
                for (sheet, pages, name) in read {
                    for page in pages { score.add(sheet, read: page, name: name) }
                }
            }
            return score
        }

        private func report(_ score: MarkScore) {
            for (name, tally) in score.tallies.sorted(by: { $0.key < $1.key }) {
                let padded = name.padding(toLength: 18, withPad: " ", startingAt: 0)
                print(
                    "\(wear.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)) \(padded) "
                        + String(
                            format: "precision %.3f  recall %.3f  (%ld drawn, %ld found, %ld right)", tally.precision,
                            tally.recall, tally.wanted, tally.found, tally.right))
            }
            guard !score.confidences.isEmpty else { return }
            let count = Double(score.confidences.count)
            print(
                "\(wear.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)) "
                    + String(
                        format: "states of squares: confidence %.3f in the mean, %.3f right",
                        score.confidences.reduce(0) { $0 + $1.stated } / count,
                        Double(score.confidences.count(where: \.isRight)) / count))
        }
    }
}

extension MarkKind: ExpressibleByArgument {}
