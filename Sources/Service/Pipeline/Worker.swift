import Foundation
import Logging
import Records
import ServiceLifecycle

/// Claims one step after another and sees each to its end: done, tried again later, or parked.
struct Worker: Sendable {
    /// How often an idle worker asks the store when the bell does not ring: other processes put work there too.
    private static let pollSeconds = 0.5
    /// The longest pause before a failed step is tried again.
    private static let retrySecondsMax = 300.0
    /// A step that was begun this many times the allowed failures, and never came to an end, takes the process down.
    private static let deadlyFactor = 4

    let context: ServiceContext
    /// Tells this worker's leases from all others.
    let name: String

    private var settings: PipelineSettings { context.settings.pipeline }

    func run() async {
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            let rings = context.bell.rings
            do {
                if let step = try await claim() {
                    await work(step)
                } else {
                    await context.bell.wait(since: rings, seconds: Worker.pollSeconds)
                }
            } catch {
                context.logger.error("The store gave no work.", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(settings.retrySeconds))
            }
        }
    }

    private func claim() async throws -> Step? {
        let now = context.clock()
        return try await context.store.write { [settings, name] transaction in
            try transaction.claim(
                kinds: StepWork.kinds, owner: name, now: now, leaseSeconds: settings.leaseSeconds)
        }
    }

    private func work(_ step: Step) async {
        do {
            guard step.attempts <= settings.attemptsMax * Worker.deadlyFactor else {
                let reason = "It was begun \(step.attempts - 1) times and never came to an end."
                try await park(step, reason: reason)
                return
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask(executorPreference: QuietThreads.shared) {
                    try await StepWork(context: context.holdingPolicy(), step: step).perform()
                }
                group.addTask { try await keepLease(of: step) }
                try await group.next()
                group.cancelAll()
            }
            context.bell.ring()
        } catch {
            await handle(error, of: step)
        }
    }

    /// Renews the lease for as long as the work goes on; throws `leaseLost` when somebody else has it.
    private func keepLease(of step: Step) async throws {
        while true {
            try await Task.sleep(for: .seconds(settings.leaseSeconds / 3))
            let now = context.clock()
            try await context.store.write { [settings] in
                _ = try $0.renew(step, now: now, leaseSeconds: settings.leaseSeconds)
            }
        }
    }

    /// Gives the step back for later, or parks it when it failed too often.
    ///
    /// When the store refuses even that, the lease runs out by itself.
    private func handle(_ error: any Error, of step: Step) async {
        var metadata: Logger.Metadata = [
            "step.id": "\(step.id)", "step.kind": "\(step.kind.rawValue)", "correlation.id": "\(step.correlationID)",
        ]
        if error is CancellationError || Task.isCancelled {
            context.logger.notice("A step was interrupted and will be done again.", metadata: metadata)
            return
        }
        metadata["error"] = "\(error)"
        if let error = error as? RecordsError, error.code == .leaseLost {
            context.logger.warning("A step's lease was lost; another worker does it.", metadata: metadata)
            return
        }
        do {
            if step.attempts >= settings.attemptsMax {
                try await park(step, reason: "\(error)")
                return
            }
            context.logger.error("A step failed and will be tried again.", metadata: metadata)
            let doubled = settings.retrySeconds * pow(2, Double(step.attempts - 1))
            let pause = min(Worker.retrySecondsMax, doubled) * Double.random(in: 0.8...1.2)
            let next = context.clock().addingTimeInterval(pause)
            try await context.store.write { try $0.retry(step, availableAt: next, error: "\(error)") }
        } catch {
            context.logger.error("A failed step could not be given back.", metadata: metadata)
        }
    }

    private func park(_ step: Step, reason: String) async throws {
        context.logger.critical(
            "A step is parked: a person has to look.",
            metadata: [
                "step.id": "\(step.id)", "step.kind": "\(step.kind.rawValue)",
                "correlation.id": "\(step.correlationID)", "error": "\(reason)",
            ])
        let now = context.clock()
        try await context.store.write { transaction in
            try transaction.park(step, error: reason)
            if step.kind == .readTurned {
                try transaction.giveUpTurn(
                    ofDocument: step.subject, because: reason, correlationID: step.correlationID, at: now)
            }
            try transaction.audit(
                actor: "pipeline", action: "step.parked", subject: step.subject,
                detail: ["step": step.id, "kind": step.kind.rawValue, "reason": reason],
                correlationID: step.correlationID, at: now)
        }
    }
}
