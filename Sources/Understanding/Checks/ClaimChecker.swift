import Documents

/// The arithmetic of a remittance on its three levels: line, claim, payment (X12 835, TR3 section 1.10.2.1).
struct ClaimChecker {
    let fields: Row
    let claims: [Claim]

    func equations(_ rule: CheckDefinition) -> [Equation] {
        switch rule.name {
        case .lineAddsUp: lines()
        case .claimAddsUp: claims.indices.flatMap { claim($0) }
        case .paymentAddsUp: payment(rule.fields[0])
        default: []
        }
    }

    private func lines() -> [Equation] {
        claims.enumerated().flatMap { number, claim in
            claim.serviceLines.enumerated().compactMap { index, line in
                guard let sum = LineArithmetic(line) else { return nil }
                let path = "claims[\(number)].service_lines[\(index)]"
                return Equation(
                    .lineAddsUp, difference: sum.difference, detail: sum.detail,
                    fields: ["\(path).charge_amount", "\(path).paid_amount"],
                    terms: LineArithmetic.terms(line).map { "\(path).\($0)" })
            }
        }
    }

    private func claim(_ number: Int) -> [Equation] {
        let claim = claims[number]
        guard !claim.serviceLines.isEmpty else { return [] }
        return ["charge_amount", "allowed_amount", "paid_amount"].compactMap { name in
            let amounts = claim.serviceLines.compactMap { $0.money(name) }
            guard let total = claim.fields.money(name), amounts.count == claim.serviceLines.count else {
                return nil
            }
            let sum = amounts.reduce(.zero, +)
            let what = name.split(separator: "_")[0]
            let lines = amounts.count == 1 ? "line has" : "\(amounts.count) lines have"
            return Equation(
                .claimAddsUp, difference: total - sum,
                detail: "The claim's \(lines) \(sum) \(what); the claim says \(total)",
                fields: ["claims[\(number)].\(name)"],
                terms: ["claims[\(number)].\(name)"]
                    + claim.serviceLines.indices.map { "claims[\(number)].service_lines[\($0)].\(name)" })
        }
    }

    private func payment(_ name: String) -> [Equation] {
        let paid = claims.compactMap { claim -> Money? in
            if let total = claim.fields.money("paid_amount") { return total }
            let lines = claim.serviceLines.compactMap { $0.money("paid_amount") }
            return lines.isEmpty || lines.count != claim.serviceLines.count ? nil : lines.reduce(.zero, +)
        }
        guard let payment = fields.money(name), !claims.isEmpty, paid.count == claims.count else {
            return []
        }
        let paidTerms = claims.enumerated().flatMap { number, claim -> [String] in
            guard claim.fields.money("paid_amount") == nil else { return ["claims[\(number)].paid_amount"] }
            return claim.serviceLines.indices.map { "claims[\(number)].service_lines[\($0)].paid_amount" }
        }
        let claimed = paid.reduce(.zero, +)
        let adjusted = adjustments.compactMap { $0["amount"].flatMap { Money($0.value.description) } }.reduce(.zero, +)
        // Payers print what they keep back with either sign.
        let difference = claimed + adjusted == payment ? .zero : payment - (claimed - adjusted)
        let adjustment = adjusted == .zero ? "" : " less \(adjusted) of provider adjustments"
        let claimsWere = paid.count == 1 ? "1 claim was" : "\(paid.count) claims were"
        return [
            Equation(
                .paymentAddsUp, difference: difference,
                detail: "\(claimsWere) paid \(claimed)\(adjustment); the payment is \(payment)", fields: [name],
                terms: [name] + paidTerms
                    + adjustments.indices.map { "provider_adjustments[\($0)].amount" })
        ]
    }

    private var adjustments: [[String: Field]] {
        if case .groups(let groups)? = fields["provider_adjustments"] { groups } else { [] }
    }
}
