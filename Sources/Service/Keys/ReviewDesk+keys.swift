import Documents
import Foundation
import Governance
import Records

extension ReviewDesk {
    /// Which tasks the caller may not be given, for the sake of double-blind keys.
    func keyBar(for caller: Caller) -> KeyBar {
        KeyBar(
            person: caller.actor, maySettle: caller.permissions.contains(.settleDifferences),
            bases: context.policy.keysBases)
    }

    /// Refuses a task whose document the caller has keyed, or whose keys they may not decide between.
    func refuseKeyed(_ task: ReviewTask, to caller: Caller, in transaction: Transaction) throws {
        let record = try record(of: task, in: transaction)
        let keyCase = try KeyCase(of: record, policy: context.policy, in: transaction)
        let maySettle = caller.permissions.contains(.settleDifferences)
        if let refusal = keyCase?.keys.refusal(of: caller.actor, maySettle: maySettle) {
            throw ReviewError(.taken, refusal)
        }
    }

    /// The document of a task, when it may be changed: what waits for keys stays as its reviewer left it, and one of which a
    /// page is being read again waits for its words.
    func openRecord(
        of task: ReviewTask, seen version: Int, in transaction: Transaction
    ) throws -> DocumentRecord {
        let record = try record(of: task, seen: version, in: transaction)
        try refuseWhileRead(record, in: transaction)
        guard try KeyCase(of: record, policy: context.policy, in: transaction) == nil else {
            throw ReviewError(
                .changedMeanwhile, "All but the keyed values is settled. Load the page again to key them.")
        }
        return record
    }

    /// Refuses edits of values that two people key.
    func refuseKeyedValues(_ edits: [FieldEdit], of record: DocumentRecord) throws {
        let blind = context.policy.blindFields(of: record.type)
        guard !edits.contains(where: { FieldPath($0.path).map { blind.contains($0.definition) } ?? false }) else {
            throw ReviewError(
                .notPossible, "Two people key such a value, once the rest is confirmed. Load the page again.")
        }
    }

    /// Has a document that its reviewer vouches for wait for the keys of the fields that policy names; false when there is
    /// nothing to key.
    ///
    /// The task stays in the reviewer's hands: they may give the first key.
    func askForKeys(
        of record: DocumentRecord, _ task: ReviewTask, _ changes: [FieldChange], by caller: Caller,
        in transaction: Transaction, at now: Date
    ) throws -> Bool {
        let blind = context.policy.blindFields(of: record.type)
        let places = record.document.places(of: blind).map(\.description)
        guard !places.isEmpty else { return false }
        let reason = Reason(
            code: ReasonCode.keysWanted.rawValue, detail: "Two people key values of it, without seeing any.")
        var record = record
        record.document = record.document.confirmed(but: blind, waiting: reason)
        record = try context.update(record, in: transaction, at: now)
        try transaction.openKeyRound(
            KeyRound(
                documentID: record.id, documentVersion: record.version,
                basis: context.policy.keysBasis(of: record.type), places: places, openedAt: now))
        try recordChanges(changes, to: record, by: caller, in: transaction, at: now)
        try transaction.audit(
            actor: caller.actor, action: "document.reviewed", subject: record.id,
            detail: [
                "task": task.id, "corrections": "\(changes.count(where: \.isCorrection))",
                "to_key": places.joined(separator: ","), "policy": context.policy.hash,
            ], correlationID: record.correlationID, at: now)
        // Kept for one who may not key it, the task would wait for nobody.
        try transaction.endQuestion(ofTask: task.id, as: .settled, at: now)
        try transaction.routeTask(task, to: task.queue, reasons: [reason])
        return true
    }
}
