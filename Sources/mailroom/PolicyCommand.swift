import ArgumentParser
import Foundation
import Governance
import Settings
import Understanding

/// `mailroom policy`: what policy asks, what another would, and what reviews say of it.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Checks a policy, tries it on documents, shows what reviews say of thresholds.",
        subcommands: [PolicyCheckCommand.self, PolicySimulateCommand.self, PolicyThresholdsCommand.self])
}

/// What a policy file is checked against.
struct PolicyGround {
    let installation: Installation
    let vocabulary: Vocabulary

    init() throws {
        installation = try Installation.locate()
        vocabulary = Vocabulary(
            try DocumentTypeCatalog(folder: installation.config.appending(path: "document-types")))
    }

    /// The policy in service.
    var path: String { installation.config.appending(path: "policy.yaml").path }

    /// The policy at `path`; prints every problem and ends with the status for a file that cannot be used.
    func policy(_ path: String) throws -> Policy {
        let check = Policy.check(path: path, vocabulary: vocabulary)
        if let policy = check.policy { return policy }
        for problem in check.problems { Console.say("\(problem)") }
        throw ExitCode.cannotStart
    }
}
