import ArgumentParser
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
        let understander = try understander()
        let books = try books()
        let readerCount = ProcessInfo.processInfo.activeProcessorCount
        let pool = ReaderPool(
            executable: try Executable.current(), processCount: readerCount, limits: ReaderLimits(engines: engines))
        if let confirmed {
            var trial = LayoutTrial(understander: understander, confirmations: confirmed)
            try await trial.run(folder: URL(filePath: folder), readers: readerCount) {
                try await pool.readings(of: Data(contentsOf: $0)).pages
            }
            await pool.close()
            return try report(trial)
        }
        var evaluator = Evaluator(understander: understander, books: books, plantsImbalances: true)
        try await evaluator.evaluate(folder: URL(filePath: folder), readers: readerCount) {
            try await pool.readings(of: Data(contentsOf: $0)).pages
        }
        await pool.close()
        try report(evaluator.report, floors: floors)
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
        trial.failures.forEach(Console.say)
        if !trial.failures.isEmpty { throw ExitCode.someFilesFailed }
    }

    private func report(_ report: EvaluationReport, floors: EvaluationFloors?) throws {
        guard report.fileCount + report.failures.count > 0 else {
            throw ValidationError("\(folder) holds no file with its truth beside it as NAME.json.")
        }
        print(report)
        if fields { print(report.fieldTable) }
        if !report.failures.isEmpty { throw ExitCode.someFilesFailed }
        let missed = floors?.failures(of: report) ?? []
        for sentence in missed { Console.say(sentence) }
        if !missed.isEmpty { throw ExitCode.failure }
    }
}

extension UnderstandingPart: ExpressibleByArgument {}
