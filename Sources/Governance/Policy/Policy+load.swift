import Crypto
import Documents
import Foundation
package import Settings

/// What checking a policy file as a whole found.
package struct PolicyCheck: Sendable {
    /// The policy; nil while there is a problem.
    package let policy: Policy?
    /// Everything that is wrong, in the order of the lines.
    package let problems: [SettingsError]
    /// What does no harm, and is hardly meant: a rule that can never match.
    package let warnings: [SettingsError]
}

extension Policy {
    /// Reads the policy at `path` and checks it against the types and fields that exist.
    package static func check(path: String, vocabulary: Vocabulary) -> PolicyCheck {
        do {
            return check(text: try text(path: path), path: path, vocabulary: vocabulary)
        } catch {
            return PolicyCheck(policy: nil, problems: [error], warnings: [])
        }
    }

    /// The text of the policy file at `path`; throws when it cannot be read.
    package static func text(path: String) throws(SettingsError) -> String {
        try SettingsFile<PolicyFile>.text(path: path)
    }

    /// What decisions by the policy written in `text` call it: its SHA-256.
    package static func hash(of text: String) -> String { SHA256.hash(data: Data(text.utf8)).hexadecimal }

    /// Checks the policy written in `text`; `path` is only what problems call it.
    package static func check(text: String, path: String, vocabulary: Vocabulary) -> PolicyCheck {
        let (file, problems) = SettingsFile<PolicyFile>.gathering(text: text, path: path)
        guard let file else { return PolicyCheck(policy: nil, problems: problems, warnings: []) }
        var reader = PolicyReader(file, vocabulary: vocabulary, problems: problems)
        let policy = reader.policy()
        return PolicyCheck(
            policy: reader.problems.isEmpty ? policy : nil, problems: inOrder(reader.problems),
            warnings: inOrder(reader.warnings))
    }

    private static func inOrder(_ problems: [SettingsError]) -> [SettingsError] {
        problems.enumerated().sorted {
            ($0.element.line ?? .max, $0.offset) < ($1.element.line ?? .max, $1.offset)
        }.map(\.element)
    }

    /// Reads the policy at `path`; throws the first of its problems, and says how many more there are.
    package static func load(path: String, vocabulary: Vocabulary) throws(SettingsError) -> Policy {
        try check(path: path, vocabulary: vocabulary).usable()
    }

    /// Reads the policy written in `text`; throws like `load`.
    package init(text: String, path: String, vocabulary: Vocabulary) throws(SettingsError) {
        self = try Policy.check(text: text, path: path, vocabulary: vocabulary).usable()
    }
}

extension PolicyCheck {
    fileprivate func usable() throws(SettingsError) -> Policy {
        if let policy { return policy }
        guard var first = problems.first else { throw SettingsError(file: "", problem: "The policy is empty.") }
        if problems.count > 1 {
            first.problem += " And \(problems.count - 1) more: 'mailroom policy check \(first.file)' lists all."
        }
        throw first
    }
}
