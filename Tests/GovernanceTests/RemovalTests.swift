import Documents
import Governance
import TestSupport
import Testing

/// What a person took away does not come back with a new reading.
@Suite struct RemovalTests {
    private static func field(_ text: String, page: Int? = 1, left: Double = 0, top: Double) -> Field {
        Field(
            value: .text(text), text: text, confidence: 0.9, page: page,
            box: page.map { _ in Box(left: left, top: top, right: left + 100, bottom: top + 20) })
    }

    private static func removal(_ definition: String, of field: Field, isOwn: Bool = true) -> Removal {
        Removal(
            definition: definition, page: field.page, box: field.box, value: isOwn ? field.value.description : nil)
    }

    @Test func aValueOfTheSameInkOrTheSameWordsIsLeftOut() {
        let member = Self.field("W1", top: 0)
        let elsewhere = Document(
            type: "letter", typeConfidence: 1.0, pages: [1],
            fields: ["member_id": .one(Self.field("W1", top: 400)), "payer_name": .one(Self.field("W1", top: 0))])
        let left = elsewhere.leavingOut([Self.removal("member_id", of: member)])
        #expect(left.locatedFields.map(\.path.description) == ["payer_name"])
        let ofAnother = elsewhere.leavingOut([Self.removal("member_id", of: member, isOwn: false)])
        #expect(ofAnother == elsewhere, "another document's value says nothing but by its ink")
        let other = Document(
            type: "letter", typeConfidence: 1.0, pages: [1], fields: ["member_id": .one(Self.field("W2", top: 5))])
        #expect(other.leavingOut([Self.removal("member_id", of: member, isOwn: false)]).fields.isEmpty)
        let onAnotherPage = Document(
            type: "letter", typeConfidence: 1.0, pages: [2],
            fields: ["member_id": .one(Self.field("W2", page: 2, top: 0))])
        #expect(onAnotherPage.leavingOut([Self.removal("member_id", of: member)]) == onAnotherPage)
    }

    @Test func aRowThatWasTakenOutGoesWholeAndItsLikeStay() {
        func row(_ paid: String, _ top: Double) -> Claim {
            Claim(fields: ["paid_amount": .one(Self.field(paid, top: top))])
        }
        let read = Document(
            type: "remittance", typeConfidence: 1.0, pages: [1],
            claims: [row("10.00", 0), row("10.00", 100), row("7.00", 200)])
        let left = read.leavingOut([Self.removal("claims.paid_amount", of: Self.field("10.00", top: 102))])
        #expect(left.claims == [row("10.00", 0), row("7.00", 200)])
        let withoutInk = Self.removal("claims.paid_amount", of: Self.field("10.00", page: nil, top: 0))
        #expect(read.leavingOut([withoutInk]) == read, "which of two rows alike it was, nobody can say")
    }

    @Test func aValueThatWasTakenOutOfAListLeavesItsTwin() {
        func codes(_ tops: Double...) -> Document {
            Document(
                type: "remittance", typeConfidence: 1.0, pages: [1],
                fields: ["reason_codes": .many(tops.map { Self.field("CO-45", top: $0) })])
        }
        let left = codes(0, 100).leavingOut([Self.removal("reason_codes", of: Self.field("CO-45", top: 102))])
        #expect(left == codes(0))
    }

    /// Four quarters are none, whatever the page and the place; a half is two quarters.
    @Test(arguments: 1...4) func inkThatIsTurnedAllTheWayIsWhereItWas(seed: UInt64) {
        var dice = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let upright = PageExtent(
                width: .random(in: 100...3000, using: &dice), height: .random(in: 100...3000, using: &dice))
            let onSide = PageExtent(width: upright.height, height: upright.width)
            let left = Double.random(in: 0..<upright.width - 1, using: &dice)
            let top = Double.random(in: 0..<upright.height - 1, using: &dice)
            let box = Box(left: left, top: top, right: upright.width - 0.5, bottom: upright.height - 0.25)
            let quarter = PageTurning(degrees: 90, from: upright, to: onSide)
            let next = PageTurning(degrees: 90, from: onSide, to: upright)
            let half = next.turned(quarter.turned(box))
            #expect(isNear(half, PageTurning(degrees: 180, from: upright, to: upright).turned(box)))
            #expect(isNear(next.turned(quarter.turned(half)), box))
            let back = PageTurning(degrees: 270, from: onSide, to: upright)
            #expect(isNear(back.turned(quarter.turned(box)), box))
            let turned = quarter.turned(box)
            #expect(turned.left >= -0.001 && turned.right <= onSide.width + 0.001 && turned.left <= turned.right)
        }
    }

    private func isNear(_ one: Box, _ other: Box) -> Bool {
        abs(one.left - other.left) < 0.001 && abs(one.top - other.top) < 0.001
            && abs(one.right - other.right) < 0.001 && abs(one.bottom - other.bottom) < 0.001
    }
}
