import Documents
import Governance
import Testing
import Understanding

@Suite struct MenderTests {
    private static let mender = Mender(
        type: DocumentType(
            name: "eob", title: "EOB",
            checks: [
                CheckDefinition(name: .lineAddsUp), CheckDefinition(name: .claimAddsUp),
                CheckDefinition(name: .paymentAddsUp, fields: ["payment_amount"]),
            ]))

    private func money(_ text: String, _ confidence: Confidence = 0.8, others: [String] = []) -> Leaf {
        .one(
            Field(
                value: .text(text), confidence: confidence,
                alternatives: others.isEmpty ? nil : others.map { .text($0) }))
    }

    /// Two lines of 100.00, of which 80.00 are paid; `paid` stands where the second line's 80.00 should.
    private func remittance(_ paid: Leaf, charge: Leaf? = nil) -> Document {
        let allowed = money("80.00", 0.99)
        return Document(
            type: "eob", typeConfidence: 0.99, pages: [1], fields: ["payment_amount": money("160.00", 0.99)],
            claims: [
                Claim(
                    fields: ["paid_amount": money("160.00", 0.99)],
                    serviceLines: [
                        [
                            "charge_amount": money("100.00"), "allowed_amount": allowed,
                            "paid_amount": money("80.00", 0.99),
                        ],
                        ["charge_amount": charge ?? money("100.00"), "allowed_amount": allowed, "paid_amount": paid],
                    ])
            ])
    }

    @Test func noOtherSignIsOfferedTogetherWithOtherDigits() throws {
        var document = remittance(money("80.00", 0.99))
        document.claims[0].fields["paid_amount"] = money("12.00")
        for equation in Self.mender.failing(in: document) {
            let mends = Self.mender.mends(of: equation, in: document)
            #expect(mends.allSatisfy { $0.value > .zero }, "80.00 + 80.00 = 12.00 is not mended by −68.00")
        }
        document = remittance(money("-80.00"))
        let equation = try #require(Self.mender.failing(in: document).first { $0.check.name == "claim_adds_up" })
        #expect(Self.mender.mends(of: equation, in: document).first?.value == Money("80.00"))
    }

    @Test func theAmountThatMendsMostSumsIsOfferedFirst() throws {
        let document = remittance(money("30.00", 0.7, others: ["80.00"]))
        let failing = Self.mender.failing(in: document)
        #expect(failing.map(\.check.name) == ["line_adds_up", "claim_adds_up"])
        for equation in failing {
            let best = try #require(Self.mender.mends(of: equation, in: document).first)
            #expect(best.path == "claims[0].service_lines[1].paid_amount")
            #expect(best.value == Money(cents: 8000))
            #expect(best.isReading)
        }
    }

    @Test func whatAPersonMistypedIsOfferedRight() throws {
        let document = remittance(money("08.00", 1.0))
        let equation = try #require(Self.mender.failing(in: document).first)
        let best = try #require(Self.mender.mends(of: equation, in: document).first)
        #expect(
            best == Mend(path: "claims[0].service_lines[1].paid_amount", value: Money(cents: 8000), isReading: false))
    }

    @Test func whatWouldBreakAnotherSumIsNotOffered() throws {
        var document = remittance(money("80.00"))
        document.claims[0].serviceLines.removeLast()
        let failing = Self.mender.failing(in: document)
        #expect(failing.map(\.check.name) == ["claim_adds_up"])
        #expect(Self.mender.mends(of: try #require(failing.first), in: document) == [])
    }

    @Test func nothingIsOfferedWhereAllHolds() {
        #expect(Self.mender.failing(in: remittance(money("80.00"))).isEmpty)
    }
}
