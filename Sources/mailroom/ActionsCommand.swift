import Actions
import ArgumentParser
import Foundation
import Governance
import Settings
import Understanding

/// `mailroom actions`: what happens when something happened, what other rules would do, and what gave up.
struct ActionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actions",
        abstract: "Checks rules of actions, tries them on recorded events, sends again what gave up.",
        subcommands: [
            ActionsCheckCommand.self, ActionsSimulateCommand.self, ActionsReplayCommand.self,
            ActionsDismissCommand.self,
        ])

    /// What the audit calls who uses these commands.
    static let actor = "command line"
}

/// What rules of actions are checked against.
struct ActionsGround {
    private let installation: Installation
    private let vocabulary: Vocabulary

    init() throws {
        installation = try Installation.locate()
        vocabulary = Vocabulary(
            try DocumentTypeCatalog(folder: installation.config.appending(path: "document-types")))
    }

    /// The rules that `mailroom serve` goes by.
    var path: String { installation.config.appending(path: "actions.yaml").path }

    /// The rules at `path`; prints what is wrong and ends with the status for a file that cannot be used.
    func rules(_ path: String) throws -> ActionRules {
        do {
            return try ActionRules.load(path: path, vocabulary: vocabulary)
        } catch {
            Console.say("\(error)")
            throw ExitCode.cannotStart
        }
    }
}
