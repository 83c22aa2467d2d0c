import Documents
import Foundation
import Governance
import Records
import Understanding

/// Where a task is after its document became another.
package struct TaskPlace: Hashable, Sendable {
    package var queue: String
    /// Whether the task is still in the reviewer's hands; if not, their role does not work the queue.
    package var stays: Bool
}

extension ReviewDesk {
    /// Makes the document one of the type that the reviewer chose: its pages are understood again as that type, and the
    /// task goes to that type's queue.
    ///
    /// Values that a person stands for are kept where the type has their fields.
    package func retype(
        _ id: String, as chosen: ChosenType, seen version: Int, by caller: Caller
    ) async throws -> TaskPlace {
        try check(chosen)
        let now = context.clock()
        let learned = try await context.thresholds.thresholds(at: now)
        let readings = try await context.store.read { transaction in
            let task = try self.task(id, for: caller, in: transaction)
            try follow(task, .renew(by: caller.actor, at: now))
            let record = try openRecord(of: task, seen: version, in: transaction)
            return try transaction.readings(record.document.pages, of: record.sha256)
        }
        let read = Rereading(context: context).read(readings, as: chosen, by: try await context.taughtUnderstander())
        return try await inOneChange { transaction in
            let task = try self.task(id, for: caller, in: transaction)
            try follow(task, .renew(by: caller.actor, at: now))
            var record = try openRecord(of: task, seen: version, in: transaction)
            let former = record.document
            let removals = try transaction.removals(of: record.id, sha256: record.sha256)
            record.document = read.leavingOut(removals).keeping(
                valuesOf: former, withoutInk: true, vocabulary: context.vocabulary)
            record.document.pagesConfidence = former.pagesConfidence
            record.document.evidence += former.evidence.filter { Rereading.pagesCodes.contains($0.code) }
            record = try keep(
                record, formerType: former.type, problems: problems(in: readings), learned, in: transaction, at: now)
            let place = try route(task, to: record, after: former, by: caller, in: transaction, at: now)
            try transaction.audit(
                actor: caller.actor, action: "document.retyped", subject: record.id,
                detail: [
                    "task": id, "from": ChosenType(type: former.type, subtype: former.subtype).description,
                    "to": ChosenType(type: record.type, subtype: record.subtype).description,
                    "confidence": "\(former.typeConfidence.probability)", "queue": place.queue,
                    "model": record.versions.model, "policy": record.versions.policy,
                ].merging(former.changeDetail(to: record.document)) { own, _ in own },
                correlationID: record.correlationID, at: now)
            return place
        }
    }

    private func check(_ chosen: ChosenType) throws {
        guard let type = context.understander.catalog[chosen.type] else {
            throw ReviewError(.notPossible, "There is no type '\(chosen.type)'. Choose one from the list.")
        }
        guard let subtype = chosen.subtype else { return }
        guard type.subtypes.contains(where: { $0.name == subtype }) else {
            throw ReviewError(.notPossible, "\(type.title) has no subtype '\(subtype)'. Choose one from the list.")
        }
    }
}

// MARK: - Parts of changes of type and of pages

extension ReviewDesk {
    /// Runs `body` in one transaction; a change that another person made meanwhile is told as one.
    func inOneChange<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        do {
            return try await context.store.write(body)
        } catch let error as RecordsError where [.versionConflict, .duplicate, .leaseLost].contains(error.code) {
            throw ReviewError.changedMeanwhile
        }
    }

    /// Why pages could not be read, by number.
    func problems(in readings: [PageReading]) -> [Int: String] {
        Dictionary(
            readings.compactMap { reading in reading.problem.map { (reading.page.number, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Keeps a document that was read anew, decided on by policy, still in review.
    ///
    /// What was decided before it came to review stays known, to learn from, unless another model read it now: outcomes are
    /// counted by the model that the document names.
    ///
    /// - Parameter absorbed: documents that are part of it now: what a recall doubts in them is doubted in it.
    func keep(
        _ record: DocumentRecord, formerType: String, absorbing absorbed: [Document] = [], problems: [Int: String],
        _ learned: LearnedThresholds, in transaction: Transaction, at now: Date
    ) throws -> DocumentRecord {
        var record = record
        record.document = try Rereading(context: context).decided(
            record.document, of: record, problems: problems, learned, in: transaction)
        // What a recall doubts stays doubted until a person vouches for it.
        var reasons = try transaction.document(record.id)?.document.recallReasons(leftIn: record.document) ?? []
        let carried = absorbed.flatMap { $0.recallReasons(carriedTo: record.document) }
        for reason in carried where !reasons.contains(reason) { reasons.append(reason) }
        record.document = record.document.adding(recallReasons: reasons)
        record.document.disposition = .review
        if record.versions.model != context.versions.model { _ = try transaction.takeDecided(of: record.id) }
        record.versions = context.versions
        // A person has chosen what is read how: no layout is said to have a say in it.
        try transaction.setLayoutUse(nil, of: record.id)
        return try context.update(record, in: transaction, at: now)
    }

    /// Gives a task the reasons of its document and, where that has another type now, the queue; the caller's lease is
    /// lengthened, or ended where they do not work that queue.
    func route(
        _ task: ReviewTask, to record: DocumentRecord, after former: Document, by caller: Caller,
        in transaction: Transaction, at now: Date
    ) throws -> TaskPlace {
        guard
            let renewed = try transaction.leaseTask(
                task.id, owner: caller.actor, now: now, leaseSeconds: leaseSeconds)
        else { throw ReviewError(.taken, "Somebody else took the task meanwhile. Nothing was changed.") }
        let queue = try context.taskClocks.route(renewed, after: former, about: record, in: transaction, at: now)
        let stays = context.policy.mayWork(queue, by: caller)
        if !stays {
            try transaction.releaseTask(task.id, owner: caller.actor)
            try transaction.audit(
                actor: caller.actor, action: "task.released", subject: record.id,
                detail: ["task": task.id, "queue": queue], correlationID: record.correlationID, at: now)
        }
        return TaskPlace(queue: queue, stays: stays)
    }
}
