import Documents
import Governance

/// Papers that tests of anomalies vary.
enum PaperExample {
    static let vocabulary = Vocabulary(types: [
        "payer_letter": [
            "payer_name": .init(title: "Payer", kind: .name), "letter_date": .init(title: "Letter date", kind: .date),
            "patient_name": .init(title: "Patient", kind: .name),
            "member_id": .init(title: "Member ID", kind: .identifier),
            "payer_claim_number": .init(title: "Claim number", kind: .identifier),
            "requested_amount": .init(title: "Requested", kind: .money),
            "appeal_fax": .init(title: "Fax", kind: .phone),
        ],
        "eob": [
            "payer_name": .init(title: "Payer", kind: .name), "payment_date": .init(title: "Payment date", kind: .date),
            "payment_number": .init(title: "Payment number", kind: .identifier),
            "payment_amount": .init(title: "Payment amount", kind: .money),
        ],
        "authorization_form": [
            "payer_name": .init(title: "Payer", kind: .name),
            "signature_date": .init(title: "Signed", kind: .date),
            "patient_name": .init(title: "Patient", kind: .name),
            "patient_birth_date": .init(title: "Born", kind: .date),
            "member_id": .init(title: "Member ID", kind: .identifier),
            "group_number": .init(title: "Group", kind: .identifier),
            "drug_name": .init(title: "Drug", kind: .name),
            "procedure_codes": .init(title: "Procedures", kind: .procedureCode, repeats: true),
        ],
    ])

    /// A request for a drug or for procedures; its form has no number of its own.
    static func request(drug: String = "", procedures: [String] = [], confidence: Confidence = 0.99) -> Document {
        var fields = row([
            "payer_name": "Harbor Point Health Plan", "signature_date": "2026-03-14", "patient_name": "Maria Example",
            "patient_birth_date": "1957-05-02", "member_id": "W123456789", "group_number": "G7001",
        ])
        if !drug.isEmpty { fields["drug_name"] = .one(field(drug)) }
        if !procedures.isEmpty { fields["procedure_codes"] = .many(procedures.map { field($0, confidence) }) }
        return Document(
            type: "authorization_form", subtype: "service_request", typeConfidence: 0.99, pages: [1], fields: fields)
    }

    static func field(_ value: String, _ confidence: Confidence = 0.99) -> Field {
        Field(value: .text(value), text: value, confidence: confidence)
    }

    static func row(_ values: [String: String]) -> Row { values.mapValues { .one(field($0)) } }

    /// A group of a leaf, without what is empty.
    static func group(_ values: [String: String]) -> [String: Field] {
        values.filter { !$0.value.isEmpty }.mapValues { field($0) }
    }

    static func letter(_ changes: [String: String] = [:], subtype: String = "overpayment_request") -> Document {
        let values = [
            "payer_name": "Harbor Point Health Plan", "letter_date": "2026-03-14", "patient_name": "Maria Example",
            "member_id": "W123456789", "payer_claim_number": "HP20260417", "requested_amount": "120.00",
        ]
        return Document(
            type: "payer_letter", subtype: subtype, typeConfidence: 0.99, pages: [1],
            fields: row(values.merging(changes) { $1 }.filter { !$0.value.isEmpty }))
    }

    static func line(_ changes: [String: String] = [:]) -> Row {
        row(
            [
                "service_date": "2026-02-03", "procedure_code": "99213", "charge_amount": "200.00",
                "allowed_amount": "100.00", "paid_amount": "80.00",
            ].merging(changes) { $1 })
    }

    static func claim(
        _ changes: [String: String] = [:], lines: [Row] = [line()]
    ) -> Claim {
        let values = [
            "patient_name": "Maria Example", "patient_control_number": "40017723", "payer_claim_number": "HP20260417",
            "charge_amount": "200.00", "paid_amount": "80.00", "service_start": "2026-02-03",
        ]
        return Claim(
            fields: row(values.merging(changes) { $1 }.filter { !$0.value.isEmpty }), serviceLines: lines)
    }

    static func remittance(
        _ changes: [String: String] = [:], subtype: String = "remittance_advice", claims: [Claim] = [claim()]
    ) -> Document {
        let values = [
            "payer_name": "Harbor Point Health Plan", "payment_date": "2026-03-14", "payment_number": "00481516",
            "payment_amount": "80.00",
        ]
        return Document(
            type: "eob", subtype: subtype, typeConfidence: 0.99, pages: [1],
            fields: row(values.merging(changes) { $1 }.filter { !$0.value.isEmpty }), claims: claims)
    }
}
