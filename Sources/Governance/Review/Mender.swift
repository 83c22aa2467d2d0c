package import Documents
package import Understanding

/// An amount that would make an equation hold.
package struct Mend: Hashable, Sendable {
    /// The place of the amount to change.
    package var path: String
    package var value: Money
    /// Whether the value is another reading of the same ink.
    package var isReading: Bool

    package init(path: String, value: Money, isReading: Bool) {
        self.path = path
        self.value = value
        self.isReading = isReading
    }
}

/// Finds the amounts which would make a failing equation hold, by trying them: the checks themselves say what balances.
package struct Mender {
    /// How many changes of one equation's amounts are tried, those likeliest misread first.
    private static let attemptCountMax = 12
    /// How many ways are offered for one equation.
    private static let mendCountMax = 3

    let checker: Checker

    package init(type: DocumentType) { checker = Checker(type: type) }

    /// The equations of the document that do not hold.
    package func failing(in document: Document) -> [Equation] { equations(document).filter { !$0.check.passed } }

    /// The ways that mend `equation`, the best first: those that leave the fewest equations open, then other readings of
    /// the ink, then what differs by the fewest signs, then the least certain.
    ///
    /// What a person typed may be mended too: people mistype.
    package func mends(of equation: Equation, in document: Document) -> [Mend] {
        let open = failing(in: document).count
        let fields = Dictionary(
            document.locatedFields.map { ($0.path.description, $0) }, uniquingKeysWith: { first, _ in first })
        let tries = equation.terms.flatMap { term in fields[term].map { attempts($0, equation) } ?? [] }
            .sorted { $0.rank < $1.rank }
        let found = tries.prefix(Mender.attemptCountMax).compactMap { attempt -> (left: Int, attempt: Attempt)? in
            var mended = document
            var field = attempt.located.field
            field.value = .text(attempt.mend.value.description)
            guard mended.put(field, at: attempt.located.path) else { return nil }
            let after = equations(mended)
            let holds = after.contains { $0.check.passed && $0.terms == equation.terms }
            let left = after.count { !$0.check.passed }
            return holds && left < open ? (left, attempt) : nil
        }
        return found.sorted { ($0.left, $0.attempt.rank) < ($1.left, $1.attempt.rank) }
            .prefix(Mender.mendCountMax).map(\.attempt.mend)
    }

    private struct Attempt {
        let located: LocatedField
        let mend: Mend
        let signs: Int

        /// What decides between attempts, the smaller the better.
        var rank: Double {
            (mend.isReading ? 0 : 10) + Double(signs) + located.field.confidence.probability
        }
    }

    private func attempts(_ located: LocatedField, _ equation: Equation) -> [Attempt] {
        let field = located.field
        let printed = field.value.description
        guard let value = Money(printed) else { return [] }
        let readings = (field.alternatives ?? []).compactMap { Money($0.description) }
        return [value + equation.difference, value - equation.difference].compactMap { other in
            // A sign is lost or seen where there is none, but not together with other digits.
            let hasOtherSign = value.cents.signum() * other.cents.signum() < 0
            if hasOtherSign, value.cents.magnitude != other.cents.magnitude { return nil }
            let text = other.description
            // Nothing is seldom read where something is printed, or something where nothing is.
            let isOfNothing = value == .zero || other == .zero
            return Attempt(
                located: located,
                mend: Mend(path: located.path.description, value: other, isReading: readings.contains(other)),
                signs: isOfNothing ? 8 : EditDistance.between(Array(printed.utf8), Array(text.utf8), limit: 4) ?? 5)
        }
    }

    private func equations(_ document: Document) -> [Equation] {
        checker.equations(fields: document.fields, claims: document.claims, lineItems: document.lineItems)
    }
}
