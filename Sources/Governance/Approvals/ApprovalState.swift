package import Foundation

/// The life of one approval: requested, then approved by one person or two, refused, withdrawn or expired.
///
/// A pure value: an event carries who and when and gives the state that follows, or is refused with the rule. What is
/// approved stays so, unless what it is about is recalled.
package struct ApprovalState: Hashable, Sendable {
    package enum Status: String, Codable, Hashable, Sendable, CaseIterable {
        case requested, approved, refused, withdrawn, expired
    }

    /// One person's approval, which counts for the content and under the matrix that it was given for.
    package struct Vote: Hashable, Sendable {
        package let person: String
        package let onBehalfOf: String?
        package let contentHash: String
        package let matrixHash: String

        package init(person: String, onBehalfOf: String?, contentHash: String, matrixHash: String) {
            self.person = person
            self.onBehalfOf = onBehalfOf
            self.contentHash = contentHash
            self.matrixHash = matrixHash
        }

        var people: [String] { [person, onBehalfOf].compactMap { $0 } }
    }

    package enum Event: Sendable {
        /// `seen` is the hash of the content that the person looked at.
        case approve(by: String, seen: String)
        case refuse(by: String, seen: String)
        /// Whoever asked takes it back: `user:ana`, `key:erp`, `rule:refunds`.
        case withdraw(by: String)
        /// What it is about is gone: the document was recalled. It undoes what is approved, too.
        case void
        /// Something else is asked for; `involved` is whoever changed it, where that is a person.
        case change(ApprovalContent, hash: String, by: String, involved: [Involvement])
        case expire
    }

    package private(set) var status: Status
    package private(set) var content: ApprovalContent
    package private(set) var contentHash: String
    package let requestedBy: String
    package private(set) var involved: [Involvement]
    /// Every approval that was given, those that count no longer too.
    package private(set) var votes: [Vote]
    package private(set) var expiresAt: Date?

    package init(
        status: Status = .requested, content: ApprovalContent, contentHash: String, requestedBy: String,
        involved: [Involvement], votes: [Vote] = [], expiresAt: Date? = nil
    ) {
        self.status = status
        self.content = content
        self.contentHash = contentHash
        self.requestedBy = requestedBy
        self.involved = involved
        self.votes = votes
        self.expiresAt = expiresAt
    }

    /// What the person had to do with it; nil for nothing.
    package func deed(of person: String) -> Involvement.Deed? { involved.first { $0.person == person }?.deed }

    /// The approvals of this content that were given under the matrix with this hash; `Authority` says which count.
    package func votes(under matrixHash: String) -> [Vote] {
        votes.filter { $0.contentHash == contentHash && $0.matrixHash == matrixHash }
    }

    /// How many more people have to approve; nil where the matrix gives nobody authority.
    package func missingCount(under authority: Authority, at now: Date) -> Int? {
        guard let row = authority.matrix.kind(content.kind)?.row(for: content),
            let band = row.band(for: content.amount)
        else { return nil }
        return max(0, row.bands[band].approverCount - authority.votes(on: self, at: now).count)
    }

    /// The state after `event` at `now`, and by what right it was decided; throws the rule that forbids it.
    package func applying(
        _ event: Event, authority: Authority, at now: Date
    ) throws(GovernanceError) -> (state: ApprovalState, warrant: Warrant?) {
        if status == .approved, case .void = event {
            var next = self
            next.status = .withdrawn
            return (next, nil)
        }
        guard status == .requested else {
            throw GovernanceError(.approvalOver, "It is \(status.rawValue) already. Nothing more can be done with it.")
        }
        let isExpired = expiresAt.map { $0 <= now } ?? false
        var next = self
        switch event {
        case .expire:
            guard isExpired else {
                throw GovernanceError(.approvalOver, "Its time is not over yet. Wait for its end.")
            }
            next.status = .expired
        case .void:
            next.status = .withdrawn
        case .withdraw(let actor):
            try refuseOthers(than: actor, "takes it back")
            next.status = .withdrawn
        case .change(let content, let hash, let actor, let involved):
            try refuseOthers(than: actor, "changes it")
            if isExpired { throw ApprovalState.timeIsOver }
            guard content.revision == self.content.revision + 1 else {
                throw GovernanceError(.contentChanged, "It was changed meanwhile. Look at it again.")
            }
            next.content = content
            next.contentHash = hash
            next.involved += involved.filter { !next.involved.contains($0) }
        case .approve(let person, let seen):
            return try approved(by: person, seen: seen, isExpired, authority, at: now)
        case .refuse(let person, let seen):
            let warrant = try warrant(isRefusal: true, of: person, seen: seen, isExpired, authority, at: now)
            next.status = .refused
            return (next, warrant)
        }
        return (next, nil)
    }

    private func approved(
        by person: String, seen: String, _ isExpired: Bool, _ authority: Authority, at now: Date
    ) throws(GovernanceError) -> (state: ApprovalState, warrant: Warrant?) {
        let warrant = try warrant(isRefusal: false, of: person, seen: seen, isExpired, authority, at: now)
        guard content.amount != nil else {
            throw GovernanceError(
                .notYourDecision,
                "Nobody may approve it: the amount is not known. Refuse it, and have it asked for with an amount.")
        }
        var next = self
        next.votes.append(
            Vote(
                person: person, onBehalfOf: warrant.onBehalfOf, contentHash: contentHash,
                matrixHash: authority.matrix.hash))
        if next.missingCount(under: authority, at: now) == 0 { next.status = .approved }
        return (next, warrant)
    }

    private func warrant(
        isRefusal: Bool, of person: String, seen: String, _ isExpired: Bool, _ authority: Authority, at now: Date
    ) throws(GovernanceError) -> Warrant {
        if isExpired { throw ApprovalState.timeIsOver }
        guard seen == contentHash else {
            throw GovernanceError(
                .contentChanged, "What is asked for was changed since you looked at it. Look at it again.")
        }
        let answer =
            isRefusal
            ? authority.refusal(by: person, of: self, at: now)
            : authority.answer(for: person, on: self, at: now)
        switch answer {
        case .yes(let warrant): return warrant
        case .no(let clause):
            throw GovernanceError(
                .notYourDecision,
                "You may not \(isRefusal ? "refuse" : "approve") it: \(clause). \(authority.whoMay(on: self, at: now))"
            )
        }
    }

    private func refuseOthers(than actor: String, _ verb: String) throws(GovernanceError) {
        guard actor == requestedBy else {
            throw GovernanceError(
                .notYourDecision, "Only who asked for it \(verb), and that is \(requestedBy.actorWords).")
        }
    }

    private static let timeIsOver = GovernanceError(
        .approvalOver, "Its time is over: it was to be decided before. Have it asked for again.")
}

extension Authority {
    /// The most names that a sentence lists.
    private static let nameCountMax = 5

    /// A sentence that says who may decide at `now`.
    package func whoMay(on state: ApprovalState, at now: Date) -> String {
        guard covers(state.content) else {
            return "No one's authority covers it: it can be refused, or taken back by whoever asked for it."
        }
        let names = mayDecide(on: state, at: now)
        guard let last = names.last else {
            return "Nobody else may, as things are: the matrix has to name somebody (Config/approvals.yaml)."
        }
        if names.count == 1 { return "\(last) may." }
        if names.count <= Authority.nameCountMax {
            return "\(names.dropLast().joined(separator: ", ")) and \(last) may."
        }
        let shown = names.prefix(Authority.nameCountMax)
        return "\(shown.joined(separator: ", ")) and \(names.count - shown.count) others may."
    }
}

extension String {
    /// The name without the word that tells people, machines and rules apart.
    fileprivate var actorWords: String { split(separator: ":", maxSplits: 1).last.map(String.init) ?? self }
}
