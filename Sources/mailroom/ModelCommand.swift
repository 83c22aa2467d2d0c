import ArgumentParser
import Documents
import Foundation
import Learning
import Reading
import Settings
import Understanding

/// `mailroom model`: which model is in service, and which may take its place.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Compares a newly trained model with the one in service, and puts it there.",
        subcommands: [Compare.self, Promote.self, Restore.self])

    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Judges the candidate and the model in service on the same files, really read.",
            discussion: """
                FOLDERs hold files with their truth beside them, NAME.pdf and NAME.json, that the candidate did not learn
                from. Without any, files are drawn of layouts that training never sees, --count of each wear.

                A figure is better or worse when more files speak for it than chance would have (sign test, 5 %), a
                calibration error when it moves by more than 0.01. The candidate is better when one figure is and none is
                worse; what was found is kept beside it, for `mailroom model promote`. Status 1 when it is not better.
                """)

        @Argument(help: "Folders of files and their truth.", completion: .directory)
        var folders: [String] = []

        @Option(help: "How many files of each wear are drawn where no folder is named.")
        var count = 40

        @Option(help: "The seed of the files drawn.")
        var seed: UInt64 = 20_261_122

        func validate() throws {
            guard count > 0 else { throw ValidationError("--count must be at least 1.") }
        }

        func run() async throws {
            let installation = try Installation.locate()
            let catalog = try DocumentTypeCatalog(folder: installation.config.appending(path: "document-types"))
            let shelf = ModelShelf(folder: installation.models)
            let models = try shelf.both()
            var trial = ModelTrial(catalog: catalog, inService: models.inService, candidate: models.candidate)
            let readerCount = ProcessInfo.processInfo.activeProcessorCount
            let pool = ReaderPool(
                executable: try Executable.current(), processCount: readerCount, limits: ReaderLimits())
            let failures: [String]
            if folders.isEmpty {
                failures = try await addDrawn(to: &trial, installation, catalog, pool, readerCount)
            } else {
                failures = try await addFolders(to: &trial, catalog, pool, readerCount)
            }
            await pool.close()
            failures.forEach(Console.say)
            let comparison = trial.comparison
            guard comparison.fileCount > 0 else {
                throw ValidationError("The folders hold no file with its truth beside it as NAME.json.")
            }
            try shelf.keep(comparison)
            print(comparison)
            if !comparison.isBetter { throw ExitCode.failure }
        }

        private func addFolders(
            to trial: inout ModelTrial, _ catalog: DocumentTypeCatalog, _ pool: ReaderPool, _ readers: Int
        ) async throws -> [String] {
            var failures: [String] = []
            for folder in folders {
                failures += try await trial.add(folder: URL(filePath: folder), catalog: catalog, readers: readers) {
                    try await pool.readings(of: Data(contentsOf: $0)).pages
                }
            }
            return failures
        }

        private func addDrawn(
            to trial: inout ModelTrial, _ installation: Installation, _ catalog: DocumentTypeCatalog,
            _ pool: ReaderPool, _ readers: Int
        ) async throws -> [String] {
            let generator = try CorpusGenerator(
                seed: seed, wordLists: installation.corpus.appending(path: "words"), outlines: nil)
            let cache = ReadingCache(folder: installation.home.appending(path: "var/readings"), reader: readerVersion)
            let scratch = FileManager.default.temporaryDirectory.appending(path: "mailroom-compare-\(UUID())")
            defer { try? FileManager.default.removeItem(at: scratch) }
            var failures: [String] = []
            for wear in WearLevel.allCases {
                Console.say("Drawing and reading \(count) files of wear \(wear.rawValue)")
                let folder = scratch.appending(path: wear.rawValue)
                try generator.generate(count: count, into: folder, split: .evaluation, wear: wear)
                failures += try await trial.add(folder: folder, catalog: catalog, readers: readers) { file in
                    try await cache.pages(of: Data(contentsOf: file)) { try await pool.readings(of: $0).pages }
                }
            }
            return failures
        }
    }

    struct Promote: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts the candidate into service, if it was found better; keeps the model that was there.",
            discussion: """
                A service that runs takes it up when it starts again. What reviews promised of thresholds was of the model
                before: it starts from none.
                """)

        @Flag(help: "Whatever the comparison says; --reason is kept.")
        var force = false

        @Option(help: "Why it goes into service all the same.")
        var reason: String?

        func validate() throws {
            guard force == (reason?.isEmpty == false) else {
                throw ValidationError("--force and --reason TEXT go together.")
            }
        }

        func run() throws {
            let change = try ModelShelf(folder: Installation.locate().models).promote(
                because: reason, by: NSUserName(), at: Date())
            print("In service is \(change.inService); \(change.former) is kept for `mailroom model restore`.")
        }
    }

    struct Restore: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts the former model back into service; once more undoes that.")

        @Option(help: "Why, for the record.")
        var reason: String

        func run() throws {
            let change = try ModelShelf(folder: Installation.locate().models).restore(
                because: reason, by: NSUserName(), at: Date())
            print("In service is \(change.inService) again; \(change.former) is kept for `mailroom model restore`.")
        }
    }
}
