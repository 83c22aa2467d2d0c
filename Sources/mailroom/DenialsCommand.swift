import ArgumentParser
import Foundation
import Governance
import Settings

/// `mailroom denials`: why payers refuse, and how well it is told.
struct DenialsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "denials", abstract: "How well the reasons of denials are told apart.",
        subcommands: [DenialsEvaluateCommand.self])
}

/// `mailroom denials evaluate`: how many sentences are put into the right category.
struct DenialsEvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Puts labelled sentences of payers into the categories of Config/denials.yaml, and counts.",
        discussion: """
            A file has a line for each sentence, 'category|sentence'; see Corpus/denials. For each file: how many are right, \
            how many fall under the right business scenario, and for each range of confidence how often it keeps its word.
            """)

    @Argument(help: "Files of labelled sentences.", completion: .file(extensions: ["txt"]))
    var files: [String]

    @Flag(help: "Name each sentence that is put into another category.")
    var mistakes = false

    func run() throws {
        let table = try DenialTable.load(config: try Installation.locate().config)
        for file in files {
            let text = try SettingsFile<[String: String]>.text(path: file)
            let evaluation = DenialEvaluation(
                try DenialEvaluation.sentences(text, table: table), table: table)
            print("\(file): \(evaluation.right) of \(evaluation.count) right, \(evaluation.rightScenario) by scenario")
            for band in evaluation.bands where band.count > 0 {
                print(
                    "  confidence from \(band.least): \(band.right) of \(band.count) right, "
                        + "\(Int(band.promised.rounded())) promised")
            }
            guard mistakes else { continue }
            for mistake in evaluation.mistakes {
                print("  \(mistake.sentence.category), found \(mistake.found): \(mistake.sentence.text)")
            }
        }
    }
}
