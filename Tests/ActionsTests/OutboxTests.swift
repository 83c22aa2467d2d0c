import Actions
import Documents
import Foundation
import Logging
import Records
import Synchronization
import TestSupport
import Testing

@Suite struct OutboxTests {
    /// A time that only the test moves.
    private final class Time: Sendable {
        private let value = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

        var now: Date { value.withLock { $0 } }
        func advance(_ seconds: Double) { value.withLock { $0 += seconds } }

        var clock: OutboxClock {
            OutboxClock(
                now: { self.now }, sleep: { _ in try await Task.sleep(for: .milliseconds(5)) }, chance: { 0.5 })
        }
    }

    private let folder: TemporaryFolder
    private let store: Store
    private let time = Time()

    init() async throws {
        folder = try TemporaryFolder()
        store = try await Store.open(folder: folder.url)
    }

    private func rules(_ listener: WebhookListener, timeoutSeconds: Double = 30) throws -> ActionRules {
        try rules(port: listener.port, timeoutSeconds: timeoutSeconds)
    }

    private func rules(port: Int, timeoutSeconds: Double = 30) throws -> ActionRules {
        let text = ActionsExample.text.replacing("timeout_seconds: 2", with: "timeout_seconds: \(timeoutSeconds)")
            .replacing("then: [engine, archive]", with: "then: [engine]")
        return try ActionsExample.rules(
            text,
            environment: ["ENGINE_URL": "http://127.0.0.1:\(port)/", "ENGINE_SECRET": ActionsExample.secret])
    }

    private func outbox(_ rules: ActionRules, owner: String = "test") -> Outbox {
        Outbox(
            store: store, connectors: rules.connectors, owner: owner, clock: time.clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Keeps `count` events, each with one delivery, and gives the deliveries.
    @discardableResult
    private func raise(_ rules: ActionRules, count: Int = 1) async throws -> [Delivery] {
        let now = time.now
        return try await store.write { transaction in
            try (0..<count).flatMap { _ in
                var event = ActionsExample.event()
                event.id = Identifier.make(at: now)
                event.time = now
                #expect(try transaction.raise(event, rules: rules).isEmpty)
                return try transaction.deliveries(ofEvent: event.id)
            }
        }
    }

    private func delivery(_ id: String) async throws -> Delivery {
        try #require(try await store.read { try $0.delivery(id) })
    }

    private func replay(_ id: String, _ rules: ActionRules) async throws {
        let now = time.now
        try await store.write { try $0.replayAction(id, rules: rules, by: "ann", at: now) }
    }

    private func auditActions() async throws -> [String] {
        try await store.read { try $0.auditTrail(subject: "01K8DOCUMENT") }.map(\.action)
    }

    @Test func anEventIsDeliveredAndItsReceiptKept() async throws {
        let listener = try await WebhookListener { _, _ in .status(202, body: "job 7") }
        let rules = try rules(listener)
        let planned = try #require(try await raise(rules).first)
        let outbox = outbox(rules)
        #expect(try await outbox.deliverNext())
        #expect(try await !outbox.deliverNext())
        let delivery = try await delivery(planned.id)
        #expect(delivery.status == .delivered)
        #expect(delivery.lastStatus == 202)
        #expect(delivery.receipt == "job 7")
        #expect(delivery.deliveredAt == time.now)
        let call = try #require(listener.received.first)
        #expect(call.body == planned.payload)
        #expect(call.headers["webhook-id"] == planned.idempotencyKey)
        let entry = try #require(try await store.read { try $0.auditTrail(subject: "01K8DOCUMENT") }.first)
        #expect(entry.action == "action.delivered")
        #expect(entry.correlationID == "01K8ARRIVAL")
        #expect(
            entry.detail == ["delivery": planned.id, "connector": "engine", "attempt": "1", "status": "202"])
        try await listener.stop()
    }

    @Test func anEventOfAFailedTransactionWasNeverThere() async throws {
        struct Failure: Error {}
        let rules = try rules(port: 9)
        await #expect(throws: Failure.self) {
            try await store.write { transaction in
                _ = try transaction.raise(ActionsExample.event(), rules: rules)
                throw Failure()
            }
        }
        #expect(try await store.read { try $0.deliveryCounts() }.isEmpty)
        #expect(try await store.read { try $0.event("01K8EVENT") } == nil)
    }

    @Test func afterAnErrorTheSameMessageIsSentAgainWhenItsWaitIsOver() async throws {
        let listener = try await WebhookListener { _, number in .status(number < 3 ? 500 : 200) }
        let rules = try rules(listener)
        let planned = try #require(try await raise(rules).first)
        let outbox = outbox(rules)
        #expect(try await outbox.deliverNext())
        #expect(try await delivery(planned.id).availableAt == time.now + 10)
        time.advance(9)
        #expect(try await !outbox.deliverNext())
        time.advance(1)
        #expect(try await outbox.deliverNext())
        #expect(try await delivery(planned.id).availableAt == time.now + 30)
        #expect(try await delivery(planned.id).lastError == "The endpoint answered 500.")
        time.advance(30)
        #expect(try await outbox.deliverNext())
        #expect(try await delivery(planned.id).status == .delivered)
        #expect(Set(listener.received.map { $0.headers["webhook-id"] }) == [planned.idempotencyKey])
        #expect(Set(listener.received.map(\.body)) == [planned.payload])
        #expect(Set(listener.received.compactMap { $0.headers["webhook-timestamp"] }).count == 3)
        #expect(try await auditActions() == ["action.failed", "action.failed", "action.delivered"])
        try await listener.stop()
    }

    @Test func silenceAndAClosedPortAreTriedAgain() async throws {
        let listener = try await WebhookListener { _, number in number == 1 ? .silence : .status(200) }
        let rules = try rules(listener, timeoutSeconds: 0.5)
        let planned = try #require(try await raise(rules).first)
        #expect(try await outbox(rules).deliverNext())
        #expect(try await delivery(planned.id).status == .pending)
        time.advance(10)
        let closed = try await WebhookListener(status: 200)
        let unreachable = try self.rules(closed)
        try await closed.stop()
        #expect(try await outbox(unreachable).deliverNext())
        #expect(try await delivery(planned.id).lastError == "The call did not go through: Connection refused")
        time.advance(30)
        #expect(try await outbox(rules).deliverNext())
        #expect(try await delivery(planned.id).status == .delivered)
        try await listener.stop()
    }

    @Test func whatGivesUpIsParkedAndCanBeReplayedByAPerson() async throws {
        let isWell = Atomic(false)
        let listener = try await WebhookListener { _, _ in .status(isWell.load(ordering: .relaxed) ? 200 : 503) }
        let rules = try rules(listener)
        let planned = try #require(try await raise(rules).first)
        let outbox = outbox(rules)
        for _ in 1...4 {
            #expect(try await outbox.deliverNext())
            time.advance(4000)
        }
        #expect(try await !outbox.deliverNext())
        let parked = try await delivery(planned.id)
        #expect(parked.status == .parked)
        #expect(parked.lastError == "The endpoint answered 503. Attempt 4 was the last.")
        isWell.store(true, ordering: .relaxed)
        try await replay(planned.id, rules)
        #expect(try await outbox.deliverNext())
        #expect(try await delivery(planned.id).status == .delivered)
        #expect(listener.received.count == 5)
        #expect(Set(listener.received.map { $0.headers["webhook-id"] }) == [planned.idempotencyKey])
        let trail = try await store.read { try $0.auditTrail(subject: "01K8DOCUMENT") }
        #expect(trail.map(\.action).suffix(3) == ["action.parked", "action.replayed", "action.delivered"])
        #expect(trail.first { $0.action == "action.replayed" }?.actor == "ann")
        try await listener.stop()
    }

    @Test func onlyWhatIsSettledCanBeReplayed() async throws {
        let rules = try rules(port: 9)
        let planned = try #require(try await raise(rules).first)
        for (id, code) in [(planned.id, RecordsError.Code.wrongState), ("no such id", .notFound)] {
            let error = await #expect(throws: RecordsError.self) { try await replay(id, rules) }
            #expect(error?.code == code)
        }
        #expect(try await auditActions().isEmpty)
    }

    @Test func whatIsOlderThanARecallIsNotReplayed() async throws {
        let rules = try rules(port: 9)
        let planned = try #require(try await raise(rules).first)
        let recalled = Event(
            id: Identifier.make(at: time.now), type: EventType.documentRecalled.rawValue, subject: "01K8DOCUMENT",
            time: time.now + 1, correlationID: "C", data: "{}")
        try await store.write { transaction in
            try transaction.dismissAll(ofSubject: "01K8DOCUMENT", because: "Recalled.")
            try transaction.appendEvent(recalled)
        }
        let error = await #expect(throws: RecordsError.self) {
            try await replay(planned.id, rules)
        }
        #expect(error?.code == .wrongState && error?.problem.contains("was recalled after") == true)
        #expect(try await delivery(planned.id).status == .dismissed)
    }

    @Test func anEndpointThatIsGoneIsParkedAtOnce() async throws {
        let listener = try await WebhookListener(status: 410)
        let rules = try rules(listener)
        let planned = try #require(try await raise(rules).first)
        #expect(try await outbox(rules).deliverNext())
        #expect(try await delivery(planned.id).status == .parked)
        #expect(try await delivery(planned.id).lastStatus == 410)
        try await listener.stop()
    }

    @Test func aWebhookThatIsNoLongerConfiguredParksItsDeliveries() async throws {
        let planned = try #require(try await raise(try rules(port: 9)).first)
        let none = try ActionsExample.rules(environment: ["ENGINE_SECRET": ActionsExample.secret])
        #expect(try await outbox(none).deliverNext())
        #expect(try await delivery(planned.id).lastError?.contains("no active connector 'engine'") == true)
        #expect(try await delivery(planned.id).status == .parked)
    }

    @Test func theDeliveryOfADeadSenderComesBackWithItsKey() async throws {
        let listener = try await WebhookListener(status: 200)
        let rules = try rules(listener)
        let planned = try #require(try await raise(rules).first)
        let now = time.now
        _ = try await store.write { try $0.claimDelivery(of: "engine", owner: "dead", now: now, leaseSeconds: 90) }
        #expect(try await !outbox(rules).deliverNext())
        time.advance(90)
        #expect(try await outbox(rules).deliverNext())
        #expect(listener.received.map { $0.headers["webhook-id"] } == [planned.idempotencyKey])
        try await listener.stop()
    }

    @Test func whatIsPendingSurvivesARestart() async throws {
        let listener = try await WebhookListener(status: 200)
        let rules = try rules(listener)
        let planned = try #require(try await raise(rules).first)
        try await store.close()
        let reopened = try await Store.open(folder: folder.url)
        let outbox = Outbox(
            store: reopened, connectors: rules.connectors, owner: "second", clock: time.clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(try await outbox.deliverNext())
        #expect(try await reopened.read { try $0.delivery(planned.id) }?.status == .delivered)
        #expect(listener.received.count == 1)
        try await reopened.close()
        try await listener.stop()
    }

    @Test func twoOutboxesSendEachMessageOnce() async throws {
        let listener = try await WebhookListener(status: 200)
        let rules = try rules(listener)
        let outboxes = ["first", "second"].map { outbox(rules, owner: $0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for outbox in outboxes { group.addTask { await outbox.run() } }
            let planned = try await raise(rules, count: 30)
            for outbox in outboxes { outbox.wake() }
            while try await store.read({ try $0.deliveryCounts() })[.delivered] != 30 {
                try await Task.sleep(for: .milliseconds(10))
            }
            for outbox in outboxes { outbox.stop() }
            try await group.waitForAll()
            let received = listener.received.compactMap { $0.headers["webhook-id"] }
            #expect(received.count == 30)
            #expect(Set(received) == Set(planned.map(\.idempotencyKey)))
        }
        #expect(try await store.read { try $0.verifyAudit() }.isIntact(count: 30))
        try await listener.stop()
    }

    @Test func aStoppedOutboxSettlesWhatIsUnderWay() async throws {
        let outboxes = Mutex<[Outbox]>([])
        let listener = try await WebhookListener { _, _ in
            outboxes.withLock { $0 }.forEach { $0.stop() }
            return .status(200)
        }
        let rules = try rules(listener)
        let planned = try #require(try await raise(rules).first)
        let outbox = outbox(rules)
        outboxes.withLock { $0.append(outbox) }
        await outbox.run()
        #expect(try await delivery(planned.id).status == .delivered)
        try await listener.stop()
    }
}

extension AuditVerdict {
    fileprivate func isIntact(count: Int) -> Bool {
        if case .intact(count, _) = self { true } else { false }
    }
}
