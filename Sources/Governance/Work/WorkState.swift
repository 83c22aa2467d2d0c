/// The life of one piece of work: a value with rules, no clock and no store.
package struct WorkState: Hashable, Sendable {
    package enum Phase: Hashable, Sendable {
        case open
        case taken(by: String)
        /// Sent, and the payer's answer is waited for.
        case awaiting(by: String)
        case closed(WorkOutcome)
        /// Its document was recalled, or is none any more.
        case withdrawn
    }

    package enum Event: Hashable, Sendable {
        case take(by: String)
        /// Nobody has it in hand any more.
        case release
        case send(by: String)
        case close(WorkOutcome, by: String)
        case withdraw
    }

    package let kind: WorkKind
    package var phase: Phase

    package init(kind: WorkKind, phase: Phase = .open) {
        self.kind = kind
        self.phase = phase
    }

    /// The state after the event; throws the rule that it breaks.
    package func applying(_ event: Event) throws(GovernanceError) -> WorkState {
        switch (phase, event) {
        case (.closed, _), (.withdrawn, _): throw refused("It is done with, and nothing of it changes any more.")
        case (_, .withdraw): return with(.withdrawn)
        case (.open, .take(let person)): return with(.taken(by: person))
        case (.taken(let holder), .take(let person)) where holder == person: return self
        case (.taken(let holder), .take):
            throw refused("\(holder.split(separator: ":").last ?? "") has it in hand. Ask them to give it back.")
        case (.taken, .release): return with(.open)
        case (.taken(let holder), .send(let person)) where holder == person && kind.awaitsAnswer:
            return with(.awaiting(by: person))
        case (_, .send) where !kind.awaitsAnswer:
            throw refused("No answer is waited for here. Say how it ended instead.")
        case (.taken(let holder), .close(_, let person)) where holder != person:
            throw refused("Somebody else has it in hand. Take it first.")
        case (.taken, .close(let outcome, _)), (.awaiting, .close(let outcome, _)):
            guard kind.outcomes.contains(outcome) else {
                let known = kind.outcomes.map(\.rawValue).joined(separator: ", ")
                throw refused("It cannot end as '\(outcome.rawValue)'. It ends as one of \(known).")
            }
            return with(.closed(outcome))
        case (.open, _): throw refused("Nobody has it in hand. Take it first.")
        case (.taken, .send): throw refused("Somebody else has it in hand. Take it first.")
        case (.awaiting, _): throw refused("It was sent, and the payer's answer is waited for.")
        }
    }

    private func with(_ phase: Phase) -> WorkState { WorkState(kind: kind, phase: phase) }

    private func refused(_ sentence: String) -> GovernanceError { GovernanceError(.workRefused, sentence) }
}
