import Documents

/// On a service line, the charge is what was paid, adjusted and left to the patient (X12 835, TR3 section 1.10.2.1).
struct LineArithmetic {
    let charge: Money
    let paid: Money
    let adjusted: Money
    let patient: Money

    /// Nil when the line does not say enough: it needs charge, paid, and an adjustment or an equal allowed amount.
    init?(_ line: Row) {
        guard let charge = line.money("charge_amount"), let paid = line.money("paid_amount") else {
            return nil
        }
        let parts = ["deductible_amount", "coinsurance_amount", "copay_amount"].compactMap {
            line.money($0)
        }
        let groups = LineArithmetic.adjustments(line)
        self.charge = charge
        self.paid = paid
        if !groups.isEmpty {
            adjusted = groups.reduce(.zero) { $0 + $1.amount }
            let isPatientIncluded = groups.contains { $0.group == "PR" }
            patient = isPatientIncluded ? .zero : parts.reduce(.zero, +)
        } else if let allowed = line.money("allowed_amount") {
            adjusted = charge - allowed
            patient = parts.reduce(.zero, +)
        } else {
            return nil
        }
    }

    /// Paths, within the line, of the amounts that have a part in the sum.
    static func terms(_ line: Row) -> [String] {
        let amounts = [
            "charge_amount", "allowed_amount", "paid_amount", "deductible_amount", "coinsurance_amount", "copay_amount",
        ].filter { line.money($0) != nil }
        guard case .groups(let groups)? = line["adjustments"] else { return amounts }
        return amounts + groups.indices.filter { groups[$0]["amount"] != nil }.map { "adjustments[\($0)].amount" }
    }

    var difference: Money { charge - paid - adjusted - patient }

    var detail: String {
        "\(charge) charged; \(paid) paid + \(adjusted) adjusted + \(patient) patient = \(paid + adjusted + patient)"
    }

    static func adjustments(_ line: Row) -> [(group: String, amount: Money)] {
        guard case .groups(let groups)? = line["adjustments"] else { return [] }
        return groups.compactMap { group in
            group["amount"].flatMap { Money($0.value.description) }.map {
                (group["group"]?.value.description ?? "", $0)
            }
        }
    }
}

/// On a line of a bill, quantity times unit price is the amount.
struct ProductArithmetic {
    let quantity: String
    let price: Money
    let amount: Money
    let difference: Money

    init?(_ item: Row) {
        guard case .one(let count)? = item["quantity"], let price = item.money("unit_price"),
            let amount = item.money("amount"),
            let quantity = Double(count.value.description), quantity.isFinite, abs(quantity) < 1e7
        else { return nil }
        let exact = (quantity * Double(price.cents)).rounded()
        guard abs(exact) < 1e15 else { return nil }
        self.quantity = count.value.description
        self.price = price
        self.amount = amount
        difference = amount - Money(cents: Int64(exact))
    }

    var detail: String {
        "\(quantity) times \(price) is \(amount - difference); \(amount) is printed"
    }
}
