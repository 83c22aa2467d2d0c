package import Foundation

package enum RecallStatus: String, Sendable, CaseIterable, SQLConvertible {
    /// The documents that the same cause released are being looked for.
    case searching
    /// They are listed.
    case listed
}

/// A value of a released document that was found wrong, and what may have made others wrong with it.
package struct Recall: Sendable, Hashable {
    package var id: String
    package var documentID: String
    /// The document's version that has the wrong value: a value is recalled once.
    package var documentVersion: Int
    package var fieldPath: String
    package var wrongValue: String
    /// Nil where nobody knows it.
    package var rightValue: String?
    package var reason: String
    package var madeBy: String
    package var madeAt: Date
    package var status: RecallStatus
    /// The likeliest first.
    package var causes: [Cause]
    package var correlationID: String

    /// What may have made the value wrong.
    package struct Cause: Codable, Sendable, Hashable {
        /// A word of `RecallCause`.
        package var name: String
        /// Why it may be the cause, for people.
        package var why: String
        /// How many other documents have it in common.
        package var count: Int

        package init(name: String, why: String, count: Int) {
            self.name = name
            self.why = why
            self.count = count
        }
    }

    package init(
        id: String, documentID: String, documentVersion: Int, fieldPath: String, wrongValue: String,
        rightValue: String?, reason: String, madeBy: String, madeAt: Date, status: RecallStatus = .searching,
        causes: [Cause] = [], correlationID: String
    ) {
        self.id = id
        self.documentID = documentID
        self.documentVersion = documentVersion
        self.fieldPath = fieldPath
        self.wrongValue = wrongValue
        self.rightValue = rightValue
        self.reason = reason
        self.madeBy = madeBy
        self.madeAt = madeAt
        self.status = status
        self.causes = causes
        self.correlationID = correlationID
    }
}

/// That nothing more is to be done with a document that was released.
package struct DocumentHold: Sendable, Hashable {
    package var documentID: String
    /// The recall for which it is held.
    package var recallID: String
    package var heldBy: String
    package var heldAt: Date

    package init(documentID: String, recallID: String, heldBy: String, heldAt: Date) {
        self.documentID = documentID
        self.recallID = recallID
        self.heldBy = heldBy
        self.heldAt = heldAt
    }
}

extension Recall: SQLRecord {
    static let columns: SQLStatement =
        """
        id, document_id, document_version, field_path, wrong_value, right_value, reason, made_by, made_at, status, causes,
        correlation_id
        """

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], documentID: try row["document_id"], documentVersion: try row["document_version"],
            fieldPath: try row["field_path"], wrongValue: try row["wrong_value"], rightValue: try row["right_value"],
            reason: try row["reason"], madeBy: try row["made_by"], madeAt: try row["made_at"],
            status: try row["status"], causes: try row.json("causes"), correlationID: try row["correlation_id"])
    }
}

extension DocumentHold: SQLRecord {
    static let columns: SQLStatement = "document_id, recall_id, held_by, held_at"

    init(row: SQLRow) throws {
        self.init(
            documentID: try row["document_id"], recallID: try row["recall_id"], heldBy: try row["held_by"],
            heldAt: try row["held_at"])
    }
}
