package import Foundation
import Governance
package import Records
import Settings

/// Where the service finds its policy or approval matrix when it starts: in the store, and in a file only for the first
/// time.
package struct GovernedShelf<Value: Governed>: Sendable {
    let store: Store
    let ground: Value.Ground

    package init(store: Store, ground: Value.Ground) {
        self.store = store
        self.ground = ground
    }

    /// The one in service; in a fresh store the one in the file at `path`, which is in service from then on.
    ///
    /// Throws the first problem of one that cannot be used.
    package func inService(orFile path: String, at now: Date) async throws -> InService<Value> {
        if let (value, number) = try await kept() { return InService(value, number: number) }
        let text = try Value.text(path: path)
        let value = try usable(text, path: path)
        let first = try await store.write { transaction in
            var record = GovernedRecord(
                number: try transaction.nextGovernedNumber(), kind: Value.kind, hash: value.hash, base: nil,
                proposedBy: Value.kind.fileActor, proposedAt: now,
                reason: "The first \(Value.kind.noun) of this store.", status: .inService)
            record.inServiceFrom = now
            try transaction.addGoverned(record, text: text, report: "")
            try transaction.audit(
                actor: Value.kind.fileActor, action: "\(Value.kind.rawValue).in_service", subject: record.subject,
                correlationID: record.hash, at: now)
            return record
        }
        return InService(value, number: first.number)
    }

    /// The one in service; in a fresh store what the file at `path` says, which is not kept yet.
    package func found(orFile path: String) async throws -> Value {
        if let kept = try await kept() { return kept.value }
        return try usable(try Value.text(path: path), path: path)
    }

    private func usable(_ text: String, path: String) throws -> Value {
        let check = Value.check(text, path: path, on: ground)
        if let value = check.value { return value }
        guard var first = check.problems.first else { throw SettingsError(file: path, problem: "The file is empty.") }
        if check.problems.count > 1 {
            first.problem +=
                " And \(check.problems.count - 1) more: 'mailroom \(Value.kind.command) check \(first.file)' lists all."
        }
        throw first
    }

    /// The one that the store has in service, and its number; nil in a fresh store.
    package func kept() async throws -> (value: Value, number: Int)? {
        guard let (record, text) = try await text() else { return nil }
        let name = "the \(Value.kind.noun) in service, \(record.hash.prefix(12))"
        let check = Value.check(text, path: name, on: ground)
        guard let value = check.value else {
            let problem = check.problems.first
            throw SettingsError(
                file: name, line: problem?.line,
                problem: "\(problem?.problem ?? "It cannot be used.") \(Value.kind.remedy)")
        }
        guard value.hash == record.hash else {
            throw SettingsError(
                file: name, line: nil,
                problem: "Its text in the store is not the one that was confirmed. Restore the store from a backup.")
        }
        return (value, record.number)
    }

    /// The one in service as the store keeps it; nil in a fresh store.
    package func text() async throws -> (record: GovernedRecord, text: String)? {
        try await store.read { transaction in
            guard let record = try transaction.governedInService(Value.kind),
                let kept = try transaction.governedText(record.number)
            else { return nil }
            return (record, kept.text)
        }
    }
}

extension GovernedRecord {
    /// What the audit chain calls it.
    var subject: String { "\(kind.rawValue):\(hash)" }
}
