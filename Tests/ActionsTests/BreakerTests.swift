import Actions
import Foundation
import TestSupport
import Testing

@Suite struct BreakerTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func begins(_ breaker: inout Breaker, _ seconds: Double) -> Bool {
        breaker.mayBegin(at: start + seconds, patience: 60)
    }

    @Test func itOpensTriesOnceAndClosesAgain() {
        var breaker = Breaker(RetryPolicy(failuresMax: 2, firstPauseSeconds: 10, pauseSecondsMax: 30))
        breaker.failed(at: start)
        #expect(breaker.state == .closed(failures: 1) && !breaker.state.isOpen)
        breaker.failed(at: start)
        #expect(breaker.state == .open(until: start + 10))
        let call1 = begins(&breaker, 9)
        #expect(!call1)
        let call2 = begins(&breaker, 10)
        #expect(call2)
        let call3 = begins(&breaker, 11)
        #expect(!call3, "one call at a time")
        breaker.failed(at: start + 12)
        #expect(breaker.state == .open(until: start + 32))
        let call4 = begins(&breaker, 32)
        #expect(call4)
        breaker.failed(at: start + 32)
        #expect(breaker.state == .open(until: start + 62), "not beyond the longest pause")
        let call5 = begins(&breaker, 62)
        #expect(call5)
        breaker.notBegun(at: start + 62)
        let call6 = begins(&breaker, 62)
        #expect(call6)
        breaker.succeeded()
        #expect(breaker.state == .closed(failures: 0))
    }

    /// Whatever happens in whatever order: no call begins while it is left alone, one at most while it is tried, and it is
    /// never left alone for ever.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func itNeverLetsTooManyThroughAndNeverNone(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let policy = RetryPolicy(failuresMax: Int.random(in: 1...6, using: &generator))
        var breaker = Breaker(policy)
        var now = start
        for _ in 0..<300 {
            switch Int.random(in: 0...4, using: &generator) {
            case 0:
                let before = breaker.state
                let begins = breaker.mayBegin(at: now, patience: 30)
                switch before {
                case .closed: #expect(begins)
                case .open(let until), .probing(let until):
                    #expect(begins == (now >= until))
                    #expect(until <= now + policy.pauseSecondsMax + 30)
                }
            case 1: breaker.succeeded()
            case 2: breaker.failed(at: now)
            case 3: breaker.notBegun(at: now)
            default: now += Double.random(in: -5...120, using: &generator)
            }
            if case .closed(let failures) = breaker.state { #expect(failures < policy.failuresMax) }
        }
        let begins = breaker.mayBegin(at: now + 1000, patience: 30)
        #expect(begins)
    }
}
