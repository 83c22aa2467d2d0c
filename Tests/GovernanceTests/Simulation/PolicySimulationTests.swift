import Documents
import Governance
import Settings
import Testing

@Suite struct PolicySimulationTests {
    private func letters(_ confidences: [Confidence]) -> [ReadDocument] {
        confidences.enumerated().map { index, confidence in
            ReadDocument(
                id: "D\(index)", sha256: "\(index)", ordinal: 1, day: CalendarDate(dayNumber: 20_000 + index % 2),
                document: PolicyExample.letter(["payer_name": .one(PolicyExample.field("Acme", confidence))]))
        }
    }

    private func report(_ change: (String) -> String, _ documents: [ReadDocument]) throws -> String {
        let texts = [PolicyExample.text + "\naudit_share: 0", change(PolicyExample.text + "\naudit_share: 0")]
        let policies = try texts.map { PolicyCase(try PolicyExample.policy($0)) }
        return SimulationReport(
            PolicySimulation(documents, inService: policies[0], proposed: policies[1]),
            differences: SettingsDifference.between(texts[0], texts[1]), namedMax: 1,
            rest: "; --all names them"
        ).description
    }

    @Test func itSaysHowManyMoreGoToReviewAndWhich() throws {
        let report = try report({ $0 + "\nfield_confidence: 0.95" }, letters([0.99, 0.94, 0.91, 0.5]))
        #expect(
            report == """
                With field_confidence 0.95, 2 more of 4 documents go to review (1.0 a day): 3, now 1.

                type    documents  reviewed now  then  more  other queue
                letter          4             1     3     2            0

                day         documents  reviewed now  then  more  other queue
                2024-10-04          2             0     1     1            0
                2024-10-05          2             1     2     1            0

                What would send accepted documents to review:
                  low_confidence: 2

                Documents whose way would change:
                  D1  letter  accepted → review: low_confidence payer_name
                  and 1 more; --all names them

                """, "\(report)")
    }

    @Test func whatIsAcceptedAndWhatMovesIsTold() throws {
        let accepted = try report({ $0 + "\nfield_confidence: 0.4" }, letters([0.5]))
        #expect(accepted.contains("1 fewer of 1 documents go to review (1.0 a day): 0, now 1."))
        #expect(accepted.contains("D0  letter  review → accepted"))
        let moved = try report({ $0 + "\nroutes:\n  - {queue: general, type: letter}" }, letters([0.5, 0.99]))
        #expect(
            moved.contains("as many of 2 documents go to review: 1, now 1. 1 that are reviewed go to another queue."))
        #expect(moved.contains("D0  letter  queue letters → general"))
    }

    @Test func aPageThatCouldNotBeReadStillSpeaksAgainstADocument() throws {
        var read = letters([0.99])
        read[0].document.reasons = [Reason(code: "unreadable_page", detail: "Page 1: torn")]
        #expect(
            try report({ $0 }, read).hasPrefix("With the same policy, as many of 1 documents go to review: 1, now 1."))
    }

    @Test func differencesNameTheKeysAndCompareNumbersByTheirWorth() {
        let first = "a: 0.90\nqueues:\n  - {name: x, roles: [p, q]}\n  - {name: y}\nb: 1\n"
        let second = "a: 0.9\nqueues:\n  - {name: y}\n  - {name: x, roles: [p]}\nc: z\n"
        #expect(
            SettingsDifference.between(first, second).map(\.description)
                == ["no b (it was 1)", "c z", "queues.x.roles [p] instead of [p, q]"])
    }
}
