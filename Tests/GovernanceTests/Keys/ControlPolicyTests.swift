import Governance
import Settings
import Testing

@Suite struct ControlPolicyTests {
    private func check(_ changes: (String, String)...) -> PolicyCheck {
        var text = PolicyExample.text
        for (old, new) in changes { text = text.replacing(old, with: new) }
        return Policy.check(text: text, path: "policy.yaml", vocabulary: PolicyExample.vocabulary)
    }

    private static let settler = ("reviewer: [view", "reviewer: [settle_differences, view")

    private func blind(_ fields: String) -> (String, String) {
        ("    type_confidence: 0.95\n", "    type_confidence: 0.95\n    double_blind: \(fields)\n")
    }

    @Test func doubleBlindFieldsAreThoseOfTheType() throws {
        let policy = try #require(check(Self.settler, blind("[payment_amount, claims.paid_amount]")).policy)
        #expect(policy.blindFields(of: "remittance") == ["payment_amount", "claims.paid_amount"])
        #expect(policy.blindFields(of: "letter").isEmpty)
        #expect(policy.keysBases == ["remittance/claims.paid_amount,payment_amount"])
    }

    @Test(arguments: [
        ("[paid]", "field 'paid' is not one of this type's"),
        ("[provider_adjustments.amount]", "cannot be keyed by two people"),
        ("[claims.service_lines.modifiers]", "cannot be keyed by two people"),
    ])
    func whatCannotBeKeyedIsRefusedWithItsLine(fields: String, words: String) {
        let problems = check(Self.settler, blind(fields)).problems
        #expect(problems.count == 1)
        #expect(problems.first?.problem.contains(words) == true, "\(problems)")
        #expect(problems.first?.line == 21)
    }

    @Test func aQueueWhereNobodySettlesDifferencesIsRefused() {
        let problems = check(blind("[payment_amount]")).problems
        #expect(problems.count == 1)
        #expect(problems.first?.problem.contains("queue 'general' may settle a difference") == true)
    }

    @Test func knownAnswersAreCheckedAndNoneByDefault() throws {
        #expect(try PolicyExample.policy().knownAnswers == .none)
        let given = check(
            ("type_confidence: 0.8", "type_confidence: 0.8\nknown_answers: {share: 0.1, least_documents: 5}"))
        #expect(given.policy?.knownAnswers == KnownAnswerRule(share: 0.1, leastDocuments: 5))
        let wrong = check(
            ("type_confidence: 0.8", "type_confidence: 0.8\nknown_answers: {share: 2, least_documents: 0}"))
        #expect(wrong.problems.count == 2)
        #expect(wrong.problems.allSatisfy { $0.line == 2 })
    }
}
