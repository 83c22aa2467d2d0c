package import Logging
package import Records
import Synchronization

/// Sends what the store's outbox holds: at least once, each message with the same key and bytes at every attempt, and
/// what one connector tells of one subject in order.
///
/// A delivery is claimed under a lease, sent, and settled in one transaction with its audit entry. Whoever dies
/// between sending and settling leaves the delivery to the next one when the lease runs out; the receiver knows the
/// repetition by its key. Each connector has workers of its own and a breaker, so that one that hangs or fails keeps
/// nobody else waiting. Any number of outboxes may work on one store.
package final class Outbox: Sendable {
    /// How many deliveries of one connector are under way at once.
    private static let workerCount = 4
    /// How long new and postponed deliveries can stay unnoticed when nobody wakes the outbox.
    private static let pollSeconds = 1.0
    /// What a lease has beyond the longest call, for looking names up and settling.
    private static let leaseMarginSeconds = 60.0

    private let store: Store
    private let connectors: [String: any Connector]
    private let breakers: Breakers
    private let owner: String
    private let clock: OutboxClock
    private let logger: Logger
    private let bell = Bell()
    /// A bell for each worker, by its connector.
    private let workerBells: [String: [Bell]]
    private let isStopped = Atomic(false)

    /// Wakes who waits for it once, however often it rang meanwhile.
    private struct Bell: Sendable {
        let rings: AsyncStream<Void>
        private let ringer: AsyncStream<Void>.Continuation

        init() { (rings, ringer) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

        func ring() { ringer.yield() }
        func finish() { ringer.finish() }
    }

    /// An outbox that sends through `connectors`, by name; `owner` names this process in leases.
    package init(
        store: Store, connectors: [String: any Connector], breakers: Breakers = Breakers(), owner: String,
        clock: OutboxClock = .system, logger: Logger
    ) {
        self.store = store
        self.connectors = connectors
        self.breakers = breakers
        self.owner = owner
        self.clock = clock
        self.logger = logger
        workerBells = connectors.mapValues { _ in (0..<Outbox.workerCount).map { _ in Bell() } }
    }

    /// Sends until `stop` is called or the task is cancelled.
    ///
    /// After `stop` what is under way is sent and settled first; after a cancellation it comes back when its lease
    /// runs out. An outbox runs once.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            for (name, bells) in workerBells {
                for bell in bells { group.addTask { await self.work(name, bell) } }
            }
            group.addTask { await self.watch() }
            group.addTask { await self.poll() }
            for _ in 0...workerBells.values.joined().count { await group.next() }
            group.cancelAll()
        }
    }

    /// Says that there may be something to send.
    package func wake() { bell.ring() }

    /// Ends `run` when what is under way is settled.
    package func stop() {
        isStopped.store(true, ordering: .releasing)
        bell.finish()
        for bell in workerBells.values.joined() { bell.finish() }
    }

    /// Sends one delivery that is due and settles it; false when none is due that may be sent now.
    package func deliverNext() async throws -> Bool {
        let now = clock.now()
        for name in try await store.read({ try $0.dueActions(at: now) }) where try await deliverNext(through: name) {
            return true
        }
        return false
    }

    /// The same for one connector.
    private func deliverNext(through name: String) async throws -> Bool {
        guard let connector = connectors[name] else { return try await giveUpNext(of: name) }
        let leaseSeconds = connector.timeoutSeconds + Outbox.leaseMarginSeconds
        let begun = clock.now()
        guard breakers.change(name, connector.retry, { $0.mayBegin(at: begun, patience: leaseSeconds) }) else {
            return false
        }
        do {
            guard let (delivery, correlationID) = try await claim(of: name, leaseSeconds: leaseSeconds) else {
                breakers.change(name, connector.retry) { $0.notBegun(at: begun) }
                return false
            }
            let message = OutgoingMessage(
                idempotencyKey: delivery.idempotencyKey, payload: delivery.payload, attempt: delivery.attempts,
                sentAt: clock.now(), correlationID: correlationID)
            let outcome = await connector.send(message)
            let ended = clock.now()
            breakers.change(name, connector.retry) { $0.ended(outcome, at: ended) }
            try await settle(
                delivery,
                Settlement(
                    outcome, attempt: delivery.attempts, retry: connector.retry, now: ended, chance: clock.chance()))
            return true
        } catch {
            breakers.change(name, connector.retry) { $0.notBegun(at: begun) }
            throw error
        }
    }

    /// Gives up a delivery that no connector is there for.
    private func giveUpNext(of name: String) async throws -> Bool {
        guard let (delivery, _) = try await claim(of: name, leaseSeconds: Outbox.leaseMarginSeconds) else {
            return false
        }
        try await settle(
            delivery, .parked(status: nil, problem: "Config/actions.yaml has no active connector '\(name)'."))
        return true
    }

    private func claim(
        of name: String, leaseSeconds: Double
    ) async throws -> (delivery: Delivery, correlationID: String)? {
        let (owner, now) = (owner, clock.now())
        return try await store.write { transaction in
            try transaction.claimDelivery(of: name, owner: owner, now: now, leaseSeconds: leaseSeconds).map {
                ($0, try transaction.event($0.eventID)?.correlationID ?? "")
            }
        }
    }

    private func work(_ name: String, _ bell: Bell) async {
        for await _ in bell.rings {
            do {
                while !isStopped.load(ordering: .acquiring), try await deliverNext(through: name) {}
            } catch {
                logger.error("The outbox could not use the store", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Wakes the workers of those connectors that have something due, and gives up what no connector is there for.
    private func watch() async {
        for await _ in bell.rings where !isStopped.load(ordering: .acquiring) {
            do {
                let now = clock.now()
                for name in try await store.read({ try $0.dueActions(at: now) }) {
                    if let bells = workerBells[name] {
                        for bell in bells { bell.ring() }
                    } else {
                        while !isStopped.load(ordering: .acquiring), try await deliverNext(through: name) {}
                    }
                }
            } catch {
                logger.error("The outbox could not use the store", metadata: ["error": "\(error)"])
            }
        }
    }

    private func poll() async {
        repeat { wake() } while (try? await clock.sleep(Outbox.pollSeconds)) != nil
    }

    private func settle(_ delivery: Delivery, _ settlement: Settlement) async throws {
        let now = clock.now()
        do {
            let kept = try await store.write { try $0.settle(delivery, settlement, at: now) }
            log(delivery, kept)
            // Others may have waited for this one.
            wake()
        } catch let error as RecordsError where error.code == .leaseLost {
            logger.warning(
                "The delivery was taken over while it was sent", metadata: ["delivery.id": "\(delivery.id)"])
        }
    }

    private func log(_ delivery: Delivery, _ settlement: Settlement) {
        var metadata: Logger.Metadata = [
            "delivery.id": "\(delivery.id)", "connector": "\(delivery.action)", "attempt": "\(delivery.attempts)",
        ]
        for (key, value) in settlement.auditDetail { metadata[key] = "\(value)" }
        switch settlement {
        case .delivered: logger.info("Action delivered", metadata: metadata)
        case .retried: logger.warning("Action failed and will be tried again", metadata: metadata)
        case .parked: logger.error("Action parked: a person has to look at it", metadata: metadata)
        case .dismissed: logger.notice("Action dismissed: it was taken back", metadata: metadata)
        }
    }
}
