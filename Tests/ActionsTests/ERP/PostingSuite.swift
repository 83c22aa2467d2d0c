import Actions
import Documents
import Foundation
import Records
import TestSupport
import Testing

/// What suites about journals of the ledger share: approvals told in a store, and connectors that post them.
protocol PostingSuite {
    var store: Store { get }
}

private let writer = PostingWriter(
    accounts: AccountMapping(rows: [
        PostingAccounts(kind: "refund", debit: "2100", credit: "1010"),
        PostingAccounts(kind: "cash_posting", debit: "1010", credit: "1200", providerAdjustments: "4010"),
    ]))

extension PostingSuite {
    /// When the first event is told.
    static var start: Date { Date(timeIntervalSince1970: 1_800_000_000) }

    func connector(_ way: LedgerConnector.Way) -> any Connector {
        LedgerConnector(name: "ledger", way: way, writer: writer).connected(to: store, binder: nil)
    }

    func connector(_ server: LedgerServer, timeoutSeconds: Double = 30) throws -> any Connector {
        connector(
            .http(
                Endpoint(
                    url: try #require(URL(string: server.url)), privateAddresses: .allow,
                    timeoutSeconds: timeoutSeconds), nil))
    }

    func approval(
        _ id: String = "01K8E1", _ type: EventType = .approvalApproved, amount: Int64 = 123_450,
        content: String = "ab", document: String? = nil, at seconds: Double = 0
    ) -> MailroomEvent {
        MailroomEvent(
            id: id, type: type, time: Self.start + seconds,
            data: .approval(
                ApprovalEventData(
                    approvalID: "01K8APPROVAL", kind: "refund", amount: Money(cents: amount), contentSHA256: content,
                    status: type == .approvalApproved ? "approved" : "withdrawn", requestedBy: "bo",
                    documentID: document, correlationID: "01K8ARRIVAL")))
    }

    func keep(_ event: MailroomEvent) async throws { try await store.keep(event) }

    func message(_ event: MailroomEvent, _ connector: any Connector) async throws -> OutgoingMessage {
        try await store.message(event, connector)
    }

    func posting(_ key: String = "01K8E1-ledger") async throws -> Posting? {
        try await store.read { try $0.posting(key) }
    }

    func problem(_ outcome: SendOutcome) -> String {
        if case .failed(_, let problem) = outcome { return "failed: \(problem)" }
        if case .refused(_, let problem) = outcome { return "refused: \(problem)" }
        if case .delivered = outcome { return "delivered" }
        return "\(outcome)"
    }
}

extension Store {
    /// Keeps the event as the service does.
    fileprivate func keep(_ event: MailroomEvent) async throws {
        let data = String(decoding: try event.data.json(), as: UTF8.self)
        try await write { transaction in
            try transaction.appendEvent(
                Event(
                    id: event.id, type: event.type.rawValue, subject: event.subject, time: event.time,
                    correlationID: event.correlationID, data: data))
        }
    }

    /// Keeps the event, and gives the message to the ledger that it causes.
    func message(_ event: MailroomEvent, _ connector: any Connector) async throws -> OutgoingMessage {
        try await keep(event)
        let key = "\(event.id)-ledger"
        return OutgoingMessage(
            idempotencyKey: key, payload: try connector.payload(for: event, key: key), attempt: 1, sentAt: event.time,
            correlationID: event.correlationID)
    }
}
