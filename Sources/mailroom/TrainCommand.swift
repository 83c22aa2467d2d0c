import ArgumentParser
import Foundation
import Learning
import Reading
import Settings
import Understanding

/// `mailroom train`: the models of understanding, rebuilt from drawn documents.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Rebuilds the models from documents that the corpus generator draws.",
        discussion: """
            Most documents are taken as drawn; as many as --read says are worn, written to files and really read, and as
            many again, of other layouts, fit the confidence. The same seed and counts give the same model. Layouts that
            train are never those that confidence is fitted on, nor those that `mailroom evaluate` judges by.
            """)

    @Option(help: "The seed of every choice that is made.")
    var seed: UInt64 = 20_261_121

    @Option(help: "How many documents to learn from as they are drawn.")
    var count = 3000

    @Option(help: "How many files to really read: so many to learn from, and so many more to fit the confidence.")
    var read = 400

    @Option(help: "The folder that gets the model and its card.", completion: .directory)
    var out = "Models"

    func validate() throws {
        guard count >= 60 else { throw ValidationError("--count must be at least 60: fewer documents teach nothing.") }
        guard read >= 20 else {
            throw ValidationError("--read must be at least 20: confidence cannot be fitted on fewer.")
        }
    }

    func run() async throws {
        let installation = try Installation.locate()
        let catalog = try DocumentTypeCatalog(folder: installation.config.appending(path: "document-types"))
        let words = installation.corpus.appending(path: "words")
        Console.say("Drawing \(count) documents to learn from")
        let drawn = try DrawnExamples(seed: seed, wordLists: words).examples(.training, count: count)
        Console.say("Drawing and reading \(2 * read + read / 3) files, about a second each")
        let readerCount = ProcessInfo.processInfo.activeProcessorCount
        let pool = ReaderPool(
            executable: try Executable.current(), processCount: readerCount, limits: ReaderLimits())
        let scratch = FileManager.default.temporaryDirectory.appending(path: "mailroom-train-\(UUID())")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = try ReadExamples(seed: seed, wordLists: words)
        func examples(_ split: CorpusSplit, _ count: Int) async throws -> [Example] {
            try await files.examples(split, count: count, folder: scratch, readers: readerCount) {
                try await pool.readings(of: Data(contentsOf: $0)).pages
            }
        }
        let training = try await examples(.training, read)
        let calibration = try await examples(.calibration, read)
        let evaluation = try await examples(.evaluation, read / 3)
        await pool.close()
        let model = try Trainer(catalog: catalog, seed: seed) { Console.say($0) }.train(
            drawn: drawn, read: training, calibration: calibration)
        var evaluator = Evaluator(understander: Understander(catalog: catalog, model: model))
        for example in evaluation { evaluator.add(pages: example.pages, truth: [example.truth]) }
        let folder = URL(filePath: out)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try model.save(to: folder)
        let card = ModelCard(
            model: model, catalog: catalog, seed: seed, count: count, readCount: read, report: evaluator.report)
        try Data(card.text.utf8).write(to: folder.appending(path: "README.md"), options: .atomic)
        print(evaluator.report)
    }
}
