import Foundation
import Governance
import TestSupport
import Testing

@Suite struct QuestionStateTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private var asked: QuestionState { QuestionState(askedBy: "ann", askedOf: "bob", keptUntil: start + 60) }

    private func refusal(_ state: QuestionState, _ event: QuestionState.Event) -> GovernanceError.Code? {
        do {
            _ = try state.applying(event)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func aTaskIsKeptForWhoWasAskedThenForWhoAsked() throws {
        #expect(asked.keeper(at: start) == "bob")
        #expect(asked.keeper(at: start + 60) == nil)
        let answered = try asked.applying(.answer(by: "bob", keptUntil: start + 120))
        #expect(answered.keeper(at: start + 60) == "ann")
        #expect(answered.keeper(at: start + 120) == nil)
        let returned = try answered.applying(.take(by: "ann", at: start + 70, isKeeperGone: false))
        #expect(returned.phase == .ended(.returned))
        #expect(returned.keeper(at: start + 70) == nil)
    }

    @Test func nobodyElseAnswersOrWithdraws() throws {
        #expect(refusal(asked, .answer(by: "ann", keptUntil: start)) == .questionOfAnother)
        #expect(refusal(asked, .withdraw(by: "bob")) == .questionOfAnother)
        #expect(try asked.applying(.withdraw(by: "ann")).phase == .ended(.withdrawn))
        let answered = try asked.applying(.answer(by: "bob", keptUntil: start + 120))
        #expect(refusal(answered, .answer(by: "bob", keptUntil: start)) == .questionOver)
    }

    @Test func anotherTakesTheTaskOnlyWhenTheTimeIsOverOrTheKeeperGone() throws {
        #expect(refusal(asked, .take(by: "cyd", at: start + 59, isKeeperGone: false)) == .taskHeldByAnother)
        #expect(try asked.applying(.take(by: "cyd", at: start + 60, isKeeperGone: false)).phase == .ended(.lapsed))
        #expect(try asked.applying(.take(by: "cyd", at: start, isKeeperGone: true)).phase == .ended(.lapsed))
        #expect(try asked.applying(.take(by: "bob", at: start, isKeeperGone: false)) == asked)
    }

    /// Random sequences from fixed seeds: a task is kept for one of the two alone, never beyond its time, and what has
    /// ended stays ended.
    @Test(arguments: UInt64(1)...100)
    func noSequenceKeepsATaskForEver(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var state = asked
        var now = start
        for _ in 0..<60 {
            now += Double.random(in: 0...50, using: &generator)
            guard let next = try? state.applying(event(at: now, using: &generator)) else { continue }
            if case .ended = state.phase { #expect(next == state) }
            if let keeper = next.keptFor { #expect(["ann", "bob"].contains(keeper)) }
            #expect(next.keeper(at: next.keptUntil) == nil)
            #expect(next.keptUntil <= now + 100 || next.keptUntil == state.keptUntil)
            state = next
        }
        #expect(state.keeper(at: now + 100) == nil)
    }

    private func event(at now: Date, using generator: inout SeededGenerator) -> QuestionState.Event {
        let person = ["ann", "bob", "cyd"][Int.random(in: 0..<3, using: &generator)]
        return switch Int.random(in: 0..<8, using: &generator) {
        case 0, 1: .answer(by: person, keptUntil: now + 100)
        case 2: .withdraw(by: person)
        case 3...5: .take(by: person, at: now, isKeeperGone: Bool.random(using: &generator))
        case 6: .settle
        default: .move
        }
    }
}
