import Documents
import Foundation
import Testing
import Understanding

@Suite("Checks of values")
struct CheckerTests {
    static func row(_ values: [String: String]) -> Row {
        values.mapValues { .one(Field(value: .text($0), confidence: 1.0)) }
    }

    static func checker(_ checks: [CheckDefinition], fields: [String] = []) -> Checker {
        Checker(
            type: DocumentType(
                name: "t", title: "T",
                fields: fields.map { FieldDefinition(name: $0, title: $0, kind: .text, labels: [$0]) },
                checks: checks))
    }

    @Test(
        "Dates in order, check digits and sums",
        arguments: [
            (CheckName.dateOrder, ["a", "b"], ["a": "2026-01-01", "b": "2026-01-01"], true),
            (.dateOrder, ["a", "b"], ["a": "2026-01-02", "b": "2026-01-01"], false),
            (.npiCheckDigit, ["a"], ["a": "1245319599"], true),
            (.npiCheckDigit, ["a"], ["a": "1245319598"], false),
            (.amountSum, ["t", "a", "b"], ["t": "3.00", "a": "1.00", "b": "2.00"], true),
            (.amountSum, ["t", "a", "b"], ["t": "3.01", "a": "1.00", "b": "2.00"], false),
            (.dateSane, ["a"], ["a": "1800-01-01"], false),
        ])
    func fields(name: CheckName, names: [String], values: [String: String], passed: Bool) {
        let checks = Self.checker([CheckDefinition(name: name, fields: names)], fields: names)
            .checks(fields: Self.row(values), claims: [], lineItems: [])
        #expect(checks.map(\.passed) == [passed])
        #expect(checks.allSatisfy { $0.detail?.isEmpty == false && $0.fields?.isEmpty == false })
    }

    @Test("A check says nothing where a value is missing")
    func silent() {
        let checker = Self.checker(
            [
                CheckDefinition(name: .dateOrder, fields: ["a", "b"]),
                CheckDefinition(name: .amountSum, fields: ["a", "b"]),
                CheckDefinition(name: .lineAddsUp), CheckDefinition(name: .paymentAddsUp, fields: ["a"]),
            ], fields: ["a", "b"])
        #expect(checker.checks(fields: Self.row(["a": "2026-01-01"]), claims: [], lineItems: []).isEmpty)
    }

    @Test("A bill's line is quantity times price")
    func product() {
        let checks = Self.checker([CheckDefinition(name: .lineProduct)]).checks(
            fields: [:], claims: [],
            lineItems: [
                Self.row(["quantity": "2.5", "unit_price": "10.00", "amount": "25.00"]),
                Self.row(["quantity": "3", "unit_price": "10.00", "amount": "31.00"]),
            ])
        #expect(checks.map(\.passed) == [true, false])
        #expect(checks[1].detail == "3 times 10.00 is 30.00; 31.00 is printed")
    }
}
