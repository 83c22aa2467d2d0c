package import Logging
package import Records
import Synchronization

/// Sends what the store's outbox holds: at least once, each message with the same key and bytes at every attempt.
///
/// A delivery is claimed under a lease, sent, and settled in one transaction with its audit entry. Whoever dies
/// between sending and settling leaves the delivery to the next one when the lease runs out; the receiver knows the
/// repetition by its key. Any number of outboxes may work on one store.
package final class Outbox: Sendable {
    /// How many deliveries are under way at once.
    private static let workerCount = 4
    /// How long new and postponed deliveries can stay unnoticed when nobody wakes the outbox.
    private static let pollSeconds = 1.0
    /// What a lease has beyond the longest call, for looking names up and settling.
    private static let leaseMarginSeconds = 60.0

    private let store: Store
    private let connectors: [String: any Connector]
    private let owner: String
    private let clock: OutboxClock
    private let logger: Logger
    private let leaseSeconds: Double
    private let bells: [(stream: AsyncStream<Void>, ring: AsyncStream<Void>.Continuation)]
    private let isStopped = Atomic(false)

    /// An outbox that sends through `connectors`, by name; `owner` names this process in leases.
    package init(
        store: Store, connectors: [String: any Connector], owner: String, clock: OutboxClock = .system, logger: Logger
    ) {
        self.store = store
        self.connectors = connectors
        self.owner = owner
        self.clock = clock
        self.logger = logger
        leaseSeconds = (connectors.values.map(\.timeoutSeconds).max() ?? 0) + Outbox.leaseMarginSeconds
        bells = (0..<Outbox.workerCount).map { _ in
            let bell = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            return (bell.stream, bell.continuation)
        }
    }

    /// Sends until `stop` is called or the task is cancelled.
    ///
    /// After `stop` what is under way is sent and settled first; after a cancellation it comes back when its lease
    /// runs out. An outbox runs once.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            for bell in bells {
                group.addTask { await self.work(bell.stream) }
            }
            group.addTask { await self.poll() }
            for _ in bells { await group.next() }
            group.cancelAll()
        }
    }

    /// Says that there may be something to send.
    package func wake() {
        for bell in bells { bell.ring.yield() }
    }

    /// Ends `run` when what is under way is settled.
    package func stop() {
        isStopped.store(true, ordering: .releasing)
        for bell in bells { bell.ring.finish() }
    }

    /// Sends a delivered or parked delivery again on behalf of `actor`, with the same key and bytes.
    ///
    /// Throws `notFound` when there is none of that id, `wrongState` when it is under way or its document is held or was
    /// recalled since.
    package func replay(_ deliveryID: String, by actor: String) async throws {
        let now = clock.now()
        try await store.write { transaction in
            guard let delivery = try transaction.delivery(deliveryID),
                let event = try transaction.event(delivery.eventID)
            else { throw RecordsError(.notFound, "There is no delivery \(deliveryID).") }
            if let hold = try transaction.hold(of: event.subject), event.time < hold.heldAt {
                throw RecordsError(
                    .wrongState,
                    "The document is held by the recall \(hold.recallID): release it before the delivery \(deliveryID) is sent again."
                )
            }
            guard try !transaction.isFollowed(event, by: EventType.documentRecalled.rawValue) else {
                throw RecordsError(
                    .wrongState,
                    """
                    The document was recalled after what the delivery \(deliveryID) tells: it is not sent again. Once a \
                    reviewer accepts the document anew, that is told by a delivery of its own.
                    """)
            }
            try transaction.replay(deliveryID, at: now)
            try transaction.audit(
                actor: actor, action: "action.replayed", subject: event.subject,
                detail: ["delivery": deliveryID, "connector": delivery.action], correlationID: event.correlationID,
                at: now)
        }
        wake()
    }

    /// Sends one delivery that is due and settles it; false when none is due.
    package func deliverNext() async throws -> Bool {
        let (owner, now, leaseSeconds) = (owner, clock.now(), leaseSeconds)
        let claimed = try await store.write { transaction in
            try transaction.claimDelivery(owner: owner, now: now, leaseSeconds: leaseSeconds).map { delivery in
                (delivery: delivery, correlationID: try transaction.event(delivery.eventID)?.correlationID ?? "")
            }
        }
        guard let claimed else { return false }
        try await settle(claimed.delivery, await send(claimed.delivery, correlationID: claimed.correlationID))
        return true
    }

    private func work(_ bell: AsyncStream<Void>) async {
        for await _ in bell {
            do {
                while !isStopped.load(ordering: .acquiring), try await deliverNext() {}
            } catch {
                logger.error("The outbox could not use the store", metadata: ["error": "\(error)"])
            }
        }
    }

    private func poll() async {
        repeat { wake() } while (try? await clock.sleep(Outbox.pollSeconds)) != nil
    }

    private func send(_ delivery: Delivery, correlationID: String) async -> Settlement {
        guard let connector = connectors[delivery.action] else {
            return .parked(status: nil, problem: "Config/actions.yaml has no active connector '\(delivery.action)'.")
        }
        let message = OutgoingMessage(
            idempotencyKey: delivery.idempotencyKey, payload: delivery.payload, attempt: delivery.attempts,
            sentAt: clock.now(), correlationID: correlationID)
        let outcome = await connector.send(message)
        return Settlement(
            outcome, attempt: delivery.attempts, retry: connector.retry, now: clock.now(), chance: clock.chance())
    }

    private func settle(_ delivery: Delivery, _ settlement: Settlement) async throws {
        let now = clock.now()
        do {
            try await store.write { transaction in
                switch settlement {
                case .delivered(let status, let receipt):
                    try transaction.deliveryDelivered(delivery, status: status, receipt: receipt, at: now)
                case .retried(let date, let status, let problem):
                    try transaction.deliveryRetry(delivery, availableAt: date, status: status, error: problem)
                case .parked(let status, let problem):
                    try transaction.deliveryParked(delivery, status: status, error: problem)
                }
                let event = try transaction.event(delivery.eventID)
                let detail = ["delivery": delivery.id, "connector": delivery.action, "attempt": "\(delivery.attempts)"]
                try transaction.audit(
                    actor: "outbox", action: settlement.auditAction, subject: event?.subject ?? delivery.eventID,
                    detail: detail.merging(settlement.auditDetail) { first, _ in first },
                    correlationID: event?.correlationID ?? "", at: now)
            }
        } catch let error as RecordsError where error.code == .leaseLost {
            logger.warning(
                "The delivery was taken over, or given up, while it was sent",
                metadata: ["delivery.id": "\(delivery.id)"])
            return
        }
        log(delivery, settlement)
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
        }
    }
}
