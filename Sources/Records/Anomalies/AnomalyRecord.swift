package import Documents
package import Foundation

/// An anomaly as the store keeps it, until its document is settled and afterwards.
package struct AnomalyRecord: Sendable, Hashable {
    /// How an anomaly ended.
    package enum Outcome: String, Sendable, CaseIterable, SQLConvertible {
        /// A person vouched for the document all the same.
        case confirmed
        /// A person refused the document.
        case refused
        /// A person closed the document, for another counts.
        case duplicate
        /// What it rested on is no more.
        case withdrawn
    }

    package struct Ending: Sendable, Hashable {
        package var outcome: Outcome
        package var at: Date
        /// A sentence that says why it is no more; nil where a person ended it.
        package var because: String?
    }

    package var id: String
    package var documentID: String
    package var anomaly: Anomaly
    package var foundAt: Date
    /// Nil while it stands.
    package var ending: Ending?

    package var isWithdrawn: Bool { ending?.outcome == .withdrawn }
}

extension AnomalyRecord: SQLRecord {
    static let columns: SQLStatement =
        """
        a.id, a.document_id, a.code, a.place, a.detail, a.other_id, a.amount_cents, a.evidence, a.told, a.found_at,
        a.outcome, a.ended_at, a.ended_because
        """

    init(row: SQLRow) throws {
        let cents: Int64? = try row["amount_cents"]
        let (outcome, endedAt): (Outcome?, Date?) = (try row["outcome"], try row["ended_at"])
        self.init(
            id: try row["id"], documentID: try row["document_id"],
            anomaly: Anomaly(
                code: try row["code"], place: try row["place"], detail: try row["detail"],
                otherID: try row["other_id"], amount: cents.map { Money(cents: $0) },
                evidence: try row.json("evidence"), telling: Anomaly.Telling(rawValue: try row["told"]) ?? .untold),
            foundAt: try row["found_at"],
            ending: try outcome.map { outcome in
                guard let endedAt else {
                    throw RecordsError(.damagedStore, "An anomaly ended without a moment.")
                }
                return Ending(outcome: outcome, at: endedAt, because: try row["ended_because"])
            })
    }
}

/// Which anomalies a list is about; nil means any.
package struct AnomalyFilter: Sendable, Hashable {
    /// How far a person is with an anomaly.
    package enum State: String, Sendable, CaseIterable {
        /// It stands, and its document waits for a reviewer.
        case open
        case confirmed, refused, duplicate, withdrawn
    }

    package var code: String?
    package var state: State?

    package init(code: String? = nil, state: State? = nil) {
        self.code = code
        self.state = state
    }
}

/// An anomaly in a list, with its document.
package struct ListedAnomaly: Sendable, Hashable {
    package var record: AnomalyRecord
    package var document: DocumentRecord
    package var fileName: String
    package var facility: String?
}
