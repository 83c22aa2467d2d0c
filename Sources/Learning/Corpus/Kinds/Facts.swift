import Documents

/// The values that a document may print, by the names that labels and grammars use for them.
struct Facts {
    private(set) var spans: [String: Span] = [:]

    subscript(_ name: String) -> Span? {
        get { spans[name] }
        set { spans[name] = newValue }
    }

    /// A value of the field that has the fact's name.
    mutating func set(_ field: String, _ text: String, _ kind: NormalForm) {
        spans[field] = Span(text, field, kind)
    }

    /// Words that are the value of no field.
    mutating func say(_ name: String, _ text: String) { spans[name] = Span(text) }

    /// The fact under its label, or nil when the document does not have it.
    func pair(_ field: String, _ style: Style, label: String? = nil) -> Pair? {
        spans[field].map { Pair(style.labelSpan(label ?? field), [style.value($0)]) }
    }
}

extension Source {
    /// Slots that every prose may use: a phone to call, a site, an address, days and units.
    mutating func commonFacts() -> Facts {
        var facts = Facts()
        let address = address()
        facts.say("phone", formats.phone(phone()))
        facts.say("web", webSite())
        facts.say("address", "\(address.street), \(address.place)")
        facts.say("days", String(dice.pick([10, 14, 15, 30, 45, 60, 90, 120, 180, 365])))
        facts.say("units", String(dice.int(1...40)))
        return facts
    }

    mutating func webSite() -> String {
        let payer = style.pick("payer", words.payers)
        let name = payer.split(separator: " ").prefix(2).joined().lowercased().filter(\.isLetter)
        return dice.pick(["www.", "providers.", ""]) + name + dice.pick([".com", ".org", ".example"])
    }

    /// One phrase of a grammar; nothing when the document lacks what all of its alternatives need.
    mutating func phrase(_ grammar: String, _ rule: String, _ facts: Facts = Facts()) -> [Span] {
        let whole = (words.grammars[grammar] ?? Grammar(lines: [])).merging(
            words.grammars["common"] ?? Grammar(lines: []))
        return whole.phrase(rule, with: facts.spans, dice: &dice) ?? []
    }

    /// Up to `count` different phrases of a rule.
    mutating func phrases(_ grammar: String, _ rule: String, _ facts: Facts, count: Int) -> [[Span]] {
        var phrases: [[Span]] = []
        for _ in 0..<count {
            let next = phrase(grammar, rule, facts)
            if !next.isEmpty, !phrases.contains(next) { phrases.append(next) }
        }
        return phrases
    }

    /// The family's own wording of a rule: the same for each of its papers where its values allow it.
    func fixedPhrase(_ grammar: String, _ rule: String, _ facts: Facts = Facts()) -> [Span] {
        let whole = (words.grammars[grammar] ?? Grammar(lines: [])).merging(
            words.grammars["common"] ?? Grammar(lines: []))
        var dice = Dice("phrase", style.family, grammar, rule)
        return whole.phrase(rule, with: facts.spans, dice: &dice) ?? []
    }
}
