import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport

/// Letters and remittances for the pipeline, typed as payers type them.
enum AnomalyPaper {
    /// A denial with nothing doubtful; `note` changes the bytes and no value.
    static func denial(claim: String = "HP20260417", date: String = "March 14, 2026", note: String = "") -> Data {
        SmallPDF.make(pages: [
            [
                "Harbor Point Health Plan", "P.O. Box 17, Springfield, OH 45501", "", date, "",
                "Re: Notice of claim denial", "Patient name: Maria Example", "Claim number: \(claim)",
                "Member ID: W123456789", "Billed amount: $1,250.00", "", "Dear Provider,",
                "We have reviewed the claim named above and it has been denied.",
                "Reason: CO-197 precertification absent. You may file an appeal within 60 days of this letter.",
                "", "Sincerely,", "Claims Department", note,
            ]
        ])
    }

    static func field(_ value: String, _ confidence: Confidence = 0.99) -> Leaf {
        .one(Field(value: .text(value), text: value, confidence: confidence, page: 1, box: box))
    }

    private static let box = Box(left: 300, top: 300, right: 600, bottom: 340)

    static func remittance(number: String, date: String, allowed: String = "100.00") -> Document {
        Document(
            type: "eob", subtype: "remittance_advice", typeConfidence: 0.99, pages: [1],
            fields: [
                "payer_name": field("Harbor Point Health Plan"), "payment_number": field(number),
                "payment_date": field(date), "payment_amount": field("80.00"),
            ],
            claims: [
                Claim(
                    fields: [
                        "patient_name": field("Maria Example"), "payer_claim_number": field("HP20260417"),
                        "patient_control_number": field("40017723"), "charge_amount": field("200.00"),
                        "paid_amount": field("80.00"),
                    ],
                    serviceLines: [
                        [
                            "service_date": field("2026-02-03"), "procedure_code": field("99213"),
                            "charge_amount": field("200.00"), "allowed_amount": field(allowed),
                            "paid_amount": field("80.00"),
                        ]
                    ])
            ])
    }
}
