import Documents

/// What the arithmetic of a table's lines says for names of its columns (X12 835, TR3 section 1.10.2.1).
struct LineSums {
    /// The value that a column's name stands for in a sum.
    private enum Role: Int, CaseIterable {
        case charge, allowed, paid, deductible, coinsurance, copay, adjusted, patient, quantity, price, amount
    }

    /// The amounts of each line by column, in cents.
    private let lines: [[Int64?]]
    private let kinds: [TableCell.Kind]
    private let roles: [Int: Role]
    private let targetCount: Int
    private static let lineCountMax = 12
    /// What a line tells that adds up, and one that does not, in log-odds; more lines tell no more than four would.
    private static let gain = 2.5
    private static let loss = 1.2
    private static let fullCount = 4.0

    init(_ columns: [TableColumn], lines: [[TableCell]], lexicon: LabelLexicon) {
        self.lines = lines.prefix(Self.lineCountMax).map { line in
            columns.map { column in
                guard column.kind == .money || column.kind == .count else { return nil }
                let own = line.filter { $0.kind == column.kind && column.overlap($0.box) > 0 }
                return own.max { column.overlap($0.box) < column.overlap($1.box) }.flatMap { Money($0.value)?.cents }
            }
        }
        let names: [String: Role] = [
            "charge_amount": .charge, "allowed_amount": .allowed, "paid_amount": .paid,
            "deductible_amount": .deductible,
            "coinsurance_amount": .coinsurance, "copay_amount": .copay, "adjustments": .adjusted,
            "patient_responsibility": .patient, "quantity": .quantity, "unit_price": .price, "amount": .amount,
        ]
        targetCount = lexicon.targets.count
        var roles: [Int: Role] = [:]
        for (index, target) in lexicon.targets.enumerated() where target.scope != .document {
            roles[index] = names[target.definition.name]
        }
        self.roles = roles
        kinds = columns.map(\.kind)
    }

    /// How far the lines speak for the names, in log-odds.
    func evidence(_ names: [Int?]) -> Double {
        counts(names).reduce(0) { sum, count in
            let tested = Double(count.holds + count.fails)
            guard tested > 0 else { return sum }
            let weight = min(1, Self.fullCount / tested)
            return sum + weight * (Self.gain * Double(count.holds) - Self.loss * Double(count.fails))
        }
    }

    /// Whether something can be summed up and does, and nothing fails.
    func holds(_ names: [Int?]) -> Bool {
        let counts = counts(names)
        return counts.contains { $0.holds > 0 } && counts.allSatisfy { $0.fails == 0 }
    }

    /// How many lines hold and fail, of each sum that the names allow.
    private func counts(_ names: [Int?]) -> [(holds: Int, fails: Int)] {
        var places = [Int?](repeating: nil, count: Role.allCases.count)
        for (column, name) in names.enumerated() {
            guard let role = name.flatMap({ roles[$0 % targetCount] }), role == .quantity || kinds[column] == .money
            else {
                continue
            }
            places[role.rawValue] = column
        }
        func has(_ role: Role) -> Bool { places[role.rawValue] != nil }
        let shares = [Role.deductible, .coinsurance, .copay].filter(has)
        var sums: [(whole: Role, parts: [Role])] = []
        if has(.allowed), has(.paid) {
            if !shares.isEmpty { sums.append((.allowed, [.paid] + shares)) }
            if has(.patient) { sums.append((.allowed, [.paid, .patient])) }
        }
        if has(.charge), has(.adjusted) {
            if has(.allowed) {
                sums.append((.charge, [.allowed, .adjusted]))
            } else if has(.paid), has(.patient) || !shares.isEmpty {
                sums.append((.charge, [.paid, .adjusted] + (has(.patient) ? [.patient] : shares)))
            }
        }
        if has(.patient), shares.count > 1 { sums.append((.patient, shares)) }
        var counts = sums.map { sum in count { line in LineSums.isSum(line, sum.whole, sum.parts, places) } }
        if has(.quantity), has(.price), has(.amount) {
            counts.append(count { line in LineSums.isProduct(line, places) })
        }
        return counts
    }

    private func count(_ check: ([Int64?]) -> Bool?) -> (holds: Int, fails: Int) {
        var (holds, fails) = (0, 0)
        for line in lines {
            switch check(line) {
            case true?: holds += 1
            case false?: fails += 1
            case nil: break
            }
        }
        return (holds, fails)
    }

    /// Whether the parts come to the whole; nil where one is missing, all are zero, or a digit may have been misread.
    private static func isSum(_ line: [Int64?], _ whole: Role, _ parts: [Role], _ places: [Int?]) -> Bool? {
        guard let total = places[whole.rawValue].flatMap({ line[$0] }) else { return nil }
        var sum: Int64 = 0
        var isAnything = total != 0
        for part in parts {
            guard let amount = places[part.rawValue].flatMap({ line[$0] }) else { return nil }
            sum += amount
            isAnything = isAnything || amount != 0
        }
        guard isAnything else { return nil }
        if sum == total { return true }
        if whole == .allowed, parts.contains(.paid), let paid = places[Role.paid.rawValue].flatMap({ line[$0] }),
            isSequestration(total - sum, of: paid)
        {
            return true
        }
        // A flat copayment that is left out differs so too.
        let isMisread = isOneDigit(abs(total - sum)) && !line.contains(abs(total - sum))
        return isMisread ? nil : false
    }

    /// Whether what is missing was withheld from a payment as Medicare's sequestration, 2 % of what was due, which is told
    /// beside the columns, as `CO-253` (CMS Change Request 8378).
    private static func isSequestration(_ missing: Int64, of paid: Int64) -> Bool {
        // To the cent, in hundredths of one.
        paid != 0 && abs((paid + missing) * 2 - missing * 100) <= 100
    }

    /// Whether two amounts so far apart may differ in one digit.
    private static func isOneDigit(_ difference: Int64) -> Bool {
        var rest = difference
        while rest > 9, rest % 10 == 0 { rest /= 10 }
        return (1...9).contains(rest)
    }

    /// Whether quantity times price is the amount; nil where one is missing.
    private static func isProduct(_ line: [Int64?], _ places: [Int?]) -> Bool? {
        func value(_ role: Role) -> Int64? { places[role.rawValue].flatMap { line[$0] } }
        guard let quantity = value(.quantity), let price = value(.price), let amount = value(.amount) else {
            return nil
        }
        let (product, overflow) = quantity.multipliedReportingOverflow(by: price)
        // The quantity has two decimals as an amount of money has.
        return overflow ? nil : abs(product - amount &* 100) <= 100
    }
}
