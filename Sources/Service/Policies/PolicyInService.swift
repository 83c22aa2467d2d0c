package import Governance
import Synchronization

/// The policy that decides now; a confirmation puts another in its place while the service runs.
///
/// Who decides holds one policy from the start of a decision to its end (`ServiceContext.holdingPolicy`).
package final class PolicyInService: Sendable {
    private let state: Mutex<(policy: Policy, number: Int)>

    /// - Parameter number: the policy's place among all that were ever proposed.
    package init(_ policy: Policy, number: Int = 0) { state = Mutex((policy, number)) }

    package var current: Policy { state.withLock(\.policy) }

    /// Puts a policy that the store has in service into the place of the former one; one that came before it is ignored.
    func take(_ policy: Policy, number: Int) {
        state.withLock { state in
            if number > state.number { state = (policy, number) }
        }
    }
}
