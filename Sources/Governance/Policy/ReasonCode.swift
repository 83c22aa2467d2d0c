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
    /// Policy has nothing against the document, or nothing but confidences, and it was drawn by lot for review.
    case auditSample = "audit_sample"
    /// A reviewer made the document of pages of another one, and nobody has looked at it yet.
    case splitOff = "split_off"
    /// All else of the document is reviewed, and it waits for what people key without seeing values.
    case keysWanted = "keys_wanted"
    /// Two people keyed different values, and a third decides.
    case keysDiffer = "keys_differ"
    /// A value of the document, or of another with the same cause, was found wrong after it was released.
    case recalled
    /// The hospital's books have no account that the document, or one of its claims, is likely about.
    case noAccount = "no_account"
    /// A value is another in the account that matches.
    case accountDisagrees = "account_disagrees"

    /// A doubtful value was made that of the account that matches.
    case accountCorrects = "account_corrects"

    /// Another document tells the same: it is the same paper once more.
    case duplicateDocument = "duplicate_document"
    /// Another document pays the same services.
    case duplicatePayment = "duplicate_payment"
    /// The account of the books was paid more than was charged.
    case accountOverpaid = "account_overpaid"
    /// Another letter asked for the same refund.
    case repeatedRefundRequest = "repeated_refund_request"
    /// A line was allowed less than the payer's contract says.
    case underContract = "under_contract"
    /// A payer took much more off a line than it does for the reason.
    case unusualAdjustment = "unusual_adjustment"

    /// What was unusual about the document rested on another one, and is no more: nobody has looked at it since.
    case anomalyWithdrawn = "anomaly_withdrawn"

    /// Those that come of other documents, contracts and what payers did before; what is found is in a document's
    /// evidence, policy says which count.
    package static let ofAnomalies: [ReasonCode] = [
        .duplicateDocument, .duplicatePayment, .accountOverpaid, .repeatedRefundRequest, .underContract,
        .unusualAdjustment,
    ]
    /// Whether the code is of what is, or was, unusual about a document.
    package static func isOfAnomalies(_ code: String) -> Bool {
        guard let reason = ReasonCode(rawValue: code) else { return false }
        return reason == .anomalyWithdrawn || ofAnomalies.contains(reason)
    }

    /// Those that come of the hospital's books; matching leaves them in a document's evidence, policy says which count.
    package static let ofAccounts: [ReasonCode] = [.noAccount, .accountDisagrees, .accountCorrects]
    /// Those that count where policy says nothing: a value put right has the confidence that it is worth.
    package static let ofAccountsByDefault: Set<ReasonCode> = [.noAccount, .accountDisagrees]
}
