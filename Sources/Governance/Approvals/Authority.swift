import Documents
package import Foundation

/// By what right somebody decides.
package struct Warrant: Codable, Hashable, Sendable {
    /// The row and band of the matrix, in words.
    package let row: String
    /// The person whose authority it is, where the decision is made for somebody who is away.
    package let onBehalfOf: String?
    package let delegationID: String?
}

/// Whether somebody may decide, and if not, why not.
package enum AuthorityAnswer: Hashable, Sendable {
    case yes(Warrant)
    /// A clause that follows "You may not approve it:".
    case no(String)

    package var warrant: Warrant? {
        guard case .yes(let warrant) = self else { return nil }
        return warrant
    }
}

/// Who may decide, by the matrix, the people and the delegations of one moment.
///
/// Whoever had a hand in a request may not decide on it, neither on somebody's behalf nor through another; two approvers
/// are two people, with authority of two people (segregation of duties).
package struct Authority: Sendable {
    package let matrix: ApprovalMatrix
    package let approvers: [Approver]
    package let delegations: [Delegation]

    package init(matrix: ApprovalMatrix, approvers: [Approver], delegations: [Delegation]) {
        self.matrix = matrix
        self.approvers = approvers
        self.delegations = delegations
    }

    /// Whether the person called `name` may decide on `state` at `now`.
    package func answer(for name: String, on state: ApprovalState, at now: Date) -> AuthorityAnswer {
        guard let person = approvers.first(where: { $0.name == name }) else { return .no("there is no such person") }
        if let hindrance = hindrance(of: person) { return .no(hindrance) }
        if let deed = state.deed(of: name) { return .no("you \(deed.words)") }
        if state.votes(under: matrix.hash).contains(where: { $0.person == name }) {
            return .no("you approved it already, and it takes two people")
        }
        let votes = votes(on: state, at: now)
        if votes.contains(where: { $0.onBehalfOf == name }) {
            return .no("it was approved on your behalf already, and it takes two people")
        }
        let content = state.content
        guard let kind = matrix.kind(content.kind) else {
            return .no("the matrix has no kind '\(content.kind)' any more")
        }
        if let place = kind.unnamed(in: content) {
            return .no("it names no \(place.words), on which depends who may decide '\(kind.title)'")
        }
        guard let row = kind.row(for: content), let band = row.band(for: content.amount) else {
            return .no("nobody has authority for \(Authority.subject(content, kind))")
        }
        if row.mayDecide(person, from: band) {
            return .yes(Warrant(row: row.words(kind, band: band), onBehalfOf: nil, delegationID: nil))
        }
        let lent = delegated(to: name, on: state, row: row, band: band, votes: votes, at: now)
        if let first = lent.first {
            return .yes(
                Warrant(row: row.words(kind, band: band), onBehalfOf: first.from, delegationID: first.id))
        }
        return .no(shortfall(of: person, kind, row, on: state, at: now))
    }

    /// Whether the person called `name` may refuse `state` at `now`: whoever may decide on it, and where nobody has the
    /// authority to, everybody who decides approvals and had no hand in it.
    package func refusal(by name: String, of state: ApprovalState, at now: Date) -> AuthorityAnswer {
        guard !covers(state.content), let person = approvers.first(where: { $0.name == name }),
            hindrance(of: person) == nil, state.deed(of: name) == nil
        else { return answer(for: name, on: state, at: now) }
        let title = matrix.title(of: state.content.kind)
        return .yes(Warrant(row: "\(title), which no one's authority covers", onBehalfOf: nil, delegationID: nil))
    }

    /// Whether the matrix gives anybody authority over as much.
    package func covers(_ content: ApprovalContent) -> Bool {
        matrix.kind(content.kind)?.isCovered(content) == true
    }

    /// The approvals that count at `now`: those of this content, under this matrix, of people who may still decide on it.
    ///
    /// Whoever was disabled, lost the authority or had a hand in it since does not count, nor whoever they stood for.
    package func votes(on state: ApprovalState, at now: Date) -> [ApprovalState.Vote] {
        guard let row = matrix.kind(state.content.kind)?.row(for: state.content),
            let band = row.band(for: state.content.amount)
        else { return [] }
        var heads: Set<String> = []
        return state.votes(under: matrix.hash).filter { vote in
            guard heads.isDisjoint(with: vote.people), stands(vote, on: state, row: row, band: band, at: now) else {
                return false
            }
            heads.formUnion(vote.people)
            return true
        }
    }

    private func stands(
        _ vote: ApprovalState.Vote, on state: ApprovalState, row: AuthorityRow, band: Int, at now: Date
    ) -> Bool {
        guard let person = approvers.first(where: { $0.name == vote.person }), hindrance(of: person) == nil,
            state.deed(of: person.name) == nil
        else { return false }
        guard let holder = vote.onBehalfOf else { return row.mayDecide(person, from: band) }
        return delegations.contains {
            $0.from == holder && lends($0, to: person.name, on: state, row: row, band: band, at: now)
        }
    }

    /// The names of the people who may decide on `state` at `now`, sorted.
    package func mayDecide(on state: ApprovalState, at now: Date) -> [String] {
        approvers.map(\.name).filter { answer(for: $0, on: state, at: now).warrant != nil }.sorted()
    }

    /// Whether it is for this person to decide now, and not only something that they may do as well: they are of the band
    /// that the amount falls into or of one that it climbed to, or stand for somebody who is.
    package func isAsked(_ name: String, on state: ApprovalState, climbed levels: Int, at now: Date) -> Bool {
        guard let warrant = answer(for: name, on: state, at: now).warrant,
            let row = matrix.kind(state.content.kind)?.row(for: state.content),
            let band = row.band(for: state.content.amount),
            let holder = approvers.first(where: { $0.name == warrant.onBehalfOf ?? name })
        else { return false }
        return row.bands[band...].prefix(levels + 1).contains { $0.names(holder) }
    }

    private func hindrance(of person: Approver) -> String? {
        if !person.isActive { return "your account is disabled" }
        if !person.mayDecide {
            let role = person.role.map { "the role '\($0.rawValue)'" } ?? "your role"
            return "\(role) does not decide approvals"
        }
        return person.isNear ? nil : "you are limited to other facilities or queues"
    }

    /// The delegations by which `name` may decide, in the order of their identifiers.
    private func delegated(
        to name: String, on state: ApprovalState, row: AuthorityRow, band: Int, votes: [ApprovalState.Vote],
        at now: Date
    ) -> [Delegation] {
        delegations.filter { delegation in
            lends(delegation, to: name, on: state, row: row, band: band, at: now)
                && !votes.contains { $0.people.contains(delegation.from) }
        }.sorted { $0.id < $1.id }
    }

    /// Whether `name` has, by the delegation, the authority of whoever gave it.
    private func lends(
        _ delegation: Delegation, to name: String, on state: ApprovalState, row: AuthorityRow, band: Int, at now: Date
    ) -> Bool {
        guard delegation.to == name, delegation.isInForce(at: now), delegation.covers(state.content),
            let holder = approvers.first(where: { $0.name == delegation.from })
        else { return false }
        return hindrance(of: holder) == nil && row.mayDecide(holder, from: band)
            && state.deed(of: holder.name) == nil
    }

    private func shortfall(
        of person: Approver, _ kind: ApprovalKind, _ row: AuthorityRow, on state: ApprovalState, at now: Date
    ) -> String {
        let involved = delegations.filter { $0.to == person.name && $0.isInForce(at: now) }
            .compactMap { delegation in state.deed(of: delegation.from).map { (delegation.from, $0) } }.first
        if let (name, deed) = involved { return "\(name), for whom you stand in, \(deed.words)" }
        let own = row.bands.filter { $0.names(person) }.compactMap(\.upTo).max()
        if let own { return "your authority for '\(kind.title)' ends at \(own.dollars)" }
        return "you have no authority for \(Authority.subject(state.content, kind))"
    }

    private static func subject(_ content: ApprovalContent, _ kind: ApprovalKind) -> String {
        let place = content.facility.map { " at \($0)" } ?? ""
        return "'\(kind.title)'\(content.amount.map { " of \($0.dollars)" } ?? "")\(place)"
    }
}

extension AuthorityRow {
    /// Whether the person is named in the band at `band` or in one above.
    fileprivate func mayDecide(_ person: Approver, from band: Int) -> Bool {
        bands[band...].contains { $0.names(person) }
    }

    fileprivate func words(_ kind: ApprovalKind, band: Int) -> String {
        let places = [facilities, costCentres, legalEntities].compactMap { $0?.sorted().joined(separator: ", ") }
        return ([kind.title] + places + [bands[band].limitWords]).joined(separator: ", ")
    }
}

// MARK: - Delegating

extension Authority {
    /// Throws `delegationRefused` with the rule when `delegation` may not be made at `now`.
    package func check(_ delegation: Delegation, at now: Date) throws(GovernanceError) {
        func refused(_ sentence: String) -> GovernanceError { GovernanceError(.delegationRefused, sentence) }
        guard delegation.from != delegation.to else {
            throw refused("Nobody stands in for themselves. Choose another.")
        }
        guard let holder = approvers.first(where: { $0.name == delegation.from }), holder.isActive, holder.mayDecide
        else { throw refused("\(delegation.from) decides no approvals: there is nothing to delegate.") }
        guard let delegate = approvers.first(where: { $0.name == delegation.to }), delegate.isActive else {
            throw refused("There is no person '\(delegation.to)' who may sign in. Choose one from the list.")
        }
        guard delegate.mayDecide else {
            throw refused(
                "The role of \(delegation.to) does not decide approvals (decide_approvals in policy). Choose another.")
        }
        for kind in (delegation.kinds ?? []).sorted() where matrix.kind(kind) == nil {
            throw refused("There is no kind of approval '\(kind)'. Choose from the list.")
        }
        guard delegation.kinds?.isEmpty != true else { throw refused("Choose at least one kind of approval.") }
        guard delegation.starts < delegation.ends, now < delegation.ends else {
            throw refused("The last day is before the first, or is over. Choose a later one.")
        }
        guard delegation.ends.timeIntervalSince(delegation.starts) <= Double(Delegation.dayCountMax) * 86_400 + 3600
        else {
            throw refused("Nobody is away for more than \(Delegation.dayCountMax) days. Choose an earlier last day.")
        }
        try checkLimit(of: delegation, by: holder)
    }

    private func checkLimit(of delegation: Delegation, by holder: Approver) throws(GovernanceError) {
        let bands = matrix.kinds.filter { delegation.kinds?.contains($0.name) ?? true }
            .flatMap { $0.rows.flatMap(\.bands) }.filter { $0.names(holder) }
        guard !bands.isEmpty else {
            throw GovernanceError(
                .delegationRefused,
                "\(delegation.from) has no authority of their own for that, and what was delegated to them is not delegated on."
            )
        }
        guard let limit = delegation.limit else { return }
        guard limit > .zero else {
            throw GovernanceError(.delegationRefused, "The limit should be more than nothing, such as 500.00.")
        }
        guard let own = bands.contains(where: { $0.upTo == nil }) ? nil : bands.compactMap(\.upTo).max() else { return }
        guard limit <= own else {
            throw GovernanceError(
                .delegationRefused,
                "The limit is more than that of \(delegation.from), which is \(own.dollars). Choose a lower one.")
        }
    }
}
