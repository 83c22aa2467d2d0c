package import Foundation

/// From event to action: `Config/actions.yaml`, checked as a whole, with addresses and secrets in place.
package struct ActionRules: Sendable {
    /// SHA-256 of the file's bytes in hexadecimal.
    package let hash: String
    /// Names this Mailroom in the events that leave it.
    let source: String
    let rules: [Rule]
    /// The webhooks that have an address, by name.
    package let webhooks: [String: Webhook]
    /// The webhooks that have none, with the sentence that says why: rules that name them send nothing.
    package let inactive: [String: String]

    /// What sends the deliveries planned by these rules, by name.
    package var connectors: [String: any Connector] {
        webhooks.mapValues { WebhookSender($0) }
    }

    /// The deliveries that `event` calls for: one for each webhook that a matching rule names.
    package func plan(_ event: DocumentEvent) throws -> [PlannedDelivery] {
        var names: [String] = []
        for rule in rules where rule.matches(event) {
            names += rule.webhooks.filter { webhooks[$0] != nil && !names.contains($0) }
        }
        guard !names.isEmpty else { return [] }
        let payload = try CloudEvent(event, source: source).json()
        return names.map { name in
            PlannedDelivery(connector: name, idempotencyKey: "\(event.id)-\(name)", payload: payload)
        }
    }
}

/// A message that is to be sent, before it is in the outbox.
package struct PlannedDelivery: Hashable, Sendable {
    /// The name of the connector that sends it.
    package var connector: String
    /// The event's id and the connector's name: the message's id at the receiver through every retry.
    package var idempotencyKey: String
    /// The exact bytes to send.
    package var payload: Data

    package init(connector: String, idempotencyKey: String, payload: Data) {
        self.connector = connector
        self.idempotencyKey = idempotencyKey
        self.payload = payload
    }
}
