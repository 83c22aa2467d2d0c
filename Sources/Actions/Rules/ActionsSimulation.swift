/// One thing that a rule asks for: a call of a connector, or an action of our own.
package struct ActionCall: Hashable, Sendable {
    /// The rule's name.
    package var rule: String
    /// The connector's name, or `request_approval` or `open_work` with its kind.
    package var action: String
}

extension ActionRules {
    /// What `event` would call for, were every connector active.
    package func calls(for event: MailroomEvent) -> [ActionCall] {
        var calls: [ActionCall] = []
        for rule in rules where rule.matches(event) {
            for action in rule.steps.flatMap(\.actions) where !calls.contains(where: { $0.action == action }) {
                calls.append(ActionCall(rule: rule.name, action: action))
            }
        }
        return calls
    }
}

extension Rule.Step {
    fileprivate var actions: [String] {
        switch self {
        case .call(let call): call.connectors
        case .requestApproval(let kind, _): ["request_approval \(kind)"]
        case .openWork(let kind): ["open_work \(kind)"]
        }
    }
}

/// What other rules would have made of events that were recorded.
package struct ActionsSimulation: Sendable {
    /// How often a rule asks for one thing.
    package struct Line: Hashable, Sendable, Codable {
        package let rule: String
        package let action: String
        /// By the rules in service.
        package let before: Int
        /// By the rules proposed.
        package let after: Int
    }

    private let inService: ActionRules
    private let proposed: ActionRules
    private var counts: [ActionCall: (before: Int, after: Int)] = [:]
    package private(set) var eventCount = 0

    package init(inService: ActionRules, proposed: ActionRules) {
        self.inService = inService
        self.proposed = proposed
    }

    package mutating func add(_ event: MailroomEvent) {
        eventCount += 1
        for call in inService.calls(for: event) { counts[call, default: (0, 0)].before += 1 }
        for call in proposed.calls(for: event) { counts[call, default: (0, 0)].after += 1 }
    }

    /// What either asks for, by rule and action.
    package var lines: [Line] {
        counts.map { Line(rule: $0.key.rule, action: $0.key.action, before: $0.value.before, after: $0.value.after) }
            .sorted { ($0.rule, $0.action) < ($1.rule, $1.action) }
    }
}
