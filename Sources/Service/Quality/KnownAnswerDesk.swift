import Documents
import Foundation
import Governance
import Records
import Understanding

/// Gives reviewers settled documents once more, as ordinary work, with one value altered.
///
/// A check is a record of its own that looks like a task: the document, its status, events, outcomes and figures are not
/// touched by anything here.
struct KnownAnswerDesk: Sendable {
    /// So many of the latest documents are drawn from, unless policy asks for more.
    private static let candidateCountMax = 500
    /// So many of them are tried, for some have no value that can be altered.
    private static let attemptCountMax = 5

    let desk: ReviewDesk

    private var context: ServiceContext { desk.context }

    // MARK: Drawing

    /// A check in the place of the task that the caller would get next, where the lot has it so; nil else.
    func draw(
        in queue: String, for caller: Caller, in transaction: Transaction, at now: Date
    ) throws -> ReviewTask? {
        let rule = context.policy.knownAnswers
        guard rule.share > 0 else { return nil }
        if let left = try transaction.openCheck(of: caller.actor) {
            guard left.leaseUntil <= now else { return nil }
            try end(left, .unanswered, in: transaction, at: now)
        }
        let bar = desk.keyBar(for: caller)
        guard
            let next = try transaction.nextTask(
                queues: [queue], within: caller.reach, for: caller.actor, at: now, bar: bar),
            rule.isDrawn(for: caller.actor, insteadOf: next.id),
            try !transaction.hadCheck(caller.actor, insteadOf: next.id)
        else { return nil }
        let candidates = try transaction.checkCandidates(
            queue: queue, for: caller.actor, within: caller.reach,
            limit: max(rule.leastDocuments, KnownAnswerDesk.candidateCountMax))
        guard candidates.count >= rule.leastDocuments else { return nil }
        let order = KnownAnswerRule.order(candidates, for: caller.actor, insteadOf: next.id)
        for id in order.prefix(KnownAnswerDesk.attemptCountMax) {
            guard let check = try make(of: id, insteadOf: next, for: caller, in: transaction, at: now) else { continue }
            try transaction.openCheck(check)
            try audit("check.given", check, by: caller, in: transaction, at: now)
            return try task(check, in: transaction)
        }
        return nil
    }

    private func make(
        of id: String, insteadOf next: ReviewTask, for caller: Caller, in transaction: Transaction, at now: Date
    ) throws -> KnownAnswerCheck? {
        guard let record = try transaction.document(id), let read = try transaction.decided(of: id),
            read.type == record.type, read.pages == record.document.pages,
            // A real task would compare it with the other document, as a check cannot.
            !read.evidence.contains(where: { ReasonCode.isOfAnomalies($0.code) }),
            let type = context.understander.catalog[read.type],
            let answer = KnownAnswer(
                in: read, settled: record.document, among: context.policy.checkedFields(of: read),
                vocabulary: context.vocabulary, type: type, seed: "\(caller.actor)/\(next.id)")
        else { return nil }
        return KnownAnswerCheck(
            id: Identifier.make(at: now), documentID: id, person: caller.actor, queue: next.queue, insteadOf: next.id,
            answer: String(decoding: try JSONEncoder().encode(answer), as: UTF8.self),
            document: checked(answer.shown(in: read), type), leaseUntil: now.addingTimeInterval(desk.leaseSeconds),
            createdAt: now)
    }

    private func checked(_ document: Document, _ type: DocumentType) -> Document {
        var checked = document
        checked.checks = Checker(type: type).checks(
            fields: document.fields, claims: document.claims, lineItems: document.lineItems)
        return checked
    }

    // MARK: Working

    /// The check `id` as a task with a longer lease; nil when the caller has no such check in hand.
    func renew(_ id: String, for caller: Caller, in transaction: Transaction, at now: Date) throws -> ReviewTask? {
        guard let check = try transaction.check(id, of: caller.actor), check.outcome == nil else { return nil }
        try transaction.renewCheck(id, until: now.addingTimeInterval(desk.leaseSeconds))
        return try task(check, in: transaction)
    }

    /// The check `id` as a reviewer sees it; the look is on record.
    func look(at id: String, for caller: Caller, in transaction: Transaction, at now: Date) throws -> ReviewCase? {
        guard let check = try transaction.check(id, of: caller.actor), check.outcome == nil else { return nil }
        let record = try record(of: check, in: transaction)
        try transaction.recordView(of: record.id, record.correlationID, by: caller, at: now)
        return try reviewCase(check, record, for: caller, in: transaction, at: now)
    }

    /// Keeps edits of the check's own copy of the document.
    func keep(
        _ check: KnownAnswerCheck, seen version: Int, _ learned: LearnedThresholds, for caller: Caller,
        in transaction: Transaction, at now: Date,
        _ edit: (Document) throws -> (EditedDocument?, [GovernanceError.Problem])
    ) throws -> KeptChanges {
        var check = try seen(check, version)
        var shown = check.record(of: try record(of: check, in: transaction))
        let (edited, problems) = try edit(shown.document)
        if let edited {
            desk.take(edited, into: &shown)
            shown.document.reasons = try desk.reasons(for: shown, learned, in: transaction)
            check.document = shown.document
            check.leaseUntil = now.addingTimeInterval(desk.leaseSeconds)
            check = try transaction.updateCheck(check)
        }
        let record = try record(of: check, in: transaction)
        return KeptChanges(
            review: try reviewCase(check, record, for: caller, in: transaction, at: now),
            edited: edited ?? EditedDocument(document: shown.document), problems: problems)
    }

    // MARK: Ending

    /// What a reviewer does that ends a check.
    enum Ending: Sendable {
        /// Vouches for the document after these edits.
        case confirm([FieldEdit])
        case reject
        /// Gives it back, or asks for other pages or another type.
        case leave
    }

    /// Whether the caller has, or had, a check of this name.
    func exists(_ id: String, for caller: Caller) async throws -> Bool {
        try await context.store.read { try $0.check(id, of: caller.actor) != nil }
    }

    /// Ends the check `id`; one that has ended stays as it is.
    ///
    /// Throws like `ReviewDesk.confirm`.
    func end(_ id: String, _ ending: Ending, seen version: Int, by caller: Caller) async throws {
        let now = context.clock()
        try await desk.inOneChange { transaction in
            guard let found = try transaction.check(id, of: caller.actor), found.outcome == nil else { return }
            let check = try seen(found, version)
            try end(check, try outcome(of: check, ending), in: transaction, at: now)
        }
    }

    /// Ends the check `id` as one that is given back; false when the caller never had one of this name.
    func leave(_ id: String, by caller: Caller) async throws -> Bool {
        guard let check = try await context.store.read({ try $0.check(id, of: caller.actor) }) else { return false }
        try await end(id, .leave, seen: check.version, by: caller)
        return true
    }

    private func outcome(of check: KnownAnswerCheck, _ ending: Ending) throws -> CheckOutcome {
        switch ending {
        case .reject: return .caught
        case .leave: return .unanswered
        case .confirm(let edits):
            guard let document = check.document else { return .unanswered }
            let edited = try document.applying(edits, vocabulary: context.vocabulary)
            return try check.known.isMissed(in: edited.document) ? .missed : .caught
        }
    }

    private func end(
        _ check: KnownAnswerCheck, _ outcome: CheckOutcome, in transaction: Transaction, at now: Date
    ) throws {
        try transaction.endCheck(check, outcome, at: now)
        let record = try record(of: check, in: transaction)
        try transaction.audit(
            actor: check.person, action: "check.\(outcome.rawValue)", subject: check.id,
            detail: ["document": record.id, "field": try check.known.path, "policy": context.policy.hash],
            correlationID: record.correlationID, at: now)
    }

    // MARK: Parts

    private func seen(_ check: KnownAnswerCheck, _ version: Int) throws -> KnownAnswerCheck {
        guard check.version == version, check.outcome == nil else { throw ReviewError.changedMeanwhile }
        return check
    }

    private func record(of check: KnownAnswerCheck, in transaction: Transaction) throws -> DocumentRecord {
        guard let record = try transaction.document(check.documentID) else {
            throw ReviewError(.notFound, "The document of this task is gone. Choose another task.")
        }
        return record
    }

    /// The check as a task: as old as the one in whose place it came.
    private func task(_ check: KnownAnswerCheck, in transaction: Transaction) throws -> ReviewTask {
        ReviewTask(
            id: check.id, documentID: check.documentID, queue: check.queue, status: .leased, version: check.version,
            leaseOwner: check.person, leaseUntil: .distantFuture,
            createdAt: try transaction.task(check.insteadOf)?.createdAt ?? check.createdAt,
            reasons: check.document?.reasons ?? [])
    }

    private func reviewCase(
        _ check: KnownAnswerCheck, _ record: DocumentRecord, for caller: Caller, in transaction: Transaction,
        at now: Date
    ) throws -> ReviewCase {
        let (task, shown) = (try task(check, in: transaction), check.record(of: record))
        var review = try desk.reviewCase(task, shown, for: caller, in: transaction, at: now)
        review.keyCase = nil
        review.clock = TaskClock(
            taskID: task.id, terms: context.policy.priorityTerms(of: shown.document, arrival: task.createdAt),
            basis: "", dueAt: context.policy.dueDate(inQueue: task.queue, arrival: task.createdAt))
        return review
    }

    private func audit(
        _ action: String, _ check: KnownAnswerCheck, by caller: Caller, in transaction: Transaction, at now: Date
    ) throws {
        let record = try record(of: check, in: transaction)
        try transaction.audit(
            actor: caller.actor, action: action, subject: check.id,
            detail: ["document": record.id, "instead_of": check.insteadOf, "policy": context.policy.hash],
            correlationID: record.correlationID, at: now)
    }
}

extension KnownAnswerCheck {
    /// What was altered.
    var known: KnownAnswer {
        get throws { try JSONDecoder().decode(KnownAnswer.self, from: Data(answer.utf8)) }
    }
}
