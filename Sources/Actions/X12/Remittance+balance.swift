import Documents

/// Sums of a remittance whose adjustments have the signs as they are printed.
extension Remittance {
    /// What its claims were paid.
    var paid: Money { claims.reduce(.zero) { $0 + $1.paid } }

    /// What its adjustments of the payment sum to.
    var adjusted: Money { providerAdjustments.reduce(.zero) { $0 + $1.amount } }

    /// Whether it tells of less than was paid, whatever the signs of its adjustments: more of it may stand on other papers.
    var isPart: Bool { payment > .zero && paid + magnitude(adjusted) < payment }

    /// The remittance with the signs that its adjustments have in a PLB segment: payers print either.
    ///
    /// The sum shows which it is; where that is zero nothing does, and no sign is guessed. Throws the sentence that says how
    /// much is unexplained.
    func balanced() throws(X12Problem) -> Remittance {
        let (paid, adjusted) = (paid, adjusted)
        if paid == payment, adjusted == .zero, !providerAdjustments.isEmpty {
            throw X12Problem(
                """
                The adjustments of the payment cancel out, and no sum shows which of them are kept back and which are \
                paid: post this payment by hand.
                """)
        }
        if paid - adjusted == payment { return self }
        if paid + adjusted == payment {
            var remittance = self
            remittance.providerAdjustments = providerAdjustments.map(\.reversed)
            return remittance
        }
        throw X12Problem(
            """
            The payment is \(payment), its claims were paid \(paid)\
            \(providerAdjustments.isEmpty ? "" : " and \(adjusted) was adjusted"): \
            \(magnitude(payment - (paid - adjusted))) is unexplained.
            """)
    }
}
