import Synchronization

/// The policy or the approval matrix that decides now; a confirmation puts another in its place while the service runs.
///
/// Who decides holds one from the start of a decision to its end (`ServiceContext.holdingPolicy`).
package final class InService<Value: Sendable>: Sendable {
    private let state: Mutex<(value: Value, number: Int)>

    /// - Parameter number: its place among all that were ever proposed.
    package init(_ value: Value, number: Int = 0) { state = Mutex((value, number)) }

    package var current: Value { state.withLock(\.value) }

    /// Puts what the store has in service into the place of the former one; one that came before it is ignored.
    func take(_ value: Value, number: Int) {
        state.withLock { state in
            if number > state.number { state = (value, number) }
        }
    }
}
