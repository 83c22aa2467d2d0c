/// One kind of refusal, as `Config/denials.yaml` describes it.
package struct DenialCategory: Hashable, Sendable {
    /// The category of what nothing speaks for.
    package static let unspecified = "unspecified"

    package var name: String
    package var title: String
    package var scenario: DenialScenario
    package var rootCause: RootCause
    /// Whether the payer refuses what it might owe; false for a discount by contract and for the patient's share.
    package var isDenial: Bool
    /// Whether an appeal is the way to get it paid.
    package var isAppealable: Bool
    /// Claim Adjustment Reason Codes, without their group.
    package var reasonCodes: Set<String>
    /// Remittance Advice Remark Codes.
    package var remarkCodes: Set<String>
    package var phrases: [DenialPhrase]
}

/// What a code or a phrase counts for its category.
struct DenialWeights: Hashable, Sendable {
    var reasonCode: Double
    var remarkCode: Double
    /// A reason code that says little without a remark.
    var generalCode: Double
    /// Each word of a phrase.
    var phraseWord: Double
    /// All phrases of a category together at most: many words of one sentence are one witness.
    var proseMax: Double
}
