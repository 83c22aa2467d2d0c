import Documents
import Foundation
import Governance
package import Records

/// Where people who may review a document write notes on it.
package struct NoteDesk: Sendable {
    let context: ServiceContext

    package init(context: ServiceContext) { self.context = context }

    /// Writes a note on the document; the same note once more, told by its identifier and text, changes nothing.
    ///
    /// - Parameter id: what the caller calls the note, 26 letters and digits; nil makes a new one.
    @discardableResult
    package func write(
        _ text: String, on documentID: String, id: String? = nil, by caller: Caller
    ) async throws -> DocumentNote {
        let text = try WrittenText.checked(text, "The note")
        let now = context.clock()
        guard id.map({ $0.wholeMatch(of: /[0-9A-Z]{26}/) != nil }) ?? true else {
            throw ReviewError(.notPossible, "The form of the note is damaged. Load the page again.")
        }
        return try await context.store.write { transaction in
            let record = try found(documentID, for: caller, in: transaction)
            var note = DocumentNote(
                id: id ?? Identifier.make(at: now), documentID: documentID, writtenBy: caller.actor, writtenAt: now,
                body: text)
            if try !transaction.addNote(note) {
                if let former = try transaction.note(note.id), former.body == text,
                    former.documentID == documentID, former.writtenBy == caller.actor
                {
                    return former
                }
                // Other words in a form that the browser went back to.
                note.id = Identifier.make(at: now)
                _ = try transaction.addNote(note)
            }
            try transaction.audit(
                actor: caller.actor, action: "document.noted", subject: record.id, detail: ["note": note.id],
                correlationID: record.correlationID, at: now)
            return note
        }
    }

    /// The latest notes on the document, the oldest first; the look is on record.
    package func notes(on documentID: String, limit: Int, by caller: Caller) async throws -> [DocumentNote] {
        let now = context.clock()
        return try await context.store.write { transaction in
            guard let record = try transaction.document(documentID, within: caller.reach) else {
                throw NoteDesk.notFound
            }
            try transaction.recordView(of: record.id, record.correlationID, by: caller, at: now)
            return try isHidden(record, from: caller, in: transaction)
                ? [] : transaction.notes(on: documentID, limit: limit)
        }
    }

    /// Whether `caller`, who sees the document as `record`, is offered to write on it.
    func mayWrite(on record: DocumentRecord, _ caller: Caller, in transaction: Transaction) throws -> Bool {
        try Sight(context: context).hiddenFields(of: record, from: caller).isEmpty
            && mayReview(record, caller, in: transaction)
    }

    private func mayReview(_ record: DocumentRecord, _ caller: Caller, in transaction: Transaction) throws -> Bool {
        let queue =
            try transaction.task(ofDocument: record.id)?.queue
            ?? context.policy.queue(for: record.document, facility: transaction.file(record.sha256)?.facility)
        return context.policy.mayWork(queue, by: caller)
    }

    private func found(_ id: String, for caller: Caller, in transaction: Transaction) throws -> DocumentRecord {
        guard let record = try transaction.document(id, within: caller.reach) else { throw NoteDesk.notFound }
        guard try mayReview(record, caller, in: transaction) else {
            throw ReviewError(
                .notAllowed, "The role '\(caller.role.rawValue)' does not review this document. Ask one who does.")
        }
        guard try !isHidden(record, from: caller, in: transaction) else {
            // Nor does the sentence tell a check from a document that people key.
            throw ReviewError(.notPossible, "Nobody writes notes on this document until it is settled. Write it then.")
        }
        return record
    }

    /// Whether words on the document could tell the caller a value that they may come to key, or that it is a check.
    private func isHidden(_ record: DocumentRecord, from caller: Caller, in transaction: Transaction) throws -> Bool {
        try Sight(context: context).seen(record, by: caller, in: transaction).isPart
    }

    private static let notFound = ReviewError(
        .notFound, "There is no document with this id. Find it on the intake page.")
}
