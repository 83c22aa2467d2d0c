import Documents
import Governance
import Settings

/// Checks one step of a rule.
struct StepReader {
    let file: SettingsFile<ActionsFile>
    let step: ActionsFile.Step
    /// The key path of the step.
    let place: [String]
    let event: EventType
    /// The types of document that the rule is about.
    let types: [String]
    let vocabulary: Vocabulary
    let kinds: KnownKinds
    let connectors: Set<String>

    func read() throws(SettingsError) -> Rule.Step {
        switch step {
        case .call(let names):
            return .call(Rule.Call(connectors: try known(names, at: []), compensateWith: nil, goesOn: false))
        case .group(let group):
            switch (group.call, group.requestApproval, group.openWork) {
            case (let names?, nil, nil): return .call(try call(names, group))
            case (nil, let approval?, nil): return try request(approval, group)
            case (nil, nil, let work?): return try open(work, group)
            default:
                throw error([], "A step needs one of 'call', 'request_approval' and 'open_work'.")
            }
        }
    }

    private func call(_ names: ActionsFile.Names, _ group: ActionsFile.Step.Group) throws(SettingsError) -> Rule.Call {
        if let name = group.compensate, !connectors.contains(name) {
            throw unknown(name, "connector", among: connectors, at: ["compensate"])
        }
        guard let goesOn = ["park": false, "go_on": true][group.givesUp ?? "park"] else {
            throw error(["gives_up"], "'gives_up' should be park or go_on.")
        }
        return Rule.Call(
            connectors: try known(names, at: ["call"]), compensateWith: group.compensate, goesOn: goesOn)
    }

    private func request(
        _ approval: ActionsFile.ApprovalStep, _ group: ActionsFile.Step.Group
    ) throws(SettingsError) -> Rule.Step {
        try checkOwn(group, "request_approval", kind: approval.kind, among: kinds.approvals)
        let fields = types.map { vocabulary.types[$0]?[approval.amount] }
        // Of a table's rows or of a list none is the amount of the whole document.
        let isAmount = fields.allSatisfy { $0.map { $0.kind == .money && !$0.repeats } ?? false }
        guard !fields.isEmpty, isAmount, !approval.amount.contains(".") else {
            throw error(
                ["request_approval", "amount"],
                """
                '\(approval.amount)' is no amount of these documents: name a field of the kind money that each of the \
                rule's types has, and has once.
                """)
        }
        return .requestApproval(kind: approval.kind, amountField: approval.amount)
    }

    private func open(
        _ work: ActionsFile.WorkStep, _ group: ActionsFile.Step.Group
    ) throws(SettingsError) -> Rule.Step {
        try checkOwn(group, "open_work", kind: work.kind, among: kinds.work)
        return .openWork(kind: work.kind)
    }

    private func checkOwn(
        _ group: ActionsFile.Step.Group, _ key: String, kind: String, among known: Set<String>
    ) throws(SettingsError) {
        guard event.subject == .document else {
            throw error([key], "'\(key)' is a step for events about documents only.")
        }
        guard group.compensate == nil, group.givesUp == nil else {
            throw error([key], "'compensate' and 'gives_up' go with 'call' only.")
        }
        guard known.contains(kind) else { throw unknown(kind, "kind", among: known, at: [key, "kind"]) }
    }

    private func known(_ names: ActionsFile.Names, at place: [String]) throws(SettingsError) -> [String] {
        var found: [String] = []
        for (index, name) in names.all.enumerated() {
            guard connectors.contains(name) else {
                throw unknown(name, "connector", among: connectors, at: place + ["\(index)"])
            }
            if !found.contains(name) { found.append(name) }
        }
        return found
    }

    private func unknown(
        _ word: String, _ what: String, among known: Set<String>, at place: [String]
    ) -> SettingsError {
        error(place, "The \(what) '\(word)' is not known here. Known are \(known.sorted().joined(separator: ", ")).")
    }

    private func error(_ place: [String], _ problem: String) -> SettingsError {
        file.error(at: self.place + place, problem)
    }
}
