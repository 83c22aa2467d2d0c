import Documents
import Testing
import Understanding

@Suite("How sure a value is by its ink")
struct FieldTrustTests {
    private static let letter = """
        Northwind Health Plan
        Date: 03/14/2026

        Member name: Daisy Albright
        Member ID: NLH4471902
        Claim number: 26031499127

        Dear Daisy Albright:
        We have denied the claim for services on 02/11/2026 because the service
        was not authorized. You may appeal within 60 days of this letter.
        """

    /// How sure the member's number is, with the other engine's reading of it where that differs.
    private func confidence(otherReading: String?) throws -> Confidence {
        var page = DrawnPaper.page(Self.letter)
        for index in page.words.indices where page.words[index].text == "NLH4471902" {
            page.words[index].alternatives = otherReading.map { [Word.Alternative(text: $0, confidence: 0.9)] }
        }
        let document = try #require(try DrawnPaper.understander().understand([page]).first)
        #expect(document.value("member_id") == "NLH4471902")
        return try #require(document.fields["member_id"]?.fields.first?.confidence)
    }

    @Test("A value that the engines read differently is less sure")
    func disputedInk() throws {
        #expect(try confidence(otherReading: "NLH4411902") < confidence(otherReading: nil))
    }
}
