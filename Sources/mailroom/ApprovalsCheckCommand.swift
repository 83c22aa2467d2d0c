import ArgumentParser
import Governance

/// `mailroom approvals check`: everything that is wrong with a matrix, at once.
struct ApprovalsCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks a delegated-authority matrix as a whole and names everything that is wrong with it.",
        discussion: """
            Each problem is a line: file, line, what is wrong and what to do. An amount or a place for which nobody has
            authority is a problem unless the file says so in words; a role that policy (Config/policy.yaml) does not let
            decide is a warning. Ends with status 0 when the matrix can be used, warnings or not, and with 3 when it
            cannot.
            """)

    @Argument(
        help: "The matrix; Config/approvals.yaml when none is named.", completion: .file(extensions: ["yaml"]))
    var file: String?

    func run() throws {
        let ground = try PolicyGround()
        let path = file ?? ground.approvalsPath
        let policy = try ground.policy(try ground.text(ground.path), name: ground.path)
        let check = try ground.approvalsCheck(path, policy: policy)
        for problem in check.problems { print(problem) }
        for warning in check.warnings { print("\(warning) (a warning)") }
        guard let matrix = check.matrix else {
            Console.say(
                check.problems.count == 1 ? "One problem: mend it." : "\(check.problems.count) problems: mend them.")
            throw ExitCode.cannotStart
        }
        print(
            """
            \(path) can be used.
            SHA-256: \(matrix.hash)
            Kinds: \(matrix.kinds.map(\.name).joined(separator: ", ")).
            """)
    }
}
