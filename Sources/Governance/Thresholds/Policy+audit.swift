package import Documents

extension Policy {
    /// Whether the document in the place `ordinal` of the file with this SHA-256 is drawn for the audit sample, if policy
    /// has nothing but confidences against it.
    ///
    /// The lot is a hash of what the document is, so that the same bytes always draw the same and anybody can draw again;
    /// it knows nothing of what was read, so that what policy accepts and what it does not have the same chance.
    package func isAudited(sha256: String, ordinal: Int) -> Bool {
        Lot("audit sample/\(sha256)/\(ordinal)").falls(within: auditShare)
    }
}

extension Document {
    /// Whether a person's look at the document, decided as it is here, says how often values of its type are wrong: it was
    /// drawn by lot, or all of its type are reviewed, and nothing but confidences spoke against it.
    package var isOfAuditSample: Bool {
        let codes = Set(reasons.map(\.code))
        let drawn: Set = [ReasonCode.auditSample.rawValue, ReasonCode.alwaysReview.rawValue]
        return !codes.isDisjoint(with: drawn)
            && codes.isSubset(of: drawn.union([ReasonCode.lowConfidence.rawValue]))
    }

    /// The outcome of each value of this document, as policy decided on it, by the `settled` one.
    ///
    /// A document that was `settled` as nil is no document or not legible: each of its values is wrong, for none may be
    /// used.
    package func outcomes(
        settled: Document?, id: String, model: String, vocabulary: Vocabulary
    ) -> [ValueOutcome] {
        judged(by: settled ?? Document(type: type, typeConfidence: 0.0, pages: pages), vocabulary: vocabulary).map {
            ValueOutcome(
                documentID: id, path: $0.located.path.description, type: type, field: $0.located.path.definition,
                confidence: $0.located.field.confidence, isRight: $0.isRight, isSampled: isOfAuditSample, model: model)
        }
    }
}
