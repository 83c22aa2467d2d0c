import Documents
import Foundation
import Governance
import Testing

@Suite struct HiddenValuesTests {
    private static let blind: Set = ["payment_amount", "claims.paid_amount", "claims.service_lines.charge_amount"]

    private static var remittance: Document {
        func money(_ text: String) -> Leaf {
            var field = PolicyExample.field(text)
            field.alternatives = [.text("98.76")]
            return .one(field)
        }
        var document = Document(
            type: "remittance", typeConfidence: 0.99, pages: [1], fields: ["payment_amount": money("123.45")],
            claims: [
                Claim(
                    fields: ["patient_name": .one(PolicyExample.field("Maria")), "paid_amount": money("123.45")],
                    serviceLines: [["charge_amount": money("123.45")]])
            ], lineItems: [["amount": money("7.00")]])
        document.reasons = [
            Reason(code: "low_confidence", field: "payment_amount", detail: "of 123.45"),
            Reason(code: "check_failed", field: "claims[0].patient_name", detail: "123.45 is not 120.00"),
        ]
        document.checks = [Check(name: "sum", passed: false, detail: "123.45", fields: nil)]
        document.evidence = [Reason(code: "account_supports", field: nil, detail: "123.45 in the books")]
        return document
    }

    @Test func nothingOfTheDocumentTellsAHiddenValue() throws {
        let hidden = Self.remittance.hiding(Self.blind)
        let text = String(decoding: try JSONEncoder().encode(hidden), as: UTF8.self)
        #expect(!text.contains("123.45"))
        #expect(text.contains("Maria"))
        #expect(hidden.claims[0].serviceLines.count == 1, "Rows keep their places.")
        #expect(hidden.lineItems == Self.remittance.lineItems)
        #expect(Self.remittance.hiding([]) == Self.remittance)
    }

    @Test func whatIsKeyedIsAskedForInEveryRow() {
        #expect(
            Self.remittance.places(of: Self.blind).map(\.description) == [
                "payment_amount", "claims[0].paid_amount", "claims[0].service_lines[0].charge_amount",
            ])
        #expect(Self.remittance.places(of: ["line_items.amount"]).map(\.description) == ["line_items[0].amount"])
    }

    @Test func settledValuesTakeThePlaceOfTheMachines() throws {
        let places = Self.remittance.places(of: Self.blind).map(\.description)
        let settled = ["payment_amount": "123.45", "claims[0].paid_amount": "120.00"]
        let edits = Self.remittance.edits(settling: settled, at: places)
        let document = try Self.remittance.applying(edits, vocabulary: PolicyExample.vocabulary).document
        func value(_ path: String) -> String? {
            document.locatedFields.first { $0.path.description == path }?.field.value.description
        }
        #expect(value("payment_amount") == "123.45")
        #expect(value("claims[0].paid_amount") == "120.00")
        #expect(value("claims[0].service_lines[0].charge_amount") == nil)
    }
}
