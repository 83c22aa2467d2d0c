/// What a hospital's books say of one patient account and the claims that are made from it.
///
/// Values are in the normal forms of the document result; what the books do not say is nil.
package struct PatientAccount: Codable, Hashable, Sendable {
    /// The provider's own account number, the patient control number of a claim (X12 837, CLM01).
    package var accountNumber: String
    package var patientName: String
    package var patientBirthDate: CalendarDate?
    /// One for each payer that was billed and each stay; none where the books name no claim.
    package var claims: [AccountClaim]

    package init(
        accountNumber: String, patientName: String, patientBirthDate: CalendarDate? = nil, claims: [AccountClaim] = []
    ) {
        self.accountNumber = accountNumber
        self.patientName = patientName
        self.patientBirthDate = patientBirthDate
        self.claims = claims
    }

    private enum CodingKeys: String, CodingKey {
        case accountNumber = "account_number"
        case patientName = "patient_name"
        case patientBirthDate = "patient_birth_date"
        case claims
    }
}

/// One claim of an account, as the books have it.
package struct AccountClaim: Codable, Hashable, Sendable {
    package var payerName: String?
    package var memberID: String?
    /// The payer's claim control number (X12 835, CLP07), once the payer has told it.
    package var payerClaimNumber: String?
    package var serviceStart: CalendarDate?
    package var serviceEnd: CalendarDate?
    package var chargeAmount: Money?
    /// The payer's number of the authorization (X12 837, REF with qualifier G1), once a letter has told it.
    package var authorizationNumber: String?

    package init(
        payerName: String? = nil, memberID: String? = nil, payerClaimNumber: String? = nil,
        serviceStart: CalendarDate? = nil, serviceEnd: CalendarDate? = nil, chargeAmount: Money? = nil,
        authorizationNumber: String? = nil
    ) {
        self.payerName = payerName
        self.memberID = memberID
        self.payerClaimNumber = payerClaimNumber
        self.serviceStart = serviceStart
        self.serviceEnd = serviceEnd
        self.chargeAmount = chargeAmount
        self.authorizationNumber = authorizationNumber
    }

    private enum CodingKeys: String, CodingKey {
        case payerName = "payer_name"
        case memberID = "member_id"
        case payerClaimNumber = "payer_claim_number"
        case serviceStart = "service_start"
        case serviceEnd = "service_end"
        case chargeAmount = "charge_amount"
        case authorizationNumber = "authorization_number"
    }
}

/// The account in the hospital's books that a document or a claim is about.
package struct AccountMatch: Codable, Hashable, Sendable {
    package var accountNumber: String
    /// The probability that it is this account and no other, in the books or out of them.
    package var probability: Confidence

    package init(accountNumber: String, probability: Confidence) {
        self.accountNumber = accountNumber
        self.probability = probability
    }

    private enum CodingKeys: String, CodingKey {
        case accountNumber = "account_number"
        case probability
    }
}
