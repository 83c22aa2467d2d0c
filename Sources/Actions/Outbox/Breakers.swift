import Foundation
import Synchronization

/// The breakers of all connectors of this process, by the connector's name.
package final class Breakers: Sendable {
    private let breakers = Mutex<[String: Breaker]>([:])

    package init() {}

    /// How it stands with each connector that was ever called.
    package var states: [String: Breaker.State] { breakers.withLock { $0.mapValues(\.state) } }

    /// How a call through the breaker of a connector begins and ends, or whether it may begin.
    func change<Value: Sendable>(
        _ name: String, _ policy: RetryPolicy, _ body: (inout Breaker) -> Value
    ) -> Value {
        breakers.withLock { body(&$0[name, default: Breaker(policy)]) }
    }

    /// Lets a connector be called at once: a person asked for it.
    package func reset(_ name: String) { breakers.withLock { $0[name] = nil } }
}
