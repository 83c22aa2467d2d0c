package import Foundation

/// The life of a question that a reviewer asks a colleague about a review task.
///
/// A pure value: events carry the time, the state that follows is returned. While it is open the task is kept for one of
/// the two, and never beyond `keptUntil`: no task waits for ever for somebody who does not come.
package struct QuestionState: Hashable, Sendable {
    package enum Ending: String, Codable, Hashable, Sendable, CaseIterable {
        /// Whoever asked has the task in hand again, with the answer.
        case returned
        /// Whoever asked wants no answer any more.
        case withdrawn
        /// Another took the task: the time was over, or the person it was kept for is gone.
        case lapsed
        /// The task was settled.
        case settled
        /// The task went to another queue.
        case moved
    }

    package enum Phase: Hashable, Sendable {
        /// The task is kept for the colleague.
        case asked
        /// The task is kept for whoever asked.
        case answered
        case ended(Ending)
    }

    package enum Event: Hashable, Sendable {
        case answer(by: String, keptUntil: Date)
        case withdraw(by: String)
        /// Somebody takes the task; `isKeeperGone` says that the person it is kept for cannot come any more.
        case take(by: String, at: Date, isKeeperGone: Bool)
        case settle
        case move
    }

    package let askedBy: String
    package let askedOf: String
    package private(set) var phase: Phase
    /// Until when the task is kept for one person at most.
    package private(set) var keptUntil: Date

    package init(askedBy: String, askedOf: String, phase: Phase = .asked, keptUntil: Date) {
        self.askedBy = askedBy
        self.askedOf = askedOf
        self.phase = phase
        self.keptUntil = keptUntil
    }

    /// The person for whom the task is kept, however late it is; nil when the question has ended.
    package var keptFor: String? {
        switch phase {
        case .asked: askedOf
        case .answered: askedBy
        case .ended: nil
        }
    }

    /// The person for whom the task is kept at `now`; nil when anybody may take it.
    package func keeper(at now: Date) -> String? { now < keptUntil ? keptFor : nil }

    /// The state after `event`; throws, naming the rule, when the event may not happen now.
    package func applying(_ event: Event) throws(GovernanceError) -> QuestionState {
        var next = self
        switch (phase, event) {
        case (.ended, .answer), (.ended, .withdraw):
            throw GovernanceError(.questionOver, "The question is over. Look at the task as it is now.")
        case (.ended, _): break
        case (.asked, .answer(let person, let keptUntil)):
            guard person == askedOf else {
                throw GovernanceError(.questionOfAnother, "\(askedOf) was asked. Leave the answer to them.")
            }
            next.phase = .answered
            next.keptUntil = keptUntil
        case (.answered, .answer):
            throw GovernanceError(.questionOver, "The question is answered already.")
        case (_, .withdraw(let person)):
            guard person == askedBy else {
                throw GovernanceError(
                    .questionOfAnother, "\(askedBy) asked. Leave it to them to withdraw the question.")
            }
            next.phase = .ended(.withdrawn)
        case (_, .take(let person, let now, let isKeeperGone)):
            if person == keptFor {
                if phase == .answered { next.phase = .ended(.returned) }
            } else {
                guard isKeeperGone || keeper(at: now) == nil else {
                    throw GovernanceError(
                        .taskHeldByAnother, "The review task is kept for \(keptFor ?? ""). Take another one.")
                }
                next.phase = .ended(.lapsed)
            }
        case (_, .settle): next.phase = .ended(.settled)
        case (_, .move): next.phase = .ended(.moved)
        }
        return next
    }
}
