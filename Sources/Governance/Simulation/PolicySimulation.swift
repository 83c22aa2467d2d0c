package import Documents

/// A document as the machine read it, before any person changed it.
package struct ReadDocument: Sendable {
    /// What people find it by.
    package var id: String
    package var sha256: String
    /// Its place in the file, from 1.
    package var ordinal: Int
    /// The day on which it came; nil where that is not known.
    package var day: CalendarDate?
    package var document: Document
    /// The facility that its file came to; nil where that is not known.
    package var facility: String?

    package init(
        id: String, sha256: String, ordinal: Int, day: CalendarDate?, document: Document, facility: String? = nil
    ) {
        self.id = id
        self.sha256 = sha256
        self.ordinal = ordinal
        self.day = day
        self.document = document
        self.facility = facility
    }
}

/// A policy and what reviews teach of its thresholds.
package struct PolicyCase: Sendable {
    let policy: Policy
    let learned: LearnedThresholds

    package init(_ policy: Policy, learned: LearnedThresholds = .none) {
        self.policy = policy
        self.learned = learned
    }

    /// The document decided on anew.
    ///
    /// Pages that could not be read are known from the decision of then; whether the document is drawn by lot is of its
    /// bytes and place alone.
    fileprivate func decide(_ read: ReadDocument) -> Document {
        var decided = policy.decide(
            read.document, learned: learned, isAudited: policy.isAudited(sha256: read.sha256, ordinal: read.ordinal))
        let unreadable = read.document.reasons.filter { $0.code == ReasonCode.unreadablePage.rawValue }
        if !unreadable.isEmpty {
            decided.reasons += unreadable
            decided.disposition = .review
        }
        return decided
    }
}

/// What another policy would have done with documents that were read already.
package struct PolicySimulation: Sendable {
    /// How the decision on one document would be another.
    package enum Outcome: Hashable, Sendable {
        /// It is accepted now; the reasons are those for its review.
        case toReview([Reason])
        /// It is reviewed now.
        case accepted
        /// It is reviewed in another queue.
        case moved(from: String, to: String)
    }

    package struct Change: Sendable {
        package let document: ReadDocument
        package let outcome: Outcome
    }

    /// How many documents there are, and how many of them policy sends to review.
    package struct Count: Hashable, Sendable {
        package var documents = 0
        package var reviewedNow = 0
        package var reviewedThen = 0
        package var moved = 0
    }

    package private(set) var total = Count()
    package private(set) var byType: [String: Count] = [:]
    /// Documents whose day is not known are in none.
    package private(set) var byDay: [CalendarDate: Count] = [:]
    /// In the order of the documents.
    package private(set) var changes: [Change] = []

    /// Decides every document under the policy in service and under the `proposed` one.
    package init(_ documents: [ReadDocument], inService: PolicyCase, proposed: PolicyCase) {
        for read in documents {
            let (now, then) = (inService.decide(read), proposed.decide(read))
            var count = Count(documents: 1)
            count.reviewedNow = now.disposition == .review ? 1 : 0
            count.reviewedThen = then.disposition == .review ? 1 : 0
            if let outcome = PolicySimulation.outcome(
                now, then, from: read.facility, inService.policy, proposed.policy)
            {
                changes.append(Change(document: read, outcome: outcome))
                if case .moved = outcome { count.moved = 1 }
            }
            total += count
            byType[read.document.type, default: Count()] += count
            if let day = read.day { byDay[day, default: Count()] += count }
        }
    }

    private static func outcome(
        _ now: Document, _ then: Document, from facility: String?, _ inService: Policy, _ proposed: Policy
    ) -> Outcome? {
        switch (now.disposition, then.disposition) {
        case (.accept, .accept): return nil
        case (.accept, .review): return .toReview(then.reasons)
        case (.review, .accept): return .accepted
        case (.review, .review):
            let (from, to) = (
                inService.queue(for: now, facility: facility), proposed.queue(for: then, facility: facility)
            )
            return from == to ? nil : .moved(from: from, to: to)
        }
    }
}

extension PolicySimulation.Count {
    static func += (left: inout Self, right: Self) {
        left.documents += right.documents
        left.reviewedNow += right.reviewedNow
        left.reviewedThen += right.reviewedThen
        left.moved += right.moved
    }
}
