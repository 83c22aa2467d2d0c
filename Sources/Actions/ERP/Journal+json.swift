import Documents
package import Foundation

extension JournalLine: Codable {
    private enum CodingKeys: String, CodingKey {
        case account, debit, credit, reference
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let debit = try container.decodeIfPresent(Money.self, forKey: .debit)
        let credit = try container.decodeIfPresent(Money.self, forKey: .credit)
        guard let amount = debit ?? credit, debit == nil || credit == nil else {
            throw DecodingError.dataCorruptedError(
                forKey: .debit, in: container, debugDescription: "A line has either a debit or a credit.")
        }
        self.init(
            account: try container.decode(String.self, forKey: .account), side: debit == nil ? .credit : .debit,
            amount: amount, reference: try container.decodeIfPresent(String.self, forKey: .reference))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(account, forKey: .account)
        try container.encode(amount, forKey: side == .debit ? .debit : .credit)
        try container.encodeIfPresent(reference, forKey: .reference)
    }
}

extension Journal: Codable {
    private enum CodingKeys: String, CodingKey {
        case key, reverses, currency
        case totalDebit = "total_debit"
        case totalCredit = "total_credit"
        case lines
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            key: try container.decode(String.self, forKey: .key), header: try JournalHeader(from: decoder),
            reverses: try container.decodeIfPresent(String.self, forKey: .reverses),
            lines: try container.decode([JournalLine].self, forKey: .lines))
    }

    package func encode(to encoder: any Encoder) throws {
        try header.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(key, forKey: .key)
        try container.encodeIfPresent(reverses, forKey: .reverses)
        try container.encode("USD", forKey: .currency)
        try container.encode(total, forKey: .totalDebit)
        try container.encode(total, forKey: .totalCredit)
        try container.encode(lines, forKey: .lines)
    }

    /// The JSON that the ledger is sent, the same bytes for the same journal.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
