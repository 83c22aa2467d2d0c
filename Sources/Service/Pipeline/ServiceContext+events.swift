package import Actions
import Documents
package import Foundation
package import Records

extension ServiceContext {
    /// Raises an event about a document and puts the deliveries that the rules ask for into the outbox, all in the
    /// transaction of the change that caused it; what the payer refuses on the document is kept, or taken away, with it.
    package func raise(
        _ type: EventType, about record: DocumentRecord, recall: RecallNotice? = nil, in transaction: Transaction,
        at now: Date
    ) throws {
        try keepDenials(after: type, of: record, in: transaction, at: now)
        let id = Identifier.make(at: now)
        let data = DocumentEventData(
            documentID: record.id, correlationID: record.correlationID, document: record.document,
            mergedInto: record.mergedInto, recall: recall,
            origin: try origin(of: record, inEvent: id, of: type, transaction))
        try raise(MailroomEvent(id: id, type: type, time: now, data: .document(data)), in: transaction, at: now)
    }

    /// What the document is of and who stands for it, as the store knows it at the event `id`.
    private func origin(
        of record: DocumentRecord, inEvent id: String, of type: EventType, _ transaction: Transaction
    ) throws -> DocumentOrigin {
        let accepted = EventType.documentAccepted
        // What policy accepted as it was read, nobody has looked at.
        let confirmation = record.version > 1 ? try transaction.lastActor(of: "document.confirmed", on: record.id) : nil
        return DocumentOrigin(
            fileSHA256: record.sha256, versions: record.versions,
            facility: try transaction.file(record.sha256)?.facility,
            confirmedBy: confirmation.flatMap { $0.hasPrefix("user:") ? $0.actorName : nil },
            acceptance: type == accepted
                ? id : try transaction.latestEventID(of: accepted.rawValue, about: record.id))
    }

    /// Raises an event, puts the deliveries that the rules ask for into the outbox and does our own actions that they
    /// ask for, all in the transaction of the change that caused it.
    package func raise(_ event: MailroomEvent, in transaction: Transaction, at now: Date) throws {
        for action in try transaction.raise(event, rules: actionRules) {
            switch action {
            case .deliver: break
            case .requestApproval(let planned): try requestApproval(planned, for: event, in: transaction, at: now)
            case .openWork(let planned): try openWork(planned, for: event, in: transaction, at: now)
            }
        }
    }
}
