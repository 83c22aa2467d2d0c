package import Foundation

/// Whether a connector is to be called at all: after several failures one upon another it is left alone for a while, then
/// tried with one call, and left alone for longer when that fails too.
///
/// The circuit breaker of M. Nygard, "Release It!". A value without a clock: whoever asks says what time it is.
package struct Breaker: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        /// Called as usual; so many calls failed since the last that went well.
        case closed(failures: Int)
        /// Left alone until then.
        case open(until: Date)
        /// One call is on its way, whose end decides; should nobody tell its end, another is made from `until` on.
        case probing(until: Date)

        package var isOpen: Bool { if case .closed = self { false } else { true } }
    }

    package private(set) var state = State.closed(failures: 0)
    private let policy: RetryPolicy
    private var pauseSeconds: Double

    package init(_ policy: RetryPolicy = RetryPolicy()) {
        self.policy = policy
        pauseSeconds = policy.firstPauseSeconds
    }

    /// Whether a call may begin now; a call that may is followed by `succeeded`, `failed` or `notBegun`.
    ///
    /// - Parameter patience: how many seconds a call may take at most.
    package mutating func mayBegin(at now: Date, patience: Double) -> Bool {
        switch state {
        case .closed:
            return true
        case .open(let until), .probing(let until):
            guard now >= until else { return false }
            state = .probing(until: now.addingTimeInterval(patience))
            return true
        }
    }

    /// There was nothing to call for.
    package mutating func notBegun(at now: Date) {
        if case .probing = state { state = .open(until: now) }
    }

    /// The receiver answered in a way that says that it works.
    package mutating func succeeded() { self = Breaker(policy) }

    /// Tells how a call ended: a refusal is an answer, too.
    mutating func ended(_ outcome: SendOutcome, at now: Date) {
        switch outcome {
        case .delivered, .refused: succeeded()
        case .failed, .busy: failed(at: now)
        }
    }

    package mutating func failed(at now: Date) {
        switch state {
        case .closed(let failures) where failures + 1 < policy.failuresMax:
            state = .closed(failures: failures + 1)
        case .closed:
            state = .open(until: now.addingTimeInterval(pauseSeconds))
        case .probing:
            pauseSeconds = min(policy.pauseSecondsMax, pauseSeconds * 2)
            state = .open(until: now.addingTimeInterval(pauseSeconds))
        case .open:
            // A call that began before it opened.
            break
        }
    }
}
