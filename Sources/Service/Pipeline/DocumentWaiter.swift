package import Foundation
package import Records

/// Waits until a file has come to its end in the pipeline.
package struct DocumentWaiter: Sendable {
    /// How often the store is asked when the bell does not ring: the work may be done by another process.
    private static let pollSeconds = 0.25

    private let store: Store
    private let bell: WorkBell
    private let clock: @Sendable () -> Date

    package init(store: Store, bell: WorkBell, clock: @escaping @Sendable () -> Date) {
        self.store = store
        self.bell = bell
        self.clock = clock
    }

    /// The file once it is understood or quarantined, or as it is at `deadline`; nil when the store does not have it.
    package func wait(sha256: String, until deadline: Date) async throws -> CustodyFile? {
        while true {
            let rings = bell.rings
            guard let file = try await store.read({ try $0.file(sha256) }) else { return nil }
            let left = deadline.timeIntervalSince(clock())
            if file.status == .understood || file.status == .quarantined || left <= 0 { return file }
            try Task.checkCancellation()
            await bell.wait(since: rings, seconds: min(left, DocumentWaiter.pollSeconds))
        }
    }
}
