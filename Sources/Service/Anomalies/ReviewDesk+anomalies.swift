import Documents
import Foundation
import Governance
import Records

extension ReviewDesk {
    /// Keeps a document that its reviewer was about to confirm, when something unusual about it turned up since it was
    /// shown: a copy was accepted meanwhile, or the last edits made it one.
    ///
    /// False, and nothing is kept, when nothing did.
    func tellsNews(
        of edited: DocumentRecord, _ changes: [FieldChange], _ learned: LearnedThresholds, by caller: Caller,
        in transaction: Transaction, at now: Date
    ) throws -> Bool {
        let known = try transaction.anomalies(of: edited.id)
        var record = edited
        record.document = try context.noting(
            anomaliesOf: record.document, id: record.id, sha256: record.sha256, in: transaction, at: now)
        let found = try transaction.anomalies(of: record.id)
        guard found.contains(where: { news in !known.contains { $0.isSame(as: news) } }) else { return false }
        record.document.reasons = try reasons(for: record, learned, in: transaction)
        record = try transaction.updateDocument(record, at: now)
        try recordChanges(changes, to: record, by: caller, in: transaction, at: now)
        try transaction.audit(
            actor: "policy", action: "anomalies.found", subject: record.id,
            detail: [
                "reasons": Set(found.map(\.code)).sorted().joined(separator: ","),
                "documents": Set(found.compactMap(\.otherID)).sorted().joined(separator: ","),
            ], correlationID: record.correlationID, at: now)
        return true
    }

    /// Puts on record what was unusual about a document when a person settled it.
    func settleAnomalies(
        of record: DocumentRecord, by caller: Caller, as outcome: String, in transaction: Transaction, at now: Date
    ) throws {
        let found = try transaction.anomalies(of: record.id)
        guard !found.isEmpty else { return }
        try transaction.settleAnomalies(of: record.id, by: caller.actor, at: now)
        try transaction.audit(
            actor: caller.actor, action: "anomalies.settled", subject: record.id,
            detail: [
                "outcome": outcome, "reasons": Set(found.map(\.code)).sorted().joined(separator: ","),
                "documents": Set(found.compactMap(\.otherID)).sorted().joined(separator: ","),
            ], correlationID: record.correlationID, at: now)
    }
}
