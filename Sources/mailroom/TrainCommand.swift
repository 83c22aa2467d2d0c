import ArgumentParser
import Foundation
import Learning
import Settings
import Understanding

/// `mailroom train`: the models of understanding, rebuilt from drawn documents.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Rebuilds the models from documents that the corpus generator draws.",
        discussion: """
            The same seed and count give the same model. Layouts that train are never those that confidence is fitted
            on, nor those that `mailroom evaluate` judges by.
            """)

    @Option(help: "The seed of every choice that is made.")
    var seed: UInt64 = 20_261_121

    @Option(help: "How many documents to learn from; a third as many more fit the confidence.")
    var count = 3000

    @Option(help: "The folder that gets the model and its card.", completion: .directory)
    var out = "Models"

    func validate() throws {
        guard count >= 60 else { throw ValidationError("--count must be at least 60: fewer documents teach nothing.") }
    }

    func run() async throws {
        let installation = try Installation.locate()
        let catalog = try DocumentTypeCatalog(folder: installation.config.appending(path: "document-types"))
        let drawn = try DrawnExamples(seed: seed, wordLists: installation.corpus.appending(path: "words"))
        Console.say("Drawing \(count) documents to learn from")
        let training = try drawn.examples(.training, count: count)
        let calibration = try drawn.examples(.calibration, count: count / 3)
        let model = try Trainer(catalog: catalog, seed: seed) { Console.say($0) }.train(
            training, calibration: calibration)
        Console.say("Measuring on layouts that training never saw")
        var evaluator = Evaluator(understander: Understander(catalog: catalog, model: model))
        for example in try drawn.examples(.evaluation, count: max(20, count / 8)) {
            evaluator.add(pages: example.pages, truth: [example.truth])
        }
        let folder = URL(filePath: out)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try model.save(to: folder)
        let card = ModelCard(model: model, catalog: catalog, seed: seed, count: count, report: evaluator.report)
        try Data(card.text.utf8).write(to: folder.appending(path: "README.md"), options: .atomic)
        print(evaluator.report)
    }
}
