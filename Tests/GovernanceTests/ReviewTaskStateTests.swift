import Foundation
import Governance
import Testing

@Suite struct ReviewTaskStateTests {
    private static let lease: TimeInterval = 900
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func after(_ events: [ReviewTaskState.Event]) throws(GovernanceError) -> ReviewTaskState {
        var state = ReviewTaskState()
        for event in events {
            state = try state.applying(event, leaseSeconds: ReviewTaskStateTests.lease)
        }
        return state
    }

    private func refusal(_ events: [ReviewTaskState.Event]) -> GovernanceError.Code? {
        do {
            _ = try after(events)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func aTakenTaskIsSettledByItsHolder() throws {
        let state = try after([.take(by: "ann", at: start), .confirm(by: "ann")])
        #expect(state.phase == .done(.confirmed, by: "ann"))
        #expect(state.version == 3)
        #expect(try after([.take(by: "ann", at: start), .reject(by: "ann")]).phase == .done(.rejected, by: "ann"))
    }

    @Test func aTaskEndsWhenItsDocumentIsMergedByWhoeverMayHaveIt() throws {
        #expect(try after([.merge(by: "ann", at: start)]).phase == .done(.merged, by: "ann"))
        let take = ReviewTaskState.Event.take(by: "bob", at: start)
        #expect(refusal([take, .merge(by: "ann", at: start + 899)]) == .taskHeldByAnother)
        #expect(try after([take, .merge(by: "ann", at: start + 900)]).phase == .done(.merged, by: "ann"))
        #expect(refusal([.merge(by: "ann", at: start), take]) == .taskDone)
    }

    @Test func aReleasedOrExpiredTaskIsOpen() throws {
        #expect(try after([.take(by: "ann", at: start), .release(by: "ann")]).phase == .open)
        #expect(try after([.take(by: "ann", at: start), .expire(at: start + 900)]).phase == .open)
    }

    @Test func renewalMovesTheEndOfTheLease() throws {
        let state = try after([.take(by: "ann", at: start), .renew(by: "ann", at: start + 800)])
        #expect(state.phase == .held(by: "ann", until: start + 1700))
    }

    @Test func aLeaseThatRanOutMayBeTakenByAnother() throws {
        let state = try after([.take(by: "ann", at: start), .take(by: "bob", at: start + 900)])
        #expect(state.holder == "bob")
        #expect(
            refusal([.take(by: "ann", at: start), .take(by: "bob", at: start + 900), .confirm(by: "ann")])
                == .taskHeldByAnother)
    }

    @Test func whoeverIsLateButStillHolderMaySettle() throws {
        #expect(
            try after([.take(by: "ann", at: start), .renew(by: "ann", at: start + 5000), .confirm(by: "ann")]).holder
                == nil)
    }

    @Test func whatMayNotHappenIsRefused() {
        let take = ReviewTaskState.Event.take(by: "ann", at: start)
        #expect(refusal([take, .take(by: "bob", at: start + 899)]) == .taskHeldByAnother)
        #expect(refusal([take, .renew(by: "bob", at: start)]) == .taskHeldByAnother)
        #expect(refusal([take, .release(by: "bob")]) == .taskHeldByAnother)
        #expect(refusal([take, .reject(by: "bob")]) == .taskHeldByAnother)
        #expect(refusal([take, .expire(at: start + 899)]) == .leaseStillRuns)
        #expect(refusal([.confirm(by: "ann")]) == .taskNotHeld)
        #expect(refusal([take, .confirm(by: "ann"), .take(by: "ann", at: start)]) == .taskDone)
    }

    /// Random sequences from fixed seeds, checked after every event against the rules of holding.
    @Test(arguments: UInt64(1)...200)
    func noSequenceBreaksTheRules(seed: UInt64) {
        var generator = SplitMix(state: seed)
        var state = ReviewTaskState()
        var now = start
        for _ in 0..<200 {
            now += Double.random(in: 0...600, using: &generator)
            let event = randomEvent(at: now, using: &generator)
            let next: ReviewTaskState
            do {
                next = try state.applying(event, leaseSeconds: ReviewTaskStateTests.lease)
            } catch {
                continue
            }
            #expect(next.version == state.version + 1)
            if case .done = state.phase { Issue.record("A settled task changed by \(event)") }
            if case .held(let holder, let until) = state.phase, until > now, let other = next.holder {
                #expect(other == holder, "\(event) took the task of \(holder) under a running lease")
            }
            if case .done(_, let person) = next.phase { #expect(state.holder == person) }
            state = next
            if case .done = state.phase, Int.random(in: 0..<4, using: &generator) == 0 { state = ReviewTaskState() }
        }
    }

    private func randomEvent(at now: Date, using generator: inout SplitMix) -> ReviewTaskState.Event {
        let person = ["ann", "bob", "cyd"][Int.random(in: 0..<3, using: &generator)]
        return switch Int.random(in: 0..<8, using: &generator) {
        case 0...2: .take(by: person, at: now)
        case 3: .renew(by: person, at: now)
        case 4: .release(by: person)
        case 5: .expire(at: now)
        case 6: .confirm(by: person)
        default: .reject(by: person)
        }
    }
}

/// The splitmix64 generator of Steele, Lea and Flood: repeatable from its seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
