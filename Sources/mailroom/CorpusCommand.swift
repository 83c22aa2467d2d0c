import ArgumentParser
import Foundation
import Learning
import Settings

/// `mailroom corpus`: drawn documents with their truth.
struct CorpusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corpus", abstract: "Draws labelled documents.",
        subcommands: [Generate.self, Words.self, Classify.self, Marks.self, FitMarks.self, Accounts.self])

    struct Generate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draws files with their truth beside them; the same seed gives the same bytes.",
            discussion: """
                FOLDER gets NAME.pdf or NAME.tif, NAME.json with the truth in the document result's form, and
                NAME.words.json with the words as drawn.
                """)

        @Option(help: "The seed.")
        var seed: UInt64

        @Option(help: "How many files.")
        var count: Int

        @Option(help: "The folder to write to.", completion: .directory)
        var out: String

        @Option(help: "Only layouts of one part: training, calibration or evaluation; all when not given.")
        var split: CorpusSplit?

        @Option(help: "Only files worn as much: clean, office or poor; all when not given.")
        var wear: WearLevel?

        @Option(help: "Files of several documents that follow each other in this way.")
        var stream: StreamKind?

        @Option(
            help: "A file of outlines to draw in place of the corpus's kinds, as Corpus/new-type/learn.txt is.",
            completion: .file())
        var outlines: String?

        @Option(help: "Draws so many layouts, each in a folder of its own with --count files.")
        var layouts: Int?

        @Flag(help: "Writes every file as a scan (TIFF), clean ones too.")
        var scanned = false

        func validate() throws {
            guard count > 0 else { throw ValidationError("--count must be at least 1.") }
            guard layouts == nil || stream == nil && !scanned else {
                throw ValidationError("--layouts draws scans of one document each: leave --stream and --scanned out.")
            }
            guard layouts.map({ $0 > 0 }) ?? true else { throw ValidationError("--layouts must be at least 1.") }
        }

        func run() throws {
            let words = try Installation.locate().corpus.appending(path: "words")
            let generator = try CorpusGenerator(
                seed: seed, wordLists: words, outlines: outlines.map { URL(filePath: $0) })
            if let layouts {
                try generator.generateLayouts(
                    layouts, count: count, into: URL(filePath: out), split: split ?? .evaluation, wear: wear ?? .office)
                print("\(layouts) layouts, \(count) files of each with their truth, are in \(out).")
                return
            }
            let files = try generator.generate(
                count: count, into: URL(filePath: out), split: split, wear: wear, scanned: scanned, stream: stream)
            print("\(files.count) files with their truth are in \(out).")
        }
    }
}

extension CorpusSplit: ExpressibleByArgument {}
extension StreamKind: ExpressibleByArgument {}
extension WearLevel: ExpressibleByArgument {}
