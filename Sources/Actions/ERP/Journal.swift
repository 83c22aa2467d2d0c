package import Documents

/// One side of a journal's line.
package enum JournalSide: String, Codable, Hashable, Sendable, CaseIterable {
    case debit, credit

    var opposite: JournalSide { self == .debit ? .credit : .debit }
}

/// One line of a journal: an amount above nought on one side of one account.
package struct JournalLine: Hashable, Sendable {
    package var account: String
    package var side: JournalSide
    package var amount: Money
    /// What the line is about: the provider's account number of a claim, an adjustment's reference; nil for the whole.
    package var reference: String?

    package init(account: String, side: JournalSide, amount: Money, reference: String? = nil) {
        self.account = account
        self.side = side
        self.amount = amount
        self.reference = reference
    }

    /// A line for an amount of either sign, which stands on the other side when it is negative; nil for nought.
    init?(_ side: JournalSide, _ account: String, _ amount: Money, reference: String? = nil) {
        guard amount != .zero else { return nil }
        self.init(
            account: account, side: amount < .zero ? side.opposite : side, amount: amount < .zero ? -amount : amount,
            reference: reference)
    }
}

/// What is to be written into the hospital's ledger at once: lines whose debits and credits are equal, to the cent.
package struct Journal: Hashable, Sendable {
    /// The idempotency key under which the ledger has it.
    package let key: String
    package let header: JournalHeader
    /// The key of the journal that this one takes back; nil for a first one.
    package let reverses: String?
    package let lines: [JournalLine]
    /// What its debits come to, and its credits.
    package let total: Money

    /// Throws `UnsuitableEvent` when there are no lines, an amount is not above nought, or the sides differ.
    package init(
        key: String, header: JournalHeader, reverses: String? = nil, lines: [JournalLine]
    ) throws(UnsuitableEvent) {
        guard !lines.isEmpty else {
            throw UnsuitableEvent("It moves no money: there is nothing to post.")
        }
        guard lines.allSatisfy({ $0.amount > .zero }) else {
            throw UnsuitableEvent("A line's amount is not above 0.00: it cannot be posted.")
        }
        let (debits, credits) = (Journal.sum(lines, .debit), Journal.sum(lines, .credit))
        guard debits == credits else {
            throw UnsuitableEvent("The journal does not balance: \(debits) debit, \(credits) credit.")
        }
        self.key = key
        self.header = header
        self.reverses = reverses
        self.lines = lines
        total = debits
    }

    /// The journal that takes this one back: the same lines with their sides exchanged.
    package func reversal(key: String, time: String) throws(UnsuitableEvent) -> Journal {
        var header = header
        header.time = time
        let lines = lines.map { line in
            JournalLine(
                account: line.account, side: line.side.opposite, amount: line.amount, reference: line.reference)
        }
        return try Journal(key: key, header: header, reverses: self.key, lines: lines)
    }

    private static func sum(_ lines: [JournalLine], _ side: JournalSide) -> Money {
        lines.filter { $0.side == side }.map(\.amount).reduce(.zero, +)
    }
}

/// What a journal is about and where in the house it belongs.
package struct JournalHeader: Codable, Hashable, Sendable {
    /// `cash_posting`, or the kind of the approval.
    package var kind: String
    /// When what it posts was accepted or approved, ISO 8601.
    package var time: String
    /// The document or the approval that it comes of.
    package var subject: String
    package var documentID: String?
    package var approvalID: String?
    package var legalEntity: String?
    package var costCentre: String?
    package var facility: String?
    package var payer: String?
    /// What the money is about: the payment's number, or the approval's reference.
    package var reference: String?
    package var paymentDate: CalendarDate?
    /// SHA-256 of what was approved; nil for what needs no approval.
    package var contentSHA256: String?
    package var correlationID: String

    package init(kind: String, time: String, subject: String, correlationID: String) {
        self.kind = kind
        self.time = time
        self.subject = subject
        self.correlationID = correlationID
    }

    private enum CodingKeys: String, CodingKey {
        case kind, time, subject
        case documentID = "document_id"
        case approvalID = "approval_id"
        case legalEntity = "legal_entity"
        case costCentre = "cost_centre"
        case facility, payer, reference
        case paymentDate = "payment_date"
        case contentSHA256 = "content_sha256"
        case correlationID = "correlation_id"
    }
}
