/// A rule that a type's values must meet, by name, and the fields that it is about.
package struct CheckDefinition: Hashable, Sendable {
    package var name: CheckName
    /// Names of fields of the type, in the order that the rule wants them.
    package var fields: [String]

    package init(name: CheckName, fields: [String] = []) {
        self.name = name
        self.fields = fields
    }
}

/// The rules that Mailroom knows.
package enum CheckName: String, Codable, Sendable, CaseIterable {
    /// The first date is not after the second.
    case dateOrder = "date_order"
    /// Each date lies between 1900 and 2100, and a birth date is not after the other dates of the document.
    case dateSane = "date_sane"
    /// The check digit of each National Provider Identifier holds.
    case npiCheckDigit = "npi_check_digit"
    /// The first amount is the sum of the others.
    case amountSum = "amount_sum"
    /// The first amount is the sum of the amounts of the line items.
    case linesSum = "lines_sum"
    /// Quantity times unit price is the amount, on every line item.
    case lineProduct = "line_product"
    /// On each service line, the charge is what was paid, adjusted and left to the patient.
    case lineAddsUp = "line_adds_up"
    /// In each claim, the lines' amounts sum to the claim's, and its charge is paid, adjusted and patient's.
    case claimAddsUp = "claim_adds_up"
    /// What the claims were paid, less provider adjustments, is the payment.
    case paymentAddsUp = "payment_adds_up"

    /// How many fields the rule is about.
    var fieldCounts: ClosedRange<Int> {
        switch self {
        case .dateOrder: 2...2
        case .dateSane, .npiCheckDigit: 1...20
        case .amountSum: 2...20
        case .linesSum: 1...1
        case .lineProduct, .lineAddsUp, .claimAddsUp: 0...0
        case .paymentAddsUp: 1...1
        }
    }
}

extension CheckDefinition: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, fields
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try container.decode(CheckName.self, forKey: .name),
            fields: try container.decodeIfPresent([String].self, forKey: .fields) ?? [])
    }
}
