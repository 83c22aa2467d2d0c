import Documents
import Foundation
import Records

/// Looks, in the moment before a journal is sent, whether what it rests on still holds.
struct PostingCheck {
    private let journal: Journal

    init(_ journal: Journal) { self.journal = journal }

    /// The sentence that says why the journal may not be sent; nil when it may.
    func refusal(in transaction: Transaction) throws -> String? {
        if let reversal = try transaction.reversal(ofPosting: journal.key) {
            return "The journal \(reversal.key) has taken it back."
        }
        if let id = journal.header.documentID, let why = try refusal(ofDocument: id, in: transaction) { return why }
        return try journal.header.approvalID.flatMap { try refusal(ofApproval: $0, in: transaction) }
    }

    private func refusal(ofDocument id: String, in transaction: Transaction) throws -> String? {
        if let hold = try transaction.hold(of: id) {
            return "The document \(id) is held by the recall \(hold.recallID): send this again when it is released."
        }
        guard let record = try transaction.document(id), record.status != .accepted else { return nil }
        return "The document \(id) is not accepted any more: nothing is posted because of it."
    }

    private static let passing = Set(
        [EventType.approvalReminded, .approvalClimbed, .approvalApprovedFirst].map(\.rawValue))

    /// The latest that was told of the approval must be that these very contents, and this amount, are approved.
    ///
    /// What is told while it is open decides nothing, and may carry the clock of a moment after the decision's.
    private func refusal(ofApproval id: String, in transaction: Transaction) throws -> String? {
        let events = try transaction.events(subject: id).filter { !PostingCheck.passing.contains($0.type) }
            .sorted { ($0.time, $0.id) < ($1.time, $1.id) }
        guard let latest = events.last, let type = EventType(rawValue: latest.type),
            case .approval(let approved) = try EventData(json: Data(latest.data.utf8), of: type)
        else { return "The approval \(id) is not known here." }
        guard type == .approvalApproved else {
            return "The approval \(id) does not stand any more: it is \(approved.status)."
        }
        guard approved.contentSHA256 == journal.header.contentSHA256, approved.amount == journal.total else {
            return """
                The approval \(id) is for \(approved.amount), this journal for \(journal.total), or of other contents: \
                it is not sent.
                """
        }
        return nil
    }
}
