import Actions
import Documents
import Foundation
import Governance
import Records

extension ServiceContext {
    /// Keeps what the payer refuses on a document that is accepted, and takes it away with all that hangs on it when the
    /// document is recalled or is none any more; in the transaction of that change.
    func keepDenials(after event: EventType, of record: DocumentRecord, in transaction: Transaction, at now: Date)
        throws
    {
        switch event {
        case .documentAccepted:
            try transaction.withdrawDenials(ofDocument: record.id, at: now)
            try recordDenials(of: record, in: transaction, at: now)
        case .documentRecalled, .documentRejected, .documentMerged:
            try withdraw(record, because: event, in: transaction, at: now)
        default: break
        }
    }

    private func recordDenials(of record: DocumentRecord, in transaction: Transaction, at now: Date) throws {
        let found = denials.table.denials(in: record.document)
        guard !found.isEmpty else { return }
        let payer = record.document.text("payer_name")
        for (index, denial) in found.enumerated() {
            let category = denial.finding.category
            try transaction.addDenial(
                DenialRecord(
                    id: Identifier.make(at: now), documentID: record.id, ordinal: index + 1, place: denial.place,
                    claimPlace: denial.claimPlace, category: category.name, scenario: category.scenario.rawValue,
                    rootCause: category.rootCause.rawValue, isAppealable: category.isAppealable,
                    confidence: denial.finding.confidence, grounds: denial.finding.grounds, codes: denial.codes,
                    amountAtStake: denial.amountAtStake, payerName: payer,
                    payerKey: payer.map(DenialDeadlines.fold) ?? "", deadline: denial.deadline,
                    deadlineSource: denial.deadlineSource?.rawValue, recordedAt: now))
        }
        try transaction.audit(
            actor: "policy", action: "denials.recorded", subject: record.id,
            detail: [
                "denials": "\(found.count)", "table": denials.table.hash,
                "categories": Set(found.map(\.finding.category.name)).sorted().joined(separator: ","),
            ], correlationID: record.correlationID, at: now)
    }

    private func withdraw(
        _ record: DocumentRecord, because event: EventType, in transaction: Transaction, at now: Date
    ) throws {
        let denials = try transaction.withdrawDenials(ofDocument: record.id, at: now)
        let numbers = try transaction.withdrawAuthorizations(ofDocument: record.id, at: now)
        var work = 0
        for item in try transaction.work(ofDocument: record.id) where ![.closed, .withdrawn].contains(item.status) {
            var item = item
            (item.status, item.holder, item.closedAt) = (.withdrawn, nil, now)
            try transaction.dismissAll(
                ofSubject: item.id, because: "The work was withdrawn before this was sent, or answered.")
            try raise(.workClosed, about: try transaction.updateWork(item), in: transaction, at: now)
            work += 1
        }
        guard denials + numbers + work > 0 else { return }
        try transaction.audit(
            actor: "policy", action: "denials.withdrawn", subject: record.id,
            detail: [
                "because": event.rawValue, "denials": "\(denials)", "work": "\(work)",
                "authorization_numbers": "\(numbers)",
            ], correlationID: record.correlationID, at: now)
    }

    /// Raises an event about work, in the transaction of the change that it tells of.
    func raise(_ type: EventType, about work: WorkItem, in transaction: Transaction, at now: Date) throws {
        let isNumber = work.kind == WorkKind.authorizationNumber.rawValue
        let letter = isNumber ? try transaction.document(work.documentID) : nil
        let data = WorkEventData(
            workID: work.id, kind: work.kind, status: work.outcome ?? work.status.rawValue, dueDate: work.dueDate,
            documentID: work.documentID, correlationID: work.correlationID, amountAtStake: work.amountAtStake,
            authorizationNumber: letter?.document.text("authorization_number"))
        try raise(
            MailroomEvent(id: Identifier.make(at: now), type: type, time: now, data: .work(data)), in: transaction,
            at: now)
    }
}
