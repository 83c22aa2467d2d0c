import Documents
import Governance
import TestSupport
import Testing

@Suite struct EditUndoTests {
    private static let remittance = Document(
        type: "remittance", typeConfidence: 0.9, pages: [1],
        fields: [
            "payment_amount": .one(PolicyExample.field("10.00", 0.5)),
            "provider_adjustments": .groups([
                ["amount": PolicyExample.field("2.00", 0.3)], ["amount": PolicyExample.field("3.00", 0.4)],
            ]),
        ],
        claims: [
            Claim(
                fields: ["paid_amount": .one(PolicyExample.field("4.00", 0.6))],
                serviceLines: [
                    ["charge_amount": .one(PolicyExample.field("5.00", 0.7))],
                    [
                        "charge_amount": .one(PolicyExample.field("6.00", 0.7)),
                        "modifiers": .many([PolicyExample.field("25", 0.8), PolicyExample.field("LT", 0.9)]),
                    ],
                    ["charge_amount": .one(PolicyExample.field("7.00", 0.7))],
                ]),
            Claim(fields: ["paid_amount": .one(PolicyExample.field("6.00"))]),
        ])

    private func applying(_ batch: EditBatch, to document: Document) throws -> EditedDocument {
        try document.applying(batch.edits, makingRoomAt: batch.places, vocabulary: PolicyExample.vocabulary)
    }

    @Test func aRowThatIsTakenOutComesBackWithItsInk() throws {
        let line = "claims[0].service_lines[1]"
        let edited = try applying(EditBatch(edits: [FieldEdit(path: line, change: .remove)]), to: Self.remittance)
        #expect(edited.gone.map(\.description) == [line])
        #expect(edited.document.claims[0].serviceLines.count == 2)
        let back = try applying(edited.undo, to: edited.document)
        #expect(back.document == Self.remittance)
        #expect(back.changes.map(\.isRestored) == [true, true, true])
    }

    @Test func aRowIsPutInBeforeAnother() throws {
        let place = try #require(FieldPath("claims[0].service_lines[1]"))
        let typed = FieldEdit(path: "\(place).charge_amount", change: .correct("5.50"))
        let edited = try applying(EditBatch(places: [place], edits: [typed]), to: Self.remittance)
        let charges = edited.document.claims[0].serviceLines.compactMap { $0["charge_amount"]?.fields.first?.value }
        #expect(charges.map(\.description) == ["5.00", "5.50", "6.00", "7.00"])
        #expect(try applying(edited.undo, to: edited.document).document == Self.remittance)
    }

    @Test func anEmptyRowIsRefused() throws {
        let place = try #require(FieldPath("claims[0].service_lines[1]"))
        let error = #expect(throws: GovernanceError.self) {
            try applying(EditBatch(places: [place], edits: []), to: Self.remittance)
        }
        #expect(error?.problems.map(\.path) == [place.description])
    }

    @Test func whatIsRestoredMustBeAValueOfItsKindOnAPageOfTheDocument() throws {
        var stray = PolicyExample.field("5.00", 0.5)
        stray.page = 9
        for (path, field) in [
            ("payment_amount", PolicyExample.field("lots")), ("payment_amount", stray), ("none", stray),
        ] {
            let edit = FieldEdit(path: path, change: .restore(field))
            #expect(throws: GovernanceError.self) { try applying(EditBatch(edits: [edit]), to: Self.remittance) }
        }
    }

    /// Whatever is done in whatever order, taking it back step by step gives the document that was there.
    @Test(arguments: 0..<60)
    func everyChangeCanBeTakenBackAndMadeAgain(seed: Int) throws {
        var dice = SeededGenerator(seed: UInt64(seed))
        var document = Self.remittance
        var steps: [(before: Document, after: Document, undo: EditBatch)] = []
        for _ in 0..<12 {
            guard let edited = try? applying(Self.batch(for: document, &dice), to: document) else { continue }
            steps.append((document, edited.document, edited.undo))
            document = edited.document
        }
        #expect(!steps.isEmpty)
        for step in steps.reversed() {
            let back = try applying(step.undo, to: step.after)
            #expect(back.document == step.before)
            #expect(try applying(back.undo, to: back.document).document == step.after)
        }
    }

    private static func batch(for document: Document, _ dice: inout SeededGenerator) -> EditBatch {
        let paths = document.locatedFields.map(\.path)
        let amount = "\(Int.random(in: 1...99, using: &dice)).00"
        let claims = document.claims.count, items = document.lineItems.count
        switch (Int.random(in: 0..<7, using: &dice), paths.randomElement(using: &dice)) {
        case (0, let path?): return EditBatch(edits: [FieldEdit(path: path.description, change: .remove)])
        case (1, let path?): return EditBatch(edits: [FieldEdit(path: path.description, change: .confirm)])
        case (2, let path?):
            // A row or list value as a whole.
            guard let last = path.steps.lastIndex(where: { $0.index != nil }) else { return EditBatch(edits: []) }
            let whole = FieldPath(Array(path.steps[...last]))
            return EditBatch(edits: [FieldEdit(path: whole.description, change: .remove)])
        case (3, _) where claims > 0:
            let claim = Int.random(in: 0..<claims, using: &dice)
            let line = Int.random(in: 0...document.claims[claim].serviceLines.count, using: &dice)
            let place = FieldPath([.init("claims", claim), .init("service_lines", line)])
            return EditBatch(
                places: [place], edits: [FieldEdit(path: "\(place).charge_amount", change: .correct(amount))])
        case (4, _):
            let place = FieldPath([.init("claims", Int.random(in: 0...claims, using: &dice))])
            return EditBatch(
                places: [place], edits: [FieldEdit(path: "\(place).paid_amount", change: .correct(amount))])
        case (5, _):
            return EditBatch(
                edits: [
                    FieldEdit(path: "line_items[\(items)].amount", change: .correct(amount)),
                    FieldEdit(path: "payment_amount", change: .correct(amount)),
                ])
        default:
            let several = paths.filter { _ in Bool.random(using: &dice) }
            return EditBatch(edits: several.map { FieldEdit(path: $0.description, change: .remove) })
        }
    }
}
