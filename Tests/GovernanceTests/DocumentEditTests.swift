import Documents
import Governance
import Testing

@Suite struct DocumentEditTests {
    private let remittance = Document(
        type: "remittance", typeConfidence: 0.9, pages: [1],
        fields: [
            "payment_amount": .one(PolicyExample.field("10.00", 0.5)),
            "provider_adjustments": .groups([["amount": PolicyExample.field("2.00", 0.3)]]),
        ],
        claims: [
            Claim(
                fields: ["paid_amount": .one(PolicyExample.field("4.00", 0.6))],
                serviceLines: [
                    ["charge_amount": .one(PolicyExample.field("5.00"))],
                    ["charge_amount": .one(PolicyExample.field("6.00"))],
                ]),
            Claim(fields: ["paid_amount": .one(PolicyExample.field("6.00"))]),
        ])

    private func apply(
        _ edits: [FieldEdit], to document: Document
    ) throws(GovernanceError) -> (document: Document, changes: [FieldChange]) {
        let edited = try document.applying(edits, vocabulary: PolicyExample.vocabulary)
        return (edited.document, edited.changes)
    }

    private func sentence(_ edit: FieldEdit, on document: Document) -> String? {
        do {
            _ = try apply([edit], to: document)
            return nil
        } catch {
            #expect(error.code == .editRefused)
            #expect(error.problems.map(\.path) == [edit.path])
            return error.problems.first?.sentence
        }
    }

    private func values(_ document: Document) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: document.locatedFields.map { ($0.path.description, $0.field.value.description) })
    }

    @Test func aCorrectedValueIsPutInItsNormalFormAndTrusted() throws {
        let (document, changes) = try apply(
            [FieldEdit(path: "claims[0].paid_amount", change: .correct(" $1,234.5 "))], to: remittance)
        let before = PolicyExample.field("4.00", 0.6)
        var after = before
        after.value = .text("1234.50")
        after.text = "$1,234.5"
        after.confidence = 1.0
        #expect(document.claims[0].fields["paid_amount"] == .one(after))
        #expect(changes == [FieldChange(path: "claims[0].paid_amount", from: before, to: after)])
        #expect(changes[0].isCorrection)
    }

    @Test func aConfirmedFieldKeepsItsValue() throws {
        let (document, changes) = try apply([FieldEdit(path: "payment_amount", change: .confirm)], to: remittance)
        #expect(document.fields["payment_amount"] == .one(PolicyExample.field("10.00", 1.0)))
        #expect(changes.map(\.isCorrection) == [false])
    }

    @Test func aNewValueRemembersTheInkThatWasPointedAt() throws {
        let box = Box(left: 5, top: 6, right: 7, bottom: 8)
        let edits = [
            FieldEdit(path: "letter_date", change: .correct("March 14, 2026"), page: 2, box: box),
            FieldEdit(path: "member_id", change: .correct("W 12")),
        ]
        let (document, changes) = try apply(edits, to: PolicyExample.letter())
        #expect(
            document.fields["letter_date"]
                == .one(
                    Field(value: .text("2026-03-14"), text: "March 14, 2026", confidence: 1.0, page: 2, box: box)))
        #expect(
            document.fields["member_id"]
                == .one(
                    Field(value: .text("W12"), text: "W 12", confidence: 1.0, derivedFrom: ["reviewer"])))
        #expect(changes.map(\.from) == [nil, nil])
    }

    @Test func choicesAndSignaturesTakeTheirOwnForms() throws {
        let (document, _) = try apply(
            [
                FieldEdit(path: "urgency", change: .correct("Expedited")),
                FieldEdit(path: "signed", change: .correct("True")),
            ], to: PolicyExample.letter())
        #expect(values(document)["urgency"] == "expedited")
        let signed = document.locatedFields.first { $0.path.description == "signed" }
        #expect(signed?.field.value == .boolean(true))
    }

    @Test func listsTablesAndGroupsGrowAtTheirEnd() throws {
        let (letter, _) = try apply(
            [
                FieldEdit(path: "reason_codes[0]", change: .correct("co 197")),
                FieldEdit(path: "reason_codes[1]", change: .correct("45")),
            ], to: PolicyExample.letter())
        #expect(values(letter)["reason_codes[0]"] == "CO-197")
        #expect(values(letter)["reason_codes[1]"] == "45")
        let (document, _) = try apply(
            [
                FieldEdit(path: "claims[2].service_lines[0].modifiers[0]", change: .correct("lt")),
                FieldEdit(path: "provider_adjustments[1].reason", change: .correct("Levy")),
                FieldEdit(path: "line_items[0].amount", change: .correct("3")),
            ], to: remittance)
        #expect(values(document)["claims[2].service_lines[0].modifiers[0]"] == "LT")
        #expect(values(document)["provider_adjustments[1].reason"] == "Levy")
        #expect(values(document)["line_items[0].amount"] == "3.00")
    }

    @Test func placesAreThoseThatTheReviewerSaw() throws {
        let (document, changes) = try apply(
            [
                FieldEdit(path: "claims[0].service_lines[0]", change: .remove),
                FieldEdit(path: "claims[0].service_lines[1].charge_amount", change: .correct("7")),
                FieldEdit(path: "provider_adjustments[0].amount", change: .remove),
                FieldEdit(path: "claims[1]", change: .remove),
            ], to: remittance)
        #expect(
            values(document) == [
                "payment_amount": "10.00", "claims[0].paid_amount": "4.00",
                "claims[0].service_lines[0].charge_amount": "7.00",
            ])
        #expect(document.claims.count == 1)
        #expect(
            Set(changes.filter { $0.to == nil }.map(\.path)) == [
                "claims[0].service_lines[0].charge_amount", "claims[1].paid_amount", "provider_adjustments[0].amount",
            ])
    }

    @Test(arguments: [
        ("letter_date", "31/31/2026", "Letter date: '31/31/2026' is not a date of the calendar"),
        ("member_id", "none", "Member ID: 'none' is not an identifier"),
        ("member_id", "", "Member ID: '' is not an identifier"),
        ("urgency", "soon", "Urgency: 'soon' is not one of standard, expedited"),
        ("signed", "yes", "Signed: 'yes' is not true or false"),
        ("reason_codes[1]", "45", "The document has no place 'reason_codes[1]'"),
        ("reason_codes", "45", "The document has no place 'reason_codes'"),
        ("member_id[0]", "W1", "The document has no place 'member_id[0]'"),
        ("Member ID", "W1", "The document has no place 'Member ID'"),
        ("shoe_size", "9", "Documents of type 'letter' have no field 'shoe_size'"),
    ])
    func aRefusalSaysWhatWasTypedAndWhatIsExpected(path: String, typed: String, words: String) {
        let sentence = sentence(FieldEdit(path: path, change: .correct(typed)), on: PolicyExample.letter())
        #expect(sentence?.hasPrefix(words) == true, "\(sentence ?? "accepted")")
    }

    @Test func everyKindSaysWhatItTakes() {
        for kind in NormalForm.allCases where kind != .name && kind != .text {
            let vocabulary = Vocabulary(types: ["t": ["f": .init(title: "F", kind: kind, options: ["a"])]])
            let document = Document(type: "t", typeConfidence: 1.0, pages: [1])
            let edit = FieldEdit(path: "f", change: .correct("?"))
            #expect(throws: GovernanceError.self) { try document.applying([edit], vocabulary: vocabulary) }
        }
    }

    @Test func oneRefusalRefusesAll() throws {
        let edits = [
            FieldEdit(path: "payment_amount", change: .correct("11")),
            FieldEdit(path: "claims[0].paid_amount", change: .correct("a lot")),
            FieldEdit(path: "claims[7]", change: .remove),
        ]
        let error = #expect(throws: GovernanceError.self) { try apply(edits, to: remittance) }
        #expect(error?.problems.map(\.path) == ["claims[0].paid_amount", "claims[7]"])
    }

    @Test func aPageOfAnotherDocumentIsRefused() {
        let edit = FieldEdit(
            path: "member_id", change: .correct("W1"), page: 9, box: Box(left: 0, top: 0, right: 1, bottom: 1))
        #expect(sentence(edit, on: PolicyExample.letter())?.contains("page 9") == true)
    }

    @Test func aConfirmedDocumentIsAcceptedWithoutDoubt() throws {
        var document = remittance
        document.reasons = [Reason(code: "low_confidence")]
        let confirmed = document.confirmed()
        #expect(confirmed.disposition == .accept)
        #expect(confirmed.reasons.isEmpty)
        #expect(confirmed.typeConfidence == 1.0)
        #expect(confirmed.locatedFields.allSatisfy { $0.field.confidence == 1.0 })
        #expect(values(confirmed) == values(document))
    }
}
