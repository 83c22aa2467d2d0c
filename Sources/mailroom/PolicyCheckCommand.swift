import ArgumentParser
import Foundation
import Governance
import Settings

/// `mailroom policy check`: everything that is wrong with a policy, at once.
struct PolicyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a policy file as a whole and names everything that is wrong with it.",
        discussion: """
            Each problem is a line: file, line, what is wrong and what to do. What is only suspicious, such as a route that
            can never match, is a warning. Ends with status 0 when the policy can be used, warnings or not, and with 3 when
            it cannot.
            """)

    @Argument(help: "The policy; Config/policy.yaml when none is named.", completion: .file(extensions: ["yaml"]))
    var file: String?

    func run() throws {
        let ground = try PolicyGround()
        let path = file ?? ground.path
        let check = Policy.check(path: path, vocabulary: ground.vocabulary)
        for problem in check.problems { print(problem) }
        for warning in check.warnings { print("\(warning) (a warning)") }
        guard let policy = check.policy else {
            Console.say(
                check.problems.count == 1 ? "One problem: mend it." : "\(check.problems.count) problems: mend them.")
            throw ExitCode.cannotStart
        }
        let promised = policy.queues.count { $0.serviceLevelHours != nil }
        print(
            """
            \(path) can be used.
            SHA-256: \(policy.hash)
            Queues: \(policy.queues.count), of them with a service level: \(promised). Routes: \(policy.routes.count). \
            Types: \(ground.vocabulary.types.count). Thresholds: \(policy.thresholdRule.rawValue).
            """)
    }
}
