package import Foundation

/// Time and chance as the outbox knows them, so that a test can fix them.
package struct OutboxClock: Sendable {
    package var now: @Sendable () -> Date
    /// Waits for some seconds; throws when the task is cancelled.
    package var sleep: @Sendable (Double) async throws -> Void
    /// A random number in 0..<1.
    package var chance: @Sendable () -> Double

    package init(
        now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Double) async throws -> Void,
        chance: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.chance = chance
    }

    package static let system = OutboxClock(
        now: { Date() }, sleep: { try await Task.sleep(for: .seconds($0)) }, chance: { Double.random(in: 0..<1) })
}
