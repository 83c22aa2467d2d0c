import Documents
import Foundation
package import Governance
package import Records

/// The people, delegations and matrix of one moment, by which approvals are judged.
struct ApprovalHouse: Sendable {
    private let matrix: ApprovalMatrix
    private let policy: Policy
    private let users: [User]
    private let reaches: [String: Reach]
    private let delegations: [Delegation]

    init(_ context: ServiceContext, in transaction: Transaction, at now: Date) throws {
        matrix = context.approvalMatrix
        policy = context.policy
        users = try transaction.users()
        reaches = try transaction.reaches().filter(\.value.isLimited)
        delegations = try transaction.delegations(endingAfter: now).map(Delegation.init)
    }

    /// The authority over an approval; over none in particular everybody is near.
    func authority(over approval: Approval?, in transaction: Transaction) throws -> Authority {
        let approvers = try users.map { user in
            Approver(user, policy: policy, isNear: try isNear(user, approval, in: transaction))
        }
        return Authority(matrix: matrix, approvers: approvers, delegations: delegations)
    }

    private func isNear(_ user: User, _ approval: Approval?, in transaction: Transaction) throws -> Bool {
        guard let reach = reaches[user.id], let approval else { return true }
        return try transaction.approval(approval.id, within: reach) != nil
    }
}

/// An approval with all by which it is judged.
package struct ApprovalCase: Sendable {
    package var record: Approval
    package let content: ApprovalContent
    package let state: ApprovalState
    package let decisions: [ApprovalDecision]
    package let authority: Authority

    init(_ record: Approval, decisions: [ApprovalDecision], house: ApprovalHouse, in transaction: Transaction) throws {
        self.record = record
        self.decisions = decisions
        content = try record.decodedContent()
        state = try record.state(content, decisions, in: transaction)
        authority = try house.authority(over: record, in: transaction)
    }

    /// Whether this is the one approval that it takes, or the last of two.
    package var missingCount: Int? { state.missingCount(under: authority.matrix) }
}

extension Approval {
    func decodedContent() throws -> ApprovalContent {
        do {
            return try JSONDecoder().decode(ApprovalContent.self, from: Data(content.utf8))
        } catch {
            throw RecordsError(
                .damagedStore, "What the approval \(id) is asked for cannot be read.", underlying: error)
        }
    }

    /// The state that the rules know, with everybody who had a hand in it or in its document.
    func state(
        _ content: ApprovalContent, _ decisions: [ApprovalDecision], in transaction: Transaction
    ) throws -> ApprovalState {
        let own = involved.compactMap { party in
            Involvement.Deed(rawValue: party.deed).map { Involvement(person: party.person, deed: $0) }
        }
        let ofDocument = try documentID.map { try DocumentHands(of: $0, content, in: transaction).involved } ?? []
        return ApprovalState(
            status: ApprovalState.Status(status), content: content, contentHash: contentHash,
            requestedBy: requestedBy, involved: own + ofDocument,
            votes: decisions.filter { $0.verdict == .approved }.map {
                ApprovalState.Vote(
                    person: $0.person, onBehalfOf: $0.onBehalfOf, contentHash: $0.contentHash,
                    matrixHash: $0.matrixHash)
            }, expiresAt: expiresAt)
    }
}

/// Who keyed, corrected or confirmed what a document says, by the audit chain.
private struct DocumentHands {
    let involved: [Involvement]

    private static let actions = ["field.corrected", "field.restored", "field.confirmed", "document.confirmed"]

    init(of documentID: String, _ content: ApprovalContent, in transaction: Transaction) throws {
        let fields = Set(content.evidence.compactMap { FieldPath($0.field)?.definition })
        var found: [Involvement] = []
        var parts = [documentID]
        while let part = parts.popLast() {
            parts += try transaction.documents(mergedInto: part).map(\.id)
            for entry in try transaction.auditTrail(subject: part, actions: DocumentHands.actions) {
                found += DocumentHands.involved(entry, fields)
            }
        }
        // What weighs most is what a person is told.
        involved = Involvement.Deed.allCases.flatMap { deed in found.filter { $0.deed == deed } }
    }

    /// - Parameter fields: those that say the amount; where none is named, any field may.
    private static func involved(_ entry: AuditEntry, _ fields: Set<String>) -> [Involvement] {
        let person = entry.actor.hasPrefix("user:") ? [entry.actor.actorName] : []
        guard entry.action != "document.confirmed" else {
            let keyers = (entry.detail["keyed_by"] ?? "").split(separator: ",").map { String($0).actorName }
            return person.map { Involvement(person: $0, deed: .confirmed) }
                + keyers.map { Involvement(person: $0, deed: .keyed) }
        }
        let field = entry.detail["field"].flatMap { FieldPath($0)?.definition }
        guard fields.isEmpty || field.map(fields.contains) == true else { return [] }
        return person.map {
            Involvement(person: $0, deed: entry.action == "field.confirmed" ? .confirmed : .corrected)
        }
    }
}

extension ApprovalState.Status {
    init(_ status: ApprovalStatus) {
        self =
            switch status {
            case .requested: .requested
            case .approved: .approved
            case .refused: .refused
            case .withdrawn: .withdrawn
            case .expired: .expired
            }
    }
}

extension ApprovalStatus {
    init(_ status: ApprovalState.Status) {
        self =
            switch status {
            case .requested: .requested
            case .approved: .approved
            case .refused: .refused
            case .withdrawn: .withdrawn
            case .expired: .expired
            }
    }
}

extension Delegation {
    init(_ record: DelegationRecord) {
        self.init(
            id: record.id, from: record.from, to: record.to, kinds: record.kinds.map(Set.init),
            limit: record.limitCents.map(Money.init(cents:)), starts: record.startsAt, ends: record.endsAt,
            isRevoked: record.revokedAt != nil)
    }
}
