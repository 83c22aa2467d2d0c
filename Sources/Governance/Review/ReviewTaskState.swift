package import Foundation

/// The life of one review task: open, held by one person under a lease, done.
///
/// A pure value: events carry the time, the state that follows is returned. A holder whose lease ran out stays the
/// holder until another person takes the task or the lease is expired, so that nobody's work is lost without need.
package struct ReviewTaskState: Hashable, Sendable {
    /// How a task ended.
    package enum Outcome: String, Codable, Hashable, Sendable {
        case confirmed, rejected
        /// Its document became part of another one.
        case merged
    }

    package enum Phase: Hashable, Sendable {
        case open
        case held(by: String, until: Date)
        case done(Outcome, by: String)
    }

    package enum Event: Hashable, Sendable {
        /// A person takes the task; taking it again is a renewal.
        case take(by: String, at: Date)
        case renew(by: String, at: Date)
        case release(by: String)
        /// The lease's end has passed.
        case expire(at: Date)
        /// The holder sends it to another queue, or a supervisor does while nobody holds it.
        case send(by: String, at: Date)
        /// The holder vouches for the document.
        case confirm(by: String)
        /// The holder says that the document is no use: unreadable, not ours.
        case reject(by: String)
        /// A person who works on the document beside makes this one part of it.
        case merge(by: String, at: Date)
    }

    package private(set) var phase: Phase
    /// Grows by one with each event, so that a change made on an older state is noticed.
    package private(set) var version: Int

    package init(phase: Phase = .open, version: Int = 1) {
        self.phase = phase
        self.version = version
    }

    /// The person who holds the task, if anybody does.
    package var holder: String? {
        guard case .held(let person, _) = phase else { return nil }
        return person
    }

    /// The state after `event`; throws, naming the rule, when the event may not happen now.
    package func applying(_ event: Event, leaseSeconds: TimeInterval) throws(GovernanceError) -> ReviewTaskState {
        ReviewTaskState(phase: try phaseAfter(event, leaseSeconds: leaseSeconds), version: version + 1)
    }

    private func phaseAfter(_ event: Event, leaseSeconds: TimeInterval) throws(GovernanceError) -> Phase {
        switch (phase, event) {
        case (.done, _):
            throw GovernanceError(.taskDone, "The review task is settled. Open another one.")
        case (.open, .take(let person, let now)):
            return .held(by: person, until: now.addingTimeInterval(leaseSeconds))
        case (.open, .renew), (.open, .release), (.open, .expire), (.open, .confirm), (.open, .reject):
            throw GovernanceError(.taskNotHeld, "Nobody holds the review task. Take it first.")
        case (.held(let holder, let until), .take(let person, let now)):
            guard holder == person || until <= now else { throw ReviewTaskState.heldBy(holder) }
            return .held(by: person, until: now.addingTimeInterval(leaseSeconds))
        case (.held(let holder, _), .renew(let person, let now)):
            guard holder == person else { throw ReviewTaskState.heldBy(holder) }
            return .held(by: person, until: now.addingTimeInterval(leaseSeconds))
        case (.held(let holder, _), .release(let person)):
            guard holder == person else { throw ReviewTaskState.heldBy(holder) }
            return .open
        case (.held(_, let until), .expire(let now)):
            guard until <= now else {
                throw GovernanceError(.leaseStillRuns, "The lease on the review task still runs. Wait for its end.")
            }
            return .open
        case (.held(let holder, _), .confirm(let person)):
            guard holder == person else { throw ReviewTaskState.heldBy(holder) }
            return .done(.confirmed, by: person)
        case (.held(let holder, _), .reject(let person)):
            guard holder == person else { throw ReviewTaskState.heldBy(holder) }
            return .done(.rejected, by: person)
        case (.open, .send): return .open
        case (.held(let holder, let until), .send(let person, let now)):
            guard holder == person || until <= now else { throw ReviewTaskState.heldBy(holder) }
            return .open
        case (.open, .merge(let person, _)):
            return .done(.merged, by: person)
        case (.held(let holder, let until), .merge(let person, let now)):
            guard holder == person || until <= now else { throw ReviewTaskState.heldBy(holder) }
            return .done(.merged, by: person)
        }
    }

    private static func heldBy(_ holder: String) -> GovernanceError {
        GovernanceError(.taskHeldByAnother, "\(holder) holds the review task. Take another, or wait for its release.")
    }
}
