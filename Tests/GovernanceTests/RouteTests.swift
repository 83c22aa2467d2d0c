import Documents
import Governance
import TestSupport
import Testing

@Suite struct RouteTests {
    private static let text =
        PolicyExample.text.replacing(
            "  remittance:\n", with: "  remittance:\n    amount_at_stake: [payment_amount, claims.paid_amount]\n")
        + "\n"

    private func policy(_ routes: String...) throws -> Policy {
        try PolicyExample.policy(Self.text + "routes:\n" + routes.map { "  - {\($0)}\n" }.joined())
    }

    private func remittance(_ amount: String, claims: [String] = []) -> Document {
        Document(
            type: "remittance", typeConfidence: 0.99, pages: [1],
            fields: ["payment_amount": .one(PolicyExample.field(amount))],
            claims: claims.map { Claim(fields: ["paid_amount": .one(PolicyExample.field($0))]) })
    }

    @Test func theFirstRouteThatMatchesCountsAndElseTheTypesQueue() throws {
        let policy = try policy(
            "queue: letters, type: remittance, amount_at_least: 1000", "queue: general, payers: [ACME health.]")
        #expect(policy.queue(for: remittance("1000.00")) == "letters")
        #expect(policy.queue(for: remittance("999.99")) == "general")
        #expect(policy.queue(for: PolicyExample.letter()) == "general")
        var other = PolicyExample.letter()
        other.fields["payer_name"] = .one(PolicyExample.field("Acme Health Plan"))
        #expect(policy.queue(for: other) == "letters")
    }

    @Test func aRouteMayAskForSubtypesAndReasons() throws {
        let policy = try policy("queue: general, subtypes: [denial], reasons: [missing_field]")
        var letter = PolicyExample.letter([:])
        letter.subtype = "denial"
        #expect(policy.queue(for: letter) == "letters")
        #expect(policy.queue(for: policy.decide(letter)) == "general")
    }

    @Test func aRouteMayAskForFacilities() throws {
        let policy = try policy("queue: general, facilities: [north, south]")
        let letter = PolicyExample.letter()
        #expect(policy.queue(for: letter, facility: "north") == "general")
        #expect(policy.queue(for: letter, facility: "west") == "letters")
        #expect(policy.queue(for: letter, facility: nil) == "letters")
    }

    @Test func theAmountIsTheFirstThatIsNotZeroAndThoseOfATableAddUp() throws {
        let policy = try policy("queue: letters, type: remittance, amount_at_least: 1")
        #expect(policy.amountAtStake(in: remittance("12.00", claims: ["5.00"])) == Money("12.00"))
        #expect(policy.amountAtStake(in: remittance("0.00", claims: ["5.00", "7.50"])) == Money("12.50"))
        #expect(policy.amountAtStake(in: remittance("-30.00")) == Money("30.00"))
        #expect(policy.amountAtStake(in: remittance("0.00")) == .zero)
        #expect(policy.amountAtStake(in: PolicyExample.letter()) == nil)
    }

    /// A route that another covers never decides: without it every document goes where it went.
    @Test func aCoveredRouteDecidesNothing() throws {
        var dice = SeededGenerator(seed: 7)
        func route(_ queue: String) -> String {
            var parts = ["queue: \(queue)"]
            if Bool.random(using: &dice) { parts.append("type: remittance") }
            if Bool.random(using: &dice) {
                parts.append(
                    "reasons: [\(["missing_field", "low_confidence", "missing_field, low_confidence"].randomElement(using: &dice) ?? "")]"
                )
            }
            if Bool.random(using: &dice) {
                parts.append("facilities: [\(["north", "north, south"].randomElement(using: &dice) ?? "")]")
            }
            if Bool.random(using: &dice) { parts.append("amount_at_least: \(Int.random(in: 0...3, using: &dice))") }
            if Bool.random(using: &dice) { parts.append("amount_at_most: \(Int.random(in: 3...6, using: &dice))") }
            return parts.joined(separator: ", ")
        }
        var coveredCount = 0
        for _ in 0..<300 {
            let routes = [route("letters"), route("general")]
            let text = Self.text + "routes:\n" + routes.map { "  - {\($0)}\n" }.joined()
            let check = Policy.check(text: text, path: "p", vocabulary: PolicyExample.vocabulary)
            let both = try #require(check.policy, "\(check.problems)")
            guard !check.warnings.isEmpty else { continue }
            coveredCount += 1
            let first = try policy(routes[0])
            for amount in 0...7 {
                for reasons in [[], ["missing_field"], ["low_confidence"]] {
                    var document = remittance("\(amount).00")
                    document.reasons = reasons.map { Reason(code: $0) }
                    for facility in [nil, "north", "south"] {
                        #expect(
                            both.queue(for: document, facility: facility)
                                == first.queue(for: document, facility: facility), "\(routes)")
                    }
                }
            }
        }
        #expect(coveredCount > 20)
    }
}
