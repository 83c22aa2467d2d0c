package import Documents

extension Policy {
    /// The code of the evidence that a value is trusted by a threshold that was learned.
    private static let learnedThreshold = "learned_threshold"

    /// The document with its disposition and the reasons for it: accepted when there is no reason for review.
    ///
    /// `unreadablePages` has, by page number within the file, the sentence that says why a page could not be read;
    /// pages of other documents are ignored. Confidences are compared as the result records them, in ten-thousandths,
    /// so that the decision can be repeated from the record.
    package func decide(
        _ document: Document, unreadablePages: [Int: String] = [:], learned: LearnedThresholds = .none,
        isAudited: Bool = false
    ) -> Document {
        var decided = document
        decided.reasons = reasons(for: document, unreadablePages: unreadablePages, learned, isAudited: isAudited)
        decided.disposition = decided.reasons.isEmpty ? .accept : .review
        decided.evidence.removeAll { $0.code == Policy.learnedThreshold }
        decided.evidence += trustedByLearning(document, learned)
        return decided
    }

    private func reasons(
        for document: Document, unreadablePages: [Int: String], _ learned: LearnedThresholds, isAudited: Bool
    ) -> [Reason] {
        let unreadable = document.pages.compactMap { page in
            unreadablePages[page].map { Reason(.unreadablePage, "Page \(page): \($0)") }
        }
        guard let policy = types[document.type] else {
            return [Reason(.unknownType, "Policy knows no document type '\(document.type)'")] + unreadable
        }
        var reasons: [Reason] = []
        if let detail = Policy.doubt(document.typeConfidence, threshold: policy.typeConfidence) {
            reasons.append(Reason(.lowTypeConfidence, detail))
        }
        if let stated = document.pagesConfidence,
            let detail = Policy.doubt(stated, threshold: policy.pagesConfidence)
        {
            reasons.append(Reason(.lowPagesConfidence, detail))
        }
        reasons += unreadable
        switch policy.review {
        case .whenTypeIsDoubtful: break
        case .whenDoubtful:
            reasons += fieldReasons(document, policy, learned)
            if isAudited, reasons.allSatisfy({ $0.code == ReasonCode.lowConfidence.rawValue }) {
                reasons.append(
                    Reason(.auditSample, "Drawn by lot, to learn how often values are wrong: check every value"))
            }
        case .always:
            reasons += fieldReasons(document, policy, learned)
            reasons.append(Reason(.alwaysReview, "Policy has every document of type '\(document.type)' reviewed"))
        }
        return reasons
    }

    private func fieldReasons(
        _ document: Document, _ policy: TypePolicy, _ learned: LearnedThresholds
    ) -> [Reason] {
        let missing = policy.required(of: document.subtype).flatMap { document.places(missing: $0) }.map { path in
            Reason(.missingField, field: path.description, "No value was found, and policy requires one")
        }
        let doubtful = document.locatedFields.compactMap { located -> Reason? in
            let confidence = located.field.confidence
            guard
                let threshold = threshold(of: located.path.definition, in: document.type, learned: learned),
                !threshold.trusts(confidence)
            else { return nil }
            return Reason(.lowConfidence, field: located.path.description, threshold.doubt(confidence))
        }
        let failed = document.checks.filter { !$0.passed }.map { check in
            Reason(.checkFailed, field: check.fields?.first, "\(check.name): \(check.detail ?? "failed")")
        }
        return missing + doubtful + failed + document.evidence.filter { counts($0, policy) }
    }

    /// Whether the evidence is a reason to review a document of the type.
    private func counts(_ evidence: Reason, _ policy: TypePolicy) -> Bool {
        guard let code = ReasonCode(rawValue: evidence.code) else { return false }
        return policy.accountReasons.contains(code) || anomalies.reasons.contains(code) || code == .anomalyWithdrawn
    }

    /// The document, which waits for a reviewer, with the reasons that what is unusual about it gives now; all else that
    /// policy has against it stays as it was decided.
    package func restatingAnomalies(of document: Document) -> Document {
        var restated = document
        restated.reasons.removeAll { ReasonCode.isOfAnomalies($0.code) }
        guard let policy = types[document.type], policy.review != .whenTypeIsDoubtful else { return restated }
        restated.reasons += document.evidence.filter { ReasonCode.isOfAnomalies($0.code) && counts($0, policy) }
        return restated
    }

    private func trustedByLearning(_ document: Document, _ learned: LearnedThresholds) -> [Reason] {
        guard thresholdRule == .learned, let policy = types[document.type] else { return [] }
        return document.locatedFields.compactMap { located in
            let (confidence, definition) = (located.field.confidence, located.path.definition)
            let own = policy.tenThousandths(of: definition)
            guard confidence.tenThousandths < own,
                let threshold = threshold(of: definition, in: document.type, learned: learned),
                threshold.trusts(confidence)
            else { return nil }
            return Reason(
                code: Policy.learnedThreshold, field: located.path.description,
                detail: threshold.trust(confidence, overPolicy: own))
        }
    }

    /// The sentence that says that a confidence is too low; nil when it is not.
    private static func doubt(_ confidence: Confidence, threshold: Double) -> String? {
        let threshold = Threshold(tenThousandths: Int((threshold * 10_000).rounded()), source: .policy)
        return threshold.trusts(confidence) ? nil : threshold.doubt(confidence)
    }
}

extension Reason {
    fileprivate init(_ code: ReasonCode, field: String? = nil, _ detail: String) {
        self.init(code: code.rawValue, field: field, detail: detail)
    }
}
