/// What can happen that other systems may want to hear of: the CloudEvents `type`.
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
    /// Somebody, or a rule, asked for an approval.
    case approvalRequested = "org.mailroom.approval.requested.v1"
    /// Nobody has decided for a while: whoever is asked is reminded.
    case approvalReminded = "org.mailroom.approval.reminded.v1"
    /// Nobody has decided for so long that the people of the next band are asked as well.
    case approvalClimbed = "org.mailroom.approval.climbed.v1"
    /// The first of the two who have to approve has approved.
    case approvalApprovedFirst = "org.mailroom.approval.approved_first.v1"
    /// All who had to approve have approved.
    case approvalApproved = "org.mailroom.approval.approved.v1"
    /// Somebody with the authority refused.
    case approvalRefused = "org.mailroom.approval.refused.v1"
    /// Nobody decided in time.
    case approvalExpired = "org.mailroom.approval.expired.v1"
    /// The request was taken back: what its approval caused is to be taken back too.
    case approvalWithdrawn = "org.mailroom.approval.withdrawn.v1"
    /// A document asks for work of people: an appeal, information for the payer, a number to write back.
    case workOpened = "org.mailroom.work.opened.v1"
    /// The work is done, or not to be done.
    case workClosed = "org.mailroom.work.closed.v1"

    /// What an event is about.
    package enum Subject: String, Hashable, Sendable, CaseIterable {
        case document, approval, work
    }

    package var subject: Subject {
        switch self {
        case .documentAccepted, .documentReviewRequested, .documentRejected, .documentReviewOverdue, .documentMerged,
            .documentHeld, .documentReleased, .documentRecalled:
            .document
        case .approvalRequested, .approvalReminded, .approvalClimbed, .approvalApprovedFirst, .approvalApproved,
            .approvalRefused, .approvalExpired, .approvalWithdrawn:
            .approval
        case .workOpened, .workClosed: .work
        }
    }

    /// Whether it takes back what earlier events of its subject said.
    package var takesBack: Bool { self == .documentRecalled || self == .approvalWithdrawn }
}
