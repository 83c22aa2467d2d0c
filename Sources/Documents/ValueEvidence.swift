/// One thing that speaks for, or against, a value; results have it where it was asked for, and of values that sums changed.
package struct ValueEvidence: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// Words that announce the value, beside or above it.
        case label
        /// The kind of value that it has the form of.
        case shape
        /// The head of the column that it stands in.
        case column
        /// A rule over the document's values that holds, or does not, with it.
        case check
        /// What a layout that was confirmed before says of its place.
        case memory
        /// What the hospital's books say of it.
        case account
        /// A fact by which the model of fields decided.
        case model
    }

    /// Where a label stands, seen from the value.
    package enum Side: String, Codable, Hashable, Sendable {
        case left, above, under
        /// At the end of the line before the one that the value begins.
        case before
        /// Near it, in no certain direction.
        case near
    }

    package var kind: Kind
    /// The words on the page, or a sentence for a person.
    package var text: String
    package var side: Side?
    /// The page, from 1 within the file, and the box of the words.
    package var page: Int?
    package var box: Box?
    /// How much it adds to the score of the value, in log-odds.
    package var logOdds: Double?

    package init(
        _ kind: Kind, _ text: String, side: Side? = nil, page: Int? = nil, box: Box? = nil, logOdds: Double? = nil
    ) {
        self.kind = kind
        self.text = text
        self.side = side
        self.page = page
        self.box = box
        self.logOdds = logOdds.map { ($0 * 100).rounded() / 100 }
    }

    private enum CodingKeys: String, CodingKey {
        case kind, text, side, page, box
        case logOdds = "log_odds"
    }
}
