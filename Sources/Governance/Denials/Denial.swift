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
    /// What is left to the patient because it is not covered (X12 835, CAS01 `PR`): nothing that the payer might pay, so
    /// that nothing is at stake then; nil for all other denials.
    package var patientAmount: Money?
    /// By when the payer wants an appeal; nil where neither a day nor a date to count from was read.
    package var deadline: CalendarDate?
    package var deadlineSource: DeadlineSource?

    /// The claim that the place is in: `claims[0]`; empty for all that a letter is about.
    package var claimPlace: String { place.split(separator: ".").first.map(String.init) ?? "" }

    /// Whether all reason codes among these leave what is refused to the patient: those of the group `PR`.
    package static func isPatients(_ codes: [String]) -> Bool {
        // Remark codes begin with a letter and have no group.
        let reasons = codes.filter { $0.contains("-") || $0.first?.isNumber == true }
        return !reasons.isEmpty && reasons.allSatisfy { $0.hasPrefix("PR-") }
    }
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
