import Actions
import ArgumentParser
import Foundation
import Governance
import Settings

/// `mailroom actions`: what happens when something happened, what other rules would do, and what gave up.
struct ActionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actions",
        abstract: "Checks rules of actions, tries them on recorded events, sends again what gave up.",
        subcommands: [
            ActionsCheckCommand.self, ActionsSimulateCommand.self, ActionsReplayCommand.self,
            ActionsDismissCommand.self, ActionsHandOverCommand.self,
        ])

    /// What the audit calls who uses these commands.
    static let actor = "command line"
}

/// What rules of actions are checked against: the types and fields, and the kinds of approval, that there are.
struct ActionsGround {
    private let policies: PolicyGround

    init() throws { policies = try PolicyGround() }

    /// The rules that `mailroom serve` goes by.
    var path: String { policies.installation.config.appending(path: "actions.yaml").path }

    /// The rules at `path`; prints what is wrong and ends with the status for a file that cannot be used.
    func rules(_ path: String) throws -> ActionRules {
        let policy = try policies.policy(policies.text(policies.path), name: policies.path)
        let matrix = try policies.matrix(policies.approvalsPath, policy: policy)
        do {
            return try ActionRules.load(
                path: path, vocabulary: policies.vocabulary,
                kinds: KnownKinds(approvals: Set(matrix.kinds.map(\.name))))
        } catch {
            Console.say("\(error)")
            throw ExitCode.cannotStart
        }
    }
}
