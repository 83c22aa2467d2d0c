import Documents
import Foundation
import Governance
import Reading
import Records
import Synchronization
import Understanding

extension StepWork {
    /// Recognises a page that a person turned as it stands now and understands its document again, with the values that
    /// people stand for, all kept in one transaction.
    func readTurned() async throws {
        let id = step.subject
        guard let turned = try await context.store.read({ try TurnedDocument(id, in: $0) }) else {
            return try await endTurn(because: "The document is not in review any more.")
        }
        let page: StoredPage
        if let kept = turned.kept {
            page = kept
        } else {
            page = try await read(turned.turn)
        }
        if let problem = page.reading.problem { return try await endTurn(because: problem) }
        let readings = turned.readings(with: page)
        let document = Rereading(context: context).read(
            readings, as: ChosenType(turned.record.document), by: try await context.taughtUnderstander())
        let learned = try await context.thresholds.thresholds(at: context.clock())
        let now = context.clock()
        try await context.store.write { transaction in
            guard let current = try TurnedDocument(id, in: transaction), current.isStill(turned) else {
                throw ServiceError(
                    .missing, "The document \(id) changed while a page of it was read. What was read is not kept.")
            }
            let change = TurnChange(
                desk: ReviewDesk(context: context), transaction: transaction, turned: current, page: page,
                readings: readings, learned: learned)
            try change.keep(document, at: now)
            try transaction.complete(step)
        }
        context.bell.ring()
    }

    /// The page from the original, turned as its person says.
    private func read(_ turn: PageTurn) async throws -> StoredPage {
        let found = Mutex<ReadPage?>(nil)
        let originals = context.store.originals
        _ = try await context.readers.read(
            try await originals.bytes(of: turn.sha256), wantImages: true, turn: turn.rotation,
            pages: turn.number - 1..<turn.number
        ) { page in found.withLock { $0 = page } }
        guard let read = found.withLock({ $0 }) else {
            throw ServiceError(.missing, "The file \(turn.sha256) has no page \(turn.number).")
        }
        if let image = read.image {
            // On the disk before the row that names it, beside the image of the former direction.
            try await originals.putPageImage(
                image, of: turn.sha256, page: turn.number, turn: turn.rotation, mediaType: read.imageMediaType)
        }
        var page = StoredPage(
            reading: read.reading, imageMediaType: read.image == nil ? nil : read.imageMediaType,
            imageScale: read.imageScale)
        page.handling.readTurn = turn.rotation
        return page
    }

    /// Leaves the words of the page as they are, and says why; of a document that is out of review only to the audit.
    private func endTurn(because sentence: String) async throws {
        let now = context.clock()
        try await context.store.write { [step] transaction in
            if let turn = try transaction.orderedTurn(ofDocument: step.subject) {
                if try transaction.document(step.subject)?.status == .inReview {
                    try transaction.giveUpTurn(
                        ofDocument: step.subject, because: sentence, correlationID: step.correlationID, at: now)
                } else {
                    try transaction.dropTurn(ofDocument: step.subject)
                }
                try transaction.audit(
                    actor: "pipeline", action: "page.not_reread", subject: step.subject,
                    detail: ["page": "\(turn.number)", "rotation": "\(turn.rotation)", "reason": sentence],
                    correlationID: step.correlationID, at: now)
            }
            try transaction.complete(step)
        }
        context.bell.ring()
    }
}

extension Transaction {
    /// Notes that a page cannot be read in its new direction, and has its document understood again: what was learned or
    /// forgotten while the page waited left it alone.
    func giveUpTurn(ofDocument documentID: String, because reason: String, correlationID: String, at now: Date) throws {
        try failTurn(ofDocument: documentID, because: reason)
        guard try layoutChange() > 0 else { return }
        try enqueueUnderstandingAgain(documentID, correlationID: correlationID, at: now)
    }
}

/// Keeps in one transaction what the words of a turned page make of its document.
private struct TurnChange {
    let desk: ReviewDesk
    let transaction: Transaction
    let turned: TurnedDocument
    /// The page as it was read now.
    let page: StoredPage
    let readings: [PageReading]
    let learned: LearnedThresholds

    func keep(_ read: Document, at now: Date) throws {
        let former = turned.record.document
        try keepPage()
        let removals = try moveRemovals()
        var record = turned.record
        record.document = read.leavingOut(removals).keeping(
            valuesOf: former.turning(page: turned.turn.number, by: turned.turning(to: page)), withoutInk: true,
            vocabulary: desk.context.vocabulary)
        record.document.pagesConfidence = former.pagesConfidence
        record.document.evidence += former.evidence.filter { Rereading.pagesCodes.contains($0.code) }
        record = try desk.keep(
            record, formerType: former.type, problems: desk.problems(in: readings), learned, in: transaction, at: now)
        try transaction.finishTurn(turned.turn, documentVersion: record.version)
        let queue = try desk.context.taskClocks.route(
            turned.task, after: former, about: record, in: transaction, at: now)
        try letGo(of: record, in: queue, at: now)
        try transaction.audit(
            actor: "pipeline", action: "page.reread", subject: record.id,
            detail: [
                "task": turned.task.id, "page": "\(turned.turn.number)", "rotation": "\(turned.turn.rotation)",
                "was_kept": "\(turned.kept != nil)", "type": record.type, "type_before": former.type,
                "queue": queue, "model": record.versions.model, "policy": record.versions.policy,
                "reader": record.versions.reader,
            ].merging(former.changeDetail(to: record.document)) { own, _ in own },
            correlationID: record.correlationID, at: now)
    }

    /// The reading of before stays known, for who turns the page back; it stands upright now, so its view does too.
    private func keepPage() throws {
        try transaction.keepReading(turned.page, of: turned.turn.sha256)
        try transaction.savePage(of: turned.turn.sha256, page)
        var handling = turned.page.handling
        handling.turn = 0
        try transaction.setHandling(handling, of: turned.turn.sha256)
    }

    /// What people took away from the page lies elsewhere now.
    private func moveRemovals() throws -> [Removal] {
        let turning = turned.turning(to: page)
        for var removed in try transaction.removals(ofFile: turned.turn.sha256) where removed.page == turned.turn.number
        {
            removed.box = removed.box.map(turning.turned)
            try transaction.moveRemoval(removed)
        }
        return try transaction.removals(of: turned.record.id, sha256: turned.turn.sha256)
    }

    /// Gives the task back where its document is of another queue now, which its holder does not work.
    private func letGo(of record: DocumentRecord, in queue: String, at now: Date) throws {
        guard queue != turned.task.queue, let holder = turned.task.leaseOwner else { return }
        let facility = try transaction.file(record.sha256)?.facility
        let colleagues = try desk.reviewers(ofQueue: queue, facility: facility, in: transaction)
        guard !colleagues.contains(where: { $0.actor == holder }) else { return }
        try transaction.releaseTask(turned.task.id, owner: holder)
        try transaction.audit(
            actor: "pipeline", action: "task.released", subject: record.id,
            detail: ["task": turned.task.id, "queue": queue], correlationID: record.correlationID, at: now)
    }
}
