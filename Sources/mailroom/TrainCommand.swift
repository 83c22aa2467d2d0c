import ArgumentParser
import Foundation
import Learning
import Reading
import Settings
import Understanding

/// `mailroom train`: the models of understanding, rebuilt from drawn documents and from examples.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Rebuilds the models from documents that the corpus generator draws, and from examples of your own.",
        discussion: """
            Most documents are taken as drawn; as many as --read says are worn, written to files and really read, and as
            many again, of other layouts, fit the confidence. The same seed and counts give the same model. Layouts that
            train are never those that confidence is fitted on, nor those that `mailroom evaluate` judges by.

            With --examples FOLDER it also learns from your own paper: files with their truth beside them, NAME.pdf and
            NAME.json, of the types in Config/document-types. Three files of four are learned from, one fits the confidence.
            Config/document-types/README.md says how a type is added. `mailroom examples export` gives what people confirmed.

            Where FOLDER has a model already, the new one becomes a candidate in FOLDER/candidate: `mailroom model compare`
            says whether it is better, `mailroom model promote` puts it into service. A model that learned from patients' paper holds traces
            of it: keep it as you keep the paper.
            """)

    @Option(help: "The seed of every choice that is made.")
    var seed: UInt64 = 20_261_121

    @Option(help: "How many documents to learn from as they are drawn.")
    var count = 15_000

    @Option(help: "How many files to really read: so many to learn from, and so many more to fit the confidence.")
    var read = 560

    @Option(
        help: ArgumentHelp(
            "A folder of files with their truth, to learn from too; may be repeated.", valueName: "folder"),
        completion: .directory)
    var examples: [String] = []

    @Flag(
        name: .customLong("confidence"),
        help:
            "Fits the confidence of fields anew, as after reading was mended, and keeps the rest of the model in service."
    )
    var isOfConfidence = false

    @Option(help: "The folder that gets the model and its card.", completion: .directory)
    var out = "Models"

    func validate() throws {
        guard count >= 60 else { throw ValidationError("--count must be at least 60: fewer documents teach nothing.") }
        guard read >= 20 else {
            throw ValidationError("--read must be at least 20: confidence cannot be fitted on fewer.")
        }
        guard !isOfConfidence || examples.isEmpty else {
            throw ValidationError("--confidence learns from no examples: leave --examples out, or train in full.")
        }
    }

    func run() async throws {
        let installation = try Installation.locate()
        var catalog = try DocumentTypeCatalog(folder: installation.config.appending(path: "document-types"))
        let readings = installation.home.appending(path: "var/readings")
        let readerCount = ProcessInfo.processInfo.activeProcessorCount
        let pool = ReaderPool(
            executable: try Executable.current(), processCount: readerCount, limits: ReaderLimits())
        // First, as a person waits for what is wrong with them.
        let given =
            try await examples.isEmpty
            ? nil
            : readExamples(
                catalog: catalog, readings: readings.appending(path: "examples"), pool: pool)
        if isOfConfidence {
            return try await fitConfidence(catalog: catalog, installation, readings: readings, pool: pool)
        }
        var material = try await drawnMaterial(installation: installation, readings: readings, pool: pool)
        await pool.close()
        let shares = ExampleShares(given?.examples ?? [])
        catalog = catalog.following(
            (given?.conventions ?? [:]).naming(sendersOf: shares.learning, catalog: catalog))
        let leftOut = material.add(shares, catalog: catalog, seed: seed)
        if !leftOut.isEmpty {
            Console.say(
                "Your examples are of a kind that the corpus has among its other papers: \(leftOut.joined(separator: ", ")) is left out there."
            )
        }
        let model = try Trainer(catalog: catalog, seed: seed) { Console.say($0) }.train(
            drawn: material.drawn, read: material.read, fragments: material.fragments,
            calibration: material.calibration, noise: material.noise
        )
        var evaluator = Evaluator(understander: Understander(catalog: catalog, model: model))
        for example in material.evaluation { try evaluator.add(pages: example.pages, truth: [example.truth]) }
        let shelf = ModelShelf(folder: URL(filePath: out))
        let card = ModelCard(
            model: model, catalog: catalog, seed: seed, count: count, readCount: read, noise: material.noise,
            given: shares, leftOut: leftOut, report: evaluator.report)
        let folder = try shelf.keep(model, card: card.text)
        print(evaluator.report)
        if folder == shelf.candidate {
            Console.say(
                "The model \(model.version) is a candidate, in \(folder.path). See whether it is better: mailroom model compare"
            )
        }
    }

    /// Fits the confidence of the model in service on really read files of families that training never saw.
    private func fitConfidence(
        catalog: DocumentTypeCatalog, _ installation: Installation, readings: URL, pool: ReaderPool
    ) async throws {
        let shelf = ModelShelf(folder: URL(filePath: out))
        let known = try UnderstandingModel.load(from: URL(filePath: out))
        Console.say("Drawing and reading \(read) files, about two seconds each when they were not read before")
        let calibration = try await drawnAndRead(.calibration, read, installation, readings: readings, pool: pool)
        await pool.close()
        let model = try Trainer(catalog: catalog, seed: seed).refitted(known, calibration: calibration.examples)
        try shelf.keepRefitted(
            model, of: known, by: "mailroom train --confidence --seed \(seed) --read \(read)")
        Console.say(
            "The model \(model.version) is a candidate, in \(shelf.candidate.path): \(known.version) with other confidence. See whether it is better: mailroom model compare"
        )
    }

    /// Reads the examples and says what is wrong with those that cannot be used.
    private func readExamples(catalog: DocumentTypeCatalog, readings: URL, pool: ReaderPool) async throws
        -> ExampleFolder
    {
        Console.say("Reading your examples; what is read of them is kept in \(readings.path)")
        let cache = ReadingCache(folder: readings, reader: readerVersion)
        let given = try await ExampleFolder(
            folders: examples.map { URL(filePath: $0) }, catalog: catalog,
            readers: ProcessInfo.processInfo.activeProcessorCount
        ) { bytes in
            try await cache.pages(of: bytes) { try await pool.readings(of: $0).pages }
        }
        given.problems.forEach(Console.say)
        Console.say(
            """
            \(given.examples.count) documents of \(given.fileCount - given.unusedCount) files are learned from, \
            \(given.unusedCount) files are not; \(given.foundCount) of \(given.valueCount) values were found on the pages as read
            """)
        return given
    }

    /// Draws, and really reads the part of it that is to be read; what was read before is not read again.
    private func drawnMaterial(installation: Installation, readings: URL, pool: ReaderPool) async throws
        -> TrainingMaterial
    {
        Console.say("Drawing \(count) documents to learn from")
        let drawn = try DrawnExamples(seed: seed, wordLists: installation.corpus.appending(path: "words"))
            .examples(.training, count: count)
        Console.say(
            "Drawing and reading \(2 * read + read / 3) files, about two seconds each when they were not read before")
        func examples(_ split: CorpusSplit, _ count: Int) async throws -> ReadExamples.Reading {
            try await drawnAndRead(split, count, installation, readings: readings, pool: pool)
        }
        let learning = try await examples(.training, read)
        return TrainingMaterial(
            drawn: drawn, read: learning.examples, calibration: try await examples(.calibration, read).examples,
            evaluation: try await examples(.evaluation, read / 3).examples, noise: learning.noise)
    }

    /// Draws files of a split and really reads them; what was read before is not read again.
    private func drawnAndRead(
        _ split: CorpusSplit, _ count: Int, _ installation: Installation, readings: URL, pool: ReaderPool
    ) async throws -> ReadExamples.Reading {
        let cache = ReadingCache(folder: readings, reader: readerVersion)
        let scratch = FileManager.default.temporaryDirectory.appending(path: "mailroom-train-\(UUID())")
        defer { try? FileManager.default.removeItem(at: scratch) }
        return try await ReadExamples(seed: seed, wordLists: installation.corpus.appending(path: "words")).examples(
            split, count: count, folder: scratch, readers: ProcessInfo.processInfo.activeProcessorCount
        ) { file in
            try await cache.pages(of: Data(contentsOf: file)) { try await pool.readings(of: $0).pages }
        }
    }
}
