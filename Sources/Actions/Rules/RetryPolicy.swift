import Foundation

/// How often and after what waits a failed delivery is tried again.
package struct RetryPolicy: Hashable, Sendable {
    /// All attempts, the first included.
    package var attemptsMax: Int
    package var firstDelaySeconds: Double
    /// By what each wait is longer than the one before.
    package var factor: Double
    package var delaySecondsMax: Double
    /// The part of a wait by which chance makes it shorter or longer, 0…1.
    package var jitter: Double
    /// After so many failures one upon another the connector is left alone for a while.
    package var failuresMax: Int
    /// How long it is left alone at first; each time its one trial call fails, twice as long.
    package var firstPauseSeconds: Double
    package var pauseSecondsMax: Double

    package init(
        attemptsMax: Int = 10, firstDelaySeconds: Double = 5, factor: Double = 3, delaySecondsMax: Double = 3600,
        jitter: Double = 0.2, failuresMax: Int = 5, firstPauseSeconds: Double = 10, pauseSecondsMax: Double = 300
    ) {
        self.attemptsMax = attemptsMax
        self.firstDelaySeconds = firstDelaySeconds
        self.factor = factor
        self.delaySecondsMax = delaySecondsMax
        self.jitter = jitter
        self.failuresMax = failuresMax
        self.firstPauseSeconds = firstPauseSeconds
        self.pauseSecondsMax = pauseSecondsMax
    }

    /// Seconds to wait after the attempt numbered `attempt` (from 1) failed, or nil when it was the last.
    ///
    /// `chance` is a random number in 0..<1.
    package func delaySeconds(afterAttempt attempt: Int, chance: Double) -> Double? {
        guard attempt < attemptsMax else { return nil }
        let delay = min(delaySecondsMax, firstDelaySeconds * pow(factor, Double(max(0, attempt - 1))))
        return delay * (1 + jitter * (2 * chance - 1))
    }
}
