/// Which text of one kind, policy or approval matrix, is in service, and what becomes of those that are proposed in its
/// place.
///
/// A pure value: each event changes it or is refused with the rule. But for the first one, a text comes into service only
/// when one person stands for it and another confirms it. A file or a machine may propose; then two people are needed
/// besides.
package struct Succession: Hashable, Sendable {
    package enum State: String, Codable, Hashable, Sendable, CaseIterable {
        case proposed
        case inService = "in_service"
        /// It was in service until another took its place.
        case former
        case refused
        /// Another came into service before it was confirmed.
        case outdated
    }

    /// One text that was proposed.
    package struct Entry: Hashable, Sendable {
        package let number: Int
        package let hash: String
        /// The hash of the one in service when it was proposed; nil for the first.
        package let base: String?
        /// The person who stands for it; nil while only a file or a machine does.
        package fileprivate(set) var vouchedBy: String?
        /// The other person, who put it into service.
        package fileprivate(set) var confirmedBy: String?
        package fileprivate(set) var state: State

        package init(
            number: Int, hash: String, base: String?, vouchedBy: String?, confirmedBy: String? = nil, state: State
        ) {
            self.number = number
            self.hash = hash
            self.base = base
            self.vouchedBy = vouchedBy
            self.confirmedBy = confirmedBy
            self.state = state
        }
    }

    /// Who proposes, confirms or refuses.
    package struct Voice: Hashable, Sendable {
        package let actor: String
        /// Whether it is a person at a browser, not a machine or a file.
        package let isPerson: Bool

        package init(actor: String, isPerson: Bool) {
            self.actor = actor
            self.isPerson = isPerson
        }
    }

    /// What a confirmation came to.
    package enum Confirmation: Hashable, Sendable {
        /// A person stands for what a file or a machine proposed; another must confirm it.
        case vouched
        case inService
    }

    /// What sentences call a text of this kind: `policy`, `approval matrix`.
    private let noun: String
    /// Those that matter for what may happen next, and perhaps others.
    package private(set) var entries: [Entry]

    package init(of noun: String, _ entries: [Entry] = []) {
        self.noun = noun
        self.entries = entries
    }

    package var inService: Entry? { entries.first { $0.state == .inService } }

    /// Proposes the text with this hash in the place of that in service.
    ///
    /// The very first is in service at once: nothing is there that it could be compared with.
    @discardableResult
    package mutating func propose(
        _ hash: String, number: Int, by voice: Voice
    ) throws(GovernanceError) -> Entry {
        if inService?.hash == hash {
            throw GovernanceError(
                .activationRefused, "This \(noun) is in service already. Change it before proposing it.")
        }
        if let open = entries.first(where: { $0.state == .proposed && $0.hash == hash }) {
            let name = open.vouchedBy.map { " and \($0.replacing("user:", with: "")) stands for it" } ?? ""
            throw GovernanceError(
                .activationRefused, "This \(noun) is proposed already\(name). Have it confirmed or refused.")
        }
        let entry = Entry(
            number: number, hash: hash, base: inService?.hash, vouchedBy: voice.isPerson ? voice.actor : nil,
            state: inService == nil ? .inService : .proposed)
        entries.append(entry)
        return entry
    }

    /// Puts the proposed text into service, or has a person stand for it where none does yet.
    package mutating func confirm(_ hash: String, by voice: Voice) throws(GovernanceError) -> Confirmation {
        let index = try open(hash)
        try needPerson(voice, to: "confirms")
        guard let vouchedBy = entries[index].vouchedBy else {
            entries[index].vouchedBy = voice.actor
            return .vouched
        }
        guard vouchedBy != voice.actor else {
            throw GovernanceError(
                .personNeeded,
                "You stand for this \(noun) yourself: a second person with confirm_policy must confirm it. Is there none, add one under People."
            )
        }
        guard entries[index].base == inService?.hash else {
            entries[index].state = .outdated
            throw outdated
        }
        for other in entries.indices where other != index {
            switch entries[other].state {
            case .inService: entries[other].state = .former
            case .proposed: entries[other].state = .outdated
            case .former, .refused, .outdated: break
            }
        }
        entries[index].state = .inService
        entries[index].confirmedBy = voice.actor
        return .inService
    }

    /// Takes the proposed text off the table; whoever stands for it may do so too.
    package mutating func refuse(_ hash: String, by voice: Voice) throws(GovernanceError) {
        let index = try open(hash)
        try needPerson(voice, to: "refuses")
        entries[index].state = .refused
    }

    private func open(_ hash: String) throws(GovernanceError) -> Int {
        if let index = entries.firstIndex(where: { $0.hash == hash && $0.state == .proposed }) { return index }
        switch entries.last(where: { $0.hash == hash })?.state {
        case .outdated: throw outdated
        case .inService: throw GovernanceError(.activationRefused, "This \(noun) is in service already.")
        default:
            throw GovernanceError(
                .activationRefused,
                "This \(noun) is not proposed, or no longer. Propose it, then another person confirms it.")
        }
    }

    private func needPerson(_ voice: Voice, to verb: String) throws(GovernanceError) {
        guard !voice.isPerson else { return }
        throw GovernanceError(
            .personNeeded,
            "A machine may propose; a person \(verb) it, on the page \(noun.capitalizedFirst) of the workbench.")
    }

    private var outdated: GovernanceError {
        GovernanceError(
            .activationRefused,
            "Another \(noun) came into service since this one was proposed: propose it again, so that it is compared with that one."
        )
    }
}
