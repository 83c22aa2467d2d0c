import Foundation
import Synchronization

/// Wakes those who wait for work or for its result in this process.
///
/// It is only a hint that saves time: the store alone says what there is, and who waits looks there again anyway.
package final class WorkBell: Sendable {
    private struct State {
        var rings = 0
        var nextWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// How often it has rung; given to `wait`, so that a ring between looking and waiting is not missed.
    package var rings: Int { state.withLock(\.rings) }

    package func ring() {
        let waiters = state.withLock { state in
            state.rings += 1
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.resume() }
    }

    /// Returns when it has rung since it had rung `rings` times, when `seconds` are over, or when the task is cancelled.
    package func wait(since rings: Int, seconds: Double) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.nextRing(after: rings) }
            group.addTask { try? await Task.sleep(for: .seconds(seconds)) }
            await group.next()
            group.cancelAll()
        }
    }

    private func nextRing(after rings: Int) async {
        let waiter = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isLate = state.withLock { state in
                    guard state.rings == rings, !Task.isCancelled else { return true }
                    state.waiters[waiter] = continuation
                    return false
                }
                if isLate { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: waiter) }?.resume()
        }
    }
}
