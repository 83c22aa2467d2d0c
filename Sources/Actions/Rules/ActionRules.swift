import Foundation
package import Records
package import Settings

/// From event to action: `Config/actions.yaml`, checked as a whole, with addresses and secrets in place.
package struct ActionRules: Sendable {
    /// SHA-256 of the file's bytes in hexadecimal.
    package let hash: String
    let rules: [Rule]
    /// What carries actions out, by name.
    package private(set) var connectors: [String: any Connector]
    /// The connectors that lack an address, with the sentence that says why: rules that name them send nothing.
    package let inactive: [String: String]
    /// What does no harm by itself, and is hardly meant: a ledger that hears of approvals and not of their withdrawal.
    package let warnings: [SettingsError]
    /// The kinds of approval that rules and ledgers name: the matrix must have them.
    package let approvalKinds: Set<String>

    init(
        hash: String, rules: [Rule], connectors: [String: any Connector], inactive: [String: String],
        warnings: [SettingsError] = [], approvalKinds: Set<String> = []
    ) {
        self.warnings = warnings
        self.approvalKinds = approvalKinds
        self.hash = hash
        self.rules = rules
        self.connectors = connectors
        self.inactive = inactive
    }

    /// What is said of a connector that something is left to send to and that the rules do not have.
    package static func missing(_ name: String) -> String {
        """
        Config/actions.yaml has no connector '\(name)'. 'mailroom actions hand-over \(name) NEW' gives what is left to \
        another of its kind; what is not to be sent, dismiss.
        """
    }

    /// The same rules with connectors that keep what they need in `store`, and send pages that `binder` binds.
    package func connected(to store: Store, binder: (any PageBinder)? = nil) -> ActionRules {
        var rules = self
        rules.connectors = connectors.mapValues { $0.connected(to: store, binder: binder) }
        return rules
    }

    /// The same rules with other connectors under the same names.
    package func replacing(_ connectors: [String: any Connector]) -> ActionRules {
        var rules = self
        rules.connectors = connectors
        return rules
    }

    /// What `event` calls for: each connector that a matching rule names once, each of our own actions once.
    package func plan(_ event: MailroomEvent) -> [PlannedAction] {
        var plan = ActionPlan(event, rules: self)
        for rule in rules where rule.matches(event) { plan.add(rule) }
        return plan.actions
    }

    /// What takes back, because of `event`, what a receiver was told or may have been told by `told`; it is sent after
    /// that.
    func compensation(of told: Delivery, for event: MailroomEvent) -> PlannedDelivery {
        let name = told.compensateWith ?? told.action
        let key = "\(event.id)-\(name)-\(told.id)"
        var event = event
        event.compensates = told.idempotencyKey
        let message =
            connectors[name].map { PlannedMessage(event, by: $0, key: key) }
            ?? .unsuitable("Config/actions.yaml has no active connector '\(name)' to take it back with.")
        return PlannedDelivery(
            connector: name, idempotencyKey: key, message: message, after: [told.idempotencyKey],
            rule: told.rule ?? "", rulesHash: hash, compensateWith: nil, goesOn: told.goesOn,
            compensates: told.idempotencyKey)
    }
}
