package import Foundation
package import Governance
import Logging
package import Records
import Settings

/// Where the service finds its policy when it starts: in the store, and in a file only for the first time.
package struct PolicyShelf: Sendable {
    /// Who proposes what stands in the file.
    static let fileActor = "file:policy.yaml"

    let store: Store
    let vocabulary: Vocabulary

    package init(store: Store, vocabulary: Vocabulary) {
        self.store = store
        self.vocabulary = vocabulary
    }

    /// The policy in service; in a fresh store the one in the file at `path`, which is in service from then on.
    ///
    /// Throws the first problem of one that cannot be used.
    package func policyInService(orFile path: String, at now: Date) async throws -> PolicyInService {
        if let (policy, number) = try await kept() { return PolicyInService(policy, number: number) }
        let text = try Policy.text(path: path)
        let policy = try Policy(text: text, path: path, vocabulary: vocabulary)
        var record = PolicyRecord(
            number: 1, hash: policy.hash, base: nil, proposedBy: PolicyShelf.fileActor, proposedAt: now,
            reason: "The first policy of this store.", status: .inService)
        record.inServiceFrom = now
        let first = record
        try await store.write { transaction in
            try transaction.addPolicy(first, text: text, report: "")
            try transaction.audit(
                actor: PolicyShelf.fileActor, action: "policy.in_service", subject: first.subject,
                correlationID: first.hash, at: now)
        }
        return PolicyInService(policy, number: first.number)
    }

    /// The policy that the store has in service, and its number; nil in a fresh store.
    private func kept() async throws -> (Policy, Int)? {
        guard let (record, text) = try await text() else { return nil }
        let name = "the policy in service, \(record.hash.prefix(12))"
        guard let policy = Policy.check(text: text, path: name, vocabulary: vocabulary).policy else {
            let problem = Policy.check(text: text, path: name, vocabulary: vocabulary).problems.first
            throw SettingsError(
                file: name, line: problem?.line,
                problem:
                    "\(problem?.problem ?? "It cannot be used.") Put the document types back that it was made for, or start the version of Mailroom that it was in service with."
            )
        }
        guard policy.hash == record.hash else {
            throw SettingsError(
                file: name, line: nil,
                problem: "Its text in the store is not the one that was confirmed. Restore the store from a backup.")
        }
        return (policy, record.number)
    }

    /// The policy in service as the store keeps it; nil in a fresh store.
    package func text() async throws -> (record: PolicyRecord, text: String)? {
        try await store.read { transaction in
            guard let record = try transaction.policyInService(),
                let kept = try transaction.policyText(record.number)
            else { return nil }
            return (record, kept.text)
        }
    }
}

extension PolicyRecord {
    /// What the audit chain calls the policy.
    var subject: String { "policy:\(hash)" }
}
