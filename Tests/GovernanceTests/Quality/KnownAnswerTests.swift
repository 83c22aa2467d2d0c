import Documents
import Foundation
import Governance
import Testing
import Understanding

@Suite struct KnownAnswerTests {
    private static let definitions: Set = ["letter_date", "member_id", "payer_name"]

    private static var letter: Document {
        PolicyExample.letter([
            "payer_name": .one(PolicyExample.field("Acme Health")),
            "letter_date": .one(PolicyExample.field("2026-03-14")),
            "member_id": .one(PolicyExample.field("W123456789")),
        ])
    }

    private func answer(_ seed: Int, settled: Document = letter) -> KnownAnswer? {
        KnownAnswer(
            in: Self.letter, settled: settled, among: Self.definitions, vocabulary: PolicyExample.vocabulary,
            type: DocumentType(name: "letter", title: "Letter"), seed: "\(seed)")
    }

    /// Whatever the seed, one value is altered to another of its kind, and it is known whether it was mended.
    @Test(arguments: 0..<100)
    func oneValueIsAlteredPlausiblyAndKnownAgain(seed: Int) throws {
        let answer = try #require(self.answer(seed))
        #expect(answer == self.answer(seed))
        let path = try #require(FieldPath(answer.path))
        let rule = try #require(PolicyExample.vocabulary.rule(of: path, in: "letter"))
        #expect(rule.kind.normalize(answer.shown) == answer.shown)
        #expect(answer.shown != answer.truth && answer.shown.count == answer.truth.count)
        #expect(["letter_date", "member_id"].contains(answer.path))
        let shown = answer.shown(in: Self.letter)
        let changed = shown.locatedFields.filter { !Self.letter.locatedFields.contains($0) }
        #expect(changed.map(\.path.description) == [answer.path])
        #expect(answer.isMissed(in: shown))
        let mended = try shown.applying(
            [FieldEdit(path: answer.path, change: .correct(answer.truth))], vocabulary: PolicyExample.vocabulary)
        #expect(!answer.isMissed(in: mended.document))
        if answer.path == "letter_date" { #expect(answer.shown.hasPrefix("2026-03-")) }
    }

    @Test func aValueThatTheMachineMisreadIsNoKnownAnswer() throws {
        var settled = Self.letter
        for name in ["letter_date", "member_id"] { settled.fields[name] = .one(PolicyExample.field("other")) }
        #expect(answer(1, settled: settled) == nil)
    }

    @Test func theShareThatIsDrawnIsThatOfPolicy() {
        let rule = KnownAnswerRule(share: 0.1, leastDocuments: 1)
        let drawn = (0..<5000).count { rule.isDrawn(for: "user:ana", insteadOf: "task \($0)") }
        #expect((400...600).contains(drawn))
        #expect(!KnownAnswerRule.none.isDrawn(for: "user:ana", insteadOf: "task"))
        let ids = (0..<20).map(String.init)
        let order = KnownAnswerRule.order(ids, for: "user:ana", insteadOf: "task")
        #expect(Set(order) == Set(ids))
        #expect(order != KnownAnswerRule.order(ids, for: "user:ben", insteadOf: "task"))
    }

    /// The ends as published tables of the exact binomial interval have them.
    @Test(arguments: [
        (0, 10, 0.0, 0.3085), (1, 10, 0.0025, 0.4450), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1.0),
        (2, 100, 0.0024, 0.0704),
    ])
    func theIntervalIsTheExactOne(count: Int, total: Int, lower: Double, upper: Double) {
        let interval = ShareInterval(count: count, of: total)
        #expect(abs(interval.lower - lower) < 0.0001)
        #expect(abs(interval.upper - upper) < 0.0001)
        #expect(ShareInterval(count: 0, of: 0).description == "–")
    }
}
