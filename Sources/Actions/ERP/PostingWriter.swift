import Documents
import Foundation

/// From event to journal: cash of accepted remittances, and what approvals move.
package struct PostingWriter: Hashable, Sendable {
    package var accounts: AccountMapping
    /// The legal entity of what names none.
    package var legalEntity: String?
    package var costCentre: String?

    package init(accounts: AccountMapping, legalEntity: String? = nil, costCentre: String? = nil) {
        self.accounts = accounts
        self.legalEntity = legalEntity
        self.costCentre = costCentre
    }

    /// What the event asks of the ledger, under `key`; throws `UnsuitableEvent` when it asks nothing that can be posted.
    package func order(for event: MailroomEvent, key: String) throws(UnsuitableEvent) -> PostingOrder {
        if event.type == .documentRecalled || event.type == .approvalWithdrawn || event.compensates != nil {
            return .reverse(
                ReversalOrder(
                    key: key, reversesKey: event.compensates, reversesSubject: event.subject, time: time(event)))
        }
        switch (event.type, event.data) {
        case (.documentAccepted, .document(let data)): return .post(try cash(data, event, key: key))
        case (.approvalApproved, .approval(let data)): return .post(try approved(data, event, key: key))
        default:
            throw UnsuitableEvent("Nothing is posted because of \(event.type.rawValue).")
        }
    }

    /// A remittance's cash: the payment against what each claim was paid and what the payer adjusted.
    ///
    /// Contractual adjustments and write-offs are not posted with it: they are decisions, and posted when approved.
    private func cash(
        _ data: DocumentEventData, _ event: MailroomEvent, key: String
    ) throws(UnsuitableEvent) -> Journal {
        guard data.document.type == "eob", data.document.subtype == "remittance_advice" else {
            throw UnsuitableEvent(
                "Cash is posted from remittance advices; this is '\(data.document.subtype ?? data.document.type)'.")
        }
        let balance = try RemittanceBalance(data.document)
        let values = RowValues(data.document.fields)
        var header = header(AccountMapping.cashPosting, event)
        header.documentID = data.documentID
        header.facility = data.origin?.facility
        header.payer = values.text("payer_name")
        header.reference = values.text("payment_number")
        header.paymentDate = values.date("payment_date")
        let row = try accounts.accounts(
            kind: header.kind, facility: header.facility, payer: header.payer)
        var lines = [JournalLine(.debit, row.debit, balance.payment, reference: header.reference)]
        for (claim, paid) in zip(data.document.claims, balance.paid) {
            let number = RowValues(claim.fields).text("patient_control_number")
            lines.append(
                JournalLine(.credit, row.credit, paid, reference: claim.accountMatch?.accountNumber ?? number))
        }
        for (amount, parts) in zip(balance.adjustments, values.groups("provider_adjustments")) where amount != .zero {
            guard let account = row.providerAdjustments else {
                throw UnsuitableEvent(
                    "The remittance has provider adjustments, and no account for them is configured: set provider_adjustments."
                )
            }
            lines.append(JournalLine(.credit, account, amount, reference: parts["reference"]))
        }
        return try Journal(key: key, header: header, lines: lines.compactMap { $0 })
    }

    private func approved(
        _ data: ApprovalEventData, _ event: MailroomEvent, key: String
    ) throws(UnsuitableEvent) -> Journal {
        guard data.amount > .zero else {
            throw UnsuitableEvent("The approved amount is \(data.amount): there is nothing to post.")
        }
        var header = header(data.kind, event)
        header.approvalID = data.approvalID
        header.documentID = data.documentID
        header.legalEntity = data.legalEntity ?? legalEntity
        header.costCentre = data.costCentre ?? costCentre
        header.facility = data.facility
        header.payer = data.payerName
        header.reference = data.reference
        header.contentSHA256 = data.contentSHA256
        let row = try accounts.accounts(kind: data.kind, facility: data.facility, payer: data.payerName)
        return try Journal(
            key: key, header: header,
            lines: [
                JournalLine(account: row.debit, side: .debit, amount: data.amount, reference: data.reference),
                JournalLine(account: row.credit, side: .credit, amount: data.amount, reference: data.reference),
            ])
    }

    private func header(_ kind: String, _ event: MailroomEvent) -> JournalHeader {
        var header = JournalHeader(
            kind: kind, time: time(event), subject: event.subject, correlationID: event.correlationID)
        header.legalEntity = legalEntity
        header.costCentre = costCentre
        return header
    }

    private func time(_ event: MailroomEvent) -> String {
        event.time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
