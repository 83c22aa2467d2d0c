import Documents

/// A paper in outline, one step a line; `OutlinedPaper` draws it and says what the steps are.
struct Outline: Sendable {
    var name: String
    var steps: [String]

    private static let verbs: Set = [
        "letterhead", "title", "pairs", "table", "prose", "say", "big", "address", "boxes", "ticks", "sign", "rule",
        "bars", "gap", "narrow",
    ]

    /// What cannot be drawn, as a sentence: a verb or a slot that is unknown.
    var problem: String? {
        for step in steps {
            let words = step.split(separator: " ").map(String.init).drop { $0.hasPrefix("?") }
            guard let verb = words.first, Outline.verbs.contains(verb) else {
                return
                    "[\(name)] '\(step)' does not begin with one of \(Outline.verbs.sorted().joined(separator: ", "))."
            }
            for part in step.split(separator: "{").dropFirst() {
                let slot = part.prefix { $0 != "}" && $0 != ">" }
                let kind = String(slot.prefix { $0 != ":" })
                let isKnown =
                    slot.contains(":")
                    ? Source.shapedSlots.contains(kind) && slot.last != ":" : Source.slots.contains(kind)
                if !isKnown { return "[\(name)] '{\(slot)}' is no value that can be invented." }
            }
        }
        return nil
    }
}

extension Source {
    /// The slots with and without a shape of their own.
    static let shapedSlots: Set = ["id", "pick", "int"]
    static let slots: Set = [
        "person", "physician", "payer", "provider", "facility", "supplier", "supply", "drug", "diagnosis",
        "diagnosis_code", "procedure", "procedure_code", "date", "birth", "longdate", "money", "phone", "npi", "tax",
        "member", "account", "claim", "group", "street", "place",
    ]

    /// Fills the slots of an outline's text: `{person}`, `{money}`, `{id:@@-###}`, `{int:1-20}`, `{pick:a/b}`.
    mutating func filled(_ text: String) -> String { spans(text).plainText }

    /// The same in pieces: a slot that names a field, `{member>member_id}`, is a piece of its own.
    mutating func spans(_ text: String) -> [Span] {
        var spans: [Span] = []
        var plain = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            plain += rest[..<open]
            let parts = rest[rest.index(after: open)..<close].split(separator: ">").map(String.init)
            let value = slot(parts[0])
            if parts.count == 2 {
                if !plain.isEmpty { spans.append(Span(plain)) }
                plain = ""
                spans.append(Span(value, parts[1], Source.kind(ofSlot: parts[0])))
            } else {
                plain += value
            }
            rest = rest[rest.index(after: close)...]
        }
        plain += rest
        if !plain.isEmpty { spans.append(Span(plain)) }
        return spans
    }

    /// The kind of value that a slot is filled with.
    private static func kind(ofSlot name: String) -> NormalForm {
        switch name.prefix(while: { $0 != ":" }) {
        case "id", "member", "account", "claim", "group": .identifier
        case "date", "birth", "longdate": .date
        case "diagnosis_code": .diagnosisCode
        case "procedure_code": .procedureCode
        case "money": .money
        case "phone": .phone
        case "npi": .npi
        case "tax": .taxIdentifier
        case "int": .number
        default: .name
        }
    }

    private mutating func slot(_ name: String) -> String {
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        if parts.count == 2 { return slot(parts[0], parts[1]) }
        switch name {
        case "person": return formats.name(person())
        case "physician": return physician()
        case "payer": return dice.pick(words.payers)
        case "provider": return dice.pick(words.providers)
        case "facility": return dice.pick(words.facilities)
        case "supplier": return dice.pick(words.suppliers)
        case "supply": return dice.pick(words.supplies)
        case "drug": return dice.pick(words.drugs)
        case "diagnosis": return diagnosis()[1]
        case "diagnosis_code": return diagnosis()[0]
        case "procedure": return procedure()[1]
        case "procedure_code": return procedure()[0]
        case "date": return formats.date(day())
        case "birth": return formats.fullDate(birthDate())
        case "longdate": return formats.longDate(day())
        case "money": return formats.money(money(4...2_400))
        case "phone": return formats.phone(phone())
        case "npi": return npi()
        case "tax": return formats.taxIdentifier(taxIdentifier())
        case "member": return memberID()
        case "account": return accountNumber()
        case "claim": return claimNumber()
        case "group": return groupNumber()
        case "street": return address().street
        case "place": return address().place
        default: preconditionFailure("no slot named \(name): outlines are checked when they are loaded")
        }
    }

    private mutating func slot(_ kind: String, _ shape: String) -> String {
        switch kind {
        case "id": return shaped(shape)
        case "pick": return dice.pick(shape.split(separator: "/").map(String.init))
        default:
            let limits = shape.split(separator: "-").compactMap { Int($0) }
            return String(dice.int((limits.min() ?? 0)...(limits.max() ?? 9)))
        }
    }
}
