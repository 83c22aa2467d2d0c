package import Documents
package import Foundation

/// A service line that a payer allowed less than its contract says.
package struct ContractShortfall: Hashable, Sendable {
    /// The line's allowed amount, as `claims[0].service_lines[1].allowed_amount`.
    package var place: String
    package var rate: ContractRate
    package var units: Decimal
    /// What the contract says for the units, and no more than was charged.
    package var agreed: Money
    package var allowed: Money

    package var difference: Money { agreed - allowed }
}

/// The rates of a payer's contract, and what of an explanation of benefits falls short of them.
package struct ContractComparison: Sendable {
    /// Modifiers that change what a payer pays (CMS, Medicare Claims Processing Manual, chapter 12, 20.4 and 40 to 50):
    /// a line with one of them is compared with a rate for that modifier alone.
    private static let payingModifiers: Set<String> = [
        "22", "26", "50", "51", "52", "53", "54", "55", "56", "62", "66", "73", "74", "78", "80", "81", "82", "AA",
        "AD",
        "AS", "CO", "CQ", "NU", "QK", "QX", "QY", "QZ", "RR", "TC", "UE",
    ]

    package let rates: [ContractRate]
    package let facility: String?

    /// - Parameter facility: where the document came to; nil where nobody said.
    package init(rates: [ContractRate], facility: String?) {
        self.rates = rates
        self.facility = facility
    }

    /// The procedures of an explanation of benefits, of which rates are needed.
    package static func procedures(in document: Document) -> [String] {
        Set(document.claims.flatMap(\.serviceLines).compactMap { $0.text("procedure_code") }).sorted()
    }

    /// The lines that were allowed less than agreed, by more than `tolerance`.
    ///
    /// A line of which nothing was allowed is denied, which is another matter; one that takes an earlier payment back, or
    /// does not say when the service was, is left alone. Payers allow no more than is charged.
    package func shortfalls(in document: Document, tolerance: Money) -> [ContractShortfall] {
        guard document.type == "eob" else { return [] }
        return document.claims.enumerated().flatMap { index, claim in
            claim.serviceLines.enumerated().compactMap { number, line in
                shortfall(
                    line, at: "claims[\(index)].service_lines[\(number)].allowed_amount",
                    day: line.text("service_date") ?? claim.fields.text("service_start"), tolerance: tolerance)
            }
        }
    }

    private func shortfall(_ line: Row, at place: String, day: String?, tolerance: Money) -> ContractShortfall? {
        guard let allowed = line.amount("allowed_amount"), allowed > .zero,
            let procedure = line.text("procedure_code"), let day = day.flatMap({ CalendarDate(printed: $0) }),
            let rate = rate(of: procedure, modifiers: line["modifiers"]?.fields ?? [], on: day),
            let units = Decimal(string: line.text("units") ?? "1"), units > 0, units <= 10_000
        else { return nil }
        let charge = line.amount("charge_amount")
        if let charge, charge <= .zero { return nil }
        let full = ContractComparison.times(rate.allowedAmount, units)
        let agreed = charge.map { min($0, full) } ?? full
        guard agreed - allowed > tolerance else { return nil }
        return ContractShortfall(place: place, rate: rate, units: units, agreed: agreed, allowed: allowed)
    }

    /// The rate that holds, that of the facility before that for all, the latest first.
    private func rate(of procedure: String, modifiers: [Field], on day: CalendarDate) -> ContractRate? {
        let printed = modifiers.map(\.value.description)
        let possible = rates.filter { rate in
            rate.procedureCode == procedure && rate.holds(on: day)
                && (rate.facility == nil || rate.facility == facility)
                && rate.modifier.map(printed.contains) ?? Self.payingModifiers.isDisjoint(with: printed)
        }
        return possible.max {
            ($0.modifier == nil ? 0 : 1, $0.facility == nil ? 0 : 1, $0.effectiveFrom)
                < ($1.modifier == nil ? 0 : 1, $1.facility == nil ? 0 : 1, $1.effectiveFrom)
        }
    }

    private static func times(_ amount: Money, _ units: Decimal) -> Money {
        var (exact, rounded) = (Decimal(amount.cents) * units, Decimal())
        NSDecimalRound(&rounded, &exact, 0, .plain)
        return Money(cents: Int64(truncating: rounded as NSDecimalNumber))
    }
}
