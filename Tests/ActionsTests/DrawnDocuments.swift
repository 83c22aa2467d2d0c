import Actions
import Documents
import Foundation
import TestSupport

/// Documents drawn at random: with holes where paper has holes, and with signs that formats must escape.
struct DrawnDocuments {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    static let hostileNames = [
        "Acme Health", "=HYPERLINK(\"x\")", "O'Neil, \"Bo\" <b>&amp;", "A*B~C:D", "Zoë Núñez", "+1 Plan\r\n-2", "  ",
        "\u{1}\u{2}control", "🏥 plan",
    ]

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }
    mutating func name() -> String { Self.hostileNames.randomElement(using: &generator) ?? "" }
    mutating func cents(_ range: ClosedRange<Int64>) -> Money {
        Money(cents: Int64.random(in: range, using: &generator))
    }
    mutating func day() -> String {
        "2026-0\(Int.random(in: 1...9, using: &generator))-1\(Int.random(in: 0...9, using: &generator))"
    }

    func field(_ value: String) -> Field { Field(value: .text(value), text: value, confidence: 0.99) }

    /// Sets a field nine times out of ten.
    mutating func set(_ row: inout Row, _ name: String, _ value: String) {
        if chance(90) { row[name] = .one(field(value)) }
    }

    mutating func serviceLine() -> Row {
        var line: Row = [:]
        set(&line, "service_date", day())
        set(&line, "procedure_code", ["99213", "J1885", "0001F", "D0120"].randomElement(using: &generator) ?? "")
        if chance(30) { line["modifiers"] = .many([field("25"), field("LT")]) }
        set(&line, "units", ["1", "2.5", "01"].randomElement(using: &generator) ?? "")
        for name in ["charge_amount", "allowed_amount", "deductible_amount", "coinsurance_amount", "copay_amount"] {
            set(&line, name, "\(cents(0...90_000))")
        }
        set(&line, "paid_amount", "\(cents(-20_000...90_000))")
        if chance(60) {
            line["adjustments"] = .groups([
                ["group": field("CO"), "reason": field("CO-45"), "amount": field("\(cents(-900...900))")],
                ["reason": field("PR-1"), "amount": field("\(cents(0...900))")], ["amount": field("1.00")],
            ])
        }
        if chance(40) { line["remark_codes"] = .many([field("N130"), field("MA01")]) }
        return line
    }

    /// A remittance whose payment is what its claims and adjustments come to, but for what `isBalanced` leaves wrong.
    mutating func remittance(claimCount: Int, isBalanced: Bool = true, subtype: String = "remittance_advice")
        -> Document
    {
        var total = Money.zero
        let claims = (0..<claimCount).map { index in
            var claim: Row = [:]
            set(&claim, "patient_name", name())
            set(&claim, "member_id", "W\(index)23")
            set(
                &claim, "patient_control_number",
                ["-12", "=A1", "77\(index)", "A,B"].randomElement(using: &generator) ?? "")
            set(&claim, "payer_claim_number", "CLM\(index)")
            set(&claim, "rendering_provider_name", name())
            set(&claim, "service_start", day())
            set(&claim, "service_end", day())
            set(&claim, "charge_amount", "\(cents(0...500_000))")
            set(&claim, "patient_responsibility", "\(cents(0...50_000))")
            let paid = chance(20) ? Money.zero : cents(-30_000...400_000)
            claim["paid_amount"] = .one(field("\(paid)"))
            total = total + paid
            return Claim(
                fields: claim, serviceLines: (0..<Int.random(in: 0...3, using: &generator)).map { _ in serviceLine() })
        }
        var fields: Row = [:]
        set(&fields, "payer_name", name())
        set(&fields, "payee_name", name())
        set(&fields, "payee_npi", "1234567893")
        set(&fields, "payee_tax_id", "123456789")
        set(&fields, "payment_number", ["000123", "@9", "CHK-7"].randomElement(using: &generator) ?? "")
        set(&fields, "payment_date", day())
        if chance(40) {
            let kept = [cents(-5_000...5_000), cents(-5_000...5_000)]
            fields["provider_adjustments"] = .groups(
                kept.map { ["reason": field("WO"), "reference": field("FCN1"), "amount": field("\($0)")] })
            let sum = kept.reduce(.zero, +)
            total = chance(50) ? total - sum : total + sum
        }
        if !isBalanced { total = total + Money(cents: Int64.random(in: 1_000_000...2_000_000, using: &generator)) }
        fields["payment_amount"] = .one(field("\(total)"))
        return Document(
            type: "eob", subtype: subtype, typeConfidence: 0.99, pages: [1], fields: fields, claims: claims,
            disposition: .accept)
    }

    mutating func letter(_ subtype: String) -> Document {
        var fields: Row = [:]
        for name in ["payer_name", "provider_name", "patient_name", "denial_reason"] { set(&fields, name, self.name()) }
        for name in ["member_id", "patient_control_number", "payer_claim_number", "authorization_number"] {
            set(&fields, name, "ID\(Int.random(in: 1...999, using: &generator))")
        }
        for name in ["letter_date", "service_start", "service_end", "response_due_date"] { set(&fields, name, day()) }
        for name in ["charge_amount", "requested_amount"] { set(&fields, name, "\(cents(0...900_000))") }
        if chance(70) { fields["reason_codes"] = .many([field("CO-197"), field("50")]) }
        if chance(70) { fields["requested_documents"] = .many([field("Operative report"), field(name())]) }
        return Document(
            type: "payer_letter", subtype: subtype, typeConfidence: 0.9, pages: [1], fields: fields,
            disposition: .accept)
    }

    static func event(
        _ document: Document, id: String = "01K8EVENT", type: EventType = .documentAccepted,
        origin: DocumentOrigin? = Self.origin()
    ) -> MailroomEvent {
        MailroomEvent(
            id: id, type: type, time: Date(timeIntervalSince1970: 1_800_000_000.25),
            data: .document(
                DocumentEventData(
                    documentID: "01K8DOCUMENT", correlationID: "01K8ARRIVAL", document: document, origin: origin)))
    }

    static func origin(confirmedBy: String? = "Ana Diaz", acceptance: String? = "01K8EVENT") -> DocumentOrigin {
        DocumentOrigin(
            fileSHA256: String(repeating: "ab", count: 32), versions: Versions(model: "m1", policy: "p1", reader: "r1"),
            facility: "north", confirmedBy: confirmedBy, acceptance: acceptance)
    }
}
