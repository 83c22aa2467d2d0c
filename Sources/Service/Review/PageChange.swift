import Actions
import Documents
import Foundation
import Governance
import Records
import Understanding

/// Keeps in one transaction what an operation makes of the documents of a file.
struct PageChange {
    let desk: ReviewDesk
    let transaction: Transaction
    let plan: PagePlan
    /// What was understood of the changed documents, by their pages.
    let read: [[Int]: Document]
    let task: ReviewTask
    let caller: Caller
    let learned: LearnedThresholds

    private var context: ServiceContext { desk.context }

    /// Gives where the reviewer's task is afterwards.
    func keep() throws -> TaskPlace {
        let now = context.clock()
        var place = TaskPlace(queue: task.queue, stays: true)
        for record in plan.merged { try mergeAway(record, at: now) }
        for changed in plan.changed {
            switch changed.part.documentID {
            case nil: try add(changed, at: now)
            case plan.record.id: place = try update(plan.record, task, changed, at: now)
            case let id?:
                guard let record = plan.before.documents[id], let task = try transaction.task(ofDocument: id) else {
                    throw ReviewError.changedMeanwhile
                }
                _ = try update(record, task, changed, at: now)
            }
        }
        try keepHandlings()
        return place
    }

    // MARK: Documents

    /// Ends a document that is part of the reviewer's now: it has neither pages nor values any more.
    private func mergeAway(_ former: DocumentRecord, at now: Date) throws {
        guard let task = try transaction.task(ofDocument: former.id) else { throw ReviewError.changedMeanwhile }
        try desk.follow(task, .merge(by: caller.actor, at: now))
        var record = former
        record.status = .merged
        record.mergedInto = plan.record.id
        record.document = Document(
            type: former.type, subtype: former.subtype, typeConfidence: former.document.typeConfidence, pages: [])
        record = try context.update(record, in: transaction, at: now)
        try transaction.finishTask(task.id, expecting: task.version, at: now)
        try transaction.setLayoutUse(nil, of: record.id)
        try audit(
            record, task: task.id, from: former.document.pages,
            former.document.changeDetail(to: record.document).merging(["merged_into": plan.record.id]) { _, new in new
            },
            at: now)
        try context.voidApprovals(
            ofDocument: record.id, because: "The document that it came of became part of another one.",
            by: caller.actor, in: transaction, at: now)
        try context.raise(.documentMerged, about: record, in: transaction, at: now)
    }

    private func update(
        _ former: DocumentRecord, _ task: ReviewTask, _ changed: PagePlan.Changed, at now: Date
    ) throws -> TaskPlace {
        var record = former
        record.document = try document(changed, of: former)
        record = try desk.keep(
            record, formerType: former.type, absorbing: former.id == plan.record.id ? plan.merged.map(\.document) : [],
            problems: desk.problems(in: changed.readings), learned, in: transaction, at: now)
        try audit(
            record, task: task.id, from: former.document.pages, former.document.changeDetail(to: record.document),
            at: now)
        guard task.id == self.task.id || task.leaseOwner == caller.actor else {
            let queue = try context.taskClocks.route(
                task, after: former.document, about: record, in: transaction, at: now)
            return TaskPlace(queue: queue, stays: false)
        }
        return try desk.route(task, to: record, after: former.document, by: caller, in: transaction, at: now)
    }

    /// Puts a document that was split off before reviewers, whatever policy says of it: nobody has looked at it yet.
    ///
    /// Nothing decided is kept of it: where it begins a person said, so its values say nothing of what the machine does.
    private func add(_ changed: PagePlan.Changed, at now: Date) throws {
        let ordinals = try transaction.documents(of: plan.record.sha256, withMerged: true).map(\.ordinal)
        var record = DocumentRecord(
            id: Identifier.make(at: now), sha256: plan.record.sha256, ordinal: (ordinals.max() ?? 0) + 1,
            status: .inReview, document: try document(changed, of: nil), versions: context.versions, createdAt: now,
            correlationID: plan.record.correlationID)
        record.document = try Rereading(context: context).decided(
            record.document, of: record, problems: desk.problems(in: changed.readings), learned, in: transaction)
        record.document = record.document.adding(
            recallReasons: plan.record.document.recallReasons(carriedTo: record.document))
        record.document.disposition = .review
        record.document.reasons.append(
            Reason(
                code: ReasonCode.splitOff.rawValue,
                detail: "A reviewer split it from another document: look at it as a whole."))
        try transaction.insertDocument(record)
        let facility = try transaction.file(record.sha256)?.facility
        let task = ReviewTask(
            id: Identifier.make(at: now), documentID: record.id,
            queue: context.policy.queue(for: record.document, facility: facility), createdAt: now,
            reasons: record.document.reasons)
        try transaction.openTask(task)
        try context.taskClocks.start(task, record.document, in: transaction)
        try audit(record, task: task.id, from: [], ["split_from": plan.record.id], at: now)
        try context.raise(.documentReviewRequested, about: record, in: transaction, at: now)
    }

    /// The document as read anew, with the values that people stand for.
    private func document(_ changed: PagePlan.Changed, of former: DocumentRecord?) throws -> Document {
        guard let anew = read[changed.part.pages] else { throw ReviewError.changedMeanwhile }
        var document = anew.leavingOut(try transaction.removals(of: former?.id, sha256: plan.record.sha256))
        let isOwn = former?.id == plan.record.id
        // What the document's own reviewer said comes last, over what others said.
        for other in plan.merged + [plan.record, former].compactMap(\.self) {
            let isPart = other.id == former?.id || isOwn && plan.merged.contains { $0.id == other.id }
            document = document.keeping(
                valuesOf: other.document, withoutInk: isPart, vocabulary: context.vocabulary)
        }
        // The reviewer looks at all pages of this document; of another they said one end alone.
        document.pagesConfidence = isOwn ? 1.0 : (former ?? plan.record).document.pagesConfidence
        document.evidence.append(Reason(code: Rereading.pagesCode, detail: "A reviewer chose which pages it is."))
        return document
    }

    // MARK: Pages

    private func keepHandlings() throws {
        let (before, after) = (plan.before.arrangement.setAside, plan.after.setAside)
        for var page in plan.before.handlings where before[page.number] != after[page.number] {
            page.setAsideBy = after[page.number]
            try transaction.setHandling(page, of: plan.record.sha256)
        }
    }

    private func audit(
        _ record: DocumentRecord, task: String, from: [Int], _ more: [String: String] = [:], at now: Date
    ) throws {
        func text(_ pages: [Int]) -> String { pages.map(String.init).joined(separator: ",") }
        var detail = [
            "task": task, "operation": plan.operation.name, "from": text(from), "to": text(record.document.pages),
            "type": record.type, "model": record.versions.model, "policy": record.versions.policy,
        ]
        let setAside = Set(plan.after.setAside.keys).symmetricDifference(plan.before.arrangement.setAside.keys)
        if !setAside.isEmpty { detail["page"] = text(setAside.sorted()) }
        try transaction.audit(
            actor: caller.actor, action: "document.pages_changed", subject: record.id,
            detail: detail.merging(more) { _, new in new }, correlationID: record.correlationID, at: now)
    }
}
