import Actions
import Documents
import Foundation
import Governance
import Records

extension StepWork {
    /// Carries out what was ordered for the documents of a recall, each in a transaction of its own, so that an
    /// interruption loses nothing and does nothing twice.
    func carryOutRecall() async throws {
        let id = step.subject
        while true {
            try Task.checkCancellation()
            let now = context.clock()
            let isOver = try await context.store.write { [self] transaction in
                guard let recall = try transaction.recall(id), let next = try transaction.takeOrdered(by: id, at: now)
                else {
                    try transaction.complete(step)
                    return true
                }
                if let why = try carryOut(next, of: recall, in: transaction, at: now) {
                    try transaction.refuseRecalled(next, because: why)
                }
                return false
            }
            context.bell.ring()
            if isOver { return }
        }
    }

    /// Gives the sentence that says why it cannot be done; then nothing is changed.
    private func carryOut(
        _ ordered: RecalledDocument, of recall: Recall, in transaction: Transaction, at now: Date
    ) throws -> String? {
        guard let record = try transaction.document(ordered.documentID), let action = ordered.action else {
            return "The document is gone."
        }
        let recalled = RecalledCopy(
            context: context, recall: recall, record: record, orderedBy: ordered.orderedBy ?? "pipeline")
        switch action {
        case .hold: return try recalled.hold(in: transaction, at: now)
        case .release: return try recalled.release(in: transaction, at: now)
        case .review: return try recalled.review(in: transaction, at: now)
        }
    }
}

/// One document of a recall, and what can become of it.
private struct RecalledCopy: Sendable {
    let context: ServiceContext
    let recall: Recall
    let record: DocumentRecord
    let orderedBy: String

    private var notice: RecallNotice {
        RecallNotice(
            id: recall.id, documentID: recall.documentID, field: recall.fieldPath, wrongValue: recall.wrongValue,
            rightValue: recall.rightValue)
    }

    /// Why the document is not a released one any more; nil when it is.
    private var notReleased: String? {
        switch record.status {
        case .accepted: nil
        case .inReview: "It waits for a reviewer already."
        case .rejected: "It was refused meanwhile."
        case .merged: "It became part of another document meanwhile."
        }
    }

    func hold(in transaction: Transaction, at now: Date) throws -> String? {
        if let notReleased { return notReleased }
        let hold = DocumentHold(documentID: record.id, recallID: recall.id, heldBy: orderedBy, heldAt: now)
        guard try transaction.hold(hold) else { return "It is held already." }
        try note("document.held", in: transaction, at: now)
        try context.raise(.documentHeld, about: record, recall: notice, in: transaction, at: now)
        return nil
    }

    func release(in transaction: Transaction, at now: Date) throws -> String? {
        guard let hold = try transaction.hold(of: record.id) else { return "It is not held." }
        guard hold.recallID == recall.id else {
            return "It is held by another recall, \(hold.recallID): release it there."
        }
        try transaction.endHold(of: record.id)
        try note("document.released", in: transaction, at: now)
        try context.raise(.documentReleased, about: record, recall: notice, in: transaction, at: now)
        return nil
    }

    func review(in transaction: Transaction, at now: Date) throws -> String? {
        if let notReleased { return notReleased }
        // What policy accepted as it was read was never kept; what people changed is not what was read.
        if record.version == 1, try transaction.decided(of: record.id) == nil {
            try transaction.keepDecided(record.document, of: record.id)
        }
        let wasHeld = try transaction.endHold(of: record.id)
        try unlearn(in: transaction, at: now)
        var record = record
        record.document = doubted
        record.status = .inReview
        try context.voidApprovals(
            ofDocument: record.id, because: "The document that it came of was recalled.", by: orderedBy,
            in: transaction, at: now)
        try transaction.reopenAnomalies(of: record.id)
        record = try context.update(record, in: transaction, at: now)
        let task = ReviewTask(
            id: Identifier.make(at: now), documentID: record.id,
            queue: context.policy.queue(
                for: record.document, facility: try transaction.file(record.sha256)?.facility),
            createdAt: now, reasons: record.document.reasons)
        try transaction.openTask(task)
        try context.taskClocks.start(task, record.document, in: transaction)
        try note(
            "document.recalled",
            ["task": task.id, "queue": task.queue, "was_held": "\(wasHeld)"],
            in: transaction, at: now)
        try context.raise(.documentRecalled, about: record, recall: notice, in: transaction, at: now)
        return nil
    }

    /// Takes back what the program learned of the document as it was settled, and of those that are part of it: which of
    /// its values were right, and the layout that it taught.
    private func unlearn(in transaction: Transaction, at now: Date) throws {
        var parts = [record.id]
        while let part = parts.popLast() {
            try transaction.reopenDecided(of: part)
            parts += try transaction.documents(mergedInto: part).map(\.id)
        }
        guard let lesson = try transaction.lesson(of: record.id) else { return }
        try transaction.dropLesson(of: record.id)
        // A layout that was forgotten since, and then learned anew, is not of this lesson.
        guard let layout = try transaction.layout(lesson.memoryID), layout.forgotten == nil,
            lesson.at >= layout.learnedAt
        else { return }
        let change = try transaction.beginLayoutChange()
        let reason = "A document that taught the layout was recalled."
        try transaction.forgetLayout(layout.id, .init(at: now, by: orderedBy, because: reason), change: change)
        try transaction.audit(
            actor: orderedBy, action: "layout.forgotten", subject: layout.id,
            detail: ["document": record.id, "reason": reason, "recall": recall.id, "type": layout.type],
            correlationID: record.correlationID, at: now)
        try transaction.enqueueFollowing(layout.id, correlationID: record.correlationID, at: now)
    }

    /// The document as a reviewer is to look at it again, whatever policy says of it.
    private var doubted: Document {
        let path = FieldPath(recall.fieldPath)
        let isOrigin = record.id == recall.documentID
        let right = isOrigin ? recall.rightValue.map { FieldValue.text($0) } : nil
        let recalled = record.document.recalled(
            at: isOrigin ? path : nil, field: path?.definition ?? "", right: right,
            because: sentence(isOrigin: isOrigin))
        return context.policy.decide(recalled).adding(recallReasons: recalled.reasons)
    }

    private func sentence(isOrigin: Bool) -> String {
        let by = recall.madeBy.actorName
        guard isOrigin else {
            return "Recalled by \(by): a value of another document with the same cause was wrong (\(recall.reason))"
        }
        let right = recall.rightValue.map { ", it should be '\($0)'" } ?? ""
        return "Recalled by \(by): '\(recall.wrongValue)' is wrong\(right) (\(recall.reason))"
    }

    private func note(
        _ action: String, _ more: [String: String] = [:], in transaction: Transaction, at now: Date
    ) throws {
        let detail = ["recall": recall.id, "field": recall.fieldPath, "policy": context.policy.hash]
        try transaction.audit(
            actor: orderedBy, action: action, subject: record.id, detail: detail.merging(more) { own, _ in own },
            correlationID: record.correlationID, at: now)
    }
}
