package import Documents

/// Applies a type's checks to the values that were read.
package struct Checker: Sendable {
    let type: DocumentType

    package init(type: DocumentType) { self.type = type }

    /// The outcome of every check that the values say enough for; the fields' own checks first, then claims in order.
    package func checks(fields: Row, claims: [Claim], lineItems: [Row]) -> [Check] {
        type.checks.flatMap { rule -> [Check] in
            switch rule.name {
            case .dateOrder: dateOrder(rule, fields)
            case .dateSane: dateSane(rule, fields)
            case .npiCheckDigit: npi(rule, fields)
            default: equations(rule, fields, claims, lineItems).map(\.check)
            }
        }
    }

    /// The checks that are equations of amounts, with what is missing in each and the values that have a part in it.
    package func equations(fields: Row, claims: [Claim], lineItems: [Row]) -> [Equation] {
        type.checks.flatMap { equations($0, fields, claims, lineItems) }
    }

    private func equations(
        _ rule: CheckDefinition, _ fields: Row, _ claims: [Claim], _ lineItems: [Row]
    ) -> [Equation] {
        switch rule.name {
        case .amountSum: amountSum(rule, fields)
        case .linesSum: linesSum(rule, fields, lineItems)
        case .lineProduct: products(lineItems)
        case .lineAddsUp, .claimAddsUp, .paymentAddsUp:
            ClaimChecker(fields: fields, claims: claims).equations(rule)
        case .dateOrder, .dateSane, .npiCheckDigit: []
        }
    }

    private func dateOrder(_ rule: CheckDefinition, _ fields: Row) -> [Check] {
        guard let first = date(rule.fields[0], fields), let second = date(rule.fields[1], fields) else {
            return []
        }
        let titles = rule.fields.map { title($0) }
        return [
            Check(
                name: rule.name.rawValue, passed: first <= second,
                detail:
                    "\(titles[0]) \(first) is \(first <= second ? "not " : "")after \(titles[1]) \(second)",
                fields: rule.fields)
        ]
    }

    private func dateSane(_ rule: CheckDefinition, _ fields: Row) -> [Check] {
        rule.fields.compactMap { name in
            guard let date = date(name, fields) else { return nil }
            let isSane = (1900...2100).contains(date.year)
            return isSane
                ? nil
                : Check(
                    name: rule.name.rawValue, passed: false,
                    detail: "\(title(name)) \(date) is not between 1900 and 2100",
                    fields: [name])
        }
    }

    private func npi(_ rule: CheckDefinition, _ fields: Row) -> [Check] {
        rule.fields.compactMap { name in
            guard case .one(let field)? = fields[name] else { return nil }
            let holds = NormalForm.isNPI(field.value.description)
            return Check(
                name: rule.name.rawValue, passed: holds,
                detail: "The check digit of \(field.value) \(holds ? "holds" : "does not hold")",
                fields: [name])
        }
    }

    private func amountSum(_ rule: CheckDefinition, _ fields: Row) -> [Equation] {
        guard let total = fields.money(rule.fields[0]) else { return [] }
        let parts = rule.fields.dropFirst().compactMap { name in fields.money(name).map { (name, $0) } }
        guard parts.count == rule.fields.count - 1 else { return [] }
        let sum = parts.reduce(Money.zero) { $0 + $1.1 }
        return [
            Equation(
                rule.name, difference: total - sum,
                detail: "\(parts.map { $0.1.description }.joined(separator: " + ")) = \(sum); \(total) is printed",
                fields: rule.fields, terms: rule.fields)
        ]
    }

    private func linesSum(_ rule: CheckDefinition, _ fields: Row, _ items: [Row]) -> [Equation] {
        let amounts = items.compactMap { $0.money("amount") }
        guard let total = fields.money(rule.fields[0]), !amounts.isEmpty, amounts.count == items.count
        else {
            return []
        }
        let sum = amounts.reduce(.zero, +)
        return [
            Equation(
                rule.name, difference: total - sum,
                detail: "The \(amounts.count) lines sum to \(sum); \(total) is printed", fields: rule.fields,
                terms: rule.fields + items.indices.map { "line_items[\($0)].amount" })
        ]
    }

    private func products(_ items: [Row]) -> [Equation] {
        items.enumerated().compactMap { index, item in
            guard let product = ProductArithmetic(item) else { return nil }
            return Equation(
                .lineProduct, difference: product.difference, detail: product.detail,
                fields: ["quantity", "unit_price", "amount"].map { "line_items[\(index)].\($0)" },
                terms: ["line_items[\(index)].amount"])
        }
    }

    private func date(_ name: String, _ fields: Row) -> CalendarDate? {
        guard case .one(let field)? = fields[name] else { return nil }
        return CalendarDate(printed: field.value.description)
    }

    private func title(_ name: String) -> String {
        type.fields.first { $0.name == name }?.title ?? name
    }
}
