package import Documents
package import Foundation

package enum WorkStatus: String, Codable, Sendable, CaseIterable, SQLConvertible {
    /// Nobody has it in hand.
    case open
    /// Somebody has it in hand.
    case taken
    /// Sent; the payer's answer is waited for.
    case awaiting
    case closed
    /// Its document was recalled, or is none any more.
    case withdrawn
}

/// What people are to do about a payer's paper: an appeal, a request for information, the number of an authorization.
package struct WorkItem: Sendable, Hashable {
    package var id: String
    /// `WorkKind` of `Governance`.
    package var kind: String
    package var documentID: String
    /// The claim of the document that it is about (`claims[0]`); empty for all of a letter.
    package var place: String
    package var status: WorkStatus
    /// Grows with every change: whoever changes it says which version they saw.
    package var version: Int
    package var holder: String?
    package var openedBy: String
    package var openedAt: Date
    /// The day by which it is to be done; nil where the payer's deadline is not known.
    package var dueDate: CalendarDate?
    /// The payer's deadline.
    package var deadline: CalendarDate?
    package var amountAtStake: Money?
    /// `WorkOutcome` of `Governance`.
    package var outcome: String?
    package var closedBy: String?
    package var closedAt: Date?
    package var correlationID: String

    package init(
        id: String, kind: String, documentID: String, place: String, status: WorkStatus = .open, version: Int = 1,
        holder: String? = nil, openedBy: String, openedAt: Date, dueDate: CalendarDate? = nil,
        deadline: CalendarDate? = nil, amountAtStake: Money? = nil, outcome: String? = nil, closedBy: String? = nil,
        closedAt: Date? = nil, correlationID: String
    ) {
        self.id = id
        self.kind = kind
        self.documentID = documentID
        self.place = place
        self.status = status
        self.version = version
        self.holder = holder
        self.openedBy = openedBy
        self.openedAt = openedAt
        self.dueDate = dueDate
        self.deadline = deadline
        self.amountAtStake = amountAtStake
        self.outcome = outcome
        self.closedBy = closedBy
        self.closedAt = closedAt
        self.correlationID = correlationID
    }
}

extension WorkItem: SQLRecord {
    static let columns: SQLStatement =
        """
        w.id, w.kind, w.document_id, w.place, w.status, w.version, w.holder, w.opened_by, w.opened_at, w.due_date,
        w.deadline, w.amount_cents, w.outcome, w.closed_by, w.closed_at, w.correlation_id
        """

    init(row: SQLRow) throws {
        let cents: Int64? = try row["amount_cents"]
        self.init(
            id: try row["id"], kind: try row["kind"], documentID: try row["document_id"], place: try row["place"],
            status: try row["status"], version: try row["version"], holder: try row["holder"],
            openedBy: try row["opened_by"], openedAt: try row["opened_at"], dueDate: try row.day("due_date"),
            deadline: try row.day("deadline"), amountAtStake: cents.map { Money(cents: $0) },
            outcome: try row["outcome"], closedBy: try row["closed_by"], closedAt: try row["closed_at"],
            correlationID: try row["correlation_id"])
    }
}
