import Documents
import Foundation
import Records

/// Keeps what was sent to a ledger in the store, and looks there whether it may be sent at all.
struct PostingBook: Sendable {
    let store: Store
    /// The connector that sends.
    let connector: String

    /// What is to be done with an order.
    enum Preparation: Sendable {
        case send(Journal)
        /// There is nothing to send, or it may not be sent.
        case over(SendOutcome)
    }

    /// Keeps the journal of an order before it is sent, unless it was kept by an attempt before.
    func prepare(_ order: PostingOrder, at now: Date) async throws -> Preparation {
        try await store.write { [self] transaction in
            switch order {
            case .post(let journal): try prepare(journal, in: transaction, at: now)
            case .reverse(let reversal): try prepare(reversal, in: transaction, at: now)
            }
        }
    }

    private func prepare(_ journal: Journal, in transaction: Transaction, at now: Date) throws -> Preparation {
        let kept = try transaction.posting(journal.key)
        if let kept, kept.status == .posted { return .over(PostingBook.posted(kept)) }
        if let why = try PostingCheck(journal).refusal(in: transaction) {
            return .over(.refused(status: nil, problem: why))
        }
        if kept == nil { try keep(journal, in: transaction, at: now) }
        return .send(journal)
    }

    private func prepare(_ order: ReversalOrder, in transaction: Transaction, at now: Date) throws -> Preparation {
        if let kept = try transaction.posting(order.key) {
            return kept.status == .posted ? .over(PostingBook.posted(kept)) : .send(try PostingBook.journal(kept))
        }
        let first =
            if let key = order.reversesKey {
                try transaction.posting(key)
            } else {
                try transaction.latestPosting(ofSubject: order.reversesSubject, connector: connector)
            }
        guard let first, first.status != .refused else {
            return .over(.delivered(status: nil, receipt: "Nothing was posted: there is nothing to take back."))
        }
        if let reversal = try transaction.reversal(ofPosting: first.key) {
            return .over(.delivered(status: nil, receipt: "The journal \(reversal.key) has taken it back already."))
        }
        if first.status == .differing {
            let problem = """
                The ledger has the journal \(first.key) with other totals than were sent: take it back there, then \
                dismiss this.
                """
            return .over(.refused(status: nil, problem: problem))
        }
        let journal = try PostingBook.journal(first).reversal(key: order.key, time: order.time)
        try keep(journal, in: transaction, at: now)
        return .send(journal)
    }

    private func keep(_ journal: Journal, in transaction: Transaction, at now: Date) throws {
        let header = journal.header
        let posting = Posting(
            key: journal.key, connector: connector, subject: header.subject, documentID: header.documentID,
            approvalID: header.approvalID, kind: header.kind, reverses: journal.reverses,
            journal: String(decoding: try journal.json(), as: UTF8.self), total: journal.total,
            correlationID: header.correlationID, sentAt: now)
        try transaction.addPosting(
            posting,
            lines: journal.lines.map { line in
                PostingLine(
                    account: line.account, debit: line.side == .debit ? line.amount : .zero,
                    credit: line.side == .credit ? line.amount : .zero, reference: line.reference)
            })
        try note("journal.sent", journal, [:], in: transaction, at: now)
    }

    /// Notes how the ledger answered.
    func settle(
        _ journal: Journal, _ status: PostingStatus, ledgerID: String? = nil, problem: String? = nil, at now: Date
    ) async throws {
        try await store.write { [self] transaction in
            try transaction.settlePosting(journal.key, status, ledgerID: ledgerID, problem: problem, at: now)
            try note(
                "journal.\(status.rawValue)", journal, ledgerID.map { ["ledger_id": $0] } ?? [:], in: transaction,
                at: now)
        }
    }

    private func note(
        _ action: String, _ journal: Journal, _ more: [String: String], in transaction: Transaction, at now: Date
    ) throws {
        var detail = more
        detail["journal"] = journal.key
        detail["connector"] = connector
        detail["kind"] = journal.header.kind
        detail["total"] = "\(journal.total)"
        detail["reverses"] = journal.reverses
        try transaction.audit(
            actor: "outbox", action: action, subject: journal.header.subject, detail: detail,
            correlationID: journal.header.correlationID, at: now)
    }

    private static func posted(_ posting: Posting) -> SendOutcome {
        .delivered(status: nil, receipt: "The ledger has it as its journal \(posting.ledgerID ?? posting.key).")
    }

    private static func journal(_ posting: Posting) throws -> Journal {
        try JSONDecoder().decode(Journal.self, from: Data(posting.journal.utf8))
    }
}
