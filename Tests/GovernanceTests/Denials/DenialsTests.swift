import Documents
import Foundation
import Governance
import TestSupport
import Testing

/// What of a letter and of an explanation of benefits is a denial, of how much, and until when.
@Suite struct DenialsTests {
    private let table: DenialTable

    init() throws { table = try DenialTableTests.shipped() }

    private static func leaf(_ text: String) -> Leaf { .one(Field(value: .text(text), confidence: 0.99)) }

    private static func letter(_ subtype: String, _ fields: [String: String], codes: [String] = []) -> Document {
        var row = fields.mapValues(leaf)
        if !codes.isEmpty {
            row["reason_codes"] = .many(codes.map { Field(value: .text($0), confidence: 0.9) })
        }
        return Document(type: "payer_letter", subtype: subtype, typeConfidence: 0.99, pages: [1], fields: row)
    }

    private static func line(
        _ amounts: [String: String], _ adjustments: [(String, String, String)] = [], remarks: [String] = []
    ) -> Row {
        var row = amounts.mapValues(leaf)
        func field(_ text: String) -> Field { Field(value: .text(text), confidence: 0.9) }
        if !adjustments.isEmpty {
            row["adjustments"] = .groups(
                adjustments.map { ["group": field($0.0), "reason": field($0.1), "amount": field($0.2)] })
        }
        if !remarks.isEmpty { row["remark_codes"] = .many(remarks.map(field)) }
        return row
    }

    private static func remittance(_ lines: [Row]) -> Document {
        Document(
            type: "eob", subtype: "remittance_advice", typeConfidence: 0.99, pages: [1],
            fields: ["payment_date": leaf("2026-03-02"), "payer_name": leaf("Acme Health")],
            claims: [Claim(fields: [:], serviceLines: lines)])
    }

    @Test func aLetterIsOneDenialWithTheDayThatItNames() throws {
        let letter = Self.letter(
            "denial",
            [
                "payer_name": "Acme Health", "letter_date": "2026-03-14", "charge_amount": "4210.00",
                "response_due_date": "2026-04-30", "denial_reason": "Prior authorization was not obtained.",
            ], codes: ["CO-197"])
        let denial = try #require(table.denials(in: letter).first)
        #expect(table.denials(in: letter).count == 1)
        #expect(denial.finding.category.name == "prior_authorization" && denial.place == "")
        #expect(denial.amountAtStake == Money(cents: 421_000))
        #expect(denial.deadline?.description == "2026-04-30" && denial.deadlineSource == .paper)
    }

    @Test func withoutADayTheDaysOfTheHouseCount() throws {
        let letter = Self.letter("denial", ["letter_date": "2026-03-14", "charge_amount": "-5.00"])
        let denial = try #require(table.denials(in: letter).first)
        #expect(denial.deadline?.description == "2026-05-13" && denial.deadlineSource == .standard)
        #expect(denial.finding.category.name == "unspecified" && denial.amountAtStake == .zero)
        #expect(try #require(table.denials(in: Self.letter("denial", [:])).first).deadline == nil)
        for subtype in ["information_request", "overpayment_request", "authorization_approval", "general"] {
            #expect(table.denials(in: Self.letter(subtype, ["denial_reason": "Not covered."])).isEmpty)
        }
        #expect(table.denials(in: Self.letter("appeal_decision", [:])).isEmpty, "an appeal that was won")
        let refused = Self.letter(
            "authorization_denial", ["charge_amount": "10.00", "denial_reason": "Not necessary."])
        #expect(table.denials(in: refused).map(\.amountAtStake) == [.zero], "no money is refused yet")
    }

    @Test func discountsAndThePatientsShareAreNoDenials() {
        let paid = Self.line(
            ["charge_amount": "100.00", "allowed_amount": "80.00", "paid_amount": "60.00", "copay_amount": "20.00"],
            [("CO", "CO-45", "20.00"), ("PR", "PR-3", "20.00"), ("PR", "PR-999", "1.00")])
        let deductible = Self.line(
            ["charge_amount": "100.00", "allowed_amount": "80.00", "paid_amount": "0.00", "deductible_amount": "80.00"])
        let contract = Self.line(["charge_amount": "50.00", "paid_amount": "0.00"], [("CO", "CO-45", "50.00")])
        let reversal = Self.line(["charge_amount": "-100.00", "paid_amount": "-60.00"], [("CO", "CO-197", "-40.00")])
        #expect(table.denials(in: Self.remittance([paid, deductible, contract, reversal, [:]])).isEmpty)
    }

    @Test func refusedAndReducedLinesAreFoundWithTheirMoney() {
        let denials = table.denials(
            in: Self.remittance([
                Self.line(
                    ["charge_amount": "500.00", "paid_amount": "300.00"],
                    [
                        ("CO", "CO-45", "50.00"), ("CO", "CO-97", "100.00"), ("CO", "CO-59", "20.00"),
                        ("CO", "CO-50", "30.00"),
                    ]),
                // Nothing is paid, and nothing is said.
                Self.line(["charge_amount": "75.00", "paid_amount": "0.00"]),
                Self.line(
                    ["charge_amount": "75.00", "paid_amount": "0.00"], [("CO", "CO-45", "25.00")], remarks: ["M127"]),
                // A code of the payer's own.
                Self.line(["charge_amount": "40.00", "paid_amount": "0.00"], [("CO", "CO-Z7", "40.00")]),
            ]))
        #expect(
            denials.map { "\($0.place) \($0.finding.category.name) \($0.amountAtStake)" } == [
                "claims[0].service_lines[0] bundling 120.00", "claims[0].service_lines[0] medical_necessity 30.00",
                "claims[0].service_lines[1] unspecified 75.00", "claims[0].service_lines[2] documentation 50.00",
                "claims[0].service_lines[3] unspecified 40.00",
            ])
        #expect(denials.allSatisfy { $0.claimPlace == "claims[0]" && $0.deadline?.description == "2026-05-01" })
    }

    /// The usual print of a denied line: all charged, nothing allowed, nothing paid, no reason.
    @Test func whereNothingIsAllowedTheWholeChargeIsRefused() {
        let amounts = ["charge_amount": "500.00", "allowed_amount": "0.00", "paid_amount": "0.00"]
        var remittance = Self.remittance([
            Self.line(amounts), Self.line(amounts.merging(["allowed_amount": "-1.00"]) { $1 }),
            Self.line(amounts, [("CO", "CO-45", "500.00")]),
        ])
        remittance.claims.append(Claim(fields: amounts.mapValues(Self.leaf)))
        #expect(
            table.denials(in: remittance).map { "\($0.place) \($0.amountAtStake)" } == [
                "claims[0].service_lines[0] 500.00", "claims[0].service_lines[1] 500.00", "claims[1] 500.00",
            ])
    }

    @Test func whatIsLeftToThePatientIsNotAtStake() {
        let denials = table.denials(
            in: Self.remittance([
                Self.line(
                    ["charge_amount": "500.00", "paid_amount": "0.00"],
                    [
                        ("CO", "CO-96", "80.00"), ("PR", "PR-96", "120.00"), ("PR", "204", "10.00"),
                        ("PR", "PR-1", "290.00"),
                    ])
            ]))
        #expect(
            denials.map { "\($0.codes) \($0.amountAtStake) \($0.patientAmount?.description ?? "none")" } == [
                #"["CO-96"] 80.00 none"#, #"["PR-96", "PR-204"] 0.00 130.00"#,
            ])
        #expect(denials.allSatisfy { $0.finding.category.name == "non_covered" })
        func stake(_ codes: [String]) -> [Money] {
            table.denials(in: Self.letter("denial", ["charge_amount": "10.00"], codes: codes)).map(\.amountAtStake)
        }
        #expect(stake(["PR-119"]) == [.zero])
        #expect(stake(["PR-119", "CO-50"]) == [Money(cents: 1000)] && stake(["119"]) == [Money(cents: 1000)])
    }

    /// Whatever the amounts: nothing crashes, and what is at stake is never negative.
    @Test func moneyAtStakeIsNeverNegative() {
        var random = SeededGenerator(seed: 19)
        let codes = ["CO-45", "PR-1", "CO-197", "CO-16", "OA-23", "PI-204", "PR-96", "CO-XX"]
        func amount() -> String { Money(cents: Int64.random(in: -20_000...20_000, using: &random)).description }
        for _ in 0..<5_000 {
            let lines = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                Self.line(
                    [
                        "charge_amount": amount(), "paid_amount": Bool.random(using: &random) ? "0.00" : amount(),
                        "copay_amount": amount(), "allowed_amount": Bool.random(using: &random) ? "0.00" : amount(),
                    ],
                    (0..<Int.random(in: 0...3, using: &random)).map { _ in
                        let code = codes.randomElement(using: &random) ?? ""
                        return (String(code.prefix(2)), code, amount())
                    })
            }
            for denial in table.denials(in: Self.remittance(lines)) {
                #expect(denial.amountAtStake > .zero || denial.amountAtStake == .zero && denial.patientAmount != nil)
                #expect(denial.finding.category.isDenial)
            }
        }
    }
}
