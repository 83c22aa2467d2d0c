import Documents
import Foundation
import Governance
import Records

extension ReviewDesk {
    /// Keeps a document that its reviewer was about to confirm, when something unusual about it turned up that was not
    /// shown yet: a copy was accepted meanwhile, or the last edits, kept as a draft or not, made it one.
    ///
    /// False, and nothing is kept, when nothing did; `record` says then what is unusual about it now.
    func tellsNews(
        of record: inout DocumentRecord, _ changes: [FieldChange], _ learned: LearnedThresholds, by caller: Caller,
        in transaction: Transaction, at now: Date
    ) throws -> Bool {
        record.document = try context.noting(
            anomaliesOf: record.document, id: record.id, sha256: record.sha256, in: transaction, at: now)
        let found = try transaction.anomalies(of: record.id)
        guard found.contains(where: { $0.telling == .untold }) else { return false }
        try transaction.tellAnomalies(of: record.id, as: .heldBack)
        record.document.reasons = try reasons(for: record, learned, in: transaction)
        record = try context.update(record, in: transaction, at: now)
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
        let originals = try transaction.originals(of: record.id)
        guard try originals.isEmpty || transaction.isCopyOfOneThatStands(record.id) else {
            throw ReviewError(
                .notPossible, "The other document was refused meanwhile, so this one counts. Review it.")
        }
    }

    /// Ends what is unusual about a document when a person settles it, and puts on record what they were told of it.
    ///
    /// - Parameter refusal: nil where they vouched for the document.
    func settleAnomalies(
        of record: DocumentRecord, by caller: Caller, refusal: RejectionReason? = nil, in transaction: Transaction,
        at now: Date
    ) throws {
        let found = try transaction.anomalyRecords(of: record.id)
            .filter { $0.ending == nil && $0.anomaly.telling != .untold }.map(\.anomaly)
        try transaction.endAnomalies(
            of: record.id,
            as: refusal == nil ? .confirmed : refusal == .duplicate ? .duplicate : .refused, at: now)
        guard !found.isEmpty else { return }
        try transaction.audit(
            actor: caller.actor, action: "anomalies.settled", subject: record.id,
            detail: [
                "outcome": refusal?.rawValue ?? "confirmed",
                "reasons": Set(found.map(\.code)).sorted().joined(separator: ","),
                "documents": Set(found.compactMap(\.otherID)).sorted().joined(separator: ","),
            ], correlationID: record.correlationID, at: now)
    }
}
