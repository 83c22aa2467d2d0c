import Actions
import Documents
import Foundation
package import Governance
package import Records

/// Where approvals are asked for, decided and taken back.
///
/// Each step is one transaction with its audit entry and its event; whether it may be made is for `ApprovalState`.
package struct ApprovalDesk: Sendable {
    /// The longest reason.
    package static let reasonLengthMax = 500

    let context: ServiceContext

    package init(context: ServiceContext) { self.context = context.holdingPolicy() }

    /// Asks for an approval; who asks with the same key once more gets the same one.
    ///
    /// - Parameters:
    ///   - content: its document, facility and evidence are checked and completed.
    ///   - preparedBy: the names that people sign in with who had a hand in it elsewhere: they may not approve it.
    ///   - key: the caller's own; nil for none.
    package func request(
        _ content: ApprovalContent, preparedBy: [String] = [], key: String?, by caller: Caller
    ) async throws -> Approval {
        guard caller.permissions.contains(.requestApproval) else {
            throw ReviewError(.notAllowed, "The role '\(caller.role.rawValue)' does not ask for approvals.")
        }
        let now = context.clock()
        return try await context.store.write { transaction in
            try transaction.takeTurn()
            try checkMatrix(in: transaction)
            let opening = ApprovalOpening(context: context, transaction: transaction, now: now)
            let (content, correlationID) = try opening.completed(content, by: caller)
            let prepared = try opening.preparers(preparedBy)
            let involved = (caller.isPerson ? [Involvement(person: caller.name, deed: .requested)] : []) + prepared
            let id = Identifier.make(at: now)
            let key = "\(caller.actor) \(key ?? id)"
            // Who asks once more gets what became of it, whatever became of the document.
            if try transaction.approval(requestKey: key) == nil { try opening.checkDocument(of: content) }
            let approval = try opening.open(
                content, id: id, key: key, by: caller.actor, involved, correlationID: correlationID ?? id)
            try checkReach(of: approval, for: caller, in: transaction)
            return approval
        }
    }

    /// Asks for something else in the place of what was asked for: what was approved of it is void.
    ///
    /// Those who prepared it before remain so. It does not expire later than before.
    package func change(
        _ id: String, to content: ApprovalContent, preparedBy: [String] = [], seen hash: String, by caller: Caller
    ) async throws -> Approval {
        try await settle(id, by: caller) { found, transaction, now in
            guard hash == found.state.contentHash else { throw ReviewError.approvalChanged }
            let opening = ApprovalOpening(context: context, transaction: transaction, now: now)
            var content = try opening.completed(content, by: caller).content
            try opening.checkDocument(of: content, butFor: id)
            content.revision = found.content.revision + 1
            let prepared = try opening.preparers(preparedBy)
            let involved = (caller.isPerson ? [Involvement(person: caller.name, deed: .changed)] : []) + prepared
            let (state, _) = try found.state.applying(
                .change(content, hash: try content.sha256(), by: caller.actor, involved: involved),
                authority: found.authority, at: now)
            var record = found.record
            record.adopt(state, try content.canonicalJSON())
            let parties = involved.map { Approval.Party(person: $0.person, deed: $0.deed.rawValue) }
            record.involved += parties.filter { !record.involved.contains($0) }
            let clock = context.approvalMatrix.clock(for: content, from: now, policy: context.policy)
            record.climbedCount = 0
            record.climbAt = clock.climbAt
            record.remindAt = clock.remindAt
            record.expiresAt = [record.expiresAt, clock.expiresAt].compactMap(\.self).min()
            return (record, "approval.changed", ["former_content": found.state.contentHash])
        }
    }

    package enum Verdict: String, Sendable {
        case approve, refuse
    }

    /// Approves or refuses what the person saw, which has the hash `seen`.
    ///
    /// Throws `GovernanceError` with the reason why not and who may, or `ReviewError`.
    package func decide(
        _ verdict: Verdict, _ id: String, seen: String, because given: String, by caller: Caller
    ) async throws -> Approval {
        guard caller.isPerson else { throw ReviewError(.notAllowed, ApprovalDesk.machineSentence) }
        let reason = try ApprovalDesk.reason(given, isNeeded: verdict == .refuse)
        return try await settle(id, by: caller) { found, transaction, now in
            if verdict == .approve, let document = found.record.documentID {
                try ApprovalOpening(context: context, transaction: transaction, now: now).checkStands(document)
            }
            let event: ApprovalState.Event =
                verdict == .approve
                ? .approve(by: caller.name, seen: seen) : .refuse(by: caller.name, seen: seen)
            let (state, warrant) = try found.state.applying(event, authority: found.authority, at: now)
            guard let warrant else { throw ReviewError.approvalChanged }
            try keepMatrix(in: transaction, at: now)
            try transaction.addDecision(
                ApprovalDecision(
                    id: Identifier.make(at: now), approvalID: id, verdict: verdict == .approve ? .approved : .refused,
                    person: caller.name, onBehalfOf: warrant.onBehalfOf, delegationID: warrant.delegationID,
                    warrant: warrant.row, contentHash: state.contentHash, matrixHash: found.authority.matrix.hash,
                    reason: reason, decidedAt: now))
            var record = found.record
            record.adopt(state)
            if state.status != .requested { record.end(by: caller.actor, because: reason, at: now) }
            var detail = ["matrix": found.authority.matrix.hash, "warrant": warrant.row]
            detail["on_behalf_of"] = warrant.onBehalfOf
            detail["reason"] = reason
            return (record, state.status == .requested ? "approval.approved_first" : "approval.\(state.status)", detail)
        }
    }

    /// Takes back what the caller asked for.
    package func withdraw(_ id: String, because given: String, by caller: Caller) async throws -> Approval {
        let reason = try ApprovalDesk.reason(given, isNeeded: true)
        return try await settle(id, by: caller) { found, _, now in
            let (state, _) = try found.state.applying(
                .withdraw(by: caller.actor), authority: found.authority, at: now)
            var record = found.record
            record.adopt(state)
            record.end(by: caller.actor, because: reason, at: now)
            return (record, "approval.withdrawn", ["reason": reason ?? ""])
        }
    }

    static let machineSentence =
        "A machine may ask for an approval; a person decides it, on the page Approvals of the workbench."
}

// MARK: - Parts

extension ApprovalDesk {
    private typealias Step =
        @Sendable (ApprovalCase, Transaction, Date) throws -> (
            record: Approval, action: String, detail: [String: String]
        )

    /// Makes one step of an approval within the caller's reach, with its audit entry and its event.
    private func settle(_ id: String, by caller: Caller, _ step: @escaping Step) async throws -> Approval {
        let now = context.clock()
        let settled = try await context.store.write { transaction in
            try transaction.takeTurn()
            try checkMatrix(in: transaction)
            let found = try found(id, for: caller, in: transaction, at: now)
            let (record, action, detail) = try step(found, transaction, now)
            let kept = try transaction.updateApproval(record)
            try checkReach(of: kept, for: caller, in: transaction)
            try context.note(action, of: kept, by: caller.actor, detail, in: transaction, at: now)
            let isFirst = kept.status == .requested && kept.contentHash == found.record.contentHash
            try context.raiseEvent(of: kept, isFirst ? .approvalApprovedFirst : nil, in: transaction, at: now)
            return kept
        }
        context.bell.ring()
        return settled
    }

    /// Throws where another matrix came into service since the desk held its own: nobody decides by a former one.
    private func checkMatrix(in transaction: Transaction) throws {
        guard try transaction.governedInService(.approvalMatrix)?.hash == context.approvalMatrix.hash else {
            throw ReviewError(.changedMeanwhile, "Who may approve what was changed this moment. Look at it again.")
        }
    }

    /// Throws when an approval that was asked for or changed is out of the caller's reach.
    private func checkReach(of approval: Approval, for caller: Caller, in transaction: Transaction) throws {
        guard try transaction.approval(approval.id, within: caller.reach) == nil else { return }
        throw ReviewError(
            .notAllowed,
            "You are limited to some facilities or queues, and this is for none of them. Name one of yours.")
    }

    func found(
        _ id: String, for caller: Caller, in transaction: Transaction, at now: Date
    ) throws -> ApprovalCase {
        guard let record = try transaction.approval(id, within: caller.reach) else {
            throw ReviewError(.notFound, "There is no such approval. Choose one on the page Approvals.")
        }
        return try ApprovalCase(
            record, decisions: transaction.decisions(on: [id])[id] ?? [],
            house: ApprovalHouse(context, in: transaction, at: now), in: transaction)
    }

    /// Keeps the text of the matrix that a decision names by its hash.
    private func keepMatrix(in transaction: Transaction, at now: Date) throws {
        let matrix = context.approvalMatrix
        guard try transaction.keepMatrix(matrix.hash, text: matrix.text, at: now) else { return }
        try transaction.audit(
            actor: "policy", action: "approval_matrix.used", subject: matrix.hash, correlationID: matrix.hash, at: now)
    }

    static func reason(_ given: String, isNeeded: Bool) throws -> String? {
        let reason = given.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard reason.count <= reasonLengthMax, !(isNeeded && reason.isEmpty) else {
            throw GovernanceError(.reasonNeeded, "Say why, in up to \(reasonLengthMax) characters.")
        }
        return reason.isEmpty ? nil : reason
    }
}

extension ReviewError {
    static let approvalChanged = ReviewError(
        .changedMeanwhile, "What is asked for was changed since you looked at it. Look at it again.")
}

extension Approval {
    /// Takes over what the rules made of it; `json` is what is asked for now, where that is something else.
    mutating func adopt(_ state: ApprovalState, _ json: String? = nil) {
        status = ApprovalStatus(state.status)
        if let json { content = json }
        contentHash = state.contentHash
        kind = state.content.kind
        amountCents = state.content.amount?.cents
        facility = state.content.facility
        documentID = state.content.documentID
    }

    mutating func end(by actor: String, because reason: String?, at now: Date) {
        endedAt = now
        endedBy = actor
        self.reason = reason
    }
}
