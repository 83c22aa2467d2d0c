package import Foundation

package enum ApprovalStatus: String, Sendable, CaseIterable, SQLConvertible {
    case requested, approved, refused, withdrawn, expired
}

/// An approval that somebody, a machine or a rule asked for, and what became of it.
package struct Approval: Sendable, Hashable {
    /// Somebody who had a hand in it, and what they did, in a word.
    package struct Party: Codable, Sendable, Hashable {
        package var person: String
        package var deed: String

        package init(person: String, deed: String) {
            self.person = person
            self.deed = deed
        }
    }

    package var id: String
    /// Who asks with the same key again gets the same approval.
    package var requestKey: String
    package var kind: String
    /// What is asked for, as JSON, and its SHA-256, which decisions are bound to.
    package var content: String
    package var contentHash: String
    /// Nil where nobody knows it.
    package var amountCents: Int64?
    package var facility: String?
    package var documentID: String?
    /// `user:ana`, `key:erp`, `rule:overpayments`.
    package var requestedBy: String
    package var involved: [Party]
    package var status: ApprovalStatus
    /// Grows with every change.
    package var version: Int
    package var requestedAt: Date
    /// When whoever is asked is reminded next; nil for never.
    package var remindAt: Date?
    package var remindedCount: Int
    /// When people with more authority are asked as well; nil for never.
    package var climbAt: Date?
    package var climbedCount: Int
    package var expiresAt: Date?
    package var endedAt: Date?
    package var endedBy: String?
    package var reason: String?
    package var correlationID: String

    package init(
        id: String, requestKey: String, kind: String, content: String, contentHash: String, amountCents: Int64?,
        facility: String?, documentID: String?, requestedBy: String, involved: [Party], requestedAt: Date,
        remindAt: Date? = nil, climbAt: Date? = nil, expiresAt: Date? = nil, correlationID: String
    ) {
        self.id = id
        self.requestKey = requestKey
        self.kind = kind
        self.content = content
        self.contentHash = contentHash
        self.amountCents = amountCents
        self.facility = facility
        self.documentID = documentID
        self.requestedBy = requestedBy
        self.involved = involved
        status = .requested
        version = 1
        self.requestedAt = requestedAt
        self.remindAt = remindAt
        remindedCount = 0
        self.climbAt = climbAt
        climbedCount = 0
        self.expiresAt = expiresAt
        self.correlationID = correlationID
    }
}

/// What one person decided, by what right, on which content and under which matrix.
package struct ApprovalDecision: Sendable, Hashable {
    package enum Verdict: String, Sendable, CaseIterable, SQLConvertible {
        case approved, refused
    }

    package var id: String
    package var approvalID: String
    package var verdict: Verdict
    /// The name that they sign in with.
    package var person: String
    /// The person whose authority it was, where somebody stood in.
    package var onBehalfOf: String?
    package var delegationID: String?
    /// The row of the matrix, in words.
    package var warrant: String
    package var contentHash: String
    package var matrixHash: String
    package var reason: String?
    package var decidedAt: Date

    package init(
        id: String, approvalID: String, verdict: Verdict, person: String, onBehalfOf: String? = nil,
        delegationID: String? = nil, warrant: String, contentHash: String, matrixHash: String, reason: String? = nil,
        decidedAt: Date
    ) {
        self.id = id
        self.approvalID = approvalID
        self.verdict = verdict
        self.person = person
        self.onBehalfOf = onBehalfOf
        self.delegationID = delegationID
        self.warrant = warrant
        self.contentHash = contentHash
        self.matrixHash = matrixHash
        self.reason = reason
        self.decidedAt = decidedAt
    }
}

extension Approval: SQLRecord {
    static let columns: SQLStatement =
        """
        id, request_key, kind, content, content_hash, amount_cents, facility, document_id, requested_by, involved, status,
        version, requested_at, remind_at, reminded_count, climb_at, climbed_count, expires_at, ended_at, ended_by, reason,
        correlation_id
        """

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], requestKey: try row["request_key"], kind: try row["kind"],
            content: try row["content"], contentHash: try row["content_hash"], amountCents: try row["amount_cents"],
            facility: try row["facility"], documentID: try row["document_id"],
            requestedBy: try row["requested_by"], involved: try row.json("involved"),
            requestedAt: try row["requested_at"], remindAt: try row["remind_at"], climbAt: try row["climb_at"],
            expiresAt: try row["expires_at"], correlationID: try row["correlation_id"])
        status = try row["status"]
        version = try row["version"]
        remindedCount = try row["reminded_count"]
        climbedCount = try row["climbed_count"]
        endedAt = try row["ended_at"]
        endedBy = try row["ended_by"]
        reason = try row["reason"]
    }
}

extension ApprovalDecision: SQLRecord {
    static let columns: SQLStatement =
        """
        id, approval_id, verdict, person, on_behalf_of, delegation_id, warrant, content_hash, matrix_hash, reason,
        decided_at
        """

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], approvalID: try row["approval_id"], verdict: try row["verdict"],
            person: try row["person"], onBehalfOf: try row["on_behalf_of"],
            delegationID: try row["delegation_id"], warrant: try row["warrant"],
            contentHash: try row["content_hash"], matrixHash: try row["matrix_hash"], reason: try row["reason"],
            decidedAt: try row["decided_at"])
    }
}
