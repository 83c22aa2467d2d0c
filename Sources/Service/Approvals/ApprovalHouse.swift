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
    /// The moment.
    let now: Date

    init(_ context: ServiceContext, in transaction: Transaction, at now: Date) throws {
        self.now = now
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
    /// The moment at which it is judged.
    private let now: Date

    init(_ record: Approval, decisions: [ApprovalDecision], house: ApprovalHouse, in transaction: Transaction) throws {
        self.record = record
        self.decisions = decisions
        content = try record.decodedContent()
        state = try record.state(content, decisions, in: transaction)
        authority = try house.authority(over: record, in: transaction)
        now = house.now
    }

    /// How many more people have to approve; nil where the matrix gives nobody authority.
    package var missingCount: Int? { state.missingCount(under: authority, at: now) }

    /// Whether nobody can decide it any more, though it may not be marked so yet.
    package var isOver: Bool { record.status != .requested || state.expiresAt.map { $0 <= now } ?? false }
}

extension Approval {
    /// What is asked for; throws `damagedStore` where it is not what was hashed.
    func decodedContent() throws -> ApprovalContent {
        guard ApprovalContent.sha256(ofJSON: content) == contentHash else {
            throw RecordsError(
                .damagedStore, "What the approval \(id) is asked for is not what its SHA-256 is of: it was changed.")
        }
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
        let ofDocument = try documentID.map { try DocumentHands(of: $0, in: transaction).involved } ?? []
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

    private static let actions = [
        "field.corrected", "field.restored", "field.confirmed", "document.reviewed", "document.confirmed",
        "document.pages_changed",
    ]

    /// - Parameter documentID: what is part of it now counts, and what it was split from, up to then.
    init(of documentID: String, in transaction: Transaction) throws {
        var found: [Involvement] = []
        var parts: [(id: String, end: Int)] = [(documentID, .max)]
        var seen: Set<String> = [documentID]
        while let part = parts.popLast() {
            for merged in try transaction.documents(mergedInto: part.id) where seen.insert(merged.id).inserted {
                parts.append((merged.id, part.end))
            }
            for entry in try transaction.auditTrail(subject: part.id, actions: DocumentHands.actions)
            where entry.sequence < part.end {
                found += DocumentHands.involved(entry)
                if let parent = entry.detail["split_from"], seen.insert(parent).inserted {
                    parts.append((parent, entry.sequence))
                }
            }
        }
        // What weighs most is what a person is told.
        involved = Involvement.Deed.allCases.flatMap { deed in found.filter { $0.deed == deed } }
    }

    /// Whichever values an asker calls the evidence: of what the document says, any may move the amount.
    private static func involved(_ entry: AuditEntry) -> [Involvement] {
        let person = entry.actor.hasPrefix("user:") ? [entry.actor.actorName] : []
        let keyers = (entry.detail["keyed_by"] ?? "").split(separator: ",").map { String($0).actorName }
        return switch entry.action {
        case "document.confirmed":
            person.map { Involvement(person: $0, deed: .confirmed) }
                + keyers.map { Involvement(person: $0, deed: .keyed) }
        case "document.reviewed", "field.confirmed": person.map { Involvement(person: $0, deed: .confirmed) }
        case "field.corrected", "field.restored": person.map { Involvement(person: $0, deed: .corrected) }
        default: []
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
