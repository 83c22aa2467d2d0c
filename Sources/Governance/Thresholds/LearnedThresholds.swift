package import Documents

/// What the outcomes of reviews say of every threshold: field by field, and of each type as a whole.
package struct LearnedThresholds: Hashable, Sendable {
    /// Nothing learned: every threshold is policy's own.
    package static let none = LearnedThresholds()

    /// By type.
    private(set) var types: [String: ThresholdFinding] = [:]
    /// By type, then by field without places.
    private(set) var fields: [String: [String: ThresholdFinding]] = [:]

    private init() {}

    /// What `outcomes`, of one model and of the audit sample alone, say of the thresholds of `policy`.
    package init(_ outcomes: [ValueOutcome], policy: Policy) {
        let learner = ThresholdLearner(target: policy.errorTarget, certainty: policy.errorCertainty)
        for (type, ofType) in Dictionary(grouping: outcomes, by: \.type) {
            guard let rules = policy.types[type] else { continue }
            types[type] = learner.finding(ofType, policy: rules.fieldTenThousandths)
            fields[type] = Dictionary(grouping: ofType, by: \.field).reduce(into: [:]) { findings, entry in
                findings[entry.key] = learner.finding(entry.value, policy: rules.tenThousandths(of: entry.key))
            }
        }
    }

    /// What is known of the type as a whole; nil without any outcome.
    package func finding(type: String) -> ThresholdFinding? { types[type] }

    /// What is known of the field, named without places; nil without any outcome.
    package func finding(type: String, field: String) -> ThresholdFinding? { fields[type]?[field] }

    /// The types with outcomes, and the fields of each, sorted.
    package var known: [(type: String, fields: [String])] {
        types.keys.sorted().map { ($0, (fields[$0] ?? [:]).keys.sorted()) }
    }
}

/// The confidence that a value needs to be trusted, and who says so.
package struct Threshold: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        /// The policy file.
        case policy
        /// The outcomes of the field's own values.
        case field(ThresholdFinding)
        /// The outcomes of all values of the type; the field has too few of its own.
        case type(ThresholdFinding)
    }

    /// In ten-thousandths, as results record confidences; nil when no confidence is enough.
    package var tenThousandths: Int?
    package var source: Source

    /// The threshold as a number, `none` when no confidence is enough.
    package var text: String { tenThousandths.map(Decimals.text) ?? "none" }

    func trusts(_ confidence: Confidence) -> Bool {
        tenThousandths.map { confidence.tenThousandths >= $0 } ?? false
    }

    /// The sentence that says that a confidence is too low.
    func doubt(_ confidence: Confidence) -> String {
        let recorded = Decimals.text(confidence.tenThousandths)
        guard let tenThousandths else {
            return "No confidence is enough, \(recorded) neither: \(found)"
        }
        let least = Decimals.text(tenThousandths)
        if case .policy = source { return "\(recorded) is under the \(least) that policy asks" }
        return "\(recorded) is under the \(least) that was learned: \(found)"
    }

    /// What was found, as part of a sentence.
    private var found: String {
        switch source {
        case .policy: "policy says so"
        case .field(let finding): "\(finding)"
        case .type(let finding): "\(finding), over all fields of the type"
        }
    }

    /// The sentence that says that the value is trusted though policy's own threshold is above it.
    func trust(_ confidence: Confidence, overPolicy own: Int) -> String {
        """
        \(Decimals.text(confidence.tenThousandths)) is under the \(Decimals.text(own)) of policy, and over the \(text) that \
        was learned: \(found)
        """
    }
}

extension Policy {
    /// The threshold in force for the field that `definition` names (without places) in documents of `type`; nil for a
    /// type that policy does not know.
    ///
    /// What was learned counts only where policy has `thresholds: learned`: of the field itself, if its outcomes were
    /// enough for a test; else policy's own threshold of the field; else what was learned of the type, if that is
    /// stricter, for a field is not to be trusted sooner because others are; else policy's own of the type. Of a field
    /// whose promise is broken no value is trusted.
    package func threshold(of definition: String, in type: String, learned: LearnedThresholds) -> Threshold? {
        guard let rules = types[type] else { return nil }
        let own = Threshold(tenThousandths: rules.tenThousandths(of: definition), source: .policy)
        guard thresholdRule == .learned else { return own }
        if let finding = learned.finding(type: type, field: definition) {
            switch finding.verdict {
            case .promised: return Threshold(tenThousandths: finding.tenThousandths, source: .field(finding))
            case .broken: return Threshold(tenThousandths: nil, source: .field(finding))
            case .unproven: return own
            case .tooFew: break
            }
        }
        guard rules.fields[definition] == nil, let finding = learned.finding(type: type), finding.verdict == .promised,
            finding.tenThousandths > rules.fieldTenThousandths
        else { return own }
        return Threshold(tenThousandths: finding.tenThousandths, source: .type(finding))
    }

    /// The thresholds in force for fields of the document that are not policy's own, by field without places.
    package func thresholdsLearned(for document: Document, _ learned: LearnedThresholds) -> [String: Threshold] {
        Set(document.locatedFields.map(\.path.definition)).reduce(into: [:]) { thresholds, definition in
            guard let threshold = threshold(of: definition, in: document.type, learned: learned),
                threshold.source != .policy
            else { return }
            thresholds[definition] = threshold
        }
    }
}
