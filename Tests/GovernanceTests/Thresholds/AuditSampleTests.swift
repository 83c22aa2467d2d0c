import Documents
import Governance
import Testing

@Suite struct AuditSampleTests {
    private func policy(share: Double) throws -> Policy {
        try PolicyExample.policy(PolicyExample.text + "\naudit_share: \(share)\n")
    }

    @Test func aShareOfAllDocumentsIsDrawnAndTheSameOnesAlways() throws {
        let policy = try policy(share: 0.1)
        func drawn() -> [Int] {
            (0..<4000).filter { policy.isAudited(sha256: "\($0 / 2)", ordinal: 1 + $0 % 2) }
        }
        // Six standard deviations of 400.
        #expect(abs(drawn().count - 400) < 114)
        #expect(drawn() == drawn())
        let smaller = try self.policy(share: 0.05)
        let kept = (0..<4000).filter { smaller.isAudited(sha256: "\($0 / 2)", ordinal: 1 + $0 % 2) }
        #expect(Set(kept).isSubset(of: drawn()), "a smaller share draws no others")
    }

    @Test(arguments: [(0.0, false), (1.0, true)])
    func noneOrAllAreDrawn(share: Double, isDrawn: Bool) throws {
        let policy = try policy(share: share)
        #expect((0..<100).allSatisfy { policy.isAudited(sha256: "\($0)", ordinal: 1) == isDrawn })
    }

    private func codes(_ document: Document, isAudited: Bool) throws -> [String] {
        try PolicyExample.policy().decide(document, isAudited: isAudited).reasons.map(\.code)
    }

    private func isOfSample(_ document: Document) throws -> Bool {
        try PolicyExample.policy().decide(document, isAudited: true).isOfAuditSample
    }

    @Test func aDrawnDocumentWithoutDoubtIsReviewedForThatAlone() throws {
        #expect(try codes(PolicyExample.letter(), isAudited: true) == ["audit_sample"])
        #expect(try codes(PolicyExample.letter(), isAudited: false) == [])
        #expect(try isOfSample(PolicyExample.letter()))
    }

    @Test func aDrawnDocumentWithADoubtfulValueIsOfTheSampleToo() throws {
        let doubtful = PolicyExample.letter(["payer_name": .one(PolicyExample.field("Acme", 0.3))])
        #expect(try codes(doubtful, isAudited: true) == ["low_confidence", "audit_sample"])
        #expect(try isOfSample(doubtful))
        #expect(try !PolicyExample.policy().decide(doubtful).isOfAuditSample, "it was not drawn")
    }

    @Test func whatIsReviewedForAnotherReasonIsNotOfTheSample() throws {
        #expect(try codes(PolicyExample.letter([:]), isAudited: true) == ["missing_field"])
        #expect(try !isOfSample(PolicyExample.letter([:])))
    }

    @Test func aTypeWhoseFieldsAreNotLookedAtHasNoSample() throws {
        let junk = Document(type: "junk", typeConfidence: 0.99, pages: [1])
        #expect(try codes(junk, isAudited: true) == [])
    }

    @Test func aTypeThatIsAlwaysReviewedIsAllSample() throws {
        let application = Document(
            type: "application", typeConfidence: 0.99, pages: [1], fields: ["name": .one(PolicyExample.field("Jo"))])
        #expect(try PolicyExample.policy().decide(application).isOfAuditSample)
    }
}
