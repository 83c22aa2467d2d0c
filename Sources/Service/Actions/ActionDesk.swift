package import Actions
import Foundation
package import Records

/// A delivery with the event that caused it.
package struct ActionRecord: Sendable {
    package let delivery: Delivery
    package let event: Event
    /// Whether it waits until a document that it tells of is held no longer.
    package let isHeld: Bool
}

/// How it stands with one connector.
package struct ConnectorState: Sendable {
    package let name: String
    package let breaker: Breaker.State
    /// Why it cannot be called at all; nil when it can.
    package let inactive: String?
    package let counts: [DeliveryStatus: Int]
    /// How many payments wait for an 835 file of it.
    package let payments: Int
}

/// Where people see what is to be sent to other systems, and decide on what gave up.
package struct ActionDesk: Sendable {
    /// So many deliveries are listed at most.
    package static let countMax = 200
    /// So many parked deliveries of a connector are replayed at once.
    package static let replayCountMax = 1000
    private static let reasonCharactersMax = 500

    let context: ServiceContext

    package init(context: ServiceContext) { self.context = context }

    /// Every connector of the rules, and every other one that something is left to send to, by name.
    package func connectors() async throws -> [ConnectorState] {
        let (counts, payments) = try await context.store.read {
            (try $0.deliveryCountsByAction(), try $0.waitingRemittanceCounts())
        }
        let states = context.breakers.states
        let rules = context.actionRules
        let known = Set(rules.connectors.keys).union(rules.inactive.keys)
        let left = counts.filter { $0.value.contains { $0.key.isOpen } }.keys
        return known.union(left).union(payments.keys).sorted().map { name in
            ConnectorState(
                name: name, breaker: states[name] ?? .closed(failures: 0),
                inactive: rules.connectors[name] == nil
                    ? rules.inactive[name] ?? ActionRules.missing(name) : nil,
                counts: counts[name] ?? [:], payments: payments[name] ?? 0)
        }
    }

    /// The papers of payments of which others are missing, payment by payment.
    func incompletePayments() async throws -> [[RemittanceItem]] {
        try await context.store.read { try $0.waitingPapers() }.filter { $0.first?.detail != nil }
    }

    /// Deliveries, the newest first; `before` is the identifier of the last one of the page before.
    package func actions(
        _ status: DeliveryStatus? = nil, of connector: String? = nil, before: String? = nil,
        limit: Int = ActionDesk.countMax
    ) async throws -> [ActionRecord] {
        try await context.store.read { transaction in
            let found = try transaction.deliveries(
                status: status, of: connector, before: before, limit: limit, withPayload: false)
            let held = try transaction.heldDeliveries(among: found.map(\.id))
            return try found.compactMap { delivery in
                try transaction.event(delivery.eventID).map {
                    ActionRecord(delivery: delivery, event: $0, isHeld: held.contains(delivery.id))
                }
            }
        }
    }

    /// Sends a delivery again, with the same key and bytes, which are written now where they could not be before; throws `RecordsError` with `notFound` or `wrongState`.
    package func replay(_ id: String, by caller: Caller) async throws {
        let now = context.clock()
        let connector = try await context.store.write { [context] transaction in
            try transaction.replayAction(id, rules: context.actionRules, by: caller.actor, at: now)
            return try transaction.delivery(id)?.action ?? ""
        }
        context.breakers.reset(connector)
    }

    /// Sends every parked delivery of a connector again that may be; gives how many those are.
    package func replayParked(of connector: String, by caller: Caller) async throws -> Int {
        let now = context.clock()
        let count = try await context.store.write { [context] transaction in
            try transaction.replayParked(
                of: connector, rules: context.actionRules, limit: Self.replayCountMax, by: caller.actor, at: now)
        }
        context.breakers.reset(connector)
        return count
    }

    /// Gives a delivery up for good; throws `ReviewError` with `noReason`, `RecordsError` with `notFound` or
    /// `wrongState`.
    package func dismiss(_ id: String, because given: String, by caller: Caller) async throws {
        let reason = String(given.trimmingCharacters(in: .whitespacesAndNewlines).prefix(Self.reasonCharactersMax))
        guard !reason.isEmpty else {
            throw ReviewError(.noReason, "Say why it is not to be sent: whoever asks later reads it.")
        }
        let now = context.clock()
        try await context.store.write { try $0.dismissAction(id, because: reason, by: caller.actor, at: now) }
    }
}
