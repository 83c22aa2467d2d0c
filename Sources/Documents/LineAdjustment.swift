/// What a payer took off the charge of one service line for one reason.
package struct LineAdjustment: Hashable, Sendable {
    /// The line, as `claims[0].service_lines[1]`.
    package var place: String
    /// Group and reason (X12 835, CAS01 and CAS02), as `CO-45`; the reason alone where no group is printed.
    package var reason: String
    package var amount: Money
    package var charge: Money

    package init(place: String, reason: String, amount: Money, charge: Money) {
        self.place = place
        self.reason = reason
        self.amount = amount
        self.charge = charge
    }

    /// The part of the charge, in ten-thousandths; from 0 to the whole.
    package var share: Int {
        let part = Double(amount.cents) / Double(max(charge.cents, 1)) * 10_000
        return Int(min(max(part, 0), 10_000).rounded())
    }
}

extension Document {
    /// The patient's own share where no group is printed: deductible, coinsurance and copayment (X12 CARC 1 to 3).
    private static let patientReasons: Set<String> = ["1", "2", "3"]

    /// What the payer took off the charges of its service lines, line by line.
    ///
    /// What is added to a charge, or taken off one that takes an earlier payment back, is left out; so is the patient's own
    /// share (group PR): it is the plan's, and a deductible takes whole lines early in each year.
    package var lineAdjustments: [LineAdjustment] {
        guard type == "eob" else { return [] }
        return claims.enumerated().flatMap { index, claim in
            claim.serviceLines.enumerated().flatMap { number, line in
                Document.adjustments(of: line, at: "claims[\(index)].service_lines[\(number)]")
            }
        }
    }

    private static func adjustments(of line: Row, at place: String) -> [LineAdjustment] {
        guard case .groups(let groups)? = line["adjustments"], case .one(let charged)? = line["charge_amount"],
            let charge = Money(charged.value.description), charge > .zero
        else { return [] }
        return groups.compactMap { group in
            guard let reason = group["reason"]?.value.description,
                let amount = group["amount"].flatMap({ Money($0.value.description) }), amount > .zero
            else { return nil }
            let prefix = group["group"].map { "\($0.value.description)-" } ?? ""
            let whole = reason.contains("-") ? reason : prefix + reason
            guard !whole.hasPrefix("PR-"), !patientReasons.contains(whole) else { return nil }
            return LineAdjustment(place: place, reason: whole, amount: amount, charge: charge)
        }
    }
}
