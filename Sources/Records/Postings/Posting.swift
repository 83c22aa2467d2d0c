package import Documents
package import Foundation

/// What is known of a journal that was sent to a ledger.
package enum PostingStatus: String, Sendable, CaseIterable, SQLConvertible {
    /// It was, or will be in a moment, sent; whether the ledger has it is not known.
    case sent
    /// The ledger has it, with the totals that were sent; of a ledger that takes files, its file was written.
    case posted
    /// The ledger has it with other totals; `problem` says which.
    case differing
    /// The ledger does not want it, and never had it; `problem` says why.
    case refused
}

/// A journal that was sent to the hospital's ledger.
package struct Posting: Sendable, Hashable {
    /// The journal's idempotency key.
    package var key: String
    /// The connector that sends it.
    package var connector: String
    /// The document or the approval that it comes of.
    package var subject: String
    package var documentID: String?
    package var approvalID: String?
    package var kind: String
    /// The key of the journal that it takes back; nil for a first one.
    package var reverses: String?
    /// The journal, as JSON text.
    package var journal: String
    /// What its debits come to, and its credits.
    package var total: Money
    package var status: PostingStatus
    /// The ledger's own number of it.
    package var ledgerID: String?
    package var problem: String?
    package var correlationID: String
    package var sentAt: Date
    /// When the ledger's answer was read.
    package var settledAt: Date?

    package init(
        key: String, connector: String, subject: String, documentID: String? = nil, approvalID: String? = nil,
        kind: String, reverses: String? = nil, journal: String, total: Money, correlationID: String, sentAt: Date
    ) {
        self.key = key
        self.connector = connector
        self.subject = subject
        self.documentID = documentID
        self.approvalID = approvalID
        self.kind = kind
        self.reverses = reverses
        self.journal = journal
        self.total = total
        status = .sent
        self.correlationID = correlationID
        self.sentAt = sentAt
    }
}

/// One line of a journal: an amount on one side of an account, nought on the other.
package struct PostingLine: Sendable, Hashable {
    package var account: String
    package var debit: Money
    package var credit: Money
    package var reference: String?

    package init(account: String, debit: Money, credit: Money, reference: String? = nil) {
        self.account = account
        self.debit = debit
        self.credit = credit
        self.reference = reference
    }
}

extension Posting: SQLRecord {
    static let columns: SQLStatement =
        """
        journal_key, connector, subject, document_id, approval_id, kind, reverses, journal, total_cents, status,
        ledger_id, problem, correlation_id, sent_at, settled_at
        """

    init(row: SQLRow) throws {
        self.init(
            key: try row["journal_key"], connector: try row["connector"], subject: try row["subject"],
            documentID: try row["document_id"], approvalID: try row["approval_id"], kind: try row["kind"],
            reverses: try row["reverses"], journal: try row["journal"], total: Money(cents: try row["total_cents"]),
            correlationID: try row["correlation_id"], sentAt: try row["sent_at"])
        status = try row["status"]
        ledgerID = try row["ledger_id"]
        problem = try row["problem"]
        settledAt = try row["settled_at"]
    }
}

extension PostingLine: SQLRecord {
    init(row: SQLRow) throws {
        self.init(
            account: try row["account"], debit: Money(cents: try row["debit_cents"]),
            credit: Money(cents: try row["credit_cents"]), reference: try row["reference"])
    }
}
