import Documents
import Governance
import Testing

@Suite struct DocumentOutcomesTests {
    private func wrong(_ read: Document, settled: Document?) -> [String] {
        read.outcomes(settled: settled, id: "D1", model: "M1", vocabulary: PolicyExample.vocabulary)
            .filter { !$0.isRight }.map(\.path)
    }

    private func remittance(_ claims: [Claim], lineItems: [Row] = [], adjustments: [[String: Field]] = []) -> Document {
        Document(
            type: "remittance", typeConfidence: 0.99, pages: [1],
            fields: adjustments.isEmpty ? [:] : ["provider_adjustments": .groups(adjustments)], claims: claims,
            lineItems: lineItems)
    }

    private func claim(_ name: String, _ paid: String, lines: [String] = []) -> Claim {
        Claim(
            fields: ["patient_name": .one(PolicyExample.field(name)), "paid_amount": .one(PolicyExample.field(paid))],
            serviceLines: lines.map { ["charge_amount": .one(PolicyExample.field($0))] })
    }

    @Test func aConfirmedDocumentIsRightInEveryValue() throws {
        let read = remittance([claim("Ann", "1.00", lines: ["2.00", "3.00"])], lineItems: [], adjustments: [])
        let outcomes = read.outcomes(
            settled: read.confirmed(), id: "D1", model: "M1", vocabulary: PolicyExample.vocabulary)
        #expect(outcomes.map(\.path) == read.locatedFields.map(\.path.description))
        #expect(outcomes.allSatisfy { $0.isRight && $0.confidence == 0.99 && $0.model == "M1" })
        #expect(outcomes.last?.field == "claims.service_lines.charge_amount")
    }

    @Test func whatWasCorrectedOrRemovedIsWrong() throws {
        let read = PolicyExample.letter([
            "payer_name": .one(PolicyExample.field("Acme")), "member_id": .one(PolicyExample.field("W1")),
            "letter_date": .one(PolicyExample.field("2026-03-14")),
        ])
        let edited = try read.applying(
            [
                FieldEdit(path: "member_id", change: .correct("W2")), FieldEdit(path: "letter_date", change: .remove),
                FieldEdit(path: "payer_name", change: .correct("Acme")),
            ], vocabulary: PolicyExample.vocabulary)
        #expect(wrong(read, settled: edited.document.confirmed()) == ["letter_date", "member_id"])
    }

    @Test func whatThePersonAddedIsNoOutcome() throws {
        let read = PolicyExample.letter()
        let edited = try read.applying(
            [FieldEdit(path: "member_id", change: .correct("W2"))], vocabulary: PolicyExample.vocabulary)
        #expect(wrong(read, settled: edited.document) == [])
    }

    @Test func aRowThatWasTakenAwayDoesNotMakeTheOthersWrong() throws {
        let read = remittance(
            [
                claim("Ann", "1.00", lines: ["1.00"]), claim("Bob", "2.00"),
                claim("Cas", "3.00", lines: ["4.00", "5.00"]),
            ],
            lineItems: ["1.00", "1.00", "2.00"].map { ["amount": .one(PolicyExample.field($0))] },
            adjustments: [["reason": PolicyExample.field("FB")], ["reason": PolicyExample.field("WO")]])
        let edited = try read.applying(
            [
                FieldEdit(path: "claims[0]", change: .remove),
                FieldEdit(path: "claims[2].service_lines[0]", change: .remove),
                FieldEdit(path: "claims[1].paid_amount", change: .correct("2.50")),
                FieldEdit(path: "line_items[1]", change: .remove),
                FieldEdit(path: "provider_adjustments[0]", change: .remove),
            ], vocabulary: PolicyExample.vocabulary)
        #expect(
            wrong(read, settled: edited.document) == [
                "provider_adjustments[0].reason", "claims[0].paid_amount", "claims[0].patient_name",
                "claims[0].service_lines[0].charge_amount", "claims[1].paid_amount",
                "claims[2].service_lines[0].charge_amount", "line_items[1].amount",
            ])
    }

    @Test func aValueOfAListIsRightWhereverItStandsInIt() throws {
        func letter(_ codes: [String]) -> Document {
            PolicyExample.letter(["reason_codes": .many(codes.map { PolicyExample.field($0) })])
        }
        #expect(
            wrong(letter(["CO-45", "CO-197", "CO-45"]), settled: letter(["CO-197", "CO-45"])) == ["reason_codes[2]"])
    }

    @Test func aValueThatNobodyWasShownHasNoOutcome() {
        let read = PolicyExample.letter(["no_such_field": .one(PolicyExample.field("?"))])
        #expect(read.outcomes(settled: read, id: "D1", model: "M1", vocabulary: PolicyExample.vocabulary).isEmpty)
    }

    @Test func inADocumentThatIsNoneEveryValueIsWrong() {
        let read = remittance([claim("Ann", "1.00", lines: ["2.00"])])
        #expect(wrong(read, settled: nil) == read.locatedFields.map(\.path.description))
    }
}
