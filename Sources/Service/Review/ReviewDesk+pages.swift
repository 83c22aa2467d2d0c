import Documents
import Foundation
package import Governance
import Records
import Understanding

extension ReviewDesk {
    /// Changes which pages are the document, and has all documents whose pages changed understood again.
    ///
    /// A document that loses all of its pages to this one is merged; one that is split off waits in the queue of its type.
    /// Values that a person stands for go with the page that has their ink.
    ///
    /// - Parameter layout: the version of the file's layout that the reviewer saw.
    package func changePages(
        _ id: String, _ operation: PageOperation, layout: String, seen version: Int, by caller: Caller
    ) async throws -> TaskPlace {
        let now = context.clock()
        let learned = try await context.thresholds.thresholds(at: now)
        let plan = try await context.store.read { transaction in
            let task = try self.task(id, for: caller, in: transaction)
            try follow(task, .renew(by: caller.actor, at: now))
            let record = try openRecord(of: task, seen: version, in: transaction)
            let seen = try self.layout(around: record, for: caller, in: transaction, at: now)
            guard seen.version == layout else { throw ReviewError.changedMeanwhile }
            return try PagePlan(operation, on: record, layout: seen, by: caller, in: transaction)
        }
        // Understanding takes longer than other writers should wait.
        let read = plan.understood(by: Rereading(context: context), try await context.taughtUnderstander())
        let place = try await inOneChange { transaction in
            let task = try self.task(id, for: caller, in: transaction)
            try follow(task, .renew(by: caller.actor, at: now))
            let record = try openRecord(of: task, seen: version, in: transaction)
            let seen = try self.layout(around: record, for: caller, in: transaction, at: now)
            let current = try PagePlan(operation, on: record, layout: seen, by: caller, in: transaction)
            guard current.rests(on: plan) else { throw ReviewError.changedMeanwhile }
            return try PageChange(
                desk: self, transaction: transaction, plan: current, read: read, task: task, caller: caller,
                learned: learned
            ).keep()
        }
        context.bell.ring()
        return place
    }

    /// Keeps by how many degrees clockwise people want to see the image of a page of the task's file turned.
    package func turnPage(_ id: String, page number: Int, to turn: Int, by caller: Caller) async throws {
        let now = context.clock()
        try await context.store.write { transaction in
            // The view of a page is the file's, and a check touches nothing of it.
            guard try transaction.check(id, of: caller.actor) == nil else { return }
            let task = try self.task(id, for: caller, in: transaction)
            let record = try record(of: task, in: transaction)
            guard [0, 90, 180, 270].contains(turn),
                var page = try transaction.pageHandlings(of: record.sha256).first(where: { $0.number == number })
            else {
                throw ReviewError(
                    .notPossible, "Page \(number) cannot be turned by \(turn) degrees. Load the page again.")
            }
            guard page.turn != turn else { return }
            page.turn = turn
            try transaction.setHandling(page, of: record.sha256)
            try transaction.audit(
                actor: caller.actor, action: "page.turned", subject: record.id,
                detail: ["page": "\(number)", "degrees": "\(turn)"], correlationID: record.correlationID, at: now)
        }
    }
}

/// What an operation makes of a file's documents.
struct PagePlan: Sendable {
    /// A document that has other pages than before, or is new.
    struct Changed: Sendable {
        var part: PageArrangement.Part
        var chosen: ChosenType?
        var readings: [PageReading]
    }

    let operation: PageOperation
    /// The document that the reviewer works on.
    let record: DocumentRecord
    let before: FileLayout
    let after: PageArrangement
    private(set) var changed: [Changed] = []
    /// Documents that are part of the reviewer's now.
    let merged: [DocumentRecord]

    init(
        _ operation: PageOperation, on record: DocumentRecord, layout: FileLayout, by caller: Caller,
        in transaction: Transaction
    ) throws {
        self.operation = operation
        self.record = record
        before = layout
        do {
            after = try layout.arrangement.applying(operation, to: record.id, by: caller.actor)
        } catch {
            throw ReviewError(.notPossible, error.description)
        }
        let left = Set(after.parts.compactMap(\.documentID))
        merged = layout.documents.values.filter { !left.contains($0.id) }
        let former = layout.arrangement.parts.map(\.pages)
        for part in after.parts where !former.contains(part.pages) {
            changed.append(
                Changed(
                    part: part,
                    chosen: part.documentID.flatMap { layout.documents[$0] }.flatMap { ChosenType($0.document) },
                    readings: try transaction.readings(part.pages, of: record.sha256)))
        }
    }

    /// What the changed documents are and say, by their pages.
    func understood(by rereading: Rereading, _ understander: Understander) -> [[Int]: Document] {
        changed.reduce(into: [:]) {
            $0[$1.part.pages] = rereading.read($1.readings, as: $1.chosen, by: understander)
        }
    }

    /// Whether what `earlier` had understood is what this plan needs.
    func rests(on earlier: PagePlan) -> Bool {
        changed.map(\.part.pages) == earlier.changed.map(\.part.pages)
            && changed.map(\.chosen) == earlier.changed.map(\.chosen)
    }
}
