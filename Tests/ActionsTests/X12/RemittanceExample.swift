import Actions
import Documents
import Foundation
import TestSupport

/// Documents of remittances, written out or drawn at random, and what their 835 needs beside them.
enum RemittanceExample {
    static let payer = RemittancePayer(
        names: ["Acme Health"], identifier: "87726", taxID: "123456789", street: "PO Box 1", city: "Springfield",
        state: "IL", zip: "62701", contactName: "Provider Services", contactPhone: "8005551212",
        claimFilingIndicator: "12")

    static func interchange(_ number: Int = 1) -> X12Interchange {
        X12Interchange(
            sender: X12Partner(identifier: "MAILROOM"), receiver: X12Partner(identifier: "HOSPITAL"), usage: .test,
            functionalCode: Remittance.functionalCode, version: Remittance.version, controlNumber: number,
            madeAt: .init(timeIntervalSince1970: 1_800_000_000))
    }

    static func field(_ value: String) -> Field { Field(value: .text(value), confidence: 0.99) }

    static func row(_ values: [String: String]) -> Row { values.mapValues { .one(field($0)) } }

    static func adjustment(_ group: String?, _ reason: String?, _ amount: String) -> [String: Field] {
        var parts = ["amount": field(amount)]
        if let group { parts["group"] = field(group) }
        if let reason { parts["reason"] = field(reason) }
        return parts
    }

    /// A payment of 180.00 for two claims: one by allowed amounts and columns of the patient's parts, one by printed
    /// adjustments, with 20.00 kept back.
    static func document() -> Document {
        let first = row([
            "service_date": "2026-02-03", "procedure_code": "99213", "units": "1", "charge_amount": "250.00",
            "allowed_amount": "150.00", "deductible_amount": "25.00", "coinsurance_amount": "25.00",
            "paid_amount": "100.00",
        ])
        var second = row([
            "service_date": "2026-02-04", "procedure_code": "97110", "units": "2", "charge_amount": "180.00",
            "paid_amount": "100.00",
        ])
        second["modifiers"] = .many([field("GP"), field("59")])
        second["remark_codes"] = .many([field("N130")])
        second["adjustments"] = .groups([adjustment(nil, "CO-45", "60.00"), adjustment("PR", "3", "20.00")])
        var fields = row([
            "payer_name": "Acme Health", "payee_name": "Springfield Hospital", "payee_npi": "1234567893",
            "payee_tax_id": "371234567", "payment_number": "CHK0001", "payment_date": "2026-02-20",
            "payment_amount": "180.00",
        ])
        fields["provider_adjustments"] = .groups([
            ["reason": field("WO"), "reference": field("ICN7"), "amount": field("20.00")]
        ])
        return Document(
            type: "eob", subtype: "remittance_advice", typeConfidence: 0.99, pages: [1], fields: fields,
            claims: [
                Claim(
                    fields: row([
                        "patient_name": "SIMPSON, HOMER J", "member_id": "M123", "patient_control_number": "A1",
                        "payer_claim_number": "C1", "service_start": "2026-02-03", "charge_amount": "250.00",
                        "allowed_amount": "150.00", "paid_amount": "100.00", "patient_responsibility": "50.00",
                    ]), serviceLines: [first]),
                Claim(
                    fields: row(["patient_name": "Marge Simpson", "payer_claim_number": "C2"]), serviceLines: [second]),
            ], disposition: .accept)
    }

    /// A remittance that balances, drawn at random: printed adjustments or allowed amounts, claims with and without lines,
    /// denials, takebacks and adjustments of the payment.
    static func random(_ number: Int, using generator: inout SeededGenerator) -> Document {
        var claims: [Claim] = []
        var paid = 0
        for place in 1...Int.random(in: 1...4, using: &generator) {
            let lines = (0..<Int.random(in: 0...5, using: &generator)).map { _ in line(using: &generator) }
            var fields = [
                "patient_name": "O'Neil-Núñez, José \(place)", "member_id": "M\(number)\(place)",
                "payer_claim_number": "C\(number)-\(place)", "service_start": "2026-01-15", "service_end": "2026-01-16",
            ]
            if Bool.random(using: &generator) { fields["patient_control_number"] = "A\(number)*\(place)~" }
            var charge = lines.reduce(0) { $0 + $1.charge }
            var payment = lines.reduce(0) { $0 + $1.paid }
            if lines.isEmpty {
                charge = Int.random(in: 100...900_000, using: &generator)
                payment = Int.random(in: 0...charge, using: &generator)
                // What is allowed nothing says no reason: that is no remittance which balances.
                payment = max(payment, 1)
                fields["allowed_amount"] = money(payment)
            }
            fields["charge_amount"] = money(charge)
            fields["paid_amount"] = money(payment)
            paid += payment
            claims.append(Claim(fields: row(fields), serviceLines: lines.map(\.row)))
        }
        var adjustments: [[String: Field]] = []
        var kept = 0
        if Bool.random(using: &generator) {
            for _ in 1...Int.random(in: 1...2, using: &generator) {
                let amount = Int.random(in: 0...max(1, (paid - kept) / 4), using: &generator)
                kept += amount
                adjustments.append([
                    "reason": field(["WO", "72", "L6 interest"].randomElement(using: &generator) ?? "WO"),
                    "reference": field("R\(number)"), "amount": field(money(amount)),
                ])
            }
        }
        var fields = row([
            "payer_name": "Acme Health", "payee_name": "Springfield Hospital & Clinics", "payee_npi": "1234567893",
            "payment_number": "CHK\(number)", "payment_date": "2026-02-20", "payment_amount": money(paid - kept),
        ])
        fields["provider_adjustments"] = .groups(adjustments)
        return Document(
            type: "eob", subtype: "remittance_advice", typeConfidence: 0.99, pages: [1], fields: fields, claims: claims,
            disposition: .accept)
    }

    private static func money(_ cents: Int) -> String { Money(cents: Int64(cents)).description }

    /// A line that adds up: its paid cents are what the printed parts leave of its charge.
    private static func line(using generator: inout SeededGenerator) -> (row: Row, charge: Int, paid: Int) {
        let charge = Int.random(in: 100...500_000, using: &generator)
        var left = charge
        func take() -> Int {
            let part = Int.random(in: 0...left, using: &generator) / Int.random(in: 1...3, using: &generator)
            left -= part
            return part
        }
        var values = [
            "procedure_code": ["99213", "J1100", "D0120", "97110"].randomElement(using: &generator) ?? "99213",
            "units": ["1", "2", "1.5"].randomElement(using: &generator) ?? "1", "charge_amount": money(charge),
        ]
        if Bool.random(using: &generator) { values["service_date"] = "2026-01-15" }
        var adjustments: [[String: Field]] = []
        if Bool.random(using: &generator) {
            for _ in 0..<Int.random(in: 0...9, using: &generator) {
                let group = ["CO", "PR", "OA", "PI"].randomElement(using: &generator) ?? "CO"
                let reason = ["45", "97", "253", "16", "B7"].randomElement(using: &generator) ?? "45"
                adjustments.append(adjustment(group, "\(group)-\(reason)", money(take())))
            }
        }
        if adjustments.isEmpty {
            _ = take()
            left = max(left, 1)
            values["allowed_amount"] = money(left)
            values["deductible_amount"] = money(take())
            values["copay_amount"] = money(take())
        }
        values["paid_amount"] = money(left)
        var found = row(values)
        found["adjustments"] = .groups(adjustments)
        return (found, charge, left)
    }
}
