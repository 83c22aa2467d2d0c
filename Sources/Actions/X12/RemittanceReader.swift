package import Documents

/// Makes a remittance of what an accepted explanation of benefits says.
///
/// Amounts balance on all three levels or there is none: what the paper does not explain is never made up (TR3
/// 005010X221A1, 1.10.2.1).
package struct RemittanceReader: Sendable {
    /// What the paper may leave out because every one of its remittances is to the same payee.
    package struct Payee: Hashable, Sendable {
        package var npi: String?
        package var taxID: String?

        package init(npi: String? = nil, taxID: String? = nil) {
            self.npi = npi
            self.taxID = taxID
        }
    }

    let payee: Payee

    package init(payee: Payee = Payee()) { self.payee = payee }

    /// The remittance that the document is; throws the sentence that says what is missing or does not add up.
    package func remittance(of document: Document) throws(X12Problem) -> Remittance {
        try printed(document).balanced()
    }

    /// The whole or the part of a payment's remittance that the document is; throws the sentence that says what is missing or
    /// does not add up.
    package func paper(of document: Document) throws(X12Problem) -> RemittancePaper {
        let printed = try printed(document)
        return printed.isPart ? .part(printed) : .whole(try printed.balanced())
    }

    /// What the document says, the adjustments of the payment with the signs as they are printed.
    private func printed(_ document: Document) throws(X12Problem) -> Remittance {
        guard document.type == "eob" else {
            throw X12Problem(
                "A document of the type '\(document.type)' is no remittance: an 835 is written from an eob.")
        }
        guard document.subtype != "member_eob" else {
            throw X12Problem("An explanation of benefits to a member pays no provider: no 835 is written from it.")
        }
        let fields = document.fields
        let payment = try need(fields.amount("payment_amount"), "the payment's amount (payment_amount)")
        guard payment >= .zero else {
            throw X12Problem(
                "The payment is \(payment): an 835 pays nothing or more, and what is owed is a forward balance.")
        }
        let date = try need(fields.date("payment_date"), "the payment's date (payment_date)")
        guard !document.claims.isEmpty || !fields.groups("provider_adjustments").isEmpty else {
            throw X12Problem("The remittance has neither a claim nor an adjustment of the payment.")
        }
        var claims: [RemittanceClaim] = []
        for (index, claim) in document.claims.enumerated() {
            claims.append(try ClaimOfPaper(claim: claim, place: "Claim \(index + 1)").read())
        }
        return Remittance(
            payerName: try need(fields.value("payer_name"), "the payer's name (payer_name)"),
            payee: try payee(fields),
            paymentNumber: try need(fields.value("payment_number"), "the check or trace number (payment_number)"),
            paymentDate: date, payment: payment, claims: claims,
            providerAdjustments: try adjustments(fields))
    }

    private func payee(_ fields: Row) throws(X12Problem) -> Remittance.Payee {
        let found = Remittance.Payee(
            name: try need(fields.value("payee_name"), "the payee's name (payee_name)"),
            npi: fields.value("payee_npi") ?? payee.npi, taxID: fields.value("payee_tax_id") ?? payee.taxID)
        guard found.npi != nil || found.taxID != nil else {
            throw X12Problem(
                """
                The remittance names the payee by neither NPI nor tax id (payee_npi, payee_tax_id), and the connector's \
                'payee' has none to use.
                """)
        }
        return found
    }

    private func adjustments(_ fields: Row) throws(X12Problem) -> [ProviderAdjustment] {
        var adjustments: [ProviderAdjustment] = []
        for (index, group) in fields.groups("provider_adjustments").enumerated() {
            let place = "Adjustment \(index + 1) of the payment"
            guard let amount = group["amount"].flatMap({ Money($0) }) else {
                throw X12Problem("\(place) has no amount.")
            }
            if amount == .zero { continue }
            let printed = group["reason"] ?? ""
            let code = printed.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).first.map { $0.uppercased() }
            guard let code, ProviderAdjustment.reasons.contains(code) else {
                throw X12Problem(
                    """
                    \(place) has \(printed.isEmpty ? "no reason" : "a reason that is no code of X12"): correct it to one \
                    such as WO, 72 or FB.
                    """)
            }
            adjustments.append(ProviderAdjustment(reason: code, reference: group["reference"], amount: amount))
        }
        return adjustments
    }
}

/// The value, or the sentence that it is missing.
func need<Value>(_ value: Value?, _ what: String, of place: String = "The remittance") throws(X12Problem) -> Value {
    guard let value else { throw X12Problem("\(place) does not give \(what).") }
    return value
}

func magnitude(_ amount: Money) -> Money { amount < .zero ? -amount : amount }
