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
        guard confirmed == nil || !fields && floors == nil else {
            throw ValidationError("--confirmed prints figures of its own: leave --fields and --floors out.")
        }
    }

    func run() async throws {
        let floors = try self.floors.map { try SettingsFile<EvaluationFloors>(path: $0).content }
        let installation = try Installation.locate()
        let catalog = try DocumentTypeCatalog(folder: installation.config.appending(path: "document-types"))
        let model = try UnderstandingModel.load(from: installation.models)
        let readerCount = ProcessInfo.processInfo.activeProcessorCount
        let pool = ReaderPool(
            executable: try Executable.current(), processCount: readerCount, limits: ReaderLimits())
        let understander = Understander(catalog: catalog, model: model)
        if let confirmed {
            var trial = LayoutTrial(understander: understander, confirmations: confirmed)
            try await trial.run(folder: URL(filePath: folder), readers: readerCount) {
                try await pool.readings(of: Data(contentsOf: $0)).pages
            }
            await pool.close()
            guard trial.reports.contains(where: { $0.report.fileCount > 0 }) else {
                throw ValidationError("\(folder) holds no folder of files with their truth beside them as NAME.json.")
            }
            print(trial)
            trial.failures.forEach(Console.say)
            if !trial.failures.isEmpty { throw ExitCode.someFilesFailed }
            return
        }
        var evaluator = Evaluator(understander: understander)
        try await evaluator.evaluate(folder: URL(filePath: folder), readers: readerCount) {
            try await pool.readings(of: Data(contentsOf: $0)).pages
        }
        await pool.close()
        guard evaluator.report.fileCount + evaluator.report.failures.count > 0 else {
            throw ValidationError("\(folder) holds no file with its truth beside it as NAME.json.")
        }
        print(evaluator.report)
        if fields { print(evaluator.report.fieldTable) }
        if !evaluator.report.failures.isEmpty { throw ExitCode.someFilesFailed }
        let missed = floors?.failures(of: evaluator.report) ?? []
        for sentence in missed { Console.say(sentence) }
        if !missed.isEmpty { throw ExitCode.failure }
    }
}
