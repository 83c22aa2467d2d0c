import Documents

/// A remittance's payment and the parts that it is made of, which add up to it (X12 835, 1.10.2.1).
struct RemittanceBalance {
    let payment: Money
    /// What each claim was paid, in their order.
    let paid: [Money]
    /// What each provider adjustment adds to the payment; what the payer kept back is negative.
    let adjustments: [Money]

    /// Throws `UnsuitableEvent` with a sentence and the sums when an amount is missing or they do not add up.
    init(_ document: Document) throws(UnsuitableEvent) {
        let values = RowValues(document.fields)
        guard let payment = values.money("payment_amount") else {
            throw UnsuitableEvent("The payment's amount is not printed.")
        }
        self.payment = payment
        var paid: [Money] = []
        for (index, claim) in document.claims.enumerated() {
            guard let amount = claim.paidAmount else {
                throw UnsuitableEvent("It is not printed what claim \(index + 1) was paid.")
            }
            paid.append(amount)
        }
        self.paid = paid
        var kept: [Money] = []
        for (index, parts) in values.groups("provider_adjustments").enumerated() {
            guard let amount = parts["amount"].flatMap({ Money($0) }) else {
                throw UnsuitableEvent("The amount of provider adjustment \(index + 1) is not printed.")
            }
            kept.append(amount)
        }
        let (claimed, adjusted) = (paid.reduce(.zero, +), kept.reduce(.zero, +))
        // Payers print what they keep back with either sign.
        if claimed - adjusted == payment {
            adjustments = kept.map { -$0 }
        } else if claimed + adjusted == payment {
            adjustments = kept
        } else {
            let difference = payment - (claimed - adjusted)
            throw UnsuitableEvent(
                """
                The payment is \(payment), but its claims come to \(claimed) and its provider adjustments to \
                \(adjusted): \(difference) is unexplained.
                """)
        }
    }
}
