/// Something unusual about a document, as its reviewers are told it.
package struct Anomaly: Sendable, Hashable {
    /// One line of a comparison: what this document says and what stands against it.
    package struct Evidence: Codable, Sendable, Hashable {
        /// What is compared, as `Payment number`.
        package var title: String
        /// What this document says; nil where it says nothing.
        package var here: String?
        /// What the other document, the contract or the history says.
        package var there: String?
        package var agrees: Bool
        /// The field, named without places, that the line tells; nil where it tells none.
        package var field: String?

        package init(_ title: String, here: String?, there: String?, agrees: Bool, field: String? = nil) {
            self.title = title
            self.here = here
            self.there = there
            self.agrees = agrees
            self.field = field
        }
    }

    /// How far the person who has the document in hand knows of it.
    package enum Telling: Int, Sendable {
        /// Nobody who had the document in hand was shown it.
        case untold
        /// The document was kept from being confirmed because of it.
        case heldBack
        /// The page with it was shown.
        case shown
    }

    /// The code of the reason for review.
    package var code: String
    /// The value that it is about, as `claims[0].service_lines[1].allowed_amount`; nil for the document as a whole.
    package var place: String?
    /// A sentence that says nothing of another document's patient.
    package var detail: String
    package var otherID: String?
    /// What it is worth: what is paid or asked for once too often, or taken off too much; nil where that is not known.
    package var amount: Money?
    package var evidence: [Evidence]
    package var telling: Telling

    package init(
        code: String, place: String? = nil, detail: String, otherID: String? = nil, amount: Money? = nil,
        evidence: [Evidence] = [], telling: Telling = .untold
    ) {
        self.code = code
        self.place = place
        self.detail = detail
        self.otherID = otherID
        self.amount = amount
        self.evidence = evidence
        self.telling = telling
    }

    /// Whether it says of the document what `other` does.
    package func isSame(as other: Anomaly) -> Bool {
        (code, place, otherID) == (other.code, other.place, other.otherID)
    }
}
