import Actions
import Documents
import Foundation
import Governance
import Records

/// Looks anew at what was said of other documents because of one that changed, in the transaction of the change.
///
/// What named a document that was refused, merged or recalled, or that says something else now, is withdrawn or said anew.
/// The other document stays in review, where it is, with the reason `anomaly_withdrawn`: a person settles it, for what the
/// one was refused for (not ours, handled already) may hold for its copy too.
struct AnomalyRevisit {
    let context: ServiceContext
    /// The document that changed, as it is kept now.
    let cause: DocumentRecord
    let transaction: Transaction
    let now: Date

    func run() throws {
        guard cause.status != .merged else {
            // What named it is looked at when the document that it is part of now is kept, in the same transaction.
            return try transaction.endAnomalies(
                of: cause.id, as: .withdrawn, because: "The document became part of another one.", at: now)
        }
        let ids = try parts(of: cause.id)
        for id in try transaction.documentsInReview(naming: ids) where id != cause.id {
            if let record = try transaction.document(id) { try lookAgain(at: record) }
        }
        guard cause.status == .rejected else { return }
        for id in try transaction.documentsClosed(asCopiesOf: ids, code: ReasonCode.duplicateDocument.rawValue) {
            guard try !transaction.isCopyOfOneThatStands(id), let record = try transaction.document(id) else {
                continue
            }
            try bringBack(record)
        }
    }

    /// The document and all that became part of it.
    private func parts(of id: String) throws -> [String] {
        try [id] + transaction.documents(mergedInto: id).flatMap { try parts(of: $0.id) }
    }

    // MARK: In review

    private func lookAgain(at record: DocumentRecord) throws {
        try transaction.takeTurn()
        let before = try transaction.anomalies(of: record.id)
        let found = try context.anomalies(
            of: record.document, id: record.id, sha256: record.sha256, in: transaction)
        let gone = try transaction.setAnomalies(found, of: record.id, withdrawing: why, at: now)
        let new = found.filter { anomaly in !before.contains { $0.isSame(as: anomaly) } }
        try tell("anomalies.withdrawn", gone, of: record)
        try tell("anomalies.found", new, of: record)
        try restate(record)
    }

    /// Why an anomaly stands no more.
    private func why(_ anomaly: Anomaly) throws -> String {
        guard let other = try anomaly.otherID.flatMap({ try transaction.document($0) }) else {
            return "It is not found any more."
        }
        return switch other.status {
        case .rejected: "The other document was refused."
        case .merged: "The other document became part of another one."
        case .inReview where other.document.isRecalled:
            "The other document was recalled, and counts when it is accepted again."
        case .accepted, .inReview: "The other document says something else now."
        }
    }

    /// Gives the document, and its task, the reasons that it has now; who has it in hand, or keys values of it, goes on.
    private func restate(_ former: DocumentRecord) throws {
        guard try KeyCase(of: former, policy: context.policy, in: transaction) == nil else { return }
        var record = former
        record.document = try restated(former)
        guard record.document != former.document else { return }
        try transaction.restateDocument(record)
        if let decided = try transaction.decided(of: record.id) {
            try transaction.restateDecided(try noting(on: decided, of: record.id), of: record.id)
        }
        guard let task = try transaction.task(ofDocument: record.id), task.status != .done else { return }
        if task.isHeld(at: now) {
            try transaction.routeTask(task, to: task.queue, reasons: record.document.reasons)
        } else {
            _ = try context.taskClocks.route(
                task, after: former.document, about: record, isReread: true, in: transaction, at: now)
        }
    }

    private func restated(_ record: DocumentRecord) throws -> Document {
        var document = context.policy.restatingAnomalies(of: try noting(on: record.document, of: record.id))
        document.disposition = .review
        return document
    }

    private func noting(on document: Document, of id: String) throws -> Document {
        document.noting(try transaction.anomalies(of: id), withdrawn: try transaction.withdrawals(of: id))
    }

    // MARK: Closed as copies

    /// Puts a document that was closed as a copy of the cause before reviewers again, for of two copies one must stand:
    /// whoever closed it relied on the other, which is refused now.
    private func bringBack(_ former: DocumentRecord) throws {
        try transaction.takeTurn()
        try transaction.reopenAnomalies(of: former.id)
        let found = try context.anomalies(
            of: former.document, id: former.id, sha256: former.sha256, in: transaction)
        try transaction.setAnomalies(
            found, of: former.id,
            withdrawing: { anomaly in
                anomaly.code == ReasonCode.duplicateDocument.rawValue
                    ? "It was closed because another document counts, and that one was refused since."
                    : try why(anomaly)
            }, at: now)
        var record = former
        record.status = .inReview
        record.document = try restated(record)
        record = try transaction.updateDocument(record, at: now)
        let task = ReviewTask(
            id: Identifier.make(at: now), documentID: record.id,
            queue: context.policy.queue(
                for: record.document, facility: try transaction.file(record.sha256)?.facility),
            createdAt: now, reasons: record.document.reasons)
        try transaction.openTask(task)
        try context.taskClocks.start(task, record.document, in: transaction)
        try transaction.audit(
            actor: "policy", action: "document.brought_back", subject: record.id,
            detail: ["task": task.id, "queue": task.queue, "refused": cause.id, "policy": context.policy.hash],
            correlationID: record.correlationID, at: now)
        try context.raise(.documentReviewRequested, about: record, in: transaction, at: now)
    }

    private func tell(_ action: String, _ anomalies: [Anomaly], of record: DocumentRecord) throws {
        guard !anomalies.isEmpty else { return }
        try transaction.audit(
            actor: "policy", action: action, subject: record.id,
            detail: [
                "reasons": Set(anomalies.map(\.code)).sorted().joined(separator: ","),
                "documents": Set(anomalies.compactMap(\.otherID)).sorted().joined(separator: ","),
                "because_of": cause.id,
            ], correlationID: record.correlationID, at: now)
    }
}

extension ServiceContext {
    /// Keeps a document's new state, as `Transaction.updateDocument` does, and looks anew at what was said of other
    /// documents because of it.
    @discardableResult
    func update(_ record: DocumentRecord, in transaction: Transaction, at now: Date) throws -> DocumentRecord {
        let updated = try transaction.updateDocument(record, at: now)
        try AnomalyRevisit(context: self, cause: updated, transaction: transaction, now: now).run()
        return updated
    }
}

extension Transaction {
    /// Whether one of the documents that this one is, or was found to be, a copy of counts; where that one was closed as a
    /// copy itself, whether the one that counts in its place does.
    func isCopyOfOneThatStands(_ id: String) throws -> Bool {
        var (seen, next) = (Set([id]), try originals(of: id))
        while let original = next.popLast() {
            guard seen.insert(original.id).inserted else { continue }
            if [.accepted, .inReview].contains(original.status) { return true }
            let isCopy = try anomalyRecords(of: original.id).contains { $0.ending?.outcome == .duplicate }
            if isCopy { next += try originals(of: original.id) }
        }
        return false
    }

    /// The documents that this one is, or was found to be, a copy of, as they are now; of a merged one that which it
    /// became part of.
    func originals(of documentID: String) throws -> [DocumentRecord] {
        try anomalyRecords(of: documentID).map(\.anomaly)
            .filter { $0.code == ReasonCode.duplicateDocument.rawValue }.compactMap(\.otherID)
            .compactMap { try document($0) }
            .map { other in try other.mergedInto.flatMap { try document($0) } ?? other }
    }
}
