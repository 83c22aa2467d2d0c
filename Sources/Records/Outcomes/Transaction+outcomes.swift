package import Documents
package import Foundation

extension Transaction {
    /// Keeps a document as it was read and decided on, before a person may change it.
    package func keepDecided(_ document: Document, of documentID: String) throws {
        try execute(
            """
            INSERT INTO decided_documents (document_id, document) VALUES (\(documentID), \(try jsonText(document)))
            """)
    }

    /// Keeps what is said now of a document as it was read and decided on, which was not settled yet.
    package func restateDecided(_ document: Document, of documentID: String) throws {
        try execute(
            """
            UPDATE decided_documents SET document = \(try jsonText(document))
            WHERE document_id = \(documentID) AND settled_at IS NULL
            """)
    }

    /// Gives the document as it was read and decided on, and keeps it beside what people made of it; nil when none was
    /// kept or it was settled before.
    package func settleDecided(of documentID: String, at now: Date) throws -> Document? {
        try rows(
            """
            UPDATE decided_documents SET settled_at = \(now) WHERE document_id = \(documentID) AND settled_at IS NULL
            RETURNING document
            """
        ).first.map { try $0.json("document") }
    }

    /// Takes back what settling a document said of its values: it is said anew when the document is settled again.
    package func reopenDecided(of documentID: String) throws {
        try execute("DELETE FROM value_outcomes WHERE document_id = \(documentID)")
        try execute("UPDATE decided_documents SET settled_at = NULL WHERE document_id = \(documentID)")
    }

    /// The document as it was read and decided on; nil when none is kept.
    package func decided(of documentID: String) throws -> Document? {
        try rows("SELECT document FROM decided_documents WHERE document_id = \(documentID)").first.map {
            try $0.json("document")
        }
    }

    /// Gives the document as it was read and decided on, and keeps it no longer; nil when none was kept or it was settled
    /// before.
    package func takeDecided(of documentID: String) throws -> Document? {
        try rows("DELETE FROM decided_documents WHERE document_id = \(documentID) RETURNING document, settled_at").first
            .flatMap { row in
                let settledAt: Date? = try row["settled_at"]
                return settledAt == nil ? try row.json("document") : nil
            }
    }

    /// Adds the outcomes of a document's values; throws `duplicate` when a value has one already.
    package func record(_ outcomes: [ValueOutcome], at now: Date) throws {
        for outcome in outcomes {
            try execute(
                """
                INSERT INTO value_outcomes (\(ValueOutcome.columns), settled_at)
                VALUES (\(outcome.documentID), \(outcome.path), \(outcome.type), \(outcome.field),
                    \(outcome.confidence.tenThousandths), \(outcome.isRight), \(outcome.isSampled), \(outcome.model),
                    \(now))
                """)
        }
    }

    /// The outcomes of values that `model` read in documents of the audit sample.
    package func sampledOutcomes(model: String) throws -> [ValueOutcome] {
        try all(
            """
            SELECT \(ValueOutcome.columns) FROM value_outcomes WHERE is_sampled = 1 AND model = \(model)
            ORDER BY document_id, path
            """)
    }

    /// How many outcomes there are of values that `model` read in documents that were reviewed for a doubt.
    package func otherOutcomeCount(model: String) throws -> Int {
        try rows("SELECT COUNT(*) AS number FROM value_outcomes WHERE is_sampled = 0 AND model = \(model)")
            .first?["number"] ?? 0
    }
}

extension ValueOutcome: SQLRecord {
    static let columns: SQLStatement =
        "document_id, path, type, field, confidence, is_right, is_sampled, model"

    init(row: SQLRow) throws {
        let tenThousandths: Int = try row["confidence"]
        self.init(
            documentID: try row["document_id"], path: try row["path"], type: try row["type"], field: try row["field"],
            confidence: Confidence(Double(tenThousandths) / 10_000), isRight: try row["is_right"],
            isSampled: try row["is_sampled"], model: try row["model"])
    }
}
