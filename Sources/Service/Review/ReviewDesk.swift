import Actions
import Documents
import Foundation
package import Governance
package import Records
import Understanding

/// Where reviewers take tasks and settle them.
///
/// Each change is one transaction: the task's state, the document with its version, the event and the deliveries that it
/// causes, and the audit entries with every value before and after.
package struct ReviewDesk: Sendable {
    let context: ServiceContext

    package init(context: ServiceContext) { self.context = context.holdingPolicy() }

    var leaseSeconds: TimeInterval { TimeInterval(context.policy.reviewLeaseMinutes * 60) }

    // MARK: Taking

    /// Leases the most urgent free task of `queue`; nil when there is none.
    package func takeNext(in queue: String, by caller: Caller) async throws -> ReviewTask? {
        try allow(caller, queue: queue)
        let now = context.clock()
        return try await context.store.write { transaction in
            if let check = try knownAnswers.draw(in: queue, for: caller, in: transaction, at: now) { return check }
            let task = try transaction.leaseNextTask(
                queues: [queue], within: caller.reach, owner: caller.actor, now: now, leaseSeconds: leaseSeconds,
                bar: keyBar(for: caller))
            if let task {
                try recordTaking(task, by: caller, in: transaction, at: now)
                try noteTaking(of: task, by: caller, in: transaction, at: now)
            }
            return task
        }
    }

    /// Leases the task `id`, or makes the caller's lease on it longer.
    @discardableResult
    package func take(_ id: String, by caller: Caller) async throws -> ReviewTask {
        let now = context.clock()
        return try await context.store.write { transaction in
            if let check = try knownAnswers.renew(id, for: caller, in: transaction, at: now) { return check }
            let task = try self.task(id, for: caller, in: transaction)
            try refuseKeyed(task, to: caller, in: transaction)
            try follow(task, .take(by: caller.actor, at: now))
            if task.leaseOwner != caller.actor {
                try refuseWhileRead(record(of: task, in: transaction), in: transaction)
            }
            try noteTaking(of: task, by: caller, in: transaction, at: now)
            guard
                let taken = try transaction.leaseTask(id, owner: caller.actor, now: now, leaseSeconds: leaseSeconds)
            else { throw ReviewError(.taken, "Somebody else took the task just now. Take another one.") }
            if task.leaseOwner != caller.actor { try recordTaking(taken, by: caller, in: transaction, at: now) }
            return taken
        }
    }

    /// Gives the task back to its queue.
    package func release(_ id: String, by caller: Caller) async throws {
        let now = context.clock()
        try await context.store.write { transaction in
            let task = try self.task(id, for: caller, in: transaction)
            try follow(task, .release(by: caller.actor))
            try transaction.releaseTask(id, owner: caller.actor)
            let record = try record(of: task, in: transaction)
            try transaction.audit(
                actor: caller.actor, action: "task.released", subject: record.id, detail: ["task": id],
                correlationID: record.correlationID, at: now)
            try catchUp(record, in: transaction, at: now)
        }
        context.bell.ring()
    }

    /// The task with its document and pages; the look is on record.
    package func look(at id: String, by caller: Caller) async throws -> ReviewCase {
        let now = context.clock()
        return try await context.store.write { transaction in
            var review =
                try knownAnswers.look(at: id, for: caller, in: transaction, at: now)
                ?? ownCase(id, for: caller, in: transaction, at: now)
            review.colleagues = try reviewers(
                ofQueue: review.task.queue, facility: review.file.facility, in: transaction
            ).map(\.name)
            return review
        }
    }

    private func ownCase(
        _ id: String, for caller: Caller, in transaction: Transaction, at now: Date
    ) throws -> ReviewCase {
        let task = try self.task(id, for: caller, in: transaction)
        let record = try record(of: task, in: transaction)
        try transaction.audit(
            actor: caller.actor, action: "document.viewed", subject: record.id, detail: ["task": id],
            correlationID: record.correlationID, at: now)
        let review = try reviewCase(task, record, for: caller, in: transaction, at: now)
        // Who keys values is shown those alone.
        guard review.keyCase == nil else { return review }
        // A comparison tells what the other document says: that is a look at it too.
        let compared = review.anomalies.filter { !$0.anomaly.evidence.isEmpty }.compactMap { $0.other?.record }
        for (index, other) in compared.enumerated()
        where !compared.prefix(index).contains(where: { $0.id == other.id }) {
            try transaction.recordView(of: other.id, other.correlationID, by: caller, at: now)
        }
        if task.leaseOwner == caller.actor { try transaction.tellAnomalies(of: record.id, as: .shown) }
        return review
    }

    /// The document of a task as the caller sees it, to tell what a form changes in it.
    func document(of id: String, for caller: Caller) async throws -> Document {
        try await context.store.read { transaction in
            if let document = try transaction.check(id, of: caller.actor)?.document { return document }
            let record = try record(of: task(id, for: caller, in: transaction), in: transaction)
            return record.document.hiding(Sight(context: context).hiddenFields(of: record, from: caller))
        }
    }

    // MARK: Settling

    /// Applies edits and vouches for the document: it is accepted, and what its acceptance causes is under way.
    ///
    /// Gives false when two people are to key values of it first, or something unusual about it turned up that the caller
    /// has not seen: then it stays in review, and in the caller's hands.
    /// Throws `GovernanceError` with `editRefused`, and then nothing is kept.
    @discardableResult
    package func confirm(
        _ id: String, edits: [FieldEdit], seen version: Int, by caller: Caller
    ) async throws -> Bool {
        let now = context.clock()
        let learned = try await context.thresholds.thresholds(at: now)
        let isSettled = try await context.store.write { transaction in
            let task = try self.task(id, for: caller, in: transaction)
            try follow(task, .confirm(by: caller.actor))
            var record = try openRecord(of: task, seen: version, in: transaction)
            try refuseKeyedValues(edits, of: record)
            let changes = try apply(edits, to: &record)
            if try tellsNews(of: &record, changes, learned, by: caller, in: transaction, at: now) { return false }
            if try askForKeys(of: record, task, changes, by: caller, in: transaction, at: now) { return false }
            try accept(record, task, changes, by: caller, in: transaction, at: now)
            return true
        }
        context.bell.ring()
        return isSettled
    }

    /// Refuses the document as no use.
    package func reject(
        _ id: String, reason: RejectionReason, note: String, seen version: Int, by caller: Caller
    ) async throws {
        let now = context.clock()
        try await context.store.write { transaction in
            let task = try self.task(id, for: caller, in: transaction)
            try follow(task, .reject(by: caller.actor))
            var record = try record(of: task, seen: version, in: transaction)
            if reason == .duplicate { try refuseWhereNoOtherStands(record, in: transaction) }
            record.status = .rejected
            try settleAnomalies(of: record, by: caller, refusal: reason, in: transaction, at: now)
            record = try context.update(record, in: transaction, at: now)
            if reason.isAgainstValues {
                try keepOutcomes(of: record, settled: nil, in: transaction, at: now)
            } else {
                for part in try parts(of: record, in: transaction) { _ = try transaction.takeDecided(of: part.id) }
            }
            try transaction.finishTask(id, expecting: task.version, at: now)
            var detail = ["task": id, "reason": reason.rawValue, "policy": context.policy.hash]
            if !note.isEmpty { detail["note"] = note }
            try transaction.audit(
                actor: caller.actor, action: "document.rejected", subject: record.id, detail: detail,
                correlationID: record.correlationID, at: now)
            try context.voidApprovals(
                ofDocument: record.id, because: "The document that it came of was refused.", by: caller.actor,
                in: transaction, at: now)
            try context.raise(.documentRejected, about: record, in: transaction, at: now)
        }
        context.bell.ring()
    }
}

// MARK: - Parts of the changes

extension ReviewDesk {
    var knownAnswers: KnownAnswerDesk { KnownAnswerDesk(desk: self) }

    func allow(_ caller: Caller, queue: String) throws {
        guard caller.reach.includes(queue: queue) else {
            throw ReviewError(.notAllowed, "You are limited to other queues than '\(queue)'. Take from one of them.")
        }
        guard context.policy.mayWork(queue, role: caller.role) else {
            throw ReviewError(
                .notAllowed, "The role '\(caller.role.rawValue)' does not work the queue '\(queue)'. Take from another."
            )
        }
    }

    /// The task, which policy lets the caller's role work; one out of their reach is not there for them.
    func task(_ id: String, for caller: Caller, in transaction: Transaction) throws -> ReviewTask {
        guard let task = try transaction.task(id, within: caller.reach) else {
            throw ReviewError(.notFound, "There is no such review task. Choose one from its queue.")
        }
        try allow(caller, queue: task.queue)
        return task
    }

    /// Has the document of a task that is out of hand understood again: what was learned or forgotten while it was in hand
    /// left it alone.
    func catchUp(_ record: DocumentRecord, in transaction: Transaction, at now: Date) throws {
        guard try transaction.layoutChange() > 0 else { return }
        try transaction.enqueueUnderstandingAgain(record.id, correlationID: record.correlationID, at: now)
    }

    func record(of task: ReviewTask, in transaction: Transaction) throws -> DocumentRecord {
        guard let record = try transaction.document(task.documentID) else {
            throw ReviewError(.notFound, "The document of this review task is gone. Choose another task.")
        }
        return record
    }

    func record(
        of task: ReviewTask, seen version: Int, in transaction: Transaction
    ) throws -> DocumentRecord {
        let record = try record(of: task, in: transaction)
        guard record.version == version else {
            throw ReviewError.changedMeanwhile
        }
        return record
    }

    /// Asks the state machine whether the event may happen.
    func follow(_ task: ReviewTask, _ event: ReviewTaskState.Event) throws {
        do {
            _ = try ReviewTaskState(task).applying(event, leaseSeconds: leaseSeconds)
        } catch {
            throw ReviewError(.taken, error.description)
        }
    }

    /// Accepts the document of a task with all that follows; `changes` are the last ones made to it.
    func accept(
        _ edited: DocumentRecord, _ task: ReviewTask, _ changes: [FieldChange], by caller: Caller,
        _ more: [String: String] = [:], in transaction: Transaction, at now: Date
    ) throws {
        var record = edited
        record.document = record.document.confirmed()
        record.status = .accepted
        try keepOutcomes(of: record, settled: record.document, in: transaction, at: now)
        try settleAnomalies(of: record, by: caller, in: transaction, at: now)
        record = try context.update(record, in: transaction, at: now)
        try transaction.finishTask(task.id, expecting: task.version, at: now)
        try recordChanges(changes, to: record, by: caller, in: transaction, at: now)
        let failed = record.document.checks.filter { !$0.passed }.map(\.name).joined(separator: ",")
        try transaction.audit(
            actor: caller.actor, action: "document.confirmed", subject: record.id,
            detail: [
                "task": task.id, "corrections": "\(changes.count(where: \.isCorrection))", "failed_checks": failed,
                "policy": context.policy.hash,
            ].merging(more) { own, _ in own }, correlationID: record.correlationID, at: now)
        try context.raise(.documentAccepted, about: record, in: transaction, at: now)
        if context.policy.learnsLayouts {
            try transaction.enqueueAgain(
                Step(
                    id: Identifier.make(at: now), kind: .learn, subject: record.id, availableAt: now,
                    correlationID: record.correlationID))
        }
    }

    func apply(_ edits: [FieldEdit], to record: inout DocumentRecord) throws -> [FieldChange] {
        let edited = try record.document.applying(edits, vocabulary: context.vocabulary)
        take(edited, into: &record)
        return edited.changes
    }

    /// Makes `edited` the record's document: the checks look at it again, and what the books said of changed values is
    /// taken back.
    func take(_ edited: EditedDocument, into record: inout DocumentRecord) {
        record.document = edited.document
        let settled = Set(edited.changes.map(\.path))
        // What a person has looked at and vouched for, the books do not hold up any longer.
        record.document.evidence.removeAll { evidence in
            [AccountMatcher.Finding.disagrees, .corrects].map(\.rawValue).contains(evidence.code)
                && evidence.field.map(settled.contains) == true
        }
        record.document.dropAccounts(after: edited.changes)
        if let type = context.understander.catalog[record.type] {
            record.document.checks = Checker(type: type).checks(
                fields: edited.document.fields, claims: edited.document.claims, lineItems: edited.document.lineItems)
        }
    }

    /// Keeps which values that the machine read were right; a document that was put before reviewers by an older version
    /// of the program, as it was read, is not known any more.
    ///
    /// Documents that were merged into it are judged by it too: a value of theirs that it does not have was wrong.
    private func keepOutcomes(
        of record: DocumentRecord, settled: Document?, in transaction: Transaction, at now: Date
    ) throws {
        for part in try parts(of: record, in: transaction) {
            // Of a document that is refused no copy is kept.
            let kept =
                try settled == nil
                ? transaction.takeDecided(of: part.id) : transaction.settleDecided(of: part.id, at: now)
            guard let decided = kept else { continue }
            try transaction.record(
                decided.outcomes(
                    settled: settled, id: part.id, model: part.versions.model, vocabulary: context.vocabulary),
                at: now)
        }
    }

    /// The document and all that became part of it.
    private func parts(of record: DocumentRecord, in transaction: Transaction) throws -> [DocumentRecord] {
        try [record] + transaction.documents(mergedInto: record.id).flatMap { try parts(of: $0, in: transaction) }
    }

    /// What policy still doubts.
    func reasons(
        for record: DocumentRecord, _ learned: LearnedThresholds, in transaction: Transaction
    ) throws -> [Reason] {
        let problems = try transaction.pageFaces(of: record).compactMap { face in
            face.problem.map { (face.page.number, $0) }
        }
        return context.policy.decide(
            record.document, unreadablePages: Dictionary(problems, uniquingKeysWith: { first, _ in first }),
            learned: learned, isAudited: context.policy.isAudited(sha256: record.sha256, ordinal: record.ordinal)
        ).adding(recallReasons: record.document.recallReasons(leftIn: record.document)).reasons
    }

    func reviewCase(
        _ task: ReviewTask, _ record: DocumentRecord, for caller: Caller, in transaction: Transaction, at now: Date
    ) throws -> ReviewCase {
        guard let file = try transaction.file(record.sha256) else {
            throw ReviewError(.notFound, "The file of this document is gone. Choose another task.")
        }
        let sight = Sight(context: context)
        let hidden = sight.hiddenFields(of: record, from: caller)
        return ReviewCase(
            task: task, record: sight.record(record, hiding: hidden), file: file,
            pages: try transaction.pageFaces(of: record),
            layout: try layout(around: record, for: caller, in: transaction, at: now),
            clock: try transaction.clock(of: task.id),
            taught: try TaughtReading(of: record.id, within: caller.reach, in: transaction), hidden: hidden,
            keyCase: try KeyCase(of: record, policy: context.policy, in: transaction),
            keyDraft: try transaction.keyDraft(of: record.id, version: record.version, by: caller.actor),
            typeSource: try TypeSource(record, in: transaction),
            turn: try transaction.latestTurn(ofDocument: record.id),
            talk: try TaskTalk(
                task, isHidden: sight.seen(record, by: caller, in: transaction).isPart, at: now, in: transaction),
            anomalies: try SeenAnomaly.all(of: record, by: caller, sight, in: transaction))
    }

    private func recordTaking(
        _ task: ReviewTask, by caller: Caller, in transaction: Transaction, at now: Date
    ) throws {
        try transaction.audit(
            actor: caller.actor, action: "task.taken", subject: task.documentID,
            detail: ["task": task.id, "queue": task.queue],
            correlationID: try record(of: task, in: transaction).correlationID, at: now)
    }

    func recordChanges(
        _ changes: [FieldChange], to record: DocumentRecord, by caller: Caller, in transaction: Transaction,
        at now: Date
    ) throws {
        try recordRemovals(changes, of: record, by: caller, in: transaction, at: now)
        for change in changes {
            var detail = ["field": change.path]
            detail["from"] = change.from?.value.description
            detail["to"] = change.to?.value.description
            detail["confidence"] = (change.from?.confidence.probability).map { "\($0)" }
            let action =
                change.isRestored ? "field.restored" : change.isCorrection ? "field.corrected" : "field.confirmed"
            try transaction.audit(
                actor: caller.actor, action: action,
                subject: record.id, detail: detail, correlationID: record.correlationID, at: now)
        }
    }
}

extension ReviewTaskState {
    /// The state that the store has of a task.
    init(_ task: ReviewTask) {
        let phase: Phase
        switch task.status {
        case .open: phase = .open
        case .leased: phase = .held(by: task.leaseOwner ?? "", until: task.leaseUntil ?? .distantPast)
        // How it ended is the document's status; for the rules every end is the same.
        case .done: phase = .done(.confirmed, by: task.leaseOwner ?? "")
        }
        self.init(phase: phase, version: task.version)
    }
}
