package import Foundation

/// What a step of the pipeline does.
package struct StepKind: RawRepresentable, Sendable, Hashable, SQLConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// File bytes to pages of words.
    package static let read = StepKind(rawValue: "read")
    /// Pages to documents, and what policy decides about them.
    package static let understand = StepKind(rawValue: "understand")
    /// A confirmed document to what is remembered of its layout.
    package static let learn = StepKind(rawValue: "learn")
    /// A layout that was learned or forgotten to the documents that wait and are of it.
    package static let followLayout = StepKind(rawValue: "follow_layout")
    /// A document that waits for a reviewer to what is read of it by the layouts remembered now.
    package static let understandAgain = StepKind(rawValue: "understand_again")
    /// A page that a person turned to its words in that direction, and its document to what they say.
    package static let readTurned = StepKind(rawValue: "read_turned")
    /// A recall to the documents that the same cause released.
    package static let findRecalled = StepKind(rawValue: "find_recalled")
    /// What was ordered for the documents of a recall to what becomes of each.
    package static let carryOutRecall = StepKind(rawValue: "carry_out_recall")
}

package enum StepStatus: String, Sendable, CaseIterable, SQLConvertible {
    /// Waits for a worker, from `availableAt` on.
    case ready
    /// A worker holds it until `leaseUntil`.
    case leased
    case done
    /// Given up; `lastError` says why.
    case parked
}

/// A durable piece of work: done once, by whichever worker holds its lease.
package struct Step: Sendable, Hashable {
    package var id: String
    package var kind: StepKind
    /// What the work is about: a file's SHA-256, a document's identifier.
    package var subject: String
    package var status: StepStatus
    /// How often it was claimed.
    package var attempts: Int
    /// When it may be claimed: for a leased step, when its lease ends.
    package var availableAt: Date
    package var leaseOwner: String?
    /// How many leases were ever given; the latest one is the only one that counts.
    package var leaseNumber: Int
    package var lastError: String?
    package var correlationID: String

    package init(
        id: String, kind: StepKind, subject: String, availableAt: Date, correlationID: String
    ) {
        self.init(
            id: id, kind: kind, subject: subject, status: .ready, attempts: 0, availableAt: availableAt,
            leaseOwner: nil, leaseNumber: 0, lastError: nil, correlationID: correlationID)
    }

    private init(
        id: String, kind: StepKind, subject: String, status: StepStatus, attempts: Int, availableAt: Date,
        leaseOwner: String?, leaseNumber: Int, lastError: String?, correlationID: String
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.status = status
        self.attempts = attempts
        self.availableAt = availableAt
        self.leaseOwner = leaseOwner
        self.leaseNumber = leaseNumber
        self.lastError = lastError
        self.correlationID = correlationID
    }

    /// When the lease ends; nil for a step that nobody holds.
    package var leaseUntil: Date? { status == .leased ? availableAt : nil }
}

extension Step: SQLRecord {
    static let columns: SQLStatement =
        """
        id, kind, subject, status, attempts, available_at, lease_owner, lease_number, last_error, correlation_id
        """

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], kind: try row["kind"], subject: try row["subject"], status: try row["status"],
            attempts: try row["attempts"], availableAt: try row["available_at"], leaseOwner: try row["lease_owner"],
            leaseNumber: try row["lease_number"], lastError: try row["last_error"],
            correlationID: try row["correlation_id"])
    }
}
