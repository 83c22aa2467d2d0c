import ArgumentParser
import Foundation
import Learning
import Settings

extension CorpusCommand {
    /// `mailroom corpus fit-marks`: the weights by which marks are judged.
    struct FitMarks: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fits the weights by which the reader judges marks, and prints them as Swift.",
            discussion: "What it prints belongs into Sources/Reading/Marks/MarkWeights.swift.")

        @Option(help: "The seed; another than the one that is measured with.")
        var seed: UInt64 = 71

        @Option(help: "How many sheets of each kind, each at the three levels of wear.")
        var sheets = 60

        func run() throws {
            let words = try Installation.locate().corpus.appending(path: "words")
            let fitting = try MarkFitting(
                sheets: MarkSheets(seed: seed, generator: try CorpusGenerator(seed: seed, wordLists: words)),
                seed: seed,
                folder: FileManager.default.temporaryDirectory)
            print(FitMarks.source("checkbox", try fitting.checkboxWeights(sheetCount: sheets)))
            print(FitMarks.source("handwriting", try fitting.handwritingWeights(sheetCount: sheets)))
            print(FitMarks.source("signature", try fitting.signatureWeights(sheetCount: sheets)))
        }

        private static func source(_ name: String, _ fit: Fit) -> String {
            let lines = fit.weights.map { row in
                "        [\(row.map { String(format: "%.4g", $0) }.joined(separator: ", "))],"
            }
            return (["    /// \(fit.basis)", "    static let \(name): [[Double]] = ["] + lines + ["    ]"]).joined(
                separator: "\n")
        }
    }
}
