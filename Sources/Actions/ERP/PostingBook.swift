import Documents
import Foundation
import Records

/// Keeps what was sent to a ledger in the store, and looks there whether it may be sent at all.
struct PostingBook: Sendable {
    let store: Store
    /// The connector that sends.
    let connector: String
    /// Whether it writes files that somebody else brings into the ledger.
    let writesFiles: Bool

    /// A journal that is to be sent.
    struct Sending: Sendable {
        let journal: Journal
        /// Whether the ledger cannot have it of an attempt before.
        let isNew: Bool
    }

    /// What is to be done with an order.
    enum Preparation: Sendable {
        case send(Sending)
        /// The journal that the order takes back is sent first, once more under its own key: whether the ledger has it is
        /// not known, and the order is prepared again when it is.
        case first(Sending)
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
        if let kept, kept.status == .posted { return .over(posted(kept)) }
        if let why = try PostingCheck(journal).refusal(in: transaction) {
            return .over(.refused(status: nil, problem: why))
        }
        if let kept { return .send(try again(journal, kept, in: transaction, at: now)) }
        try keep(journal, in: transaction, at: now)
        return .send(Sending(journal: journal, isNew: true))
    }

    private func prepare(_ order: ReversalOrder, in transaction: Transaction, at now: Date) throws -> Preparation {
        if let kept = try transaction.posting(order.key) {
            if kept.status == .posted { return .over(posted(kept)) }
            return .send(try again(try PostingBook.journal(kept), kept, in: transaction, at: now))
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
        if first.status == .sent {
            guard first.connector == connector else {
                let problem =
                    "Whether the ledger '\(first.connector)' has the journal \(first.key) is not known: look there."
                return .over(.refused(status: nil, problem: problem))
            }
            return .first(Sending(journal: try PostingBook.journal(first), isNew: false))
        }
        let journal = try PostingBook.journal(first).reversal(key: order.key, time: order.time)
        try keep(journal, in: transaction, at: now)
        return .send(Sending(journal: journal, isNew: true))
    }

    /// Sends a kept journal once more; one that was refused never came to the ledger, and is sent like a new one.
    private func again(
        _ journal: Journal, _ kept: Posting, in transaction: Transaction, at now: Date
    ) throws -> Sending {
        let isNew = kept.status == .refused
        if isNew {
            try transaction.sendPostingAgain(kept.key)
            try note("journal.sent", journal, [:], in: transaction, at: now)
        }
        return Sending(journal: journal, isNew: isNew)
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

    private func posted(_ posting: Posting) -> SendOutcome {
        let name = posting.ledgerID ?? posting.key
        let receipt =
            writesFiles
            ? PostingBook.receipt(file: name, total: posting.total) : "The ledger has it as its journal \(name)."
        return .delivered(status: nil, receipt: receipt)
    }

    /// What is known of a journal that was written as a file; whether the ledger has read it, nobody says.
    static func receipt(file: String, total: Money) -> String {
        "Written as \(file): \(total) debit and credit."
    }

    private static func journal(_ posting: Posting) throws -> Journal {
        try JSONDecoder().decode(Journal.self, from: Data(posting.journal.utf8))
    }
}
