package import Documents
import Foundation

extension Policy {
    /// The document with its disposition and the reasons for it: accepted when there is no reason for review.
    ///
    /// `unreadablePages` has, by page number within the file, the sentence that says why a page could not be read;
    /// pages of other documents are ignored. Confidences are compared as the result records them, in ten-thousandths,
    /// so that the decision can be repeated from the record.
    package func decide(_ document: Document, unreadablePages: [Int: String] = [:]) -> Document {
        var decided = document
        decided.reasons = reasons(for: document, unreadablePages: unreadablePages)
        decided.disposition = decided.reasons.isEmpty ? .accept : .review
        return decided
    }

    private func reasons(for document: Document, unreadablePages: [Int: String]) -> [Reason] {
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
        case .whenDoubtful: reasons += Policy.fieldReasons(document, policy)
        case .always:
            reasons += Policy.fieldReasons(document, policy)
            reasons.append(Reason(.alwaysReview, "Policy has every document of type '\(document.type)' reviewed"))
        }
        return reasons
    }

    private static func fieldReasons(_ document: Document, _ policy: TypePolicy) -> [Reason] {
        let missing = policy.required(of: document.subtype).flatMap { document.places(missing: $0) }.map { path in
            Reason(.missingField, field: path.description, "No value was found, and policy requires one")
        }
        let doubtful = document.locatedFields.compactMap { located in
            doubt(located.field.confidence, threshold: policy.threshold(for: located.path)).map {
                Reason(.lowConfidence, field: located.path.description, $0)
            }
        }
        let failed = document.checks.filter { !$0.passed }.map { check in
            Reason(.checkFailed, field: check.fields?.first, "\(check.name): \(check.detail ?? "failed")")
        }
        let ofAccounts = document.evidence.compactMap { evidence in
            ReasonCode(rawValue: evidence.code).flatMap { code in
                policy.accountReasons.contains(code) ? evidence : nil
            }
        }
        return missing + doubtful + failed + ofAccounts
    }

    /// The sentence that says that a confidence is too low; nil when it is not.
    private static func doubt(_ confidence: Confidence, threshold: Double) -> String? {
        let recorded = Int((confidence.probability * 10_000).rounded())
        guard recorded < Int((threshold * 10_000).rounded()) else { return nil }
        return "\(decimals(recorded)) is under the \(decimals(Int((threshold * 10_000).rounded()))) that policy asks"
    }

    /// Ten-thousandths as a decimal number with two places, or more where the rest is not nought.
    private static func decimals(_ tenThousandths: Int) -> String {
        let digits = String(format: "%.4f", Double(tenThousandths) / 10_000)
        return digits.hasSuffix("00") ? String(digits.dropLast(2)) : digits
    }
}

extension Reason {
    fileprivate init(_ code: ReasonCode, field: String? = nil, _ detail: String) {
        self.init(code: code.rawValue, field: field, detail: detail)
    }
}
