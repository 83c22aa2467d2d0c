import Documents
import Foundation
import Governance
import Records

extension ReviewDesk {
    /// Keeps a document that its reviewer was about to confirm, when something unusual about it turned up that was not
    /// shown yet: a copy was accepted meanwhile, or the last edits, kept as a draft or not, made it one.
    ///
    /// False, and nothing is kept, when nothing did.
    func tellsNews(
        of edited: DocumentRecord, _ changes: [FieldChange], _ learned: LearnedThresholds, by caller: Caller,
        in transaction: Transaction, at now: Date
    ) throws -> Bool {
        var record = edited
        record.document = try context.noting(
            anomaliesOf: record.document, id: record.id, sha256: record.sha256, in: transaction, at: now)
        let found = try transaction.anomalies(of: record.id)
        guard found.contains(where: { $0.telling == .untold }) else { return false }
        try transaction.tellAnomalies(of: record.id, as: .heldBack)
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

    /// Refuses to close a document as a duplicate where none of those that it seems to be a copy of counts any more: of
    /// two copies one must stand.
    func refuseWhereNoOtherStands(_ record: DocumentRecord, in transaction: Transaction) throws {
        // Each of two copies must not be closed because of the other at once.
        try transaction.takeTurn()
        let others = try transaction.anomalies(of: record.id)
            .filter { $0.code == ReasonCode.duplicateDocument.rawValue }.compactMap(\.otherID)
            .compactMap { try transaction.document($0) }
            .map { other in try other.mergedInto.flatMap { try transaction.document($0) } ?? other }
        guard others.isEmpty || others.contains(where: { [.accepted, .inReview].contains($0.status) }) else {
            throw ReviewError(
                .notPossible, "The other document was refused meanwhile, so this one counts. Review it.")
        }
    }

    /// Puts on record what was unusual about a document when a person settled it; nobody settles what nobody was told.
    func settleAnomalies(
        of record: DocumentRecord, by caller: Caller, as outcome: String, in transaction: Transaction, at now: Date
    ) throws {
        let found = try transaction.anomalies(of: record.id).filter { $0.telling != .untold }
        guard !found.isEmpty else { return }
        try transaction.audit(
            actor: caller.actor, action: "anomalies.settled", subject: record.id,
            detail: [
                "outcome": outcome, "reasons": Set(found.map(\.code)).sorted().joined(separator: ","),
                "documents": Set(found.compactMap(\.otherID)).sorted().joined(separator: ","),
            ], correlationID: record.correlationID, at: now)
    }
}
