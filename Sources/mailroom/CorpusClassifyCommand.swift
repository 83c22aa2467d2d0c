import ArgumentParser
import Documents
import Foundation
import Learning
import Reading
import Settings
import Understanding

extension CorpusCommand {
    /// `mailroom corpus classify`: what it gains and costs to read no more than a classification takes.
    struct Classify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says how well and how fast labelled files are classified, beside their full reading.",
            discussion: """
                FOLDER holds files with their truth beside them (NAME.pdf and NAME.json). One reader process that has
                started takes them one by one: by as little reading as it takes, as POST /v1/classifications does, and
                fully. Files of several documents count for time only, as they have no one type.
                """)

        @Argument(help: "The folder of files and their truth.", completion: .directory)
        var folder: String

        @Option(help: "The confidence from which no more is read.")
        var sure = Classification.sureMin.probability

        @Flag(help: "Leaves the full reading out.")
        var quickOnly = false

        @Flag(help: "Also prints the wrong answers.")
        var missed = false

        /// What is measured of files of one kind.
        private struct Group {
            var quick = ClassificationTrial()
            var full = ClassificationTrial()
            var bases: [ReadingBasis: Int] = [:]
        }

        func run() async throws {
            let installation = try Installation.locate()
            let understander = Understander(
                catalog: try DocumentTypeCatalog(folder: installation.config.appending(path: "document-types")),
                model: try UnderstandingModel.load(from: installation.models))
            let pool = ReaderPool(executable: try Executable.current(), processCount: 1)
            let files = try labelledFiles()
            guard !files.isEmpty else {
                throw ValidationError("\(folder) holds no file with its truth beside it as NAME.json.")
            }
            // A scan has the reader load all that it ever will.
            if let scan = files.first(where: { !$0.isText }) { _ = try await pool.readings(of: scan.bytes()) }
            var groups = [false: Group(), true: Group()]
            for file in files {
                try await measure(file, pool, understander, &groups[file.isText, default: Group()])
            }
            await pool.close()
            for isText in [true, false] {
                if let group = groups[isText], group.quick.fileCount > 0 {
                    print(report(group, name: isText ? "text" : "scan"))
                }
            }
        }

        private struct LabelledPath {
            let url: URL
            let truth: DocumentResult

            var isText: Bool { truth.pages.first?.source == .text }

            func bytes() throws -> Data { try Data(contentsOf: url) }
        }

        private func labelledFiles() throws -> [LabelledPath] {
            try Evaluator.pairs(URL(filePath: folder)).map { file, truth in
                LabelledPath(
                    url: file, truth: try JSONDecoder().decode(DocumentResult.self, from: Data(contentsOf: truth)))
            }
        }

        private func measure(
            _ file: LabelledPath, _ pool: ReaderPool, _ understander: Understander, _ group: inout Group
        ) async throws {
            let bytes = try file.bytes()
            let quick = try await Classify.timed {
                try await pool.readUntilSure(bytes, pageCountMax: Classification.pageCountMax) {
                    understander.judge($0, sureMin: Confidence(sure))
                }
            }
            group.bases[quick.value.basis, default: 0] += 1
            add(file, quick.value.answer, pageCount: quick.value.pageCount, quick.cost, to: &group.quick)
            guard !quickOnly else { return }
            let full = try await Classify.timed {
                let pages = try await pool.readings(of: bytes, pages: 0..<Classification.pageCountMax).pages
                return (answer: understander.classify(pages), pageCount: pages.count)
            }
            add(file, full.value.answer, pageCount: full.value.pageCount, full.cost, to: &group.full)
        }

        private typealias Cost = (clock: Double, processor: Double)

        private func add(
            _ file: LabelledPath, _ found: Classification, pageCount: Int, _ cost: Cost,
            to trial: inout ClassificationTrial
        ) {
            trial.add(
                file: file.url.lastPathComponent, truth: file.truth.documents, type: found.type,
                confidence: found.confidence, pageCount: pageCount,
                clockSeconds: cost.clock, processorSeconds: cost.processor)
        }

        private static func timed<Value>(_ body: () async throws -> Value) async throws -> (value: Value, cost: Cost) {
            let (start, processor) = (ContinuousClock.now, ProcessorTime.seconds())
            let value = try await body()
            return (value, ((ContinuousClock.now - start) / .seconds(1), ProcessorTime.seconds() - processor))
        }

        private func report(_ group: Group, name: String) -> String {
            var lines = [row(group.quick, name: "\(name), as little as it takes")]
            if !quickOnly { lines.append(row(group.full, name: "\(name), full reading")) }
            let bases = ReadingBasis.allCases.map { "\(group.bases[$0, default: 0]) by \($0.rawValue)" }
            lines.append("  answered " + bases.joined(separator: ", "))
            if missed {
                lines += group.quick.mistakes.map { "  quick: \($0)" } + group.full.mistakes.map { "  full: \($0)" }
            }
            return lines.joined(separator: "\n")
        }

        private func row(_ trial: ClassificationTrial, name: String) -> String {
            func milliseconds(_ seconds: Double) -> String { String(format: "%.1f", 1000 * seconds) }
            let processor = trial.processorSeconds / Double(max(1, trial.fileCount))
            return "\(name): type right \(trial.rightCount) of \(trial.judgedCount); \(trial.fileCount) files, "
                + "\(milliseconds(trial.clockSeconds(share: 0.5))) ms at the median, "
                + "\(milliseconds(trial.clockSeconds(share: 0.9))) ms at the 90th percentile, "
                + "\(milliseconds(processor)) ms of processor on average; \(trial.pageCount) pages looked at"
        }
    }
}
