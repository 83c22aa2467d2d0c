import Documents
import Governance

/// When an event calls for actions: every condition that is given must hold.
struct Rule: Hashable, Sendable {
    var name: String
    var event: EventType
    /// Types of document; empty for any.
    var types: Set<String>
    /// Subtypes; empty for any.
    var subtypes: Set<String>
    /// Payers' names, folded; empty for any.
    var payers: Set<String>
    var conditions: [FieldCondition]
    /// Names of the webhooks to call, in order.
    var webhooks: [String]

    func matches(_ event: DocumentEvent) -> Bool {
        let document = event.data.document
        return self.event == event.type
            && (types.isEmpty || types.contains(document.type))
            && (subtypes.isEmpty || document.subtype.map(subtypes.contains) == true)
            && (payers.isEmpty || payer(of: document).map(payers.contains) == true)
            && conditions.allSatisfy { $0.holds(for: document) }
    }

    private func payer(of document: Document) -> String? {
        document.fields["payer_name"]?.fields.first.map { Rule.fold($0.value.description) }
    }

    /// Upper and lower case and runs of white space do not count.
    static func fold(_ text: String) -> String { NormalForm.foldWhiteSpace(text).lowercased() }
}

/// What a rule asks of one field, wherever in the document the field stands: one of its values must satisfy it all.
struct FieldCondition: Hashable, Sendable {
    /// The field as `Vocabulary` names it (`claims.paid_amount`).
    var field: String
    /// Folded values, one of which the field must have; nil for any.
    var anyOf: Set<String>?
    /// The least amount, inclusive.
    var atLeast: Money?
    /// The greatest amount, inclusive.
    var atMost: Money?

    func holds(for document: Document) -> Bool {
        document.locatedFields.contains { $0.path.definition == field && holds(for: $0.field.value) }
    }

    private func holds(for value: FieldValue) -> Bool {
        if let anyOf, !anyOf.contains(Rule.fold(value.description)) { return false }
        guard atLeast != nil || atMost != nil else { return true }
        guard let amount = Money(value.description) else { return false }
        return atLeast.map { amount >= $0 } != false && atMost.map { amount <= $0 } != false
    }
}
