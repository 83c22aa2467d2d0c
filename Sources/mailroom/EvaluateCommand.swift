import ArgumentParser
import Documents
import Foundation
import Learning
import Reading
import Settings
import Understanding

/// `mailroom evaluate`: how well files with known truth are read.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Reads files whose truth is known and says how much is right.",
        discussion: """
            FOLDER holds files, each with its truth beside it: NAME.pdf and NAME.json, a document result. Every file is
            really read; figures are of values that are exactly right in their normal form.

            With --confirmed 1,3,5 FOLDER holds a folder for each layout: so many of its files are confirmed, and those
            after the last of these are judged each time.
            """)

    @Argument(help: "The folder of files and their truth.", completion: .directory)
    var folder: String

    @Flag(help: "Also prints a figure for each field, the worst first.")
    var fields = false

    @Option(
        help: "A YAML file of the least that the figures must be; exit status 1 when one is missed.",
        completion: .file())
    var floors: String?

    @Option(help: "What reads: both engines, tesseract or second alone.")
    var engines = OCREngines.both

    @Option(help: "Leaves out a part of understanding, to see what it brings; may be given again.")
    var without: [UnderstandingPart] = []

    @Option(
        help: "A file of accounts to match documents to, as 'mailroom corpus accounts' draws it.",
        completion: .file(extensions: ["csv"]))
    var accounts: String?

    @Option(
        help: ArgumentHelp(
            "How many files of each layout are confirmed before the others are judged.", valueName: "n,n"),
        transform: counts)
    var confirmed: [Int]?

    @Option(
        help: """
            Writes every value that is not as in the truth to this file, tab-separated, with where its ink is and whether \
            it stands among the words read.
            """, completion: .file(extensions: ["tsv"]))
    var misses: String?

    @Option(
        help: "Keeps what is read in this folder, and reads no file again that was read before.",
        completion: .directory)
    var readings: String?

    private static func counts(_ text: String) throws -> [Int] {
        try text.split(separator: ",").map { part in
            guard let count = Int(part), count > 0 else {
                throw ValidationError("--confirmed takes numbers from 1 on, as 1,3,5; \(part) is none.")
            }
            return count
        }
    }

    func validate() throws {
        guard confirmed == nil || !fields && floors == nil && accounts == nil else {
            throw ValidationError("--confirmed prints figures of its own: leave --fields, --floors and --accounts out.")
        }
    }

    func run() async throws {
        let floors = try self.floors.map { try SettingsFile<EvaluationFloors>(path: $0).content }
        // What cannot be written is told of before hours of reading.
        try write([])
        if let readings { try ReadingCache.prepare(URL(filePath: readings)) }
        let understander = try understander()
        let books = try books()
        let readerCount = ProcessInfo.processInfo.activeProcessorCount
        let pool = ReaderPool(
            executable: try Executable.current(), processCount: readerCount, limits: ReaderLimits(engines: engines))
        if let confirmed {
            var trial = LayoutTrial(understander: understander, confirmations: confirmed)
            try await trial.run(folder: URL(filePath: folder), readers: readerCount) { [self] in
                try await pages(of: $0, pool)
            }
            await pool.close()
            return try report(trial)
        }
        var evaluator = Evaluator(understander: understander, books: books, plantsImbalances: true)
        try await evaluator.evaluate(folder: URL(filePath: folder), readers: readerCount) { [self] in
            try await pages(of: $0, pool)
        }
        await pool.close()
        try report(evaluator.report, floors: floors)
    }

    private func pages(of file: URL, _ pool: ReaderPool) async throws -> [PageReading] {
        let bytes = try Data(contentsOf: file)
        guard let readings else { return try await pool.readings(of: bytes).pages }
        // Other engines read other words.
        let cache = ReadingCache(folder: URL(filePath: readings), reader: "\(readerVersion) \(engines.rawValue)")
        return try await cache.pages(of: bytes) { try await pool.readings(of: $0).pages }
    }

    /// Writes what is not as in the truth, after `confirmed` confirmed documents each.
    private func write(_ reports: [(confirmed: Int, report: EvaluationReport)]) throws {
        guard let misses else { return }
        let rows = reports.flatMap { confirmed, report in report.misses.map { ["\(confirmed)"] + $0.row } }
        let lines = ([["confirmed"] + Miss.heads] + rows).map { cells in
            cells.map { $0.map { $0.isWhitespace ? " " : String($0) }.joined() }.joined(separator: "\t") + "\n"
        }
        do {
            try Data(lines.joined().utf8).write(to: URL(filePath: misses), options: .atomic)
            // Values of real paper are nobody else's business.
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: misses)
        } catch {
            throw ValidationError("\(misses) cannot be written. Name a file in a folder that you may write to.")
        }
    }

    private func understander() throws -> Understander {
        let installation = try Installation.locate()
        let catalog = try DocumentTypeCatalog(folder: installation.config.appending(path: "document-types"))
        var understander = Understander(
            catalog: catalog, model: try UnderstandingModel.load(from: installation.models))
        understander.skipped = Set(without)
        return understander
    }

    private func books() throws -> AccountBook? {
        guard let accounts else { return nil }
        let file = try AccountFile(csv: AccountFile.bytes(at: accounts))
        file.sayWhatIsLeftOut(of: accounts)
        return AccountBook(file.accounts)
    }

    private func report(_ trial: LayoutTrial) throws {
        guard trial.reports.contains(where: { $0.report.fileCount > 0 }) else {
            throw ValidationError("\(folder) holds no folder of files with their truth beside them as NAME.json.")
        }
        print(trial)
        try write(trial.reports)
        trial.failures.forEach(Console.say)
        if !trial.failures.isEmpty { throw ExitCode.someFilesFailed }
    }

    private func report(_ report: EvaluationReport, floors: EvaluationFloors?) throws {
        guard report.fileCount + report.failures.count > 0 else {
            throw ValidationError("\(folder) holds no file with its truth beside it as NAME.json.")
        }
        print(report)
        try write([(0, report)])
        if fields { print(report.fieldTable) }
        if !report.failures.isEmpty { throw ExitCode.someFilesFailed }
        let missed = floors?.failures(of: report) ?? []
        for sentence in missed { Console.say(sentence) }
        if !missed.isEmpty { throw ExitCode.failure }
    }
}

extension UnderstandingPart: ExpressibleByArgument {}
