/// Why policy sends a document to review: the `code` of a `Reason`.
package enum ReasonCode: String, Codable, Hashable, Sendable, CaseIterable {
    case unknownType = "unknown_type"
    case lowTypeConfidence = "low_type_confidence"
    case lowPagesConfidence = "low_pages_confidence"
    case unreadablePage = "unreadable_page"
    case missingField = "missing_field"
    case lowConfidence = "low_confidence"
    case checkFailed = "check_failed"
    case alwaysReview = "always_review"
}
