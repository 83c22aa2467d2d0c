/// The business scenario of a denial: the four of CAQH CORE Operating Rule 360, uniform use of reason and remark codes.
package enum DenialScenario: String, Codable, Hashable, Sendable, CaseIterable {
    /// Additional information required: missing, invalid or incomplete documentation.
    case missingDocumentation = "missing_documentation"
    /// Additional information required: missing, invalid or incomplete data of the submitted claim.
    case missingClaimData = "missing_claim_data"
    /// The billed service is not covered by the health plan.
    case notCovered = "not_covered"
    /// The benefit for the billed service is not separately payable.
    case notSeparatelyPayable = "not_separately_payable"
}

/// Where in the provider's house, or out of it, a denial was caused.
package enum RootCause: String, Codable, Hashable, Sendable, CaseIterable {
    /// Registration and insurance verification.
    case frontDesk = "front_desk"
    case authorization
    case coding
    case clinicalDocumentation = "clinical_documentation"
    case billing
    /// The provider's enrollment and credentials with the payer.
    case enrollment
    case payer
}
