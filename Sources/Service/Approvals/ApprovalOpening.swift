import Documents
import Foundation
import Governance
import Records

/// Opens an approval within one transaction.
struct ApprovalOpening {
    private static let textLengthMax = 200
    private static let evidenceCountMax = 50

    let context: ServiceContext
    let transaction: Transaction
    let now: Date

    /// What a caller asks for, checked, with what its document says of it; and the document's correlation id.
    func completed(
        _ given: ApprovalContent, by caller: Caller
    ) throws -> (content: ApprovalContent, correlationID: String?) {
        var content = given
        guard context.approvalMatrix.kind(content.kind) != nil else {
            let known = context.approvalMatrix.kinds.map(\.name).joined(separator: ", ")
            throw ReviewError(
                .notPossible, "There is no kind of approval '\(content.kind.prefix(80))'. Known are \(known).")
        }
        guard let amount = content.amount, amount >= .zero else {
            throw ReviewError(.notPossible, "The amount should be nothing or more, such as 1234.50.")
        }
        if let place = context.approvalMatrix.kind(content.kind)?.unnamed(in: content) {
            throw ReviewError(
                .notPossible,
                "Name the \(place.words) ('\(place.rawValue)'): who may decide '\(content.kind)' depends on it.")
        }
        let texts = [content.facility, content.costCentre, content.legalEntity, content.payerName, content.reference]
        guard texts.allSatisfy({ $0?.count ?? 0 <= ApprovalOpening.textLengthMax }) else {
            throw ReviewError(
                .notPossible, "A text may have \(ApprovalOpening.textLengthMax) characters. Shorten it.")
        }
        guard let id = content.documentID else {
            content.evidence = []
            return (content, nil)
        }
        guard caller.permissions.contains(.viewDocuments),
            let record = try transaction.document(id, within: caller.reach)
        else { throw ReviewError(.notPossible, "There is no document '\(id.prefix(80))'. Check its id.") }
        try complete(&content, from: record)
        return (content, record.correlationID)
    }

    private func complete(_ content: inout ApprovalContent, from record: DocumentRecord) throws {
        let facility = try transaction.file(record.sha256)?.facility
        if let facility, let named = content.facility, named != facility {
            throw ReviewError(
                .notPossible, "The document came to '\(facility)', not to '\(named)'. Correct the facility.")
        }
        content.facility = facility ?? content.facility
        guard content.evidence.count <= ApprovalOpening.evidenceCountMax else {
            throw ReviewError(.notPossible, "Name up to \(ApprovalOpening.evidenceCountMax) values as evidence.")
        }
        let located = record.document.locatedFields
        content.evidence = try content.evidence.map { evidence in
            guard let found = located.first(where: { $0.path.description == evidence.field }) else {
                throw ReviewError(
                    .notPossible, "The document has no value '\(evidence.field.prefix(80))'. Name one that it has.")
            }
            return ApprovalEvidence(
                field: evidence.field, page: found.field.page ?? record.document.pages.first ?? 1,
                box: found.field.box)
        }
    }

    /// Those whom a caller names as having prepared it, each by the name that they sign in with.
    func preparers(_ names: [String]) throws -> [Involvement] {
        let known = Set(try transaction.users().map(\.name))
        return try names.map { name in
            guard known.contains(name) else {
                throw ReviewError(
                    .notPossible,
                    "Nobody signs in as '\(name.prefix(80))', whom 'prepared_by' names. Write it as they sign in.")
            }
            return Involvement(person: name, deed: .prepared)
        }
    }

    /// The approval of the kind that stands for the document, other than the one with the key or id.
    func standing(_ kind: String, of documentID: String, key: String? = nil, id: String? = nil) throws -> Approval? {
        try transaction.standingApprovals(ofDocument: documentID).first {
            $0.kind == kind && $0.requestKey != key && $0.id != id
        }
    }

    /// Throws when the document of `content` cannot bear an approval now, or bears one of the kind already.
    ///
    /// - Parameter id: the approval that is asked for anew.
    func checkDocument(of content: ApprovalContent, butFor id: String? = nil) throws {
        guard let documentID = content.documentID else { return }
        try checkStands(documentID)
        if let first = try standing(content.kind, of: documentID, id: id) {
            throw ReviewError(
                .notPossible,
                """
                The document has an approval of this kind already, \(first.id), which is \(first.status.rawValue). \
                Have that one decided, changed or taken back.
                """)
        }
    }

    /// Throws unless the document is accepted and not held: what it says may turn out otherwise.
    func checkStands(_ documentID: String) throws {
        let status = try transaction.document(documentID)?.status
        let problem: String? =
            switch status {
            case .accepted: nil
            case .inReview: "The document is in review, so that what it says may change. Wait until it is accepted."
            case .rejected: "The document was refused. Ask for it by another one."
            case .merged: "The document became part of another one. Ask for it by that one."
            case nil: "There is no such document any more. Ask for it by another one."
            }
        if let problem { throw ReviewError(.notPossible, problem) }
        if try transaction.hold(of: documentID) != nil {
            throw ReviewError(
                .notPossible,
                "The document is held, for a value like its own was found wrong. Wait until it is released.")
        }
    }

    /// Adds the approval with its audit entry and its event; gives the one that was asked for with the same key before.
    func open(
        _ content: ApprovalContent, id: String, key: String, by actor: String, _ involved: [Involvement],
        correlationID: String
    ) throws -> Approval {
        let clock = context.approvalMatrix.clock(for: content, from: now, policy: context.policy)
        let approval = Approval(
            id: id, requestKey: key, kind: content.kind, content: try content.canonicalJSON(),
            contentHash: try content.sha256(), amountCents: content.amount?.cents, facility: content.facility,
            documentID: content.documentID, requestedBy: actor,
            involved: involved.map { Approval.Party(person: $0.person, deed: $0.deed.rawValue) }, requestedAt: now,
            remindAt: clock.remindAt, climbAt: clock.climbAt, expiresAt: clock.expiresAt,
            correlationID: correlationID)
        guard try transaction.addApproval(approval) else {
            guard let known = try transaction.approval(requestKey: key) else { return approval }
            // What was changed since is not compared: it is another revision of the same.
            let isSame =
                known.contentHash == approval.contentHash && Set(known.involved) == Set(approval.involved)
            guard try known.decodedContent().revision > 1 || isSame else { throw ApprovalKeyReused() }
            return known
        }
        try context.note(
            "approval.requested", of: approval, by: actor, ["matrix": context.approvalMatrix.hash], in: transaction,
            at: now)
        try context.raiseEvent(of: approval, in: transaction, at: now)
        return approval
    }
}

/// That something else was asked for with the same key before.
struct ApprovalKeyReused: Error {}
