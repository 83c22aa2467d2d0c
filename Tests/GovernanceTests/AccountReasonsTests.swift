import Documents
import Governance
import Settings
import Testing

struct AccountReasonsTests {
    private let letter = Document(
        type: "letter", typeConfidence: 0.99, pages: [1],
        evidence: [
            Reason(code: "no_account", detail: "No account of the books matches."),
            Reason(
                code: "account_disagrees", field: "member_id", detail: "The member id is A here, and B in account 1."),
            Reason(code: "account_corrects", field: "payer_name", detail: "The payer was read as Acne."),
            Reason(code: "account_supports", field: "payer_name", detail: "The payer is that of account 1."),
        ],
        fields: ["payer_name": .one(Field(value: .text("Acme"), confidence: 0.99))])

    private func decided(_ text: String) throws -> Document {
        try Policy(text: text, path: "policy.yaml", vocabulary: PolicyExample.vocabulary).decide(letter)
    }

    @Test func whatTheBooksSayAgainstADocumentSendsItToReview() throws {
        let document = try decided(PolicyExample.text)
        #expect(document.disposition == .review)
        #expect(document.reasons == Array(letter.evidence.prefix(2)))
    }

    @Test func policySaysWhichReasonsCount() throws {
        let whole = PolicyExample.text.replacing(
            "default_queue: general", with: "default_queue: general\naccount_reasons: [account_disagrees]")
        #expect(try decided(whole).reasons.map(\.code) == ["account_disagrees"])
        let putRight = PolicyExample.text.replacing(
            "default_queue: general", with: "default_queue: general\naccount_reasons: [account_corrects]")
        #expect(try decided(putRight).reasons.map(\.code) == ["account_corrects"])
        let ofType = whole.replacing("    queue: letters", with: "    queue: letters\n    account_reasons: []")
        #expect(try decided(ofType).disposition == .accept)
    }

    @Test func aReasonThatIsNotTheBooksIsRefusedWithItsLine() throws {
        let wrong = PolicyExample.text.replacing(
            "default_queue: general", with: "default_queue: general\naccount_reasons: [low_confidence]")
        let error = #expect(throws: SettingsError.self) { try decided(wrong) }
        #expect("\(try #require(error))".contains("Known are account_corrects, account_disagrees, no_account."))
    }
}
