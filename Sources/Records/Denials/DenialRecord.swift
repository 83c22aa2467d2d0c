package import Documents
package import Foundation

/// A denial as the store keeps it.
package struct DenialRecord: Sendable, Hashable {
    package var id: String
    package var documentID: String
    /// Its number among the document's, from 1.
    package var ordinal: Int
    /// What of the document is refused; empty for all that a letter is about.
    package var place: String
    /// The claim that it is in; empty likewise.
    package var claimPlace: String
    package var category: String
    package var scenario: String
    package var rootCause: String
    package var isAppealable: Bool
    package var confidence: Confidence
    /// The codes and phrases that spoke for the category.
    package var grounds: [String]
    /// The payer's codes.
    package var codes: [String]
    package var amountAtStake: Money
    package var payerName: String?
    /// The payer's name as it is compared.
    package var payerKey: String
    package var deadline: CalendarDate?
    package var deadlineSource: String?
    package var recordedAt: Date
    /// When its document was recalled or changed; nil while it stands.
    package var withdrawnAt: Date?

    package init(
        id: String, documentID: String, ordinal: Int, place: String, claimPlace: String, category: String,
        scenario: String,
        rootCause: String, isAppealable: Bool, confidence: Confidence, grounds: [String], codes: [String],
        amountAtStake: Money, payerName: String?, payerKey: String, deadline: CalendarDate?, deadlineSource: String?,
        recordedAt: Date, withdrawnAt: Date? = nil
    ) {
        self.id = id
        self.documentID = documentID
        self.ordinal = ordinal
        self.place = place
        self.claimPlace = claimPlace
        self.category = category
        self.scenario = scenario
        self.rootCause = rootCause
        self.isAppealable = isAppealable
        self.confidence = confidence
        self.grounds = grounds
        self.codes = codes
        self.amountAtStake = amountAtStake
        self.payerName = payerName
        self.payerKey = payerKey
        self.deadline = deadline
        self.deadlineSource = deadlineSource
        self.recordedAt = recordedAt
        self.withdrawnAt = withdrawnAt
    }
}

extension DenialRecord: SQLRecord {
    static let columns: SQLStatement =
        """
        d.id, d.document_id, d.ordinal, d.place, d.claim_place, d.category, d.scenario, d.root_cause, d.is_appealable,
        d.confidence, d.grounds, d.codes, d.amount_cents, d.payer_name, d.payer_key, d.deadline, d.deadline_source,
        d.recorded_at, d.withdrawn_at
        """

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], documentID: try row["document_id"], ordinal: try row["ordinal"], place: try row["place"],
            claimPlace: try row["claim_place"], category: try row["category"], scenario: try row["scenario"],
            rootCause: try row["root_cause"], isAppealable: try row["is_appealable"],
            confidence: Confidence(Double(try row["confidence"] as Int) / 10_000), grounds: try row.json("grounds"),
            codes: try row.json("codes"), amountAtStake: Money(cents: try row["amount_cents"]),
            payerName: try row["payer_name"], payerKey: try row["payer_key"],
            deadline: try row.day("deadline"), deadlineSource: try row["deadline_source"],
            recordedAt: try row["recorded_at"], withdrawnAt: try row["withdrawn_at"])
    }
}

extension SQLRow {
    /// A column with a day, nil for NULL.
    func day(_ column: String) throws -> CalendarDate? {
        guard let text: String = try self[column] else { return nil }
        guard let day = CalendarDate(printed: text) else {
            throw RecordsError(.damagedStore, "The column \(column) does not hold a day.")
        }
        return day
    }
}

/// A denial in a list, with what became of it.
package struct ListedDenial: Sendable, Hashable {
    package var denial: DenialRecord
    /// The latest work on it, where there is any that was not withdrawn.
    package var work: WorkItem?
    package var facility: String?
}

/// Which denials a list is about; nil means any.
package struct DenialFilter: Sendable, Hashable {
    package var payerKey: String?
    package var category: String?
    /// Whether those whose work is closed are listed too.
    package var isAll: Bool

    package init(payerKey: String? = nil, category: String? = nil, isAll: Bool = false) {
        self.payerKey = payerKey
        self.category = category
        self.isAll = isAll
    }
}

/// What brings a denial up the list (`DenialPriority`), in the store's words.
package struct DenialOrder: Sendable, Hashable {
    package var perThousandDollars: Double
    package var dollarsMax: Double
    package var perDayNearerDeadline: Double
    package var deadlineDays: Int
    /// The day from which days are counted (`CalendarDate.dayNumber`).
    package var today: Int

    package init(
        perThousandDollars: Double, dollarsMax: Double, perDayNearerDeadline: Double, deadlineDays: Int, today: Int
    ) {
        self.perThousandDollars = perThousandDollars
        self.dollarsMax = dollarsMax
        self.perDayNearerDeadline = perDayNearerDeadline
        self.deadlineDays = deadlineDays
        self.today = today
    }

    /// The points of a row of `denials`, called `d`.
    var points: SQLStatement {
        let (cents, days) = (dollarsMax * 100, Double(deadlineDays))
        let left: SQLStatement = "(d.deadline_day - \(today)) * 1.0"
        return """
            (CASE WHEN d.amount_cents > \(cents) THEN \(cents) ELSE d.amount_cents * 1.0 END)
                * \(perThousandDollars / 100_000)
            + (\(days) - (CASE WHEN d.deadline_day IS NULL OR \(left) > \(days) THEN \(days)
                WHEN \(left) < \(-days) THEN \(-days) ELSE \(left) END)) * \(perDayNearerDeadline)
            """
    }
}

/// How many denials, and of how much, have something in common.
package struct DenialCount: Sendable, Hashable {
    /// The category, or the payer's key.
    package var name: String
    /// The payer's name as it was printed once; nil for a category, and where no payer was read.
    package var payerName: String?
    package var count: Int
    package var amountAtStake: Money
}
