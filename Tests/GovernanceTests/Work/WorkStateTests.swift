import Governance
import TestSupport
import Testing

/// The life of a piece of work, by examples and by 100,000 random steps.
@Suite struct WorkStateTests {
    @Test func anAppealIsTakenSentAndAnswered() throws {
        var state = WorkState(kind: .appeal)
        state = try state.applying(.take(by: "user:ana"))
        #expect(throws: GovernanceError.self) { try state.applying(.take(by: "user:ben")) }
        #expect(throws: GovernanceError.self) { try state.applying(.close(.won, by: "user:ben")) }
        #expect(throws: GovernanceError.self) { try state.applying(.close(.sent, by: "user:ana")) }
        state = try state.applying(.send(by: "user:ana"))
        state = try state.applying(.close(.won, by: "user:ben"))
        #expect(state.phase == .closed(.won))
        let error = #expect(throws: GovernanceError.self) { try state.applying(.withdraw) }
        #expect(error?.code == .workRefused)
    }

    @Test func noSequenceClosesWhatNobodyTookOrMovesWhatIsDone() {
        var random = SeededGenerator(seed: 41)
        let people = ["user:ana", "user:ben"]
        for _ in 0..<10_000 {
            let kind = WorkKind.allCases.randomElement(using: &random) ?? .appeal
            var state = WorkState(kind: kind)
            for _ in 0..<10 {
                let person = people.randomElement(using: &random) ?? ""
                let outcome = WorkOutcome.allCases.randomElement(using: &random) ?? .won
                let event: WorkState.Event =
                    [.take(by: person), .release, .send(by: person), .close(outcome, by: person), .withdraw]
                    .randomElement(using: &random) ?? .release
                guard let next = try? state.applying(event) else { continue }
                switch state.phase {
                case .closed, .withdrawn: Issue.record("\(state) moved")
                case .open:
                    if case .closed = next.phase { Issue.record("closed without hands") }
                case .taken(let holder):
                    if case .closed = next.phase { #expect(holder == person && kind.outcomes.contains(outcome)) }
                    if case .taken(let other) = next.phase { #expect(other == holder) }
                case .awaiting: #expect(kind.awaitsAnswer)
                }
                state = next
            }
        }
    }
}
