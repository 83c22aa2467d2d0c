import Documents
import Foundation
import Governance
import Logging
import Records
import Understanding

extension StepWork {
    /// How often learning is begun anew because somebody else learned meanwhile.
    private static let learningAttemptsMax = 10

    /// Remembers the layout of a confirmed document, and has the documents that wait looked through for it.
    ///
    /// A document whose layout cannot be remembered is left alone.
    func learn() async throws {
        let id = step.subject
        let confirmed = try await context.store.read { try ConfirmedDocument(id, in: $0) }
        guard context.policy.learnsLayouts, let confirmed else { return try await complete() }
        for attempt in 1...StepWork.learningAttemptsMax {
            do {
                try await learn(confirmed)
                context.bell.ring()
                return
            } catch let error as RecordsError where error.code == .versionConflict {
                if attempt == StepWork.learningAttemptsMax { throw error }
            }
        }
    }

    private func learn(_ confirmed: ConfirmedDocument) async throws {
        let layouts = try await context.layouts.current()
        var understander = context.understander(knowing: layouts)
        let learned: LayoutMemory
        do {
            learned = try understander.learn(
                understander.onInk(confirmed.record.document, pages: confirmed.pages), pages: confirmed.pages)
        } catch {
            context.logger.info(
                "A confirmed document teaches nothing.",
                metadata: ["document.id": "\(confirmed.record.id)", "error": "\(error)"])
            return try await complete()
        }
        let kept = Set(understander.memories.memories.map(\.id))
        let gone = layouts.memories.memories.map(\.id).filter { !kept.contains($0) }
        let now = context.clock()
        try await context.store.write { transaction in
            // What was recalled while it was learned from teaches nothing.
            let version = try transaction.document(confirmed.record.id)?.version
            guard version == confirmed.record.version else { return try transaction.complete(step) }
            let change = try transaction.beginLayoutChange(seen: layouts.change)
            try transaction.keepLayout(try LayoutRecord(learned, at: now, change: change))
            try transaction.teach(learned.id, by: confirmed.record.id, confirmedBy: confirmed.actor, at: now)
            for id in gone { try forget(id, because: confirmed, change: change, in: transaction, at: now) }
            try record(learned, of: confirmed, in: transaction, at: now)
            for id in [learned.id] + gone {
                try transaction.enqueueFollowing(id, correlationID: confirmed.record.correlationID, at: now)
            }
            try transaction.complete(step)
        }
    }

    private func record(
        _ learned: LayoutMemory, of confirmed: ConfirmedDocument, in transaction: Transaction, at now: Date
    ) throws {
        try transaction.audit(
            actor: "pipeline", action: "layout.learned", subject: learned.id,
            detail: [
                "document": confirmed.record.id, "confirmed_by": confirmed.actor, "type": learned.type,
                "confirmations": "\(learned.confirmationCount)",
            ], correlationID: confirmed.record.correlationID, at: now)
    }

    private func forget(
        _ id: String, because confirmed: ConfirmedDocument, change: Int, in transaction: Transaction, at now: Date
    ) throws {
        let reason = "A document of the layout was confirmed as another type, or the layout has too few words left."
        try transaction.forgetLayout(id, .init(at: now, by: "pipeline", because: reason), change: change)
        try transaction.audit(
            actor: "pipeline", action: "layout.forgotten", subject: id,
            detail: ["document": confirmed.record.id, "reason": reason],
            correlationID: confirmed.record.correlationID, at: now)
    }
}

/// A document that a reviewer confirmed and that has not taught its layout yet.
private struct ConfirmedDocument: Sendable {
    let record: DocumentRecord
    let pages: [PageReading]
    /// Who confirmed it.
    let actor: String

    init?(_ id: String, in transaction: Transaction) throws {
        guard let record = try transaction.document(id), record.status == .accepted,
            try transaction.lesson(of: id) == nil,
            let entry = try transaction.auditTrail(subject: id).last(where: { $0.action == "document.confirmed" })
        else { return nil }
        self.record = record
        pages = try transaction.pages(of: record.sha256).map(\.reading)
        actor = entry.actor
    }
}

extension Transaction {
    /// Has the documents that wait looked through for those of a layout.
    func enqueueFollowing(_ memoryID: String, correlationID: String, at now: Date) throws {
        try enqueueAgain(
            Step(
                id: Identifier.make(at: now), kind: .followLayout, subject: memoryID, availableAt: now,
                correlationID: correlationID))
    }

    /// Has a document that waits for a reviewer understood again.
    func enqueueUnderstandingAgain(_ documentID: String, correlationID: String, at now: Date) throws {
        try enqueueAgain(
            Step(
                id: Identifier.make(at: now), kind: .understandAgain, subject: documentID, availableAt: now,
                correlationID: correlationID))
    }
}
