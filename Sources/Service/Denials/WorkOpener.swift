import Actions
import Documents
import Foundation
import Governance
import Records

extension ServiceContext {
    /// Opens the work that a rule asks for, in the transaction of the event; a kind that does not suit the document opens
    /// none.
    func openWork(_ planned: PlannedWork, for event: MailroomEvent, in transaction: Transaction, at now: Date) throws {
        guard let kind = WorkKind(rawValue: planned.kind), let id = event.data.documentID,
            let record = try transaction.document(id)
        else { return }
        let opener = WorkOpener(context: self, record: record, actor: "rules", rule: planned.rule)
        try opener.open(kind, in: transaction, at: now)
    }
}

/// Opens work on one document.
struct WorkOpener {
    let context: ServiceContext
    let record: DocumentRecord
    /// Who opens it.
    let actor: String
    /// The rule that asks for it.
    var rule: String?

    private var document: Document { record.document }

    /// Opens all work of the kind that the document calls for and that is not in hand already.
    func open(_ kind: WorkKind, in transaction: Transaction, at now: Date) throws {
        switch kind {
        case .appeal:
            let denials = try transaction.denials(ofDocument: record.id).filter(\.isAppealable)
            let places = denials.map(\.claimPlace)
            for (index, place) in places.enumerated() where !places[..<index].contains(place) {
                try openAppeal(of: denials.filter { $0.claimPlace == place }, at: place, in: transaction, at: now)
            }
        case .informationRequest:
            guard isLetter(for: kind) else { return }
            let deadline = context.denials.table.deadline(of: document, isAppeal: false)?.day
            _ = try add(
                kind, at: "", amount: document.text("charge_amount").flatMap { Money($0) }, deadline, in: transaction,
                now)
        case .authorizationNumber:
            guard isLetter(for: kind), let number = document.text("authorization_number") else { return }
            // Without days nothing says which of the account's claims it is for: a person looks.
            guard let work = try add(kind, at: "", amount: nil, nil, in: transaction, now), day("service_start") != nil,
                let account = document.accountNumbers.first, try transaction.account(account) != nil
            else { return }
            try writeBack(number, to: account, by: actor, in: transaction, at: now)
            try close(work, in: transaction, at: now)
        }
    }

    /// Opens the appeal of a claim's denials and gives it; nil when it is in hand already.
    @discardableResult
    func openAppeal(
        of denials: [DenialRecord], at place: String, in transaction: Transaction, at now: Date
    ) throws -> WorkItem? {
        let amount = denials.map(\.amountAtStake).reduce(.zero, +)
        return try add(
            .appeal, at: place, amount: amount, denials.compactMap(\.deadline).min(), in: transaction, now)
    }

    /// Writes the number of the letter's authorization to the account.
    func writeBack(
        _ number: String, to account: String, by actor: String, in transaction: Transaction, at now: Date
    ) throws {
        try transaction.writeAuthorization(
            AccountAuthorization(
                accountNumber: account, authorizationNumber: number, documentID: record.id,
                payerName: document.text("payer_name"), serviceStart: day("service_start"),
                serviceEnd: day("service_end"), writtenBy: actor, writtenAt: now))
        try transaction.audit(
            actor: actor, action: "account.authorization_written", subject: record.id, detail: [:],
            correlationID: record.correlationID, at: now)
    }

    private func day(_ field: String) -> CalendarDate? {
        document.text(field).flatMap { CalendarDate(printed: $0) }
    }

    private func isLetter(for kind: WorkKind) -> Bool {
        document.type == "payer_letter" && document.subtype.map(kind.subtypes.contains) == true
    }

    private func add(
        _ kind: WorkKind, at place: String, amount: Money?, _ deadline: CalendarDate?, in transaction: Transaction,
        _ now: Date
    ) throws -> WorkItem? {
        let due = deadline.flatMap { deadline in
            context.policy.day(of: now).map { today in
                DueDate(
                    deadline: deadline, marginDays: context.denials.table.marginDays, today: today,
                    calendar: context.policy.calendar)
            }
        }
        let work = WorkItem(
            id: Identifier.make(at: now), kind: kind.rawValue, documentID: record.id, place: place, openedBy: actor,
            openedAt: now, dueDate: due?.day, deadline: deadline,
            amountAtStake: amount.flatMap { $0 > .zero ? $0 : nil },
            correlationID: record.correlationID)
        guard try transaction.addWork(work) else { return nil }
        var detail = ["work": work.id, "kind": work.kind]
        detail["due"] = work.dueDate?.description
        detail["rule"] = rule
        if due?.isPast == true { detail["deadline_past"] = "true" }
        try transaction.audit(
            actor: actor, action: "work.opened", subject: record.id, detail: detail,
            correlationID: record.correlationID, at: now)
        try context.raise(.workOpened, about: work, in: transaction, at: now)
        return work
    }

    /// Ends work that nobody has to do: the number was written at once.
    private func close(_ work: WorkItem, in transaction: Transaction, at now: Date) throws {
        var done = work
        (done.status, done.outcome) = (.closed, WorkOutcome.writtenBack.rawValue)
        (done.closedBy, done.closedAt) = (actor, now)
        done = try transaction.updateWork(done)
        try transaction.audit(
            actor: actor, action: "work.closed", subject: record.id,
            detail: ["work": work.id, "outcome": WorkOutcome.writtenBack.rawValue],
            correlationID: record.correlationID, at: now)
        try context.raise(.workClosed, about: done, in: transaction, at: now)
    }
}
