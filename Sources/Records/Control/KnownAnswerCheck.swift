package import Documents
package import Foundation

/// How a known-answer check ended.
package enum CheckOutcome: String, Sendable, CaseIterable, SQLConvertible {
    /// The reviewer mended the altered value, or refused the document.
    case caught
    /// The reviewer vouched for the altered value.
    case missed
    /// The reviewer gave it back or left it.
    case unanswered
}

/// A settled document that a reviewer got once more with one value altered; nothing of the document itself is touched.
package struct KnownAnswerCheck: Sendable, Hashable {
    package var id: String
    package var documentID: String
    package var person: String
    package var queue: String
    /// The task that the reviewer would have got.
    package var insteadOf: String
    /// What was altered, as JSON.
    package var answer: String
    /// The document as the reviewer has it; nil once the check has ended.
    package var document: Document?
    /// Grows with every change that the reviewer makes.
    package var version: Int
    package var leaseUntil: Date
    package var createdAt: Date
    package var outcome: CheckOutcome?
    package var endedAt: Date?

    package init(
        id: String, documentID: String, person: String, queue: String, insteadOf: String, answer: String,
        document: Document?, version: Int = 1, leaseUntil: Date, createdAt: Date, outcome: CheckOutcome? = nil,
        endedAt: Date? = nil
    ) {
        self.id = id
        self.documentID = documentID
        self.person = person
        self.queue = queue
        self.insteadOf = insteadOf
        self.answer = answer
        self.document = document
        self.version = version
        self.leaseUntil = leaseUntil
        self.createdAt = createdAt
        self.outcome = outcome
        self.endedAt = endedAt
    }
}

extension KnownAnswerCheck: SQLRecord {
    static let columns: SQLStatement =
        """
        id, document_id, person, queue, instead_of, answer, document, version, lease_until, created_at, outcome, ended_at
        """

    init(row: SQLRow) throws {
        let document: String? = try row["document"]
        self.init(
            id: try row["id"], documentID: try row["document_id"], person: try row["person"], queue: try row["queue"],
            insteadOf: try row["instead_of"], answer: try row["answer"],
            document: document == nil ? nil : try row.json("document"), version: try row["version"],
            leaseUntil: try row["lease_until"], createdAt: try row["created_at"], outcome: try row["outcome"],
            endedAt: try row["ended_at"])
    }
}
