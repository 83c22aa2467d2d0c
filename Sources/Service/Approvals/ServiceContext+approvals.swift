import Actions
import Documents
import Foundation
import Governance
import Records

extension ServiceContext {
    /// Asks for an approval as a rule wants it, once for an event and kind, and not while one of the kind stands for the
    /// document.
    ///
    /// An amount that is nothing or less, such as a credit's, is none that could be paid: a person has to name it.
    func requestApproval(
        _ planned: PlannedApproval, for event: MailroomEvent, in transaction: Transaction, at now: Date
    ) throws {
        guard case .document(let data) = event.data, let record = try transaction.document(data.documentID) else {
            return
        }
        let opening = ApprovalOpening(context: self, transaction: transaction, now: now)
        let key = "\(event.id) \(planned.kind)"
        guard try opening.standing(planned.kind, of: record.id, key: key) == nil else { return }
        let document = record.document
        let evidence = document.locatedFields.filter { $0.path.definition == planned.amountField }.prefix(1).map {
            ApprovalEvidence(
                field: $0.path.description, page: $0.field.page ?? document.pages.first ?? 1, box: $0.field.box)
        }
        func text(_ field: String) -> String? {
            guard case .one(let found)? = document.fields[field] else { return nil }
            return found.value.description
        }
        let content = ApprovalContent(
            kind: planned.kind, amount: planned.amount.flatMap { $0 > .zero ? $0 : nil },
            facility: try transaction.file(record.sha256)?.facility, payerName: text("payer_name"),
            reference: text("payer_claim_number") ?? text("patient_control_number") ?? text("invoice_number"),
            documentID: record.id, evidence: Array(evidence))
        let id = Identifier.make(at: now)
        _ = try opening.open(
            content, id: id, key: key, by: "rule:\(planned.rule)", [], correlationID: record.correlationID)
    }

    /// Takes back what was asked for or approved about a document that is not what it was taken for.
    ///
    /// The event of the withdrawal dismisses what of the approval was not sent yet.
    func voidApprovals(
        ofDocument id: String, because reason: String, by actor: String, in transaction: Transaction, at now: Date
    ) throws {
        let standing = try transaction.standingApprovals(ofDocument: id)
        guard !standing.isEmpty else { return }
        let house = try ApprovalHouse(self, in: transaction, at: now)
        let decisions = try transaction.decisions(on: standing.map(\.id))
        for approval in standing {
            let found = try ApprovalCase(
                approval, decisions: decisions[approval.id] ?? [], house: house, in: transaction)
            var record = approval
            record.adopt(try found.state.applying(.void, authority: found.authority, at: now).state)
            record.end(by: actor, because: reason, at: now)
            let kept = try transaction.updateApproval(record)
            try note(
                "approval.withdrawn", of: kept, by: actor, ["was": approval.status.rawValue, "reason": reason],
                in: transaction, at: now)
            try raiseEvent(of: kept, in: transaction, at: now)
        }
    }

    /// Puts on record what was done with an approval.
    func note(
        _ action: String, of approval: Approval, by actor: String, _ more: [String: String] = [:],
        in transaction: Transaction, at now: Date
    ) throws {
        var detail = ["kind": approval.kind, "content": approval.contentHash, "policy": policy.hash]
        detail["document"] = approval.documentID
        try transaction.audit(
            actor: actor, action: action, subject: approval.id, detail: detail.merging(more) { own, _ in own },
            correlationID: approval.correlationID, at: now)
    }

    /// Tells other systems what became of an approval; of one whose amount is not known they hear once it is.
    ///
    /// - Parameter step: what happened to one that is open; nil where its status says it.
    func raiseEvent(of approval: Approval, _ step: EventType? = nil, in transaction: Transaction, at now: Date) throws {
        let content = try approval.decodedContent()
        guard let amount = content.amount else { return }
        let type: EventType =
            switch approval.status {
            case .requested: .approvalRequested
            case .approved: .approvalApproved
            case .refused: .approvalRefused
            case .withdrawn: .approvalWithdrawn
            case .expired: .approvalExpired
            }
        let decisions = try transaction.decisions(on: [approval.id])[approval.id] ?? []
        // Whoever approved under a matrix that was replaced meanwhile did not decide it.
        let counted = decisions.filter { $0.contentHash == approval.contentHash }
        let matrixHash = counted.last?.matrixHash
        let data = ApprovalEventData(
            approvalID: approval.id, kind: content.kind, amount: amount, facility: content.facility,
            costCentre: content.costCentre, legalEntity: content.legalEntity, payerName: content.payerName,
            reference: content.reference, contentSHA256: approval.contentHash, status: approval.status.rawValue,
            requestedBy: approval.requestedBy,
            decidedBy: counted.filter { $0.matrixHash == matrixHash }.map(\.people),
            reason: approval.reason, documentID: approval.documentID, correlationID: approval.correlationID)
        try raise(
            MailroomEvent(id: Identifier.make(at: now), type: step ?? type, time: now, data: .approval(data)),
            in: transaction, at: now)
    }
}

extension ApprovalDecision {
    /// Who decided, and for whom.
    var people: String { onBehalfOf.map { "\(person) for \($0)" } ?? person }
}
