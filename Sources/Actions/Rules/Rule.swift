import Documents
import Governance

/// When an event calls for actions: every condition that is given must hold.
struct Rule: Hashable, Sendable {
    /// Connectors to call side by side.
    struct Call: Hashable, Sendable {
        var connectors: [String]
        /// The connector that takes back what these were told.
        var compensateWith: String?
        /// Whether later steps go on though one of these gave up.
        var goesOn: Bool
    }

    enum Step: Hashable, Sendable {
        case call(Call)
        case requestApproval(kind: String, amountField: String)
        case openWork(kind: String)
    }

    var name: String
    var event: EventType
    /// Types of document; empty for any.
    var types: Set<String>
    /// Subtypes; empty for any.
    var subtypes: Set<String>
    /// Payers' names, folded; empty for any.
    var payers: Set<String>
    var conditions: [FieldCondition]
    /// Kinds of approval or work; empty for any.
    var kinds: Set<String>
    /// Facilities of an approval, folded; empty for any.
    var facilities: Set<String>
    /// The amount of an approval, or what is at stake in work.
    var amount: AmountRange
    /// What is to be done, in order.
    var steps: [Step]

    /// Every connector that its steps call.
    var connectors: Set<String> {
        steps.reduce(into: []) { found, step in
            if case .call(let call) = step { found.formUnion(call.connectors) }
        }
    }

    /// The kinds of approval that it is for or asks for.
    var approvalKinds: Set<String> {
        steps.reduce(into: event.subject == .approval ? kinds : []) { found, step in
            if case .requestApproval(let kind, _) = step { found.insert(kind) }
        }
    }

    /// Whether it matches, but for the event's type, whatever `other` matches; conditions on values are taken as equal only.
    func covers(_ other: Rule) -> Bool {
        func includes(_ own: Set<String>, _ others: Set<String>) -> Bool {
            own.isEmpty || !others.isEmpty && own.isSuperset(of: others)
        }
        return includes(types, other.types) && includes(subtypes, other.subtypes) && includes(payers, other.payers)
            && includes(kinds, other.kinds) && includes(facilities, other.facilities)
            && (conditions.isEmpty || conditions == other.conditions)
            && (amount == AmountRange() || amount == other.amount)
    }

    func matches(_ event: MailroomEvent) -> Bool {
        guard self.event == event.type else { return false }
        return switch event.data {
        case .document(let data): matches(data.document)
        case .approval(let data):
            (kinds.isEmpty || kinds.contains(data.kind)) && Rule.allows(payers, data.payerName)
                && Rule.allows(facilities, data.facility) && amount.contains(data.amount)
        case .work(let data):
            (kinds.isEmpty || kinds.contains(data.kind)) && amount.contains(data.amountAtStake)
        }
    }

    private func matches(_ document: Document) -> Bool {
        (types.isEmpty || types.contains(document.type))
            && (subtypes.isEmpty || document.subtype.map(subtypes.contains) == true)
            && Rule.allows(payers, document.fields["payer_name"]?.fields.first?.value.description)
            && conditions.allSatisfy { $0.holds(for: document) }
    }

    private static func allows(_ folded: Set<String>, _ text: String?) -> Bool {
        folded.isEmpty || text.map { folded.contains(fold($0)) } == true
    }

    /// Upper and lower case and runs of white space do not count.
    static func fold(_ text: String) -> String { NormalForm.foldWhiteSpace(text).lowercased() }
}

/// Amounts from one to another, both inclusive.
struct AmountRange: Hashable, Sendable {
    var atLeast: Money?
    var atMost: Money?

    /// An amount that is not known is in no range but the whole.
    func contains(_ amount: Money?) -> Bool {
        guard let amount else { return atLeast == nil && atMost == nil }
        return atLeast.map { amount >= $0 } != false && atMost.map { amount <= $0 } != false
    }
}

/// What a rule asks of one field, wherever in the document the field stands: one of its values must satisfy it all.
struct FieldCondition: Hashable, Sendable {
    /// The field as `Vocabulary` names it (`claims.paid_amount`).
    var field: String
    /// Folded values, one of which the field must have; nil for any.
    var anyOf: Set<String>?
    var amount: AmountRange
    /// Folded phrases that no value of the field may have anywhere in it.
    var lacks: [String] = []

    func holds(for document: Document) -> Bool {
        let values = document.locatedFields.filter { $0.path.definition == field }.map(\.field.value)
        let isFree = values.allSatisfy { value in
            let text = Rule.fold(value.description)
            return !lacks.contains { text.contains($0) }
        }
        // Where a field is not, it lacks everything; what asks for a value is not met.
        let asksForNone = anyOf == nil && amount == AmountRange() && !lacks.isEmpty
        return isFree && (asksForNone || values.contains { holds(for: $0) })
    }

    private func holds(for value: FieldValue) -> Bool {
        if let anyOf, !anyOf.contains(Rule.fold(value.description)) { return false }
        return amount.contains(Money(value.description))
    }
}
