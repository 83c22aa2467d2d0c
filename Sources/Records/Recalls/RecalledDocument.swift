package import Foundation

/// What can be done with a released document that may be wrong.
package enum RecallAction: String, Sendable, CaseIterable, SQLConvertible {
    /// Nothing more is done with it until it is released or reviewed.
    case hold
    /// It is held no longer.
    case release
    /// A reviewer looks at it again.
    case review
}

package enum RecalledStatus: String, Sendable, CaseIterable, SQLConvertible {
    /// It may be wrong; nothing was ordered.
    case listed
    /// An action is ordered and waits to be carried out.
    case ordered
    /// The action is carried out.
    case done
    /// The action could not be carried out; `detail` says why.
    case refused
}

/// A document that the cause of a wrong value released too, or that has the wrong value itself.
package struct RecalledDocument: Sendable, Hashable {
    package var recallID: String
    package var documentID: String
    /// Its place among the others: 0 for the document with the wrong value, then the place of its likeliest cause.
    package var place: Int
    /// The causes that it has in common, the likeliest first; none for the document with the wrong value.
    package var causes: [String]
    /// The money that it is about, in cents.
    package var amountCents: Int?
    /// When it was released.
    package var releasedAt: Date
    package var status: RecalledStatus
    package var action: RecallAction?
    package var orderedBy: String?
    package var detail: String?
    package var doneAt: Date?

    package init(
        recallID: String, documentID: String, place: Int, causes: [String], amountCents: Int?, releasedAt: Date,
        status: RecalledStatus = .listed
    ) {
        self.recallID = recallID
        self.documentID = documentID
        self.place = place
        self.causes = causes
        self.amountCents = amountCents
        self.releasedAt = releasedAt
        self.status = status
    }
}

/// Which documents of a recall an order is about.
package enum RecallChoice: Sendable, Hashable {
    case documents([String])
    /// Those that have the cause in common.
    case cause(String)
}

extension RecalledDocument: SQLRecord {
    static let columns: SQLStatement =
        """
        recall_id, document_id, place, causes, amount_cents, released_at, status, action, ordered_by, detail, done_at
        """

    init(row: SQLRow) throws {
        let causes: String = try row["causes"]
        self.init(
            recallID: try row["recall_id"], documentID: try row["document_id"], place: try row["place"],
            causes: causes.split(separator: ",").map(String.init), amountCents: try row["amount_cents"],
            releasedAt: try row["released_at"], status: try row["status"])
        action = try row["action"]
        orderedBy = try row["ordered_by"]
        detail = try row["detail"]
        doneAt = try row["done_at"]
    }
}
