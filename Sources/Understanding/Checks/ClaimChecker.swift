import Documents

/// The arithmetic of a remittance on its three levels: line, claim, payment (X12 835, TR3 section 1.10.2.1).
struct ClaimChecker {
    let fields: Row
    let claims: [Claim]

    func checks(_ rule: CheckDefinition) -> [Check] {
        switch rule.name {
        case .lineAddsUp: lines()
        case .claimAddsUp: claims.indices.flatMap { claim($0) }
        case .paymentAddsUp: payment(rule.fields[0])
        default: []
        }
    }

    private func lines() -> [Check] {
        claims.enumerated().flatMap { number, claim in
            claim.serviceLines.enumerated().compactMap { index, line in
                guard let sum = LineArithmetic(line) else { return nil }
                let path = "claims[\(number)].service_lines[\(index)]"
                return Check(
                    name: CheckName.lineAddsUp.rawValue, passed: sum.difference == .zero, detail: sum.detail,
                    fields: ["\(path).charge_amount", "\(path).paid_amount"])
            }
        }
    }

    private func claim(_ number: Int) -> [Check] {
        let claim = claims[number]
        guard !claim.serviceLines.isEmpty else { return [] }
        return ["charge_amount", "allowed_amount", "paid_amount"].compactMap { name in
            let amounts = claim.serviceLines.compactMap { $0.money(name) }
            guard let total = claim.fields.money(name), amounts.count == claim.serviceLines.count else {
                return nil
            }
            let sum = amounts.reduce(.zero, +)
            let what = name.split(separator: "_")[0]
            return Check(
                name: CheckName.claimAddsUp.rawValue, passed: sum == total,
                detail: "The claim's \(amounts.count) lines have \(sum) \(what); the claim says \(total)",
                fields: ["claims[\(number)].\(name)"])
        }
    }

    private func payment(_ name: String) -> [Check] {
        let paid = claims.compactMap { claim -> Money? in
            if let total = claim.fields.money("paid_amount") { return total }
            let lines = claim.serviceLines.compactMap { $0.money("paid_amount") }
            return lines.isEmpty || lines.count != claim.serviceLines.count ? nil : lines.reduce(.zero, +)
        }
        guard let payment = fields.money(name), !claims.isEmpty, paid.count == claims.count else {
            return []
        }
        let claimed = paid.reduce(.zero, +)
        let adjusted = providerAdjustments()
        let holds = claimed - adjusted == payment || claimed + adjusted == payment
        let adjustment = adjusted == .zero ? "" : " less \(adjusted) of provider adjustments"
        let claimsWere = paid.count == 1 ? "1 claim was" : "\(paid.count) claims were"
        return [
            Check(
                name: CheckName.paymentAddsUp.rawValue, passed: holds,
                detail: "\(claimsWere) paid \(claimed)\(adjustment); the payment is \(payment)",
                fields: [name])
        ]
    }

    private func providerAdjustments() -> Money {
        guard case .groups(let groups)? = fields["provider_adjustments"] else { return .zero }
        return groups.compactMap { $0["amount"].flatMap { Money($0.value.description) } }.reduce(
            .zero, +)
    }
}
