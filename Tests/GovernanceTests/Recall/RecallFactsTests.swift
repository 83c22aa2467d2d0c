import Documents
import Foundation
import Governance
import TestSupport
import Testing

@Suite struct RecallFactsTests {
    private static let noon = Date(timeIntervalSince1970: 1_800_000_000)

    private static func facts(
        layout: String? = nil, learned: Bool = false, account: String? = nil, by: String? = nil, at: Date? = nil,
        typed: Bool = false, payer: String? = "acme", model: String = "m1", file: String = "f1"
    ) -> RecallFacts {
        RecallFacts(
            type: "letter", field: "member_id", sha256: file, model: model, payer: payer, layout: layout,
            isTrustedByLearning: learned, account: account, confirmedBy: by, confirmedAt: at, isTyped: typed)
    }

    @Test func whatIsMostItsOwnIsTheLikeliestCause() {
        #expect(Self.facts().causes == [.model, .file])
        #expect(
            Self.facts(layout: "L", learned: true, account: "4", by: "ann", at: Self.noon).causes
                == [.account, .layout, .threshold, .model, .reviewer, .file])
        #expect(Self.facts(layout: "L", by: "ann", at: Self.noon, typed: true).causes == [.reviewer, .file])
    }

    @Test func aCauseIsSharedByWhatItTouched() {
        let origin = Self.facts(layout: "L", learned: true, account: "4", by: "ann", at: Self.noon)
        #expect(origin.shares(.layout, with: Self.facts(layout: "L")))
        #expect(!origin.shares(.layout, with: Self.facts(layout: "M")))
        #expect(!origin.shares(.layout, with: Self.facts(layout: "L", typed: true)), "a person typed it")
        #expect(origin.shares(.threshold, with: Self.facts(learned: true)))
        #expect(origin.shares(.model, with: Self.facts()))
        #expect(!origin.shares(.model, with: Self.facts(payer: "other")))
        #expect(!origin.shares(.model, with: Self.facts(model: "m2")))
        #expect(origin.shares(.reviewer, with: Self.facts(by: "ann", at: Self.noon - 24 * 3600)))
        #expect(!origin.shares(.reviewer, with: Self.facts(by: "ann", at: Self.noon - 24 * 3600 - 1)))
        #expect(!origin.shares(.reviewer, with: Self.facts(by: "bob", at: Self.noon)))
        #expect(!origin.shares(.file, with: Self.facts(file: "f2")))
        var without = Self.facts(layout: "L", account: "4")
        without.field = nil
        #expect(origin.sharedCauses(with: without) == [.file], "a document without the field came by no wrong value")
    }

    /// Whatever the facts are: a document shares all of its causes with itself, each once, and sharing goes both ways
    /// between two that nobody typed and whose payers are known.
    @Test(arguments: UInt64(1)...200)
    func sharingIsSound(seed: UInt64) {
        var dice = SeededGenerator(seed: seed)
        func one() -> RecallFacts {
            func maybe(_ text: String) -> String? { Bool.random(using: &dice) ? text : nil }
            let by = maybe(["ann", "bob"].randomElement(using: &dice) ?? "ann")
            return Self.facts(
                layout: maybe("L"), learned: Bool.random(using: &dice), account: maybe("4"), by: by,
                at: by == nil ? nil : Self.noon + Double.random(in: 0...100_000, using: &dice),
                payer: ["acme", "zeta"].randomElement(using: &dice),
                model: ["m1", "m2"].randomElement(using: &dice) ?? "",
                file: ["f1", "f2"].randomElement(using: &dice) ?? "")
        }
        let (left, right) = (one(), one())
        #expect(left.sharedCauses(with: left) == left.causes)
        #expect(Set(left.causes).count == left.causes.count)
        for cause in RecallCause.allCases {
            #expect(left.shares(cause, with: right) == right.shares(cause, with: left), "\(cause)")
        }
    }
}

@Suite struct RecalledDocumentTests {
    private static var document: Document {
        PolicyExample.letter([
            "payer_name": .one(PolicyExample.field("Acme Health", 1.0)),
            "member_id": .one(PolicyExample.field("W1", 1.0)),
        ]).confirmed()
    }

    @Test func theWrongValueIsDoubtedAndTheRightOneOffered() throws {
        let path = try #require(FieldPath("member_id"))
        let recalled = Self.document.recalled(at: path, field: "member_id", right: .text("W2"), because: "Wrong.")
        let field = try #require(recalled.locatedFields.first { $0.path == path }?.field)
        #expect(field.confidence == 0.0)
        #expect(field.alternatives == [.text("W2")])
        let decided = try PolicyExample.policy().decide(recalled).adding(recallReasons: recalled.reasons)
        #expect(decided.disposition == .review)
        #expect(decided.reasons.filter { $0.field == "member_id" }.map(\.code) == ["recalled"])
        #expect(decided.isRecalled)
    }

    @Test func policyNeverAcceptsItAndAPersonSettlesIt() throws {
        let path = try #require(FieldPath("member_id"))
        let recalled = Self.document.recalled(at: path, field: "member_id", right: nil, because: "Wrong.")
        #expect(recalled.recallReasons(leftIn: recalled).count == 1)
        let edited = try recalled.applying(
            [FieldEdit(path: "member_id", change: .correct("W2"))], vocabulary: PolicyExample.vocabulary)
        #expect(recalled.recallReasons(leftIn: edited.document).isEmpty)
    }

    @Test func aDocumentWithoutTheFieldIsReviewedAsAWhole() {
        let recalled = Self.document.recalled(at: nil, field: "urgency", right: nil, because: "Wrong.")
        #expect(recalled.reasons == [Reason(code: "recalled", detail: "Wrong.")])
    }
}
