import Documents

/// Why part of a charge is not paid (X12 835 CAS segment).
struct LineAdjustment: Hashable, Sendable {
    var group: String
    var reason: String
    var amount: Money
}

/// One service line: charge = paid + adjustments, the patient's share among them as PR-1, PR-2 and PR-3.
struct RemittanceLine: Sendable {
    var date: CalendarDate
    var procedure: [String]
    var modifiers: [String]
    var units: Int
    var placeOfService: String
    var charge: Money
    var allowed: Money
    var deductible: Money
    var coinsurance: Money
    var copay: Money
    /// What is not the patient's deductible, coinsurance or copay.
    var adjustments: [LineAdjustment]
    var paid: Money
    var remarks: [String]

    /// All adjustments as an 835 has them.
    var allAdjustments: [LineAdjustment] {
        adjustments
            + [("1", deductible), ("2", coinsurance), ("3", copay)].filter { $0.1 != .zero }.map {
                LineAdjustment(group: "PR", reason: $0.0, amount: $0.1)
            }
    }

    var patientShare: Money {
        allAdjustments.filter { $0.group == "PR" }.reduce(.zero) { $0 + $1.amount }
    }

    var adjusted: Money { adjustments.reduce(.zero) { $0 + $1.amount } }
}

/// One claim and its lines.
struct RemittanceClaim: Sendable {
    var patient: String
    var memberID: String
    var accountNumber: String
    var claimNumber: String
    var renderingProvider: String
    var groupNumber: String
    var lines: [RemittanceLine]
    /// Whether the claim takes back an earlier payment (X12 835 CLP02 = 22).
    var isReversal = false

    func total(_ amount: (RemittanceLine) -> Money) -> Money { lines.reduce(.zero) { $0 + amount($1) } }
    var paid: Money { total(\.paid) }
    var firstDay: CalendarDate { lines.map(\.date).min() ?? .anchor }
    var lastDay: CalendarDate { lines.map(\.date).max() ?? .anchor }
}

/// An adjustment of the payment as a whole (X12 835 PLB segment); positive amounts lower the payment.
struct ProviderAdjustment: Sendable {
    var reason: String
    var reference: String
    var amount: Money
}

/// One payment and what it pays for: payment = claims paid - provider adjustments.
struct RemittanceContent: Sendable {
    var payer: String
    var payee: String
    var npi: String
    var taxIdentifier: String
    var paymentNumber: String
    var paymentDate: CalendarDate
    var claims: [RemittanceClaim]
    var adjustments: [ProviderAdjustment]

    var payment: Money {
        claims.reduce(.zero) { $0 + $1.paid } - adjustments.reduce(.zero) { $0 + $1.amount }
    }

    /// A payment to a provider for `claimCount` claims.
    init(claimCount: Int, linesMax: Int, _ source: inout Source) {
        payer = source.payer()
        payee = source.dice.chance(0.85) ? source.dice.pick(source.words.providers) : source.physician()
        npi = source.npi()
        taxIdentifier = source.taxIdentifier()
        paymentNumber = source.paymentNumber()
        paymentDate = source.day()
        claims = []
        adjustments = []
        let renderer = source.physician()
        for _ in 0..<claimCount {
            let before = source.dice.chance(0.12) ? claims.last : nil
            let renderer = source.dice.chance(0.7) ? renderer : source.physician()
            var claim = RemittanceClaim(paidOn: paymentDate, renderer: renderer, linesMax: linesMax, &source)
            if let before {
                claim.patient = before.patient
                claim.memberID = before.memberID
                claim.accountNumber = before.accountNumber
            }
            claims.append(claim)
        }
        if claimCount > 2, source.style.chance("pays back", 0.25) { takeBack(&source) }
        if source.style.chance("adjusts providers", 0.25) { adjust(&source) }
    }

    /// Makes one claim a reversal, as long as the payment stays positive.
    private mutating func takeBack(_ source: inout Source) {
        let index = source.dice.below(claims.count)
        guard claims[index].paid.cents * 2 < payment.cents else { return }
        claims[index].isReversal = true
        claims[index].lines = claims[index].lines.map(\.reversed)
    }

    private mutating func adjust(_ source: inout Source) {
        for _ in 0..<source.dice.int(1...2) {
            let reason = source.dice.pick(["WO", "FB", "L6", "72", "CS", "IR", "J1", "50"])
            let limit = max(2, min(400, Double(payment.cents) / 300))
            let amount = source.money(1...limit)
            adjustments.append(
                ProviderAdjustment(
                    reason: reason, reference: source.claimNumber(), amount: reason == "L6" ? -amount : amount))
        }
    }
}

extension RemittanceClaim {
    init(paidOn day: CalendarDate, renderer: String, linesMax: Int, _ source: inout Source) {
        let start = day.later(-source.dice.int(8...120))
        let count = source.dice.pick(weighted: [(1, 0.4), (2, 0.25), (3, 0.15), (4, 0.1), (6, 0.1)])
        let oneDay = source.dice.chance(0.75)
        let denied = source.dice.chance(0.08)
        let benefit = Benefit(&source)
        self.init(
            patient: source.formats.name(source.person()), memberID: source.memberID(),
            accountNumber: source.accountNumber(), claimNumber: source.claimNumber(), renderingProvider: renderer,
            groupNumber: source.groupNumber(), lines: [])
        for _ in 0..<min(count, linesMax) {
            let date = oneDay ? start : start.later(source.dice.int(0...6))
            lines.append(
                RemittanceLine(on: date, benefit: benefit, denied: denied || source.dice.chance(0.06), &source))
        }
        lines.sort { $0.date < $1.date }
    }
}

/// What a patient's plan pays of an allowed charge.
struct Benefit: Sendable {
    /// The plan's share of what remains after deductible and copay, in percent.
    let share: Int64
    let copay: Money
    let deductible: Bool
    let sequestered: Bool

    init(_ source: inout Source) {
        share = source.dice.pick([100, 100, 90, 80, 80, 70, 60])
        copay = source.dice.chance(0.25) ? Money(cents: source.dice.pick([1000, 2000, 2500, 3000, 4500, 5000])) : .zero
        deductible = source.dice.chance(0.2)
        sequestered = source.dice.chance(0.08)
    }
}

extension RemittanceLine {
    init(on date: CalendarDate, benefit: Benefit, denied: Bool, _ source: inout Source) {
        self.date = date
        procedure = source.procedure()
        let modifiers = ["25", "59", "26", "TC", "LT", "RT", "50", "GP", "95", "76", "XS", "KX", "QW"]
        self.modifiers = source.dice.chance(0.3) ? [source.dice.pick(modifiers)] : []
        if source.dice.chance(0.05) { self.modifiers = source.dice.some(modifiers, count: 2) }
        units = source.dice.chance(0.8) ? 1 : source.dice.int(2...12)
        placeOfService = source.dice.pick(["11", "11", "21", "22", "23", "24", "12", "81"])
        charge = source.money(source.dice.chance(0.75) ? 12...480 : 480...9_800, round: source.dice.chance(0.6))
        (deductible, coinsurance, copay, adjustments, remarks, paid, allowed) = (
            .zero, .zero, .zero, [], [], .zero, .zero
        )
        if denied { deny(&source) } else { pay(benefit, &source) }
    }

    private mutating func deny(_ source: inout Source) {
        let group = source.dice.pick(["CO", "CO", "PR", "OA", "PI"])
        let reason =
            source.dice.chance(0.6)
            ? source.dice.pick(["16", "18", "29", "50", "96", "97", "109", "197", "204", "22", "27", "4", "11"])
            : source.dice.pick(source.words.adjustmentReasons.filter { !["1", "2", "3", "45"].contains($0) })
        adjustments = [LineAdjustment(group: group, reason: reason, amount: charge)]
        if source.dice.chance(0.6) {
            remarks = source.dice.some(source.words.remarkCodes, count: source.dice.chance(0.8) ? 1 : 2)
        }
    }

    private mutating func pay(_ benefit: Benefit, _ source: inout Source) {
        allowed = Money(cents: charge.cents * Int64(source.dice.int(22...100)) / 100)
        if source.dice.chance(0.04) { allowed = charge }
        var rest = allowed
        if benefit.deductible {
            deductible =
                source.dice.chance(0.5) ? rest : Money(cents: rest.cents * Int64(source.dice.int(10...90)) / 100)
            rest = rest - deductible
        }
        copay = min(benefit.copay, rest)
        rest = rest - copay
        coinsurance = Money(cents: rest.cents * (100 - benefit.share) / 100)
        paid = rest - coinsurance
        if charge != allowed {
            adjustments.append(LineAdjustment(group: "CO", reason: "45", amount: charge - allowed))
        }
        if benefit.sequestered, paid.cents > 100 {
            let cut = Money(cents: paid.cents * 2 / 100)
            adjustments.append(LineAdjustment(group: "CO", reason: "253", amount: cut))
            paid = paid - cut
        } else if source.dice.chance(0.04), paid.cents > 500 {
            let other = Money(cents: paid.cents * Int64(source.dice.int(20...95)) / 100)
            adjustments.append(LineAdjustment(group: "OA", reason: "23", amount: other))
            paid = paid - other
        }
        if source.dice.chance(0.1) { remarks = [source.dice.pick(source.words.remarkCodes)] }
    }

    var reversed: RemittanceLine {
        var line = self
        line.charge = -charge
        line.allowed = -allowed
        line.deductible = -deductible
        line.coinsurance = -coinsurance
        line.copay = -copay
        line.paid = -paid
        line.adjustments = adjustments.map { LineAdjustment(group: $0.group, reason: $0.reason, amount: -$0.amount) }
        return line
    }
}
