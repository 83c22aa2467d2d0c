package import Documents

/// Something that a payer refuses to pay, or to authorize, on one document.
package struct Denial: Hashable, Sendable {
    /// How the deadline is known.
    package enum DeadlineSource: String, Codable, Hashable, Sendable, CaseIterable {
        /// The paper names it.
        case paper
        /// The payer's days, counted from the paper's date.
        case payer
        /// The days that hold for all payers, counted from the paper's date.
        case standard
    }

    /// What is refused: empty for all that the letter is about, else `claims[0]` or `claims[0].service_lines[1]`.
    package var place: String
    package var finding: DenialFinding
    /// The payer's codes, as printed.
    package var codes: [String]
    /// What the payer might still pay: the refused part, without discounts by contract and the patient's share.
    package var amountAtStake: Money
    /// By when the payer wants an appeal; nil where neither a day nor a date to count from was read.
    package var deadline: CalendarDate?
    package var deadlineSource: DeadlineSource?

    /// The claim that the place is in: `claims[0]`; empty for all that a letter is about.
    package var claimPlace: String { place.split(separator: ".").first.map(String.init) ?? "" }
}

extension Document {
    /// The text of the document's own field; nil where none was read.
    package func text(_ field: String) -> String? {
        guard case .one(let found)? = fields[field], case .text(let text) = found.value else { return nil }
        return text
    }

    /// The texts of the document's own field that repeats.
    package func texts(_ field: String) -> [String] { (fields[field]?.fields ?? []).map(\.value.description) }
}

extension Row {
    func amount(_ field: String) -> Money? {
        guard case .one(let found)? = self[field] else { return nil }
        return Money(found.value.description)
    }

    func amounts(_ fields: String...) -> Money {
        fields.compactMap(amount).reduce(.zero, +)
    }
}
