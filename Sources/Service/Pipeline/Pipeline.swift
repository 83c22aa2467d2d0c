import Foundation
import Records
import ServiceLifecycle

/// The workers that carry files through the durable steps; runs until the service stops.
package struct Pipeline: ServiceLifecycle.Service {
    private let context: ServiceContext
    private let workerCount: Int

    package init(context: ServiceContext, workerCount: Int) {
        self.context = context
        self.workerCount = workerCount
    }

    /// Works until shutdown begins; what a worker has in hand then is finished, or cancelled when the service's patience
    /// ends and claimed again after the next start.
    package func run() async throws {
        let process = "\(ProcessInfo.processInfo.hostName)/\(ProcessInfo.processInfo.processIdentifier)"
        await withTaskGroup(of: Void.self) { group in
            for number in 1...max(1, workerCount) {
                let worker = Worker(context: context, name: "\(process)/\(number)")
                group.addTask { await worker.run() }
            }
        }
    }
}
