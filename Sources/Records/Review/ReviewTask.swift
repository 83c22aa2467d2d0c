package import Documents
package import Foundation

package enum ReviewTaskStatus: String, Sendable, CaseIterable, SQLConvertible {
    /// Nobody works on it.
    case open
    /// A reviewer holds it until `leaseUntil`.
    case leased
    case done
}

/// A document that waits for a reviewer, in a queue.
package struct ReviewTask: Sendable, Hashable {
    package var id: String
    package var documentID: String
    package var queue: String
    package var status: ReviewTaskStatus
    /// Grows with every change.
    package var version: Int
    /// The reviewer who holds it.
    package var leaseOwner: String?
    package var leaseUntil: Date?
    package var createdAt: Date
    package var doneAt: Date?
    /// The task with the greatest comes first.
    package var priority: Int
    /// Why policy did not trust the document.
    package var reasons: [Reason]

    package init(
        id: String, documentID: String, queue: String, status: ReviewTaskStatus = .open, version: Int = 1,
        leaseOwner: String? = nil, leaseUntil: Date? = nil, createdAt: Date, doneAt: Date? = nil, priority: Int = 0,
        reasons: [Reason]
    ) {
        self.id = id
        self.documentID = documentID
        self.queue = queue
        self.status = status
        self.version = version
        self.leaseOwner = leaseOwner
        self.leaseUntil = leaseUntil
        self.createdAt = createdAt
        self.doneAt = doneAt
        self.priority = priority
        self.reasons = reasons
    }

    /// Seconds from its making to `now`, or to its end when it is done.
    package func ageSeconds(at now: Date) -> Double { (doneAt ?? now).timeIntervalSince(createdAt) }

    /// Whether somebody holds it at `now`; a lease that ran out holds nothing.
    package func isHeld(at now: Date) -> Bool { leaseUntil.map { $0 > now } ?? false }
}

/// A task with what a list of tasks shows of its document.
package struct ReviewTaskSummary: Sendable, Hashable {
    package var task: ReviewTask
    package var type: String
    package var subtype: String?
    /// The name of the file that the document came in.
    package var fileName: String
    package var sha256: String
    /// The facility that the file came to; nil when nobody said.
    package var facility: String?
}

extension ReviewTask: SQLRecord {
    static let columns: SQLStatement =
        """
        id, document_id, queue, status, version, lease_owner, lease_until, created_at, done_at, priority, reasons
        """

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], documentID: try row["document_id"], queue: try row["queue"],
            status: try row["status"], version: try row["version"], leaseOwner: try row["lease_owner"],
            leaseUntil: try row["lease_until"], createdAt: try row["created_at"], doneAt: try row["done_at"],
            priority: try row["priority"], reasons: try row.json("reasons"))
    }
}

extension ReviewTaskSummary: SQLRecord {
    static let columns: SQLStatement =
        """
        t.id, t.document_id, t.queue, t.status, t.version, t.lease_owner, t.lease_until, t.created_at, t.done_at,
        t.priority, t.reasons, d.type, d.subtype, f.name AS file_name, f.sha256, f.facility
        """

    init(row: SQLRow) throws {
        self.init(
            task: try ReviewTask(row: row), type: try row["type"], subtype: try row["subtype"],
            fileName: try row["file_name"], sha256: try row["sha256"], facility: try row["facility"])
    }
}
