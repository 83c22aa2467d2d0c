import ArgumentParser
import Foundation
import Governance
import Settings

/// `mailroom approvals`: who may approve what, and what another matrix would have done.
struct ApprovalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approvals",
        abstract: "Checks a delegated-authority matrix, tries it on the approvals of the past.",
        subcommands: [ApprovalsCheckCommand.self, ApprovalsSimulateCommand.self])
}

extension PolicyGround {
    /// The matrix's file.
    var approvalsPath: String { installation.config.appending(path: "approvals.yaml").path }

    /// The check of the matrix in the file at `path`; ends with the status for a file that cannot be used.
    func approvalsCheck(_ path: String, policy: Policy) throws -> ApprovalMatrixCheck {
        do {
            return ApprovalMatrix.check(text: try ApprovalMatrix.text(path: path), path: path, policy: policy)
        } catch {
            Console.say("\(error)")
            throw ExitCode.cannotStart
        }
    }

    /// The matrix in the file at `path`; prints every problem and ends with that status for one that cannot be used.
    func matrix(_ path: String, policy: Policy) throws -> ApprovalMatrix {
        let check = try approvalsCheck(path, policy: policy)
        if let matrix = check.matrix { return matrix }
        for problem in check.problems { Console.say("\(problem)") }
        throw ExitCode.cannotStart
    }
}
