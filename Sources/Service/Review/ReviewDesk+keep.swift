import Documents
import Foundation
package import Governance
import Records
import Understanding

/// What was kept of a reviewer's changes.
package struct KeptChanges: Sendable {
    /// The task with the document as it is now.
    package var review: ReviewCase
    package var edited: EditedDocument
    /// Why some of the changes were not kept, by their paths.
    package var problems: [GovernanceError.Problem]
}

extension ReviewDesk {
    /// Keeps edits, has the checks and the policy look at the document again, and lengthens the lease.
    ///
    /// Throws `GovernanceError` with `editRefused`, and then nothing is kept.
    package func save(
        _ id: String, edits: [FieldEdit], seen version: Int, by caller: Caller
    ) async throws -> ReviewCase {
        try await keep(id, edits, seen: version, by: caller) { document in
            (try document.applying(edits, vocabulary: context.vocabulary), [])
        }.review
    }

    /// Keeps what a reviewer has done so far: the changes that can be, whatever becomes of the others.
    ///
    /// A new row is kept whole or not at all. Nothing is written where nothing can be kept.
    package func keepDraft(
        _ id: String, _ batch: EditBatch, seen version: Int, by caller: Caller
    ) async throws -> KeptChanges {
        try await keep(id, batch.edits, seen: version, by: caller) { document in
            func applied(_ edits: [FieldEdit]) throws -> EditedDocument {
                try document.applying(edits, makingRoomAt: batch.places, vocabulary: context.vocabulary)
            }
            do {
                return (try applied(batch.edits), [])
            } catch let error as GovernanceError where error.code == .editRefused {
                let refused = Set(error.problems.map(\.path))
                let rest = batch.places.isEmpty ? batch.edits.filter { !refused.contains($0.path) } : []
                return rest.isEmpty ? (nil, error.problems) : (try applied(rest), error.problems)
            }
        }
    }

    private func keep(
        _ id: String, _ edits: [FieldEdit], seen version: Int, by caller: Caller,
        _ edit: @escaping @Sendable (Document) throws -> (EditedDocument?, [GovernanceError.Problem])
    ) async throws -> KeptChanges {
        let now = context.clock()
        let learned = try await context.thresholds.thresholds(at: now)
        return try await context.store.write { transaction in
            if let check = try transaction.check(id, of: caller.actor) {
                return try knownAnswers.keep(check, seen: version, learned, for: caller, in: transaction, at: now, edit)
            }
            let task = try self.task(id, for: caller, in: transaction)
            try follow(task, .renew(by: caller.actor, at: now))
            var record = try openRecord(of: task, seen: version, in: transaction)
            try refuseKeyedValues(edits, of: record)
            let (edited, problems) = try edit(record.document)
            if let edited {
                take(edited, into: &record)
                // What is only vouched for makes nothing unusual, and who confirms has it looked at once more.
                if edited.changes.contains(where: \.isCorrection) {
                    record.document = try context.noting(
                        anomaliesOf: record.document, id: record.id, sha256: record.sha256, in: transaction, at: now)
                }
                record.document.reasons = try reasons(for: record, learned, in: transaction)
                record = try context.update(record, in: transaction, at: now)
            }
            guard
                let renewed = try transaction.leaseTask(id, owner: caller.actor, now: now, leaseSeconds: leaseSeconds)
            else { throw ReviewError(.taken, "Somebody else took the task meanwhile. Nothing was saved.") }
            var kept = edited ?? EditedDocument(document: record.document)
            try recordChanges(kept.changes, to: record, by: caller, in: transaction, at: now)
            let review = try reviewCase(renewed, record, for: caller, in: transaction, at: now)
            // A row that was taken out had such values too: what takes that back must not tell them.
            kept.changes.removeAll { review.hides($0.path) }
            return KeptChanges(review: review, edited: kept, problems: problems)
        }
    }
}
