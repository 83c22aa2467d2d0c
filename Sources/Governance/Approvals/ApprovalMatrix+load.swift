import Crypto
import Documents
import Foundation
package import Settings

/// What checking a matrix file as a whole found.
package struct ApprovalMatrixCheck: Sendable {
    /// The matrix; nil while there is a problem.
    package let matrix: ApprovalMatrix?
    /// Everything that is wrong, in the order of the lines.
    package let problems: [SettingsError]
    /// What does no harm, and is hardly meant: a row that can never count.
    package let warnings: [SettingsError]
}

extension ApprovalMatrix {
    /// Without any kind: nothing can be asked for.
    package static let none = ApprovalMatrix(hash: String(repeating: "0", count: 64), kinds: [])

    /// The text of the matrix file at `path`; throws when it cannot be read.
    package static func text(path: String) throws(SettingsError) -> String {
        try SettingsFile<ApprovalsFile>.text(path: path)
    }

    /// What decisions under the matrix written in `text` call it: its SHA-256.
    package static func hash(of text: String) -> String { SHA256.hash(data: Data(text.utf8)).hexadecimal }

    /// Checks the matrix written in `text` against what `policy` lets roles do; `path` is only what problems call it.
    package static func check(text: String, path: String, policy: Policy) -> ApprovalMatrixCheck {
        let (file, problems) = SettingsFile<ApprovalsFile>.gathering(text: text, path: path)
        guard let file else { return ApprovalMatrixCheck(matrix: nil, problems: problems, warnings: []) }
        var reader = ApprovalMatrixReader(file: file, policy: policy, problems: problems)
        let kinds = reader.kinds()
        let matrix = ApprovalMatrix(hash: hash(of: text), kinds: kinds, text: text)
        return ApprovalMatrixCheck(
            matrix: reader.problems.isEmpty ? matrix : nil, problems: inOrder(reader.problems),
            warnings: inOrder(reader.warnings))
    }

    private static func inOrder(_ problems: [SettingsError]) -> [SettingsError] {
        problems.enumerated().sorted {
            ($0.element.line ?? .max, $0.offset) < ($1.element.line ?? .max, $1.offset)
        }.map(\.element)
    }

    /// Reads the matrix written in `text`; throws the first of its problems, and says how many more there are.
    package init(text: String, path: String, policy: Policy) throws(SettingsError) {
        let check = ApprovalMatrix.check(text: text, path: path, policy: policy)
        if let matrix = check.matrix {
            self = matrix
            return
        }
        guard var first = check.problems.first else { throw SettingsError(file: path, problem: "The file is empty.") }
        if check.problems.count > 1 {
            first.problem +=
                " And \(check.problems.count - 1) more: 'mailroom approvals check \(first.file)' lists all."
        }
        throw first
    }
}
