import Documents
import Foundation
import Governance
import Records

extension ReviewDesk {
    /// Has a page recognised again as it stands when it is turned by `degrees` clockwise from how it was read, and its
    /// document understood again.
    ///
    /// Until that is done nothing of the document can be changed and nobody else is given it.
    package func readTurned(
        _ id: String, page number: Int, by degrees: Int, seen version: Int, by caller: Caller
    ) async throws {
        let now = context.clock()
        try await inOneChange { transaction in
            let task = try self.task(id, for: caller, in: transaction)
            try follow(task, .renew(by: caller.actor, at: now))
            let record = try openRecord(of: task, seen: version, in: transaction)
            guard record.document.pages.contains(number),
                let page = try transaction.page(of: record.sha256, number: number)
            else {
                throw ReviewError(
                    .notPossible, "Page \(number) is not a page of this document. Choose one of its pages.")
            }
            guard [90, 180, 270].contains(degrees) else {
                throw ReviewError(
                    .notPossible, "Page \(number) stands as it was read. Turn it first, then have it read again.")
            }
            let rotation = (page.reading.page.rotation + degrees) % 360
            try transaction.orderTurn(
                PageTurn(
                    sha256: record.sha256, number: number, documentID: record.id, rotation: rotation,
                    orderedBy: caller.actor, orderedAt: now))
            try transaction.enqueueAgain(
                Step(
                    id: Identifier.make(at: now), kind: .readTurned, subject: record.id, availableAt: now,
                    correlationID: record.correlationID))
            guard
                try transaction.leaseTask(id, owner: caller.actor, now: now, leaseSeconds: leaseSeconds) != nil
            else { throw ReviewError(.taken, "Somebody else took the task meanwhile. Nothing was changed.") }
            try transaction.audit(
                actor: caller.actor, action: "page.reread_ordered", subject: record.id,
                detail: ["task": id, "page": "\(number)", "degrees": "\(degrees)", "rotation": "\(rotation)"],
                correlationID: record.correlationID, at: now)
        }
        context.bell.ring()
    }

    /// Whether a page of the task's document is being read again.
    package func isBeingRead(_ id: String, by caller: Caller) async throws -> Bool {
        try await context.store.read { transaction in
            if try transaction.check(id, of: caller.actor) != nil { return false }
            let task = try self.task(id, for: caller, in: transaction)
            return try transaction.orderedTurn(ofDocument: task.documentID) != nil
        }
    }

    /// Refuses to touch a document of which a page is being read again.
    func refuseWhileRead(_ record: DocumentRecord, in transaction: Transaction) throws {
        guard let turn = try transaction.orderedTurn(ofDocument: record.id) else { return }
        throw ReviewError(
            .taken, "Page \(turn.number) is being read again in its new direction. Wait until its words are there.")
    }
}

extension PageTurn {
    /// What a reviewer is told of it on the page of a task whose document has `version`; nil when it is of the past.
    func words(version: Int) -> String? {
        // Once the document is another, its reviewer has seen what became of the page.
        guard status == .ordered || documentVersion == version else { return nil }
        return switch status {
        case .ordered: "Page \(number) is being read again in its new direction…"
        case .failed:
            """
            Page \(number) could not be read in its new direction, so its words are those of before. \(detail ?? "") \
            Have it read again, or type its values.
            """
        case .read: "Page \(number) was read again in its new direction: these are the values of now."
        }
    }
}
