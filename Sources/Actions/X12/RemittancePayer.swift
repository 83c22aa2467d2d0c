/// What paper does not say of a payer and the TR3 asks for (005010X221A1, loops 1000A and 2100).
package struct RemittancePayer: Hashable, Sendable {
    /// Names that papers call it by; upper and lower case and runs of white space do not count.
    package var names: [String]
    /// The payer's identifier (REF*2U); nil where none is agreed.
    package var identifier: String?
    /// The payer's federal tax id, nine digits: TRN03 is `1` and this.
    package var taxID: String
    package var street: String
    package var city: String
    package var state: String
    package var zip: String
    /// The technical contact (PER*BL).
    package var contactName: String
    package var contactPhone: String
    /// CLP06, `12` for a PPO.
    package var claimFilingIndicator: String

    package init(
        names: [String], identifier: String?, taxID: String, street: String, city: String, state: String, zip: String,
        contactName: String, contactPhone: String, claimFilingIndicator: String
    ) {
        self.names = names
        self.identifier = identifier
        self.taxID = taxID
        self.street = street
        self.city = city
        self.state = state
        self.zip = zip
        self.contactName = contactName
        self.contactPhone = contactPhone
        self.claimFilingIndicator = claimFilingIndicator
    }

    /// What stays the same of a payer however its papers call it: its tax id, and its identifier where one is agreed.
    package var key: String { ([taxID] + (identifier.map { [$0] } ?? [])).joined(separator: " ") }

    /// The codes of CLP06 (005010X221A1).
    package static let claimFilingIndicators: Set<String> = [
        "12", "13", "14", "15", "16", "17", "AM", "CH", "DS", "HM", "LM", "MA", "MB", "MC", "OF", "TV", "VA", "WC",
        "ZZ",
    ]
}
