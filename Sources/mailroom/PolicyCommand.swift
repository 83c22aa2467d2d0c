import ArgumentParser
import Foundation
import Governance
import Records
import Service
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

    /// The policy's file, which a fresh store takes into service.
    var path: String { installation.config.appending(path: "policy.yaml").path }

    /// The text of the policy in service in the store, or of the file where the store has none yet.
    func inService(in store: Store) async throws -> (text: String, name: String) {
        if let kept = try await GovernedShelf<Policy>(store: store, ground: vocabulary).text() {
            return (kept.text, "the policy in service, \(kept.record.hash.prefix(12))")
        }
        return (try text(path), path)
    }

    /// The text of the file at `path`; ends with the status for a file that cannot be used.
    func text(_ path: String) throws -> String {
        do {
            return try Policy.text(path: path)
        } catch {
            Console.say("\(error)")
            throw ExitCode.cannotStart
        }
    }

    /// The policy written in `text`; prints every problem and ends with the status for a file that cannot be used.
    func policy(_ text: String, name: String) throws -> Policy {
        let check = Policy.check(text: text, path: name, vocabulary: vocabulary)
        if let policy = check.policy { return policy }
        for problem in check.problems { Console.say("\(problem)") }
        throw ExitCode.cannotStart
    }
}
