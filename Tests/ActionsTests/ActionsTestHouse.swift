import Actions
import Documents
import Foundation
import Logging
import Records
import Synchronization
import TestSupport
import Testing

/// A store, a time that only the test moves, and connectors that do as the test says.
struct ActionsTestHouse {
    final class Time: Sendable {
        private let value = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

        var now: Date { value.withLock { $0 } }
        func advance(_ seconds: Double) { value.withLock { $0 += seconds } }

        var clock: OutboxClock {
            OutboxClock(
                now: { self.now }, sleep: { _ in try await Task.sleep(for: .milliseconds(5)) }, chance: { 0.5 })
        }
    }

    static let webhooks = """
        source: /mailroom/test
        webhooks:
          - {name: engine, url: "https://a.example/", secret_from: {environment: SECRET}}
          - {name: ledger, url: "https://b.example/", secret_from: {environment: SECRET}}
          - {name: archive, url: "https://c.example/", secret_from: {environment: SECRET}}
          - {name: undo, url: "https://d.example/", secret_from: {environment: SECRET}}
        rules:

        """

    let store: Store
    let time = Time()
    let breakers = Breakers()
    let rules: ActionRules
    private let folder: TemporaryFolder

    /// `rules` stand below the four connectors engine, ledger, archive and undo.
    init(_ rules: String, connectors: [String: any Connector] = [:]) async throws {
        folder = try TemporaryFolder()
        store = try await Store.open(folder: folder.url)
        self.rules = try ActionsExample.rules(
            Self.webhooks + rules, environment: ["SECRET": ActionsExample.secret]
        ).replacing(
            connectors.merging(["engine", "ledger", "archive", "undo"].map { ($0, ScriptedConnector()) }) { own, _ in
                own
            })
    }

    func connector(_ name: String) throws -> ScriptedConnector {
        try #require(rules.connectors[name] as? ScriptedConnector)
    }

    var outbox: Outbox {
        Outbox(
            store: store, connectors: rules.connectors, breakers: breakers, owner: "test", clock: time.clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Raises an event a second later than what was before.
    @discardableResult
    func raise(
        _ type: EventType = .documentAccepted, document: String = "D1",
        _ content: Document = ActionsExample.refundLetter
    ) async throws -> String {
        time.advance(1)
        let event = MailroomEvent(
            id: Identifier.make(at: time.now), type: type, time: time.now,
            data: .document(DocumentEventData(documentID: document, correlationID: "C", document: content)))
        let rules = rules
        try await store.write { _ = try $0.raise(event, rules: rules) }
        return event.id
    }

    /// Sends all that can be sent now.
    func sendAll() async throws {
        let outbox = outbox
        while try await outbox.deliverNext() {}
    }

    /// The statuses of an event's deliveries by connector.
    func statuses(_ event: String) async throws -> [String: DeliveryStatus] {
        let deliveries = try await store.read { try $0.deliveries(ofEvent: event) }
        return Dictionary(deliveries.map { ($0.action, $0.status) }) { first, _ in first }
    }

    func delivery(_ event: String, _ connector: String) async throws -> Delivery {
        let deliveries = try await store.read { try $0.deliveries(ofEvent: event) }
        return try #require(deliveries.first { $0.action == connector })
    }
}
