/// An amount of United States dollars, exact to the cent.
package struct Money: Hashable, Sendable, Comparable {
    package var cents: Int64

    package init(cents: Int64) { self.cents = cents }

    package static let zero = Money(cents: 0)

    package static func < (left: Money, right: Money) -> Bool { left.cents < right.cents }
    package static func + (left: Money, right: Money) -> Money { Money(cents: left.cents + right.cents) }
    package static func - (left: Money, right: Money) -> Money { Money(cents: left.cents - right.cents) }
    package static prefix func - (amount: Money) -> Money { Money(cents: -amount.cents) }
}

extension Money: CustomStringConvertible {
    /// The normal form: two decimals, no separators, a leading `-` when negative (`"1234.50"`).
    package var description: String {
        let magnitude = cents.magnitude
        let fraction = magnitude % 100
        return "\(cents < 0 ? "-" : "")\(magnitude / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}

extension Money: LosslessStringConvertible {
    /// Reads an amount as payers print it: `$1,234.50`, `1234.5`, `(45.00)`, `45.00-`, `-45.00`, `45.00 CR`, `USD 12`.
    ///
    /// Gives nil for anything else, for thousands separators out of place, and for more than 12 digits of dollars.
    package init?(_ printed: String) {
        var text = printed.uppercased().filter { !$0.isWhitespace }
        var negative = false
        if text.hasPrefix("("), text.hasSuffix(")") {
            negative = true
            text = String(text.dropFirst().dropLast())
        }
        for prefix in ["-", "\u{2212}", "\u{2013}"] where text.hasPrefix(prefix) {
            negative.toggle()
            text.removeFirst()
        }
        for currency in ["USD", "US$", "$"] where text.hasPrefix(currency) {
            text.removeFirst(currency.count)
        }
        if text.hasPrefix("-") {
            negative.toggle()
            text.removeFirst()
        }
        for suffix in ["CR", "-", "\u{2212}"] where text.hasSuffix(suffix) {
            negative.toggle()
            text.removeLast(suffix.count)
        }
        if text.hasSuffix("USD") { text.removeLast(3) }
        guard let cents = Money.cents(text) else { return nil }
        self.init(cents: negative ? -cents : cents)
    }

    private static func cents(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first else { return nil }
        let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count == 1 || (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { return nil }
        let digits = groups.joined()
        let fraction = parts.count == 2 ? parts[1] : ""
        guard digits.utf8.allSatisfy(isDigit), fraction.utf8.allSatisfy(isDigit), fraction.count <= 2,
            digits.count <= 12, !(digits.isEmpty && fraction.isEmpty)
        else { return nil }
        let padded = fraction + String(repeating: "0", count: 2 - fraction.count)
        guard let dollars = Int64(digits.isEmpty ? "0" : digits), let rest = Int64(padded) else { return nil }
        return dollars * 100 + rest
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

extension Money: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let amount = Money(text), amount.description == text else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(text) is not an amount of the form 1234.50")
        }
        self = amount
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
