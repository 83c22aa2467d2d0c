import Documents

/// A remittance's payment as a PaymentReconciliation (R4, 13.13), its claims and adjustments adding up to its amount.
struct PaymentReconciliationWriter {
    let subject: FHIRSubject
    /// The claims' ExplanationOfBenefits, in their order.
    let claims: [FHIREntry]

    private var values: RowValues { subject.values }

    /// Throws `UnsuitableEvent` with the sentence that says why there is none: the amount is not printed, or it is not
    /// what its parts come to.
    func entry() throws(UnsuitableEvent) -> FHIREntry {
        let balance = try RemittanceBalance(subject.document)
        let paid = values.date("payment_date")
        var details = zip(claims, balance.paid).map { claim, amount in
            detail("payment", amount, ["response": .reference(to: claim.fullURL)])
        }
        details += zip(balance.adjustments, values.groups("provider_adjustments")).map { amount, parts in
            detail(
                "adjustment", amount,
                ["identifier": FHIRValue.string(parts["reference"]).map { .object(["value": $0]) }])
        }
        return FHIREntry(
            "PaymentReconciliation", called: "payment", subject,
            children: [
                "identifier": .list([subject.identifier("payment")]),
                "status": subject.status("active"),
                "created": subject.instant,
                "paymentIssuer": subject.insurer,
                "requestor": subject.provider,
                "outcome": .text("complete"),
                "paymentDate": .date(paid),
                "_paymentDate": paid == nil ? .absent : nil,
                "paymentAmount": .money(balance.payment),
                "paymentIdentifier": .string(values.text("payment_number")).map { .object(["value": $0]) },
                "detail": .elements(details),
            ])
    }

    private func detail(_ type: String, _ amount: Money, _ more: [String: FHIRValue?]) -> FHIRValue? {
        .element(
            more.merging([
                "type": .concept(FHIRSystem.paymentType, type), "amount": .money(amount),
                "date": .date(values.date("payment_date")),
            ]) { own, _ in own })
    }
}
