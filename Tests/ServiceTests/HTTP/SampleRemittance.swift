import Documents

/// A remittance of one claim with two lines that add up.
enum SampleRemittance {
    static var document: Document {
        func money(_ text: String, _ left: Double, _ top: Double, _ confidence: Confidence = 0.97) -> Leaf {
            .one(
                Field(
                    value: .text(text), text: text, confidence: confidence, page: 1,
                    box: Box(left: left, top: top, right: left + 200, bottom: top + 40)))
        }
        func line(_ top: Double) -> Row {
            [
                "charge_amount": money("100.00", 900, top), "allowed_amount": money("80.00", 1200, top),
                "paid_amount": money("80.00", 1500, top, 0.8),
            ]
        }
        return Document(
            type: "eob", subtype: "remittance_advice", typeConfidence: 0.99, pages: [1],
            fields: [
                "payer_name": .one(Field(value: .text("Acme Health"), confidence: 0.99)),
                "payment_amount": money("160.00", 1500, 300),
            ],
            claims: [
                Claim(
                    fields: ["paid_amount": money("160.00", 1500, 900)], serviceLines: [line(600), line(700)])
            ])
    }
}
