/// What can happen to a document that other systems may want to hear of: the CloudEvents `type`.
package enum EventType: String, Codable, Hashable, Sendable, CaseIterable {
    /// Policy or a reviewer accepted the document.
    case documentAccepted = "org.mailroom.document.accepted.v1"
    /// Policy wants a person to look at the document.
    case documentReviewRequested = "org.mailroom.document.review_requested.v1"
    /// A reviewer found the document to be no use.
    case documentRejected = "org.mailroom.document.rejected.v1"
    /// Nobody has reviewed the document within its queue's service level.
    case documentReviewOverdue = "org.mailroom.document.review_overdue.v1"
    /// A reviewer made the document part of another one, which `merged_into` names; it has no pages and no values left.
    case documentMerged = "org.mailroom.document.merged.v1"
    /// The accepted document may be wrong: nothing more is to be done with it until it is released or recalled.
    case documentHeld = "org.mailroom.document.held.v1"
    /// The document is held no longer.
    case documentReleased = "org.mailroom.document.released.v1"
    /// The accepted document is reviewed again: what its acceptance caused is to be taken back. It is accepted anew, or
    /// rejected, once a reviewer has looked at it.
    case documentRecalled = "org.mailroom.document.recalled.v1"
}
