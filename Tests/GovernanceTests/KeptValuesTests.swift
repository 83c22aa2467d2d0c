import Documents
import Governance
import Testing

/// What a person stands for outlives a new reading of the pages.
@Suite struct KeptValuesTests {
    private static func field(_ text: String, _ confidence: Confidence, page: Int? = 1, top: Double = 0) -> Field {
        Field(
            value: .text(text), text: text, confidence: confidence, page: page,
            box: page.map { _ in Box(left: 0, top: top, right: 100, bottom: top + 20) })
    }

    private static func remittance(_ rows: [(patient: Field, paid: Field)], pages: [Int]) -> Document {
        Document(
            type: "remittance", typeConfidence: 1.0, pages: pages,
            claims: rows.map { Claim(fields: ["patient_name": .one($0.patient), "paid_amount": .one($0.paid)]) })
    }

    private func texts(_ document: Document) -> [String: String] {
        Dictionary(document.locatedFields.map { ($0.path.description, $0.field.value.description) }) { $1 }
    }

    @Test func aRowIsKnownAgainByItsInkWhereverItStands() {
        let former = Self.remittance(
            [
                (Self.field("Ann", 0.9), Self.field("1.00", 0.8, top: 30)),
                (Self.field("Bob", 0.9, page: 2), Self.field("2.50", 1.0, page: 2, top: 30)),
            ], pages: [1, 2])
        let read = Self.remittance(
            [(Self.field("Bob", 0.9, page: 2), Self.field("2.60", 0.7, page: 2, top: 30))], pages: [2])
        let kept = read.keeping(valuesOf: former, withoutInk: false, vocabulary: PolicyExample.vocabulary)
        #expect(texts(kept) == ["claims[0].patient_name": "Bob", "claims[0].paid_amount": "2.50"])
    }

    @Test func aRowThatAPersonTypedTakesNoOthersPlace() {
        let read = Self.remittance([(Self.field("Ann", 0.9), Self.field("1.00", 0.8, top: 30))], pages: [1])
        let typed = (Self.field("Ann", 1.0, page: nil), Self.field("7.00", 1.0, page: nil))
        var former = read
        former.claims += Self.remittance([typed, typed], pages: [1]).claims
        let kept = read.keeping(valuesOf: former, withoutInk: true, vocabulary: PolicyExample.vocabulary)
        #expect(kept.claims.count == 3)
        #expect(texts(kept) == texts(former))
        let again = kept.keeping(valuesOf: former, withoutInk: true, vocabulary: PolicyExample.vocabulary)
        #expect(texts(again) == texts(former), "what is there already is not put in twice")
    }

    @Test func aValueWhoseInkIsElsewhereGoesThere() {
        let former = Document(
            type: "letter", typeConfidence: 1.0, pages: [1, 2],
            fields: [
                "payer_name": .one(Self.field("Acme", 1.0)),
                "member_id": .one(Self.field("W1", 1.0, page: 2)),
                "letter_date": .one(Self.field("2026-01-02", 1.0, page: nil)),
                "reason_codes": .many([Self.field("CO-45", 1.0, top: 60), Self.field("CO-16", 0.5, top: 90)]),
            ])
        let first = Document(type: "letter", typeConfidence: 0.9, pages: [1])
        let kept = first.keeping(valuesOf: former, withoutInk: true, vocabulary: PolicyExample.vocabulary)
        #expect(texts(kept) == ["payer_name": "Acme", "letter_date": "2026-01-02", "reason_codes[0]": "CO-45"])
        let rest = Document(type: "letter", typeConfidence: 0.9, pages: [2])
        let other = rest.keeping(valuesOf: former, withoutInk: false, vocabulary: PolicyExample.vocabulary)
        #expect(texts(other) == ["member_id": "W1"])
    }

    @Test func whatTheTypeDoesNotHaveIsDropped() {
        let former = Document(
            type: "letter", typeConfidence: 1.0, pages: [1], fields: ["payer_name": .one(Self.field("Acme", 1.0))])
        let read = Document(type: "remittance", typeConfidence: 1.0, pages: [1])
        #expect(read.keeping(valuesOf: former, withoutInk: true, vocabulary: PolicyExample.vocabulary) == read)
    }
}
