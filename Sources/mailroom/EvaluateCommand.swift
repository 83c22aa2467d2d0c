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
            """)

    @Argument(help: "The folder of files and their truth.", completion: .directory)
    var folder: String

    @Flag(help: "Also prints a figure for each field, the worst first.")
    var fields = false

    @Option(
        help: "A YAML file of the least that the figures must be; exit status 1 when one is missed.",
        completion: .file())
    var floors: String?

    func run() async throws {
        let floors = try self.floors.map { try SettingsFile<EvaluationFloors>(path: $0).content }
        let installation = try Installation.locate()
        let catalog = try DocumentTypeCatalog(folder: installation.config.appending(path: "document-types"))
        let model = try UnderstandingModel.load(from: installation.models)
        let readerCount = ProcessInfo.processInfo.activeProcessorCount
        let pool = ReaderPool(
            executable: try Executable.current(), processCount: readerCount, limits: ReaderLimits())
        var evaluator = Evaluator(understander: Understander(catalog: catalog, model: model))
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
