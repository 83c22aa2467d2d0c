import Documents
import Governance
import Settings

/// A small policy and vocabulary that the tests of this folder vary.
enum PolicyExample {
    static let vocabulary = Vocabulary(
        types: [
            "letter": [
                "payer_name": .init(title: "Payer", kind: .name),
                "letter_date": .init(title: "Letter date", kind: .date),
                "member_id": .init(title: "Member ID", kind: .identifier),
                "reason_codes": .init(title: "Reason codes", kind: .adjustmentReason, repeats: true),
                "urgency": .init(title: "Urgency", kind: .choice, options: ["standard", "expedited"]),
                "signed": .init(title: "Signed", kind: .boolean),
            ],
            "remittance": [
                "payment_amount": .init(title: "Payment amount", kind: .money),
                "provider_adjustments.reason": .init(title: "Reason", kind: .text),
                "provider_adjustments.amount": .init(title: "Amount", kind: .money),
                "claims.patient_name": .init(title: "Patient", kind: .name),
                "claims.paid_amount": .init(title: "Paid", kind: .money),
                "claims.service_lines.charge_amount": .init(title: "Charge", kind: .money),
                "claims.service_lines.modifiers": .init(title: "Modifiers", kind: .modifier, repeats: true),
                "line_items.amount": .init(title: "Amount", kind: .money),
            ],
            "junk": [:],
            "application": ["name": .init(title: "Name", kind: .name, required: true)],
        ], subtypes: ["letter": ["denial", "general"]])

    static let text = """
        type_confidence: 0.8
        default_queue: general
        review_lease_minutes: 20
        queues:
          - name: general
            title: General
            roles: [reviewer]
          - name: letters
            title: Letters
            roles: [senior_reviewer, auditor]
        types:
          letter:
            queue: letters
            fields:
              member_id: 0.7
            required: [payer_name]
            required_by_subtype:
              denial: [payer_name, member_id]
          remittance:
            type_confidence: 0.95
            field_confidence: 0.85
            required: [claims.patient_name, claims.service_lines.charge_amount]
          junk:
            review: when_type_is_doubtful
          application:
            review: always
        roles:
          reviewer: [view_documents, review_documents]
          senior_reviewer: [review_documents]
          auditor: [view_audit]
        """

    static func policy(_ text: String = text) throws(SettingsError) -> Policy {
        try Policy(text: text, path: "policy.yaml", vocabulary: vocabulary)
    }

    static func field(_ value: String, _ confidence: Confidence = 0.99) -> Field {
        Field(
            value: .text(value), text: value, confidence: confidence, page: 1,
            box: Box(left: 0, top: 0, right: 10, bottom: 10))
    }

    static func letter(_ fields: Row = ["payer_name": .one(field("Acme Health"))]) -> Document {
        Document(type: "letter", typeConfidence: 0.99, pages: [1, 2], fields: fields)
    }
}

extension Policy {
    /// The queue of a document whose file came to no facility that anybody named.
    func queue(for document: Document) -> String { queue(for: document, facility: nil) }
}
