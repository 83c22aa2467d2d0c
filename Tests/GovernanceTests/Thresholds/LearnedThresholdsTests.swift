import Documents
import Governance
import Testing

/// Policy's own threshold of member_id is 0.70, of letters' other fields 0.90.
@Suite struct LearnedThresholdsTests {
    private let policy: Policy

    init() throws {
        policy = try PolicyExample.policy(
            PolicyExample.text + "\nthresholds: learned\nerror_target: 0.1\nerror_certainty: 0.9\n")
    }

    private func decide(_ fields: Row, _ outcomes: [ValueOutcome], by policy: Policy? = nil) -> Document {
        let policy = policy ?? self.policy
        return policy.decide(
            PolicyExample.letter(fields), learned: LearnedThresholds(outcomes, policy: policy))
    }

    private func letter(_ name: String, _ confidence: Confidence) -> Row {
        var fields: Row = ["payer_name": .one(PolicyExample.field("Acme"))]
        fields[name] = .one(PolicyExample.field("W1", confidence))
        return fields
    }

    @Test func aValueUnderPolicysThresholdIsTrustedWhereReviewsPromiseIt() {
        let outcomes = Outcomes.outcomes(60, 0.75) + Outcomes.outcomes(60, 0.55)
        let decided = decide(letter("member_id", 0.56), outcomes)
        #expect(decided.disposition == .accept)
        #expect(decided.evidence.map(\.code) == ["learned_threshold"])
        #expect(decided.evidence.map(\.field) == ["member_id"])
        #expect(
            decided.evidence.first?.detail
                == "0.56 is under the 0.70 of policy, and over the 0.50 that was learned: kept from 0.50 on: 0 of 120 documents wrong"
        )
        #expect(decide(letter("member_id", 0.49), outcomes).disposition == .review)
        #expect(decided.evidence == decide(decided.fields, outcomes).evidence, "decided again it is said once")
    }

    @Test func fixedThresholdsLearnNothing() throws {
        let fixed = try PolicyExample.policy(PolicyExample.text + "\nerror_target: 0.1\nerror_certainty: 0.9\n")
        let outcomes = Outcomes.outcomes(60, 0.75) + Outcomes.outcomes(60, 0.55)
        let decided = decide(letter("member_id", 0.56), outcomes, by: fixed)
        #expect(decided.reasons.map(\.detail) == ["0.56 is under the 0.70 that policy asks"])
        #expect(decided.evidence.isEmpty)
    }

    @Test func tooFewOutcomesLeavePolicysOwn() {
        let decided = decide(letter("member_id", 0.65), Outcomes.outcomes(21, 0.75))
        #expect(decided.reasons.map(\.detail) == ["0.65 is under the 0.70 that policy asks"])
    }

    @Test func aThresholdThatWasRaisedSaysWhy() {
        let outcomes = Outcomes.outcomes(60, 0.95) + Outcomes.outcomes(40, wrong: 30, 0.75)
        let decided = decide(letter("member_id", 0.76), outcomes)
        #expect(
            decided.reasons.map(\.detail) == [
                "0.76 is under the 0.80 that was learned: kept from 0.80 on: 0 of 60 documents wrong"
            ])
    }

    @Test func noValueOfAFieldThatBreaksThePromiseIsTrusted() {
        let decided = decide(letter("member_id", 1.0), Outcomes.outcomes(60, wrong: 30, 0.98))
        #expect(
            decided.reasons.map(\.detail) == [
                "No confidence is enough, 1.00 neither: broken: 30 of 60 documents wrong with a value at 0.98 or more"
            ])
    }

    @Test func aFieldWithoutOutcomesIsTrustedNoSoonerThanItsTypePromises() {
        let outcomes = Outcomes.outcomes(60, 0.97) + Outcomes.outcomes(40, wrong: 30, 0.91)
        let decided = decide(letter("letter_date", 0.91), outcomes)
        #expect(
            decided.reasons.map(\.detail) == [
                "0.91 is under the 0.92 that was learned: kept from 0.92 on: 0 of 60 documents wrong, over all fields of the type"
            ])
    }

    @Test func whatOthersPromiseLowersNoThreshold() {
        let outcomes = Outcomes.outcomes(60, 0.95) + Outcomes.outcomes(60, 0.55)
        let decided = decide(letter("letter_date", 0.85), outcomes)
        #expect(decided.reasons.map(\.detail) == ["0.85 is under the 0.90 that policy asks"])
    }

    @Test func aThresholdThatPolicyGivesAFieldIsNotTheTypes() {
        let outcomes =
            Outcomes.outcomes(60, 0.97, field: "letter_date")
            + Outcomes.outcomes(40, wrong: 30, 0.91, field: "letter_date")
        #expect(decide(letter("member_id", 0.75), outcomes).disposition == .accept)
    }

    @Test func thresholdsThatAreNotPolicysAreTold() throws {
        let outcomes = Outcomes.outcomes(60, 0.75) + Outcomes.outcomes(60, 0.55)
        let learned = LearnedThresholds(outcomes, policy: policy)
        let used = policy.thresholdsLearned(for: PolicyExample.letter(letter("member_id", 0.9)), learned)
        #expect(used.mapValues(\.text)["member_id"] == "0.50")
    }

    @Test func theTableSaysWhatIsThereAndWhatIsMissing() {
        let outcomes = Outcomes.outcomes(60, 0.75) + Outcomes.outcomes(4, wrong: 1, 0.98, field: "letter_date")
        let table =
            "\(ThresholdTable(policy: policy, learned: LearnedThresholds(outcomes, policy: policy), fieldCount: 9))"
        #expect(table.contains("at most 10 %"))
        let lines = table.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.contains("letter.member_id 60 0 0.70 0.70 kept from 0.70 on: 0 of 60 documents wrong"))
        #expect(
            lines.contains(
                "letter.letter_date 4 1 0.90 0.90 not enough outcomes yet: 22 documents with a value at 0.90 or more are needed, 4 are there"
            ))
        #expect(table.contains("of 7 fields there are none"))
    }
}
