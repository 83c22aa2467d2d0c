import Documents
import Governance
import TestSupport
import Testing

@Suite struct BlindKeysTests {
    private let keys = BlindKeys(places: ["payment_amount", "claims[0].paid_amount"])

    @Test func twoPeopleWhoKeyTheSameSettle() throws {
        let values = ["payment_amount": "160.00"]
        let first = try keys.keyed(values, by: "ann")
        #expect(first.stage == .second)
        #expect(first.settledValues == nil)
        let both = try first.keyed(values, by: "bob")
        #expect(both.stage == .settled)
        #expect(both.settledValues == values)
        #expect(both.people == ["ann", "bob"])
    }

    @Test func whatOneFoundAndTheOtherDidNotIsADifferenceThatAThirdDecides() throws {
        let differ = try keys.keyed(["payment_amount": "160.00", "claims[0].paid_amount": "5.00"], by: "ann")
            .keyed(["payment_amount": "160.00"], by: "bob")
        #expect(differ.stage == .difference)
        #expect(differ.differences == ["claims[0].paid_amount"])
        let decided = try differ.decided([:], by: "cyd", maySettle: true)
        #expect(decided.settledValues == ["payment_amount": "160.00"])
        #expect(throws: GovernanceError.self) { try differ.decided([:], by: "cyd", maySettle: false) }
        #expect(throws: GovernanceError.self) { try differ.decided([:], by: "ann", maySettle: true) }
        #expect(throws: GovernanceError.self) { try differ.keyed([:], by: "cyd") }
        #expect(throws: GovernanceError.self) {
            try differ.decided(["payment_amount": "1.00"], by: "cyd", maySettle: true)
        }
    }

    @Test func onePersonNeverKeysTwice() throws {
        let first = try keys.keyed([:], by: "ann")
        #expect(throws: GovernanceError.self) { try first.keyed([:], by: "ann") }
        #expect(first.refusal(of: "ann", maySettle: true) != nil)
        #expect(first.refusal(of: "bob", maySettle: false) == nil)
    }

    /// Random people try random things: whatever is settled has two people who say the same, or a third who decided.
    @Test(arguments: UInt64(1)...300)
    func noSequenceSettlesOnFewerThanTwoWhoAgreeOrAThird(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let places = (0..<Int.random(in: 1...3, using: &generator)).map { "line_items[\($0)].amount" }
        var keys = BlindKeys(places: places)
        for _ in 0..<30 {
            let person = ["ann", "bob", "cyd", "dan"].randomElement(using: &generator) ?? ""
            var values: [String: String] = [:]
            for place in places { values[place] = ["1.00", "2.00", nil].randomElement(using: &generator) ?? nil }
            let maySettle = Bool.random(using: &generator)
            let before = keys
            do {
                if Bool.random(using: &generator) {
                    keys = try keys.keyed(values, by: person)
                } else {
                    let asked = keys.differences
                    keys = try keys.decided(
                        values.filter { asked.contains($0.key) }, by: person, maySettle: maySettle)
                    #expect(maySettle)
                }
            } catch {
                #expect(keys == before)
            }
            #expect(before.stage != .settled || keys == before)
            #expect(Set(keys.people).count == keys.people.count)
            guard let settled = keys.settledValues else { continue }
            for place in places {
                let said = [keys.first, keys.second].map { $0?.values[place] }
                let isAgreed = said[0] == said[1] && settled[place] == said[0]
                #expect(isAgreed || keys.decision.map { settled[place] == $0.values[place] } == true)
            }
            #expect(keys.first != nil && keys.second != nil)
        }
    }
}
