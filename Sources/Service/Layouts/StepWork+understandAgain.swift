import Actions
import Documents
import Foundation
import Governance
import Records
import Understanding

extension StepWork {
    /// Reads a document that waits for a reviewer by the layouts remembered now, and has policy decide again.
    ///
    /// One that somebody has in hand, or has changed a value of, stays as it is.
    func understandAgain() async throws {
        let id = step.subject
        let found = try await context.store.read { [now = context.clock()] in try WaitingDocument(id, at: now, in: $0) }
        guard let waiting = found else { return try await complete() }
        let layouts = try await context.layouts.current()
        let reading = try await read(waiting, knowing: layouts)
        let now = context.clock()
        try await context.store.write { transaction in
            if try transaction.task(waiting.task.id)?.version == waiting.task.version,
                try transaction.document(id)?.version == waiting.record.version
            {
                try keep(reading, of: waiting, in: transaction, at: now)
            }
            try transaction.complete(step)
            if try transaction.layoutChange() != layouts.change {
                try transaction.enqueueUnderstandingAgain(id, correlationID: step.correlationID, at: now)
            }
        }
        context.bell.ring()
    }

    /// A document as it is read again, with the layout that had a say in it.
    private struct NewReading: Sendable {
        var document: Document
        let followed: FollowedLayout?
        let learned: LearnedThresholds
    }

    private func read(
        _ waiting: WaitingDocument, knowing layouts: LayoutKeeper.Layouts
    ) async throws -> NewReading {
        let understander = context.understander(knowing: layouts)
        let again = understander.understandAgain(waiting.record.document, pages: waiting.pages)
        let followed = understander.followedLayout(again, pages: waiting.pages)
        let learned = try await context.thresholds.thresholds(at: context.clock())
        let matched = try await context.store.read { [context] transaction in
            try context.accountMatcher.match(again, in: StoredBooks(transaction: transaction))
        }
        return NewReading(document: matched, followed: followed, learned: learned)
    }

    /// Keeps what changed, with all that follows; what is read as before stays as it is.
    private func keep(
        _ read: NewReading, of waiting: WaitingDocument, in transaction: Transaction, at now: Date
    ) throws {
        var reading = read
        reading.document = try decided(read, of: waiting, in: transaction, at: now)
        let before = try transaction.layoutUse(of: waiting.record.id)
        guard
            before?.memoryID != reading.followed?.memoryID
                || waiting.record.document.isOtherwise(than: reading.document)
        else { return }
        let isAccepted = reading.document.disposition == .accept
        var record = waiting.record
        record.document = reading.document
        record.versions = context.versions
        if isAccepted { record.status = .accepted }
        record = try context.update(record, in: transaction, at: now)
        try transaction.setLayoutUse(reading.followed.map { LayoutUse($0, at: now) }, of: record.id)
        _ = try transaction.takeDecided(of: record.id)
        if isAccepted {
            // What was read stays known, to try other policies on.
            try transaction.keepDecided(record.document, of: record.id)
            _ = try transaction.settleDecided(of: record.id, at: now)
            try transaction.finishTask(waiting.task.id, expecting: waiting.task.version, at: now)
            try context.raise(.documentAccepted, about: record, in: transaction, at: now)
        } else {
            try transaction.keepDecided(record.document, of: record.id)
            _ = try context.taskClocks.route(
                waiting.task, after: waiting.record.document, about: record, isReread: true, in: transaction, at: now)
        }
        try transaction.audit(
            actor: "policy", action: "document.understood_again", subject: record.id,
            detail: detail(of: waiting.record.document, to: record, before: before, by: reading.followed),
            correlationID: record.correlationID, at: now)
    }

    private func decided(
        _ reading: NewReading, of waiting: WaitingDocument, in transaction: Transaction, at now: Date
    ) throws -> Document {
        let record = waiting.record
        let noted = try context.noting(
            anomaliesOf: reading.document, id: record.id, sha256: record.sha256, in: transaction, at: now)
        return context.policy.decide(
            noted, unreadablePages: PageReading.problems(of: waiting.pages), learned: reading.learned,
            isAudited: context.policy.isAudited(sha256: record.sha256, ordinal: record.ordinal))
    }

    private func detail(
        of old: Document, to record: DocumentRecord, before: LayoutUse?, by followed: FollowedLayout?
    ) -> [String: String] {
        let new = record.document
        var detail = [
            "type": new.type, "disposition": new.disposition.rawValue,
            "reasons": new.reasons.map(\.code).joined(separator: ","), "model": record.versions.model,
            "policy": record.versions.policy, "version": "\(record.version)",
        ].merging(old.changeDetail(to: new)) { own, _ in own }
        detail["layout"] = followed?.memoryID
        detail["layout_before"] = before?.memoryID
        if old.type != new.type { detail["type_before"] = old.type }
        return detail
    }
}

/// A document that waits for a reviewer, that nobody has in hand, and that is as it was read; none that was recalled, that a
/// colleague is asked about or of which a page is being read in another direction.
private struct WaitingDocument: Sendable {
    let record: DocumentRecord
    let task: ReviewTask
    let pages: [PageReading]

    init?(_ id: String, at now: Date, in transaction: Transaction) throws {
        guard let record = try transaction.document(id), record.status == .inReview, !record.document.isRecalled,
            let task = try transaction.task(ofDocument: id), task.status != .done, !task.isHeld(at: now),
            try transaction.openQuestion(ofTask: task.id) == nil, try transaction.orderedTurn(ofDocument: id) == nil,
            let decided = try transaction.decided(of: id), record.document.isUntouched(since: decided)
        else { return nil }
        self.record = record
        self.task = task
        pages = try transaction.pages(of: record.sha256).map(\.reading)
    }
}

extension Document {
    /// Whether no person changed or vouched for a value: what policy said of it since does not matter.
    fileprivate func isUntouched(since decided: Document) -> Bool {
        var decided = decided
        (decided.reasons, decided.disposition) = (reasons, disposition)
        return self == decided
    }

    /// Whether a reader of both would see more than other confidences.
    fileprivate func isOtherwise(than other: Document) -> Bool {
        func grounds(_ document: Document) -> [[String?]] { document.reasons.map { [$0.code, $0.field] } }
        return type != other.type || subtype != other.subtype || disposition != other.disposition
            || grounds(self) != grounds(other) || !changes(to: other).isEmpty
    }
}

extension LayoutUse {
    init(_ followed: FollowedLayout, at now: Date) {
        self.init(memoryID: followed.memoryID, valueCount: followed.valueCount, at: now)
    }
}

extension PageReading {
    /// By page number, why pages could not be read.
    static func problems(of pages: [PageReading]) -> [Int: String] {
        Dictionary(
            pages.compactMap { page in page.problem.map { (page.page.number, $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}
