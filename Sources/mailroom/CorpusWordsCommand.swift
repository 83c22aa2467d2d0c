import ArgumentParser
import Documents
import Foundation
import Learning
import Reading

extension CorpusCommand {
    /// `mailroom corpus words`: how much of what is printed is among the words read.
    struct Words: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says how many of the values printed on labelled files are read letter for letter.",
            discussion: """
                FOLDER holds files with their truth beside them (NAME.tif and NAME.json; NAME.words.json, when it is there,
                has the words as drawn). A value counts when it stands in its page's text exactly as printed.
                """)

        @Argument(help: "The folder of files and their truth.", completion: .directory)
        var folder: String

        @Option(help: "What reads: both engines, tesseract or second alone.")
        var engines = OCREngines.both

        @Option(help: "Leaves out a step, to see what it brings; may be given again.")
        var without: [ReadingStep] = []

        @Option(help: "Takes the text of NAME.txt in this folder instead, pages parted by form feeds.")
        var texts: String?

        @Option(help: "How many reader processes.")
        var readers = ProcessInfo.processInfo.activeProcessorCount

        @Flag(help: "Also prints the values that were missed.")
        var missed = false

        func run() async throws {
            let pool = ReaderPool(
                executable: try Executable.current(), processCount: readers,
                limits: ReaderLimits(engines: engines, skipped: Set(without)))
            let start = ContinuousClock.now
            let pages = try await readings(pool)
            let seconds = ContinuousClock.now - start
            await pool.close()
            var values = PrintedValues()
            for (file, texts) in pages.sorted(by: { $0.key.path < $1.key.path }) {
                let stem = file.deletingPathExtension()
                let truth = try JSONDecoder().decode(
                    DocumentResult.self, from: Data(contentsOf: stem.appendingPathExtension("json")))
                let drawn = try? Data(contentsOf: stem.appendingPathExtension("words.json"))
                values.add(
                    file: file.lastPathComponent, truth: truth,
                    drawn: try drawn.map { try JSONDecoder().decode([PageReading].self, from: $0) }, texts: texts)
            }
            if missed { values.missed.forEach { print("missed: \($0)") } }
            print(report(values, seconds: seconds / .seconds(1)))
        }

        /// The text of each page of each labelled file.
        private func readings(_ pool: ReaderPool) async throws -> [URL: [String]] {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            let files = names.filter { ["tif", "pdf", "png", "jpg"].contains(($0 as NSString).pathExtension) }
                .map { URL(filePath: folder).appending(path: $0) }
            let texts = texts
            let pages = try await files.concurrentMap(atOnce: readers) { file in
                if let texts { return try Words.text(of: file, in: texts) }
                return try await pool.readings(of: Data(contentsOf: file)).pages.map { page in
                    page.words.map(\.text).joined(separator: " ")
                }
            }
            return Dictionary(uniqueKeysWithValues: zip(files, pages))
        }

        private static func text(of file: URL, in folder: String) throws -> [String] {
            let name = file.deletingPathExtension().lastPathComponent + ".txt"
            let text = try String(contentsOf: URL(filePath: folder).appending(path: name), encoding: .utf8)
            let pages = text.split(separator: "\u{0C}", omittingEmptySubsequences: false).map(String.init)
            return pages.count > 1 && pages.last?.allSatisfy(\.isWhitespace) == true ? pages.dropLast() : pages
        }

        private func report(_ values: PrintedValues, seconds: Double) -> String {
            let pages = Double(max(1, values.pageCount))
            var usage = rusage()
            getrusage(RUSAGE_CHILDREN.rawValue, &usage)
            let processor =
                Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000_000
            func share(_ part: Int, _ whole: Int) -> String {
                String(format: "%.4f", Double(part) / Double(max(1, whole)))
            }
            var line =
                "\(values.pageCount) pages, values \(share(values.foundCount, values.valueCount)) of \(values.valueCount)"
            line += ", words \(share(values.foundWordCount, values.wordCount)) of \(values.wordCount)"
            guard texts == nil else { return line }
            line += String(
                format: ", %.2f s and %.2f processor seconds a page, %.0f pages a minute, %ld MB at most",
                seconds / pages,
                processor / pages, 60 * pages / seconds, usage.ru_maxrss / 1024)
            return line
        }
    }
}

extension OCREngines: ExpressibleByArgument {}
extension ReadingStep: ExpressibleByArgument {}
