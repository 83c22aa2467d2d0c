package import Documents

/// What of the unusual sends a document to review, as policy has it.
package struct AnomalyRules: Hashable, Sendable {
    /// The codes that count; the others are not looked for.
    package var reasons: Set<ReasonCode>
    /// An allowed amount that is less under the contract's counts as agreed.
    package var contractTolerance: Money
    /// How many lines of a payer with an adjustment there must be, for each line of a document that is looked at, before
    /// one of them is called unusual; of so many documents without anything unusual one at most is named by chance.
    package var leastHistory: Int

    package static let standard = AnomalyRules(
        reasons: Set(ReasonCode.ofAnomalies), contractTolerance: Money(cents: 100), leastHistory: 50)
}

extension PolicyReader {
    private static let toleranceRange = 0.0...10_000.0
    private static let leastHistoryRange = 10...100_000

    mutating func anomalyRules() -> AnomalyRules {
        var rules = AnomalyRules.standard
        guard let given = content.anomalies else { return rules }
        if let words = given.reasons {
            rules.reasons = Set(
                words.enumerated().compactMap { index, word in
                    let code = ReasonCode.ofAnomalies.first { $0.rawValue == word }
                    if code == nil {
                        wrong(
                            at: ["anomalies", "reasons", "\(index)"],
                            "The reason '\(word)' is not of anomalies. Known are \(PolicyReader.list(ReasonCode.ofAnomalies.map(\.rawValue)))."
                        )
                    }
                    return code
                })
        }
        let dollars = number(
            given.contractTolerance, at: ["anomalies", "contract_tolerance"], in: PolicyReader.toleranceRange,
            default: Double(rules.contractTolerance.cents) / 100)
        rules.contractTolerance = Money(cents: Int64((min(max(dollars, 0), 1e9) * 100).rounded()))
        if let least = given.leastHistory {
            if !PolicyReader.leastHistoryRange.contains(least) {
                wrong(
                    at: ["anomalies", "least_history"],
                    "'anomalies.least_history' is \(least); it should be in 10…100000.")
            }
            rules.leastHistory = least
        }
        return rules
    }
}
