import Documents
import Foundation
import Governance
import Settings
import TestSupport
import Testing

struct ContractTests {
    private let list = """
        Payer,CPT,Modifier,Allowed Amount,Effective From,Effective To,Facility
        Harbor Point Health Plan Inc.,99213,,$110.00,2026-01-01,2026-12-31,
        Harbor Point Health Plan Inc.,99213,26,40.00,01/01/2026,,
        Harbor Point Health Plan Inc.,99213,,115.00,2026-01-01,,north

        """

    private func shortfalls(
        _ line: Row, facility: String? = nil, tolerance: Int64 = 100
    ) throws -> [ContractShortfall] {
        ContractComparison(rates: try ContractFile(csv: Data(list.utf8)).rates, facility: facility).shortfalls(
            in: PaperExample.remittance(claims: [PaperExample.claim(lines: [line])]),
            tolerance: Money(cents: tolerance))
    }

    @Test func aLineUnderTheContractIsToldWithItsDifference() throws {
        let found = try #require(try shortfalls(PaperExample.line()).first)
        #expect(found.place == "claims[0].service_lines[0].allowed_amount")
        #expect(found.difference == Money(cents: 1000))
        #expect(try shortfalls(PaperExample.line(), facility: "north").first?.difference == Money(cents: 1500))
        #expect(try shortfalls(PaperExample.line(["units": "1.5"])).first?.agreed == Money(cents: 16_500))
    }

    @Test(
        arguments: [
            ["allowed_amount": "109.50"], ["allowed_amount": "110.00"], ["allowed_amount": "500.00"],
            // Denied, charged less, taken back, of another procedure, outside the contract's days.
            ["allowed_amount": "0.00"], ["charge_amount": "100.00"], ["charge_amount": "-200.00"],
            ["procedure_code": "99214"], ["service_date": "2025-12-31"], ["units": "0"], ["units": "x"],
        ])
    func nothingElseIs(changes: [String: String]) throws {
        #expect(try shortfalls(PaperExample.line(changes)).isEmpty)
    }

    @Test func aModifierThatChangesPaymentHasItsOwnRate() throws {
        var line = PaperExample.line(["allowed_amount": "30.00"])
        line["modifiers"] = .many([PaperExample.field("26")])
        #expect(try shortfalls(line).first?.agreed == Money(cents: 4000))
        line["modifiers"] = .many([PaperExample.field("TC")])
        #expect(try shortfalls(line).isEmpty)
        line["modifiers"] = .many([PaperExample.field("25")])
        #expect(try shortfalls(line).first?.agreed == Money(cents: 11_000))
    }

    /// A line is told exactly where it is under the rate for its units by more than the tolerance.
    @Test func theDifferenceIsWhatTheRateSays() throws {
        var generator = SeededGenerator(seed: 20)
        for _ in 0..<2000 {
            let rate = Int64.random(in: 1...50_000, using: &generator)
            let units = Int64.random(in: 1...12, using: &generator)
            let allowed = Int64.random(in: 1...700_000, using: &generator)
            let tolerance = Int64.random(in: 0...500, using: &generator)
            let contract = ContractRate(
                payerName: "A", procedureCode: "99213",
                effectiveFrom: try #require(CalendarDate(year: 2026, month: 1, day: 1)),
                allowedAmount: Money(cents: rate))
            let line = PaperExample.line([
                "allowed_amount": "\(Money(cents: allowed))", "units": "\(units)", "charge_amount": "9999999.00",
            ])
            let found = ContractComparison(rates: [contract], facility: nil).shortfalls(
                in: PaperExample.remittance(claims: [PaperExample.claim(lines: [line])]),
                tolerance: Money(cents: tolerance))
            let difference = rate * units - allowed
            #expect(found.map(\.difference.cents) == (difference > tolerance ? [difference] : []))
        }
    }

    @Test(
        arguments: [
            ("", "The file is empty"), ("payer,cpt,allowed\n", "effective_from among them"),
            ("payer,cpt,allowed,from,colour\n", "the column 'colour' is not known"),
            ("payer,cpt,allowed,from\n", "There is no rate in the file"),
            ("payer,cpt,allowed,from\nA,99213,10.00,2026-02-30\n", "Line 2: column 'effective_from'"),
            ("payer,cpt,allowed,from\nA,9921,10.00,2026-02-03\n", "Line 2: column 'procedure_code'"),
            ("payer,cpt,allowed,from\nA,99213,-1,2026-02-03\n", "Line 2: column 'allowed_amount'"),
            ("payer,cpt,allowed,from\n,99213,1,2026-02-03\n", "Line 2: column 'payer_name': there is no value"),
            ("payer,cpt,allowed,from,to\nA,99213,1,2026-02-03,2026-02-01\n", "ends before it begins"),
            (
                "payer,cpt,allowed,from\nA,99213,1,2026-02-03\nA Inc,99213,2,02/03/2026\n",
                "Line 3: the rate stands on line 2 already"
            ),
        ])
    func aWrongFileIsRefusedWholeWithItsLines(text: String, sentence: String) {
        let error = #expect(throws: ContractFileError.self) { try ContractFile(csv: Data(text.utf8)) }
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    }

    @Test func thePatientsOwnShareIsNoAdjustmentOfThePayers() {
        var line = PaperExample.line()
        let printed = [("CO", "45"), ("PR", "1"), ("", "PR-2"), ("", "3"), ("", "CO-3"), ("", "253")]
        line["adjustments"] = .groups(
            printed.map { group, reason in
                PaperExample.group(["group": group, "reason": reason, "amount": "50.00"])
            })
        let document = PaperExample.remittance(claims: [PaperExample.claim(lines: [line])])
        #expect(document.lineAdjustments.map(\.reason) == ["CO-45", "CO-3", "253"])
        #expect(document.lineAdjustments.first?.share == 2500)
    }

    @Test func policySaysWhatCounts() throws {
        var document = Document(type: "letter", typeConfidence: 0.99, pages: [1])
        document.fields = ["payer_name": .one(PaperExample.field("Acme"))]
        document = document.noting([Anomaly(code: "duplicate_document", detail: "It came already.", otherID: "D1")])
        #expect(try PolicyExample.policy().decide(document).reasons.map(\.code) == ["duplicate_document"])
        let none = PolicyExample.text + "\nanomalies:\n  reasons: []\n"
        #expect(try PolicyExample.policy(none).decide(document).disposition == .accept)
        #expect(document.noting([]).evidence.isEmpty)
        let wrong = PolicyExample.text + "\nanomalies:\n  reasons: [low_confidence]\n  least_history: 1\n"
        let check = Policy.check(text: wrong, path: "policy.yaml", vocabulary: PolicyExample.vocabulary)
        #expect(check.problems.count == 2 && check.problems.allSatisfy { $0.line != nil })
    }
}
