import Documents
import Foundation
import Governance
import TestSupport
import Testing

@Suite struct PriorityTests {
    private let arrival = Date(timeIntervalSince1970: 1_773_480_000)  // 2026-03-14 09:20 UTC
    private let policy: Policy

    init() throws {
        policy = try PolicyExample.policy(
            PolicyExample.text.replacing(
                "  letter:\n", with: "  letter:\n    deadline: letter_date\n"
            ).replacing("  remittance:\n", with: "  remittance:\n    amount_at_stake: [payment_amount]\n") + """

                priority:
                  per_thousand_dollars: 2
                  dollars_max: 10000
                  per_day_nearer_deadline: 1.5
                  deadline_days: 20
                  per_day_of_age: 3
                  per_doubtful_value: -0.5
                """)
    }

    private func letter(due: String?) -> Document {
        PolicyExample.letter(due.map { ["letter_date": .one(PolicyExample.field($0))] } ?? [:])
    }

    private func remittance(_ amount: String) -> Document {
        Document(
            type: "remittance", typeConfidence: 0.99, pages: [1],
            fields: ["payment_amount": .one(PolicyExample.field(amount))],
            reasons: [Reason(code: "low_confidence", field: "payment_amount"), Reason(code: "check_failed")])
    }

    private func terms(_ document: Document) -> [String] {
        policy.priorityTerms(of: document, arrival: arrival).map {
            "\($0.name.rawValue) \($0.value) \(($0.points * 100).rounded() / 100) \($0.pointsPerDay)"
        }
    }

    @Test func eachTermHasItsValueAndPoints() {
        #expect(
            terms(remittance("4210.00")) == [
                "amount 4210.00 8.42 0.0", "deadline  0.0 1.5", "age  0.0 3.0", "effort 1 -0.5 0.0",
            ])
        #expect(terms(remittance("900000.00")).first == "amount 900000.00 20.0 0.0")
        // The end of the 16th is 2.61 days away.
        #expect(terms(letter(due: "2026-03-16")).first == "deadline 2026-03-16 26.08 1.5")
        #expect(terms(letter(due: "2027-03-16")).first == "deadline 2027-03-16 0.0 1.5")
        #expect(terms(letter(due: "1911-03-16")).first == "deadline 1911-03-16 60.0 1.5")
    }

    /// The order by rank is the order by points at every later moment, so that time alone moves no task past another.
    @Test func theOrderIsTheSameAtEveryMoment() {
        var dice = SeededGenerator(seed: 3)
        let tasks = (0..<40).map { _ -> (terms: [PriorityTerm], arrival: Date) in
            let arrival = self.arrival + Double(Int.random(in: 0..<2_000_000, using: &dice))
            let day = CalendarDate(dayNumber: 20_526 + Int.random(in: -5...60, using: &dice))?.description
            let document =
                Bool.random(using: &dice)
                ? letter(due: Bool.random(using: &dice) ? day : nil)
                : remittance("\(Int.random(in: 0...20_000, using: &dice)).00")
            return (policy.priorityTerms(of: document, arrival: arrival), arrival)
        }
        let last = tasks.map(\.arrival).max() ?? arrival
        for later in [0.0, 1, 30, 400] {
            let now = last + later * 86_400
            func points(_ task: (terms: [PriorityTerm], arrival: Date)) -> Double {
                task.terms.reduce(0) { $0 + $1.points(afterDays: now.timeIntervalSince(task.arrival) / 86_400) }
            }
            for left in tasks {
                for right in tasks
                where Policy.rank(left.terms, arrival: left.arrival) > Policy.rank(right.terms, arrival: right.arrival)
                {
                    #expect(points(left) > points(right) - 0.011)
                }
            }
        }
    }

    @Test func withoutWeightsEveryTaskHasTheSameRank() throws {
        let plain = try PolicyExample.policy()
        #expect(plain.priorityTerms(of: remittance("5000.00"), arrival: arrival).isEmpty)
        #expect(Policy.rank([], arrival: arrival) == 0)
        #expect(plain.breachTerm == nil)
    }
}
