import Documents
import Governance
import Testing

@Suite struct PolicyDecisionTests {
    private func reasons(_ document: Document, unreadable: [Int: String] = [:]) throws -> [Reason] {
        let decided = try PolicyExample.policy().decide(document, unreadablePages: unreadable)
        #expect((decided.disposition == .accept) == decided.reasons.isEmpty)
        return decided.reasons
    }

    @Test func aDocumentWithoutDoubtIsAccepted() throws {
        let document = PolicyExample.letter()
        let decided = try PolicyExample.policy().decide(document)
        #expect(decided.disposition == .accept)
        #expect(decided.fields == document.fields)
    }

    @Test func oldReasonsDoNotSurviveANewDecision() throws {
        var document = PolicyExample.letter()
        document.reasons = [Reason(code: "low_confidence")]
        #expect(try reasons(document).isEmpty)
    }

    @Test func aDoubtfulFieldIsNamedWithBothNumbers() throws {
        let document = PolicyExample.letter([
            "payer_name": .one(PolicyExample.field("Acme", 0.61)),
            "member_id": .one(PolicyExample.field("W1", 0.61)),
        ])
        let reasons = try reasons(document)
        #expect(reasons.map(\.field) == ["member_id", "payer_name"])
        #expect(
            reasons.map(\.detail) == [
                "0.61 is under the 0.70 that policy asks", "0.61 is under the 0.90 that policy asks",
            ])
        #expect(reasons.allSatisfy { $0.code == ReasonCode.lowConfidence.rawValue })
    }

    @Test(arguments: [(0.9, false), (0.89996, false), (0.89994, true), (0.8999, true)])
    func confidencesAreComparedAsTheyAreRecorded(confidence: Double, doubtful: Bool) throws {
        let document = PolicyExample.letter(["payer_name": .one(PolicyExample.field("Acme", Confidence(confidence)))])
        let reasons = try reasons(document)
        #expect(reasons.isEmpty == !doubtful)
        if doubtful { #expect(reasons.first?.detail == "0.8999 is under the 0.90 that policy asks") }
    }

    @Test func valuesInListsAndTablesAreNamedByPlace() throws {
        let line: Row = ["charge_amount": .one(PolicyExample.field("1.00", 0.2))]
        let claim = Claim(fields: ["patient_name": .one(PolicyExample.field("Jane Doe"))], serviceLines: [line])
        let document = Document(
            type: "remittance", typeConfidence: 0.99, pages: [1],
            fields: [
                "provider_adjustments": .groups([["amount": PolicyExample.field("2.00", 0.3)]])
            ],
            claims: [claim], lineItems: [["amount": .one(PolicyExample.field("3.00", 0.4))]])
        #expect(
            try reasons(document).map(\.field) == [
                "provider_adjustments[0].amount", "claims[0].service_lines[0].charge_amount", "line_items[0].amount",
            ])
    }

    @Test func aMissingRequiredFieldIsNamed() throws {
        let reasons = try reasons(PolicyExample.letter([:]))
        #expect(reasons.map(\.code) == ["missing_field"])
        #expect(reasons.map(\.field) == ["payer_name"])
    }

    @Test func aSubtypeMayAskForOtherFields() throws {
        var document = PolicyExample.letter()
        document.subtype = "denial"
        #expect(try reasons(document).map(\.field) == ["member_id"])
        document.subtype = "general"
        #expect(try reasons(document).isEmpty)
    }

    @Test func withoutAListOfPolicyTheTypesOwnFieldsAreRequired() throws {
        let document = Document(type: "application", typeConfidence: 1.0, pages: [1])
        #expect(try reasons(document).map(\.code) == ["missing_field", "always_review"])
    }

    @Test func aRequiredFieldOfATableMustBeInEachRow() throws {
        let named: Row = ["patient_name": .one(PolicyExample.field("Jane Doe"))]
        let document = Document(
            type: "remittance", typeConfidence: 0.99, pages: [1],
            claims: [Claim(fields: named), Claim(fields: [:], serviceLines: [[:]])])
        #expect(
            try reasons(document).map(\.field) == [
                "claims[1].patient_name", "claims[1].service_lines[0].charge_amount",
            ])
    }

    @Test func whatEachLineOfAClaimSaysIsNotMissingInTheClaim() throws {
        let text = PolicyExample.text.replacing(
            "claims.patient_name, claims.service_lines.charge_amount", with: "claims.paid_amount")
        let paid: Row = ["paid_amount": .one(PolicyExample.field("12.00"))]
        let document = Document(
            type: "remittance", typeConfidence: 0.99, pages: [1],
            claims: [
                Claim(fields: [:], serviceLines: [paid, paid]), Claim(fields: [:], serviceLines: [paid, [:]]),
                Claim(fields: [:]),
            ])
        let decided = try PolicyExample.policy(text).decide(document)
        #expect(decided.reasons.map(\.field) == ["claims[1].paid_amount", "claims[2].paid_amount"])
    }

    @Test func aRequiredFieldOfClaimsAsksForAClaim() throws {
        let document = Document(type: "remittance", typeConfidence: 0.99, pages: [1])
        #expect(try reasons(document).map(\.field) == ["claims[0].patient_name"])
    }

    @Test func aFailedCheckIsAReason() throws {
        var document = PolicyExample.letter()
        document.checks = [
            Check(name: "date_is_past", passed: false, detail: "2031-01-01 is to come", fields: ["letter_date"]),
            Check(name: "other", passed: true),
        ]
        #expect(
            try reasons(document) == [
                Reason(code: "check_failed", field: "letter_date", detail: "date_is_past: 2031-01-01 is to come")
            ])
    }

    @Test func theTypesOwnThresholdHolds() throws {
        let document = Document(type: "remittance", typeConfidence: 0.94, pages: [1])
        #expect(
            try reasons(document).first
                == Reason(code: "low_type_confidence", detail: "0.94 is under the 0.95 that policy asks"))
    }

    @Test func pagesThatMayNotBeOneWholeDocumentAreAReason() throws {
        var document = PolicyExample.letter()
        document.pagesConfidence = 0.62
        #expect(
            try reasons(document) == [
                Reason(code: "low_pages_confidence", detail: "0.62 is under the 0.80 that policy asks")
            ])
        document.pagesConfidence = 0.8
        #expect(try reasons(document).isEmpty)
    }

    @Test func anUnreadablePageOfTheDocumentIsAReason() throws {
        let pages = [2: "The reader ran out of time.", 7: "Not of this document."]
        #expect(
            try reasons(PolicyExample.letter(), unreadable: pages) == [
                Reason(code: "unreadable_page", detail: "Page 2: The reader ran out of time.")
            ])
    }

    @Test func anUnknownTypeIsReviewed() throws {
        let document = Document(type: "poem", typeConfidence: 1.0, pages: [1])
        #expect(try reasons(document).map(\.code) == ["unknown_type"])
    }

    @Test func aTypeMayAlwaysBeReviewed() throws {
        let document = Document(
            type: "application", typeConfidence: 1.0, pages: [1],
            fields: ["name": .one(PolicyExample.field("Jane Doe"))])
        #expect(try reasons(document).map(\.code) == ["always_review"])
    }

    @Test func aTypeMayBeAcceptedOnItsTypeAlone() throws {
        let doubtful: Row = ["note": .one(PolicyExample.field("x", 0.1))]
        #expect(try reasons(Document(type: "junk", typeConfidence: 0.9, pages: [1], fields: doubtful)).isEmpty)
        let unsure = Document(type: "junk", typeConfidence: 0.7, pages: [1])
        #expect(try reasons(unsure).map(\.code) == ["low_type_confidence"])
        let unread = Document(type: "junk", typeConfidence: 0.9, pages: [1])
        #expect(try reasons(unread, unreadable: [1: "Torn."]).map(\.code) == ["unreadable_page"])
    }
}
