import Documents
import Governance
import Settings

/// Checks one rule of the actions file against the types, fields and webhooks that exist.
struct RuleReader {
    let file: SettingsFile<ActionsFile>
    let entry: ActionsFile.RuleEntry
    let place: [String]
    let vocabulary: Vocabulary
    let webhooks: Set<String>

    func read() throws(SettingsError) -> Rule {
        let when = entry.when
        guard let event = EventType(rawValue: when.event) else {
            throw unknown(when.event, "event", among: EventType.allCases.map(\.rawValue), at: ["when", "event"])
        }
        let types = when.types ?? []
        try check(types, "document type", among: vocabulary.types.keys, at: ["when", "types"])
        let about = types.isEmpty ? Array(vocabulary.types.keys) : types
        let subtypes = Set(about.flatMap { vocabulary.subtypes[$0] ?? [] })
        try check(when.subtypes ?? [], "subtype", among: subtypes, at: ["when", "subtypes"])
        try check(entry.then, "webhook", among: webhooks, at: ["then"])
        return Rule(
            name: entry.name, event: event, types: Set(types), subtypes: Set(when.subtypes ?? []),
            payers: Set((when.payers ?? []).map(Rule.fold)), conditions: try conditions(about: about),
            webhooks: entry.then)
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
            conditions.append(
                FieldCondition(
                    field: field, anyOf: asked.anyOf.map { Set($0.map(Rule.fold)) },
                    atLeast: try amount(asked.atLeast, at: place + ["at_least"]),
                    atMost: try amount(asked.atMost, at: place + ["at_most"])))
        }
        return conditions
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
