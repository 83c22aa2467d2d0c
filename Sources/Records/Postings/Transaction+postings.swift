import Documents
package import Foundation

extension Transaction {
    /// Keeps a journal that is about to be sent; throws `wrongState` when its lines do not come to its total on both
    /// sides, `duplicate` when there is one of that key, or one that takes the same journal back.
    package func addPosting(_ posting: Posting, lines: [PostingLine]) throws {
        let (debits, credits) = (lines.map(\.debit).reduce(.zero, +), lines.map(\.credit).reduce(.zero, +))
        guard debits == posting.total, credits == posting.total else {
            throw RecordsError(
                .wrongState, "The journal \(posting.key) does not balance: \(debits) debit, \(credits) credit.")
        }
        try execute(
            """
            INSERT INTO journals (journal_key, connector, subject, document_id, approval_id, kind, reverses, journal,
                total_cents, status, correlation_id, sent_at)
            VALUES (\(posting.key), \(posting.connector), \(posting.subject), \(posting.documentID),
                \(posting.approvalID), \(posting.kind), \(posting.reverses), \(posting.journal),
                \(posting.total.cents), \(PostingStatus.sent), \(posting.correlationID), \(posting.sentAt))
            """)
        for (index, line) in lines.enumerated() {
            try execute(
                """
                INSERT INTO journal_lines (journal_key, number, account, debit_cents, credit_cents, reference)
                VALUES (\(posting.key), \(index + 1), \(line.account), \(line.debit.cents), \(line.credit.cents),
                    \(line.reference))
                """)
        }
    }

    package func posting(_ key: String) throws -> Posting? {
        try first("SELECT \(Posting.columns) FROM journals WHERE journal_key = \(key)")
    }

    /// The journal that takes `key` back; nil when none does.
    package func reversal(ofPosting key: String) throws -> Posting? {
        try first("SELECT \(Posting.columns) FROM journals WHERE reverses = \(key)")
    }

    /// The latest journal of a subject that a connector sent, that takes none back and that none takes back; nil when
    /// there is none.
    package func latestPosting(ofSubject subject: String, connector: String) throws -> Posting? {
        try first(
            """
            SELECT \(Posting.columns) FROM journals
            WHERE subject = \(subject) AND connector = \(connector) AND reverses IS NULL AND NOT EXISTS (
                SELECT 1 FROM journals r WHERE r.reverses = journals.journal_key)
            ORDER BY sent_at DESC, journal_key DESC LIMIT 1
            """)
    }

    /// A journal's lines, in order.
    package func postingLines(_ key: String) throws -> [PostingLine] {
        try all(
            """
            SELECT account, debit_cents, credit_cents, reference FROM journal_lines WHERE journal_key = \(key)
            ORDER BY number
            """)
    }

    /// Notes what the ledger answered; a journal that it has is not refused afterwards.
    package func settlePosting(
        _ key: String, _ status: PostingStatus, ledgerID: String? = nil, problem: String? = nil, at now: Date
    ) throws {
        try execute(
            """
            UPDATE journals SET status = \(status), ledger_id = \(ledgerID), problem = \(problem), settled_at = \(now)
            WHERE journal_key = \(key) AND status <> \(PostingStatus.posted)
            """)
    }

    /// Notes that a refused journal is sent once more: whether the ledger has it is not known from now on.
    package func sendPostingAgain(_ key: String) throws {
        try execute(
            """
            UPDATE journals SET status = \(PostingStatus.sent), problem = NULL, settled_at = NULL
            WHERE journal_key = \(key) AND status = \(PostingStatus.refused)
            """)
    }

    /// Journals, the newest first; `before` is the key of the last one of the page before.
    package func postings(
        status: PostingStatus? = nil, subject: String? = nil, before: String? = nil, limit: Int = 100
    ) throws -> [Posting] {
        var conditions: [SQLStatement] = []
        if let status { conditions.append("status = \(status)") }
        if let subject { conditions.append("subject = \(subject)") }
        if let before { conditions.append("journal_key < \(before)") }
        return try all(
            """
            SELECT \(Posting.columns) FROM journals WHERE \(SQLStatement.all(conditions))
            ORDER BY journal_key DESC LIMIT \(limit)
            """)
    }
}
