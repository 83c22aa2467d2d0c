import Documents
import Foundation
import Governance

/// What one event calls for, put together rule by rule.
///
/// A connector is called once for an event: the first rule that names it says after which others. As a delivery waits
/// only for those planned before it, no two can wait for each other.
struct ActionPlan {
    private let event: MailroomEvent
    private let rules: ActionRules
    private(set) var actions: [PlannedAction] = []

    init(_ event: MailroomEvent, rules: ActionRules) {
        self.event = event
        self.rules = rules
    }

    mutating func add(_ rule: Rule) {
        var before: [String] = []
        for step in rule.steps {
            switch step {
            case .call(let call):
                let active = call.connectors.filter { rules.connectors[$0] != nil }
                for connector in active { add(connector, of: call, in: rule, after: before) }
                before += active.map(key)
            case .requestApproval(let kind, let amountField):
                add(
                    .requestApproval(
                        PlannedApproval(
                            rule: rule.name, kind: kind, amountField: amountField, amount: amount(in: amountField))))
            case .openWork(let kind):
                add(.openWork(PlannedWork(rule: rule.name, kind: kind)))
            }
        }
    }

    private func key(_ connector: String) -> String { "\(event.id)-\(connector)" }

    private mutating func add(_ action: PlannedAction) {
        if !actions.contains(where: { $0.isSame(as: action) }) { actions.append(action) }
    }

    private mutating func add(_ name: String, of call: Rule.Call, in rule: Rule, after before: [String]) {
        guard let connector = rules.connectors[name] else { return }
        let message = PlannedMessage(event, by: connector, key: key(name))
        add(
            .deliver(
                PlannedDelivery(
                    connector: name, idempotencyKey: key(name), message: message, after: before,
                    rule: rule.name, rulesHash: rules.hash, compensateWith: call.compensateWith,
                    goesOn: call.goesOn)))
    }

    private func amount(in field: String) -> Money? {
        guard case .document(let data) = event.data else { return nil }
        return data.document.locatedFields.first { $0.path.definition == field }
            .flatMap { Money($0.field.value.description) }
    }
}
