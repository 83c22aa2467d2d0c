import Documents
import Foundation
import Governance
import Records
import Understanding

/// Where people key the double-blind fields of a document, and where a third decides.
///
/// Each change is one transaction, like those of `ReviewDesk`.
package struct KeyDesk: Sendable {
    let desk: ReviewDesk

    private var context: ServiceContext { desk.context }

    package init(desk: ReviewDesk) { self.desk = desk }

    /// Keeps what the caller keyed, or decided, of the document of the task that they hold.
    ///
    /// Gives whether the document is settled now; if it is not, the task waits for another person. Throws `GovernanceError` with `editRefused` for values that are missing or none, and then nothing is kept.
    @discardableResult
    package func give(_ id: String, _ form: KeyForm, seen version: Int, by caller: Caller) async throws -> Bool {
        let now = context.clock()
        let learned = try await context.thresholds.thresholds(at: now)
        let isSettled = try await desk.inOneChange { transaction in
            let (task, record) = try held(id, seen: version, by: caller, in: transaction, at: now)
            let round = try round(of: record, in: transaction)
            let keys = try next(BlindKeys(round), form, record, by: caller)
            if let key = keys.decision ?? keys.second ?? keys.first, keys.decision == nil {
                try transaction.addKey(.init(person: key.person, values: key.values), to: round)
            }
            try transaction.dropKeyDraft(of: record.id, by: caller.actor)
            try audit(
                keys.decision == nil ? "key.given" : "key.decided", record, by: caller,
                ["task": id, "fields": keys.places.joined(separator: ",")], in: transaction, at: now)
            guard keys.settledValues != nil else {
                try passOn(task, record, keys, by: caller, in: transaction, at: now)
                return false
            }
            return try settle(keys, record, task, learned, by: caller, in: transaction, at: now)
        }
        context.bell.ring()
        return isSettled
    }

    /// Forgets what was keyed: the document is reviewed again, and its rows can be changed.
    package func startAgain(_ id: String, seen version: Int, by caller: Caller) async throws {
        let now = context.clock()
        try await desk.inOneChange { transaction in
            let (_, record) = try held(id, seen: version, by: caller, in: transaction, at: now)
            let round = try round(of: record, in: transaction)
            try transaction.closeKeyRound(of: record.id)
            let lost = [round.first, round.second].compactMap { $0?.person }
            try audit(
                "keys.started_again", record, by: caller, ["task": id, "keyed_by": lost.joined(separator: ",")],
                in: transaction, at: now)
        }
    }

    // MARK: Parts

    func held(
        _ id: String, seen version: Int, by caller: Caller, in transaction: Transaction, at now: Date
    ) throws -> (ReviewTask, DocumentRecord) {
        let task = try desk.task(id, for: caller, in: transaction)
        try desk.follow(task, .renew(by: caller.actor, at: now))
        return (task, try desk.record(of: task, seen: version, in: transaction))
    }

    func round(of record: DocumentRecord, in transaction: Transaction) throws -> KeyRound {
        let basis = context.policy.keysBasis(of: record.type)
        guard let round = try transaction.keyRound(of: record.id, version: record.version, bases: [basis]) else {
            throw ReviewError.changedMeanwhile
        }
        return round
    }

    private func next(
        _ keys: BlindKeys, _ form: KeyForm, _ record: DocumentRecord, by caller: Caller
    ) throws -> BlindKeys {
        let isDecision = keys.stage == .difference
        var readings: [String: [String: String]] = [:]
        if isDecision {
            readings["first"] = keys.first?.values
            readings["second"] = keys.second?.values
            readings["machine"] = Dictionary(
                record.document.locatedFields.map { ($0.path.description, $0.field.value.description) },
                uniquingKeysWith: { first, _ in first })
        }
        let values = try form.values(
            at: isDecision ? keys.differences : keys.places, of: record.type, readings: readings,
            vocabulary: context.vocabulary)
        do {
            return isDecision
                ? try keys.decided(
                    values, by: caller.actor, maySettle: caller.permissions.contains(.settleDifferences))
                : try keys.keyed(values, by: caller.actor)
        } catch {
            throw ReviewError(.taken, error.description)
        }
    }

    /// Puts the task back for another person.
    private func passOn(
        _ task: ReviewTask, _ record: DocumentRecord, _ keys: BlindKeys, by caller: Caller,
        in transaction: Transaction, at now: Date
    ) throws {
        let reason: Reason
        if keys.stage == .difference {
            reason = Reason(
                code: ReasonCode.keysDiffer.rawValue, detail: "Two people keyed different values: a third decides.")
            try audit(
                "keys.differ", record, by: caller, ["fields": keys.differences.joined(separator: ",")],
                in: transaction, at: now)
        } else {
            reason = Reason(
                code: ReasonCode.keysWanted.rawValue, detail: "One person has keyed it: a second one is to.")
        }
        try transaction.routeTask(task, to: task.queue, reasons: [reason])
        try transaction.releaseTask(task.id, owner: caller.actor)
    }

    /// Accepts the document with what was keyed; false where that makes something unusual about it that nobody was told: then
    /// it keeps the values, and goes back to reviewers.
    private func settle(
        _ keys: BlindKeys, _ record: DocumentRecord, _ task: ReviewTask, _ learned: LearnedThresholds,
        by caller: Caller, in transaction: Transaction, at now: Date
    ) throws -> Bool {
        guard let values = keys.settledValues else { return false }
        var record = record
        let edits = record.document.edits(settling: values, at: keys.places)
        let changes = try desk.apply(edits, to: &record)
        var detail = ["task": task.id]
        detail["first_by"] = keys.first?.person
        detail["second_by"] = keys.second?.person
        detail["decided_by"] = keys.decision?.person
        for place in keys.differences {
            detail["first \(place)"] = keys.first?.values[place] ?? "none"
            detail["second \(place)"] = keys.second?.values[place] ?? "none"
        }
        try audit("keys.settled", record, by: caller, detail, in: transaction, at: now)
        if try desk.tellsNews(of: &record, changes, learned, by: caller, in: transaction, at: now) {
            // Who keyed it saw no more of it than the values' ink: a reviewer looks at it, and then it is keyed anew.
            try transaction.closeKeyRound(of: record.id)
            let reasons = try desk.record(of: task, in: transaction).document.reasons
            try transaction.routeTask(task, to: task.queue, reasons: reasons)
            try transaction.releaseTask(task.id, owner: caller.actor)
            return false
        }
        try desk.accept(
            record, task, changes, by: caller, ["keyed_by": keys.people.joined(separator: ",")], in: transaction,
            at: now)
        return true
    }

    private func audit(
        _ action: String, _ record: DocumentRecord, by caller: Caller, _ detail: [String: String],
        in transaction: Transaction, at now: Date
    ) throws {
        try transaction.audit(
            actor: caller.actor, action: action, subject: record.id,
            detail: detail.merging(["policy": context.policy.hash]) { own, _ in own },
            correlationID: record.correlationID, at: now)
    }
}
