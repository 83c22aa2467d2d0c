import Documents

/// Reads amounts again where the sums that they have a part in do not hold: the reading that adds up wins.
///
/// Another reading of the same ink is taken where it mends an equation and breaks none. A digit that nobody read is
/// restored only where two equations fail without it and hold with it, a minus where one does; the amount is marked as
/// repaired. Where two changes would mend the same equation, or change the same amount, neither is made: a sum does not
/// say which of its parts is wrong.
///
/// The payer may have printed a sum that does not hold, and then what is changed here was right. So no amount is surer
/// for being changed, each names the sums that failed as printed, and a person sees what nobody read or one sum asked for.
struct AmountRepair {
    let checker: Checker
    /// By how much, in log-odds, a value of a line that adds up is surer than one of a line that does not.
    let gain: Double
    /// The pages whose digits nobody can have misread: what does not add up there was printed so.
    let exactPages: Set<Int>

    /// More equations than these fail only where columns are misnamed, which no digit mends.
    private static let failureCountMax = 60
    private static let repairCountMax = 40
    /// How many equations are built in all; a document of hundreds of lines keeps what is not mended by then.
    private static let equationCountMax = 250_000
    /// How sure a change may be that a person is to see.
    private static let doubt = 0.5
    private static let note = "as printed, "

    private struct Key: Hashable {
        var term: String
        var value: FieldValue
    }

    private struct Change {
        var term: String
        var place: AmountPlace
        var field: Field
        /// The places, among the equations, of those that hold with it and not without.
        var mended: Set<Int>
    }

    func repaired(_ document: Document) -> Document {
        var document = document
        var budget = Self.equationCountMax
        for _ in 0..<Self.repairCountMax {
            let equations = equations(document)
            guard let change = best(for: equations, in: document, budget: &budget) else { break }
            let mended = change.mended.sorted().map { equations[$0] }
            change.place.put(Self.noted(change.field, mended: mended.map(\.check)), into: &document)
            guard mended.count > 1 else { continue }
            for equation in mended { settle(equation, except: change.term, in: &document) }
        }
        return document
    }

    /// The changed amount with the sums that failed without it.
    private static func noted(_ field: Field, mended: [Check]) -> Field {
        var field = field
        if field.repaired == true || mended.count < 2 { field.confidence = min(field.confidence, Confidence(doubt)) }
        let failed = mended.map { check in
            ValueEvidence(.check, "\(note)\(check.name) does not hold: \(check.detail ?? "")")
        }
        field.evidence = (field.evidence ?? []) + failed
        return field
    }

    /// What an amount says of the sums that failed before it was changed.
    static func notes(of field: Field) -> [ValueEvidence] {
        (field.evidence ?? []).filter { $0.kind == .check && $0.text.hasPrefix(note) }
    }

    private func equations(_ document: Document) -> [Equation] {
        checker.equations(fields: document.fields, claims: document.claims, lineItems: document.lineItems)
    }

    private func best(for equations: [Equation], in document: Document, budget: inout Int) -> Change? {
        let failing = equations.indices.filter { !equations[$0].check.passed }
        guard failing.count <= Self.failureCountMax else { return nil }
        // No change mends more equations than fail with its amount in them.
        let failures = failing.flatMap { equations[$0].terms }.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        var tried: Set<Key> = []
        var changes: [Change] = []
        for index in failing {
            for term in equations[index].terms {
                for value in values(of: equations[index].difference, at: term, in: document)
                where failures[term, default: 0] >= value.need
                    && tried.insert(Key(term: term, value: value.field.value)).inserted
                {
                    budget -= equations.count
                    guard budget >= 0 else { return nil }
                    if let change = change(value, at: term, equations, in: document) { changes.append(change) }
                }
            }
        }
        let alone = changes.filter { change in changes.count { $0.term == change.term } == 1 }
        return alone.filter { change in
            changes.allSatisfy { other in
                other.term == change.term || other.mended.isDisjoint(with: change.mended)
                    || Self.weight(other) < Self.weight(change)
            }
        }.min { $0.term < $1.term }
    }

    /// Readings count as an equation, as the ink speaks for them.
    private static func weight(_ change: Change) -> Int {
        change.mended.count + (change.field.repaired == true ? 0 : 1)
    }

    /// What the amount at a term would have to be for the equation to hold, where its ink or a single digit allows that.
    private func values(of difference: Money, at term: String, in document: Document) -> [(field: Field, need: Int)] {
        guard let field = AmountPlace(term).field(in: document), field.repaired != true,
            field.page.map({ !exactPages.contains($0) }) ?? false, let printed = Money(field.value.description)
        else { return [] }
        return [printed + difference, printed - difference].compactMap { value in
            let isRead = (field.alternatives ?? []).contains(.text(value.description))
            // A minus is lost more easily than a digit, and seldom is a sum off by just twice an amount.
            let isSign = value == -printed && printed != .zero
            guard isRead || isSign || AmountRepair.isOneDigit(printed, value) else { return nil }
            var field = field
            let others = (field.alternatives ?? []).filter { $0 != .text(value.description) }
            field.alternatives = [field.value] + others
            field.value = .text(value.description)
            if !isRead { field.repaired = true }
            return (field, isRead || isSign ? 1 : 2)
        }
    }

    private func change(
        _ value: (field: Field, need: Int), at term: String, _ before: [Equation], in document: Document
    ) -> Change? {
        let place = AmountPlace(term)
        var changed = document
        place.put(value.field, into: &changed)
        let after = equations(changed)
        guard after.count == before.count else { return nil }
        var mended: Set<Int> = []
        for (index, (old, new)) in zip(before, after).enumerated() where old.check.passed != new.check.passed {
            guard new.check.passed else { return nil }
            mended.insert(index)
        }
        return mended.count >= value.need ? Change(term: term, place: place, field: value.field, mended: mended) : nil
    }

    /// Whether two amounts are as long as each other and differ in one digit.
    private static func isOneDigit(_ left: Money, _ right: Money) -> Bool {
        let (left, right) = (Array(left.description.utf8), Array(right.description.utf8))
        return left.count == right.count && zip(left, right).count { $0 != $1 } == 1
            && zip(left, right).allSatisfy { $0 == $1 || ($0 != UInt8(ascii: "-") && $1 != UInt8(ascii: "-")) }
    }

    /// The other values of a line that now adds up are as sure as those of such a line.
    private func settle(_ equation: Equation, except changed: String, in document: inout Document) {
        guard
            equation.check.name == CheckName.lineAddsUp.rawValue
                || equation.check.name == CheckName.lineProduct.rawValue
        else { return }
        for term in equation.terms where term != changed {
            let place = AmountPlace(term)
            guard var field = place.field(in: document) else { continue }
            field.confidence = Confidence(Calibration.logistic(Calibration.logit(field.confidence.probability) + gain))
            place.put(field, into: &document)
        }
    }
}
