import Dispatch

/// Runs file calls that block on threads of their own, not on the few that all tasks share.
package enum BlockingWork {
    private static let queue = DispatchQueue(label: "mailroom.records.files", attributes: .concurrent)

    package static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
