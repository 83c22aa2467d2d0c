import Documents
import Governance
import Settings

/// Checks one rule of the actions file against the types, fields, kinds and connectors that exist.
struct RuleReader {
    let file: SettingsFile<ActionsFile>
    let entry: ActionsFile.RuleEntry
    let place: [String]
    let vocabulary: Vocabulary
    let kinds: KnownKinds
    /// Names of all connectors, also of those that lack an address.
    let connectors: Set<String>

    func read() throws(SettingsError) -> Rule {
        let when = entry.when
        guard let event = EventType(rawValue: when.event) else {
            throw unknown(when.event, "event", among: EventType.allCases.map(\.rawValue), at: ["when", "event"])
        }
        try checkKeys(for: event)
        let types = when.types ?? []
        try check(types, "document type", among: vocabulary.types.keys, at: ["when", "types"])
        let about = types.isEmpty ? Array(vocabulary.types.keys) : types
        let subtypes = Set(about.flatMap { vocabulary.subtypes[$0] ?? [] })
        try check(when.subtypes ?? [], "subtype", among: subtypes, at: ["when", "subtypes"])
        let known = event.subject == .approval ? kinds.approvals : kinds.work
        try check(when.kinds ?? [], "kind", among: known, at: ["when", "kinds"])
        return Rule(
            name: entry.name, event: event, types: Set(types), subtypes: Set(when.subtypes ?? []),
            payers: Set((when.payers ?? []).map(Rule.fold)), conditions: try conditions(about: about),
            kinds: Set(when.kinds ?? []), facilities: Set((when.facilities ?? []).map(Rule.fold)),
            amount: try range(when.amount?.atLeast, when.amount?.atMost, at: ["when", "amount"]),
            steps: try steps(event: event, about: about))
    }

    /// A condition that an event can never meet, or never fails, is a mistake.
    private func checkKeys(for event: EventType) throws(SettingsError) {
        let when = entry.when
        let given: [(key: String, isThere: Bool, fits: [EventType.Subject])] = [
            ("types", when.types != nil, [.document]), ("subtypes", when.subtypes != nil, [.document]),
            ("fields", when.fields != nil, [.document]), ("payers", when.payers != nil, [.document, .approval]),
            ("kinds", when.kinds != nil, [.approval, .work]), ("amount", when.amount != nil, [.approval, .work]),
            ("facilities", when.facilities != nil, [.approval]),
        ]
        for (key, isThere, fits) in given where isThere && !fits.contains(event.subject) {
            throw error(
                ["when", key],
                "'\(key)' is asked of events about \(fits.map(\.rawValue).joined(separator: " or ")) only. Remove it.")
        }
    }

    private func steps(event: EventType, about types: [String]) throws(SettingsError) -> [Rule.Step] {
        var steps: [Rule.Step] = []
        for (index, step) in entry.then.enumerated() {
            let reader = StepReader(
                file: file, step: step, place: place + ["then", "\(index)"], event: event, types: types,
                vocabulary: vocabulary, kinds: kinds, connectors: connectors)
            steps.append(try reader.read())
        }
        return steps
    }

    private func conditions(about types: [String]) throws(SettingsError) -> [FieldCondition] {
        var conditions: [FieldCondition] = []
        for (field, asked) in (entry.when.fields ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = ["when", "fields", field]
            let kinds = types.compactMap { vocabulary.types[$0]?[field]?.kind }
            guard !kinds.isEmpty else {
                let known = Set(types.flatMap { (vocabulary.types[$0] ?? [:]).keys })
                throw unknown(field, "field", among: known, at: place)
            }
            guard kinds.allSatisfy({ $0 == .money }) || asked.atLeast == nil && asked.atMost == nil else {
                throw error(place, "'\(field)' is no amount: at_least and at_most ask for a field of the kind money.")
            }
            guard asked.lacks?.contains(where: { Rule.fold($0).isEmpty }) != true else {
                throw error(place + ["lacks"], "A phrase of 'lacks' is empty: every value has it. Remove it.")
            }
            conditions.append(
                FieldCondition(
                    field: field, anyOf: asked.anyOf.map { Set($0.map(Rule.fold)) },
                    amount: try range(asked.atLeast, asked.atMost, at: place),
                    lacks: (asked.lacks ?? []).map(Rule.fold)))
        }
        return conditions
    }

    private func range(_ least: String?, _ most: String?, at place: [String]) throws(SettingsError) -> AmountRange {
        let range = AmountRange(
            atLeast: try amount(least, at: place + ["at_least"]), atMost: try amount(most, at: place + ["at_most"]))
        if let least = range.atLeast, let most = range.atMost, least > most {
            throw error(place, "'at_least' is more than 'at_most': no amount is in between.")
        }
        return range
    }

    private func amount(_ text: String?, at place: [String]) throws(SettingsError) -> Money? {
        guard let text else { return nil }
        guard let amount = Money(text) else { throw error(place, "'\(text)' is not an amount such as 500.00.") }
        return amount
    }

    private func check(
        _ words: [String], _ what: String, among known: some Sequence<String>, at place: [String]
    ) throws(SettingsError) {
        let known = Set(known)
        for (index, word) in words.enumerated() where !known.contains(word) {
            throw unknown(word, what, among: known, at: place + ["\(index)"])
        }
    }

    private func unknown(
        _ word: String, _ what: String, among known: some Sequence<String>, at place: [String]
    ) -> SettingsError {
        error(place, "The \(what) '\(word)' is not known here. Known are \(known.sorted().joined(separator: ", ")).")
    }

    private func error(_ place: [String], _ problem: String) -> SettingsError {
        file.error(at: self.place + place, problem)
    }
}
