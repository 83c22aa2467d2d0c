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
    /// The hospital's books have no account that the document, or one of its claims, is likely about.
    case noAccount = "no_account"
    /// A value is another in the account that matches.
    case accountDisagrees = "account_disagrees"

    /// Those that come of the hospital's books; matching leaves them in a document's evidence, policy says which count.
    package static let ofAccounts: [ReasonCode] = [.noAccount, .accountDisagrees]
}
