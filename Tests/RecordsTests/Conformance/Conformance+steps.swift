import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Steps {
        @Test(arguments: StoreEngine.allCases)
        func aStepIsEnqueuedOnceEvenWhenItIsDone(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                #expect(try transaction.enqueue(Sample.step(1)))
                var double = Sample.step(1)
                double.id = "S9"
                #expect(try !transaction.enqueue(double))
                #expect(try transaction.enqueue(Sample.step(2, kind: .understand)))
                let step = try #require(
                    try transaction.claim(kinds: [.read], owner: "a", now: start, leaseSeconds: 60))
                try transaction.complete(step)
                #expect(try !transaction.enqueue(double))
                #expect(try transaction.claim(kinds: [.read], owner: "a", now: start, leaseSeconds: 60) == nil)
                #expect(try transaction.stepCounts() == [.read: [.done: 1], .understand: [.ready: 1]])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aClaimedStepSaysWhoHoldsItAndUntilWhen(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.enqueue(Sample.step(1))
                let step = try #require(
                    try transaction.claim(kinds: [.read], owner: "a", now: start, leaseSeconds: 60))
                #expect(step.status == .leased)
                #expect(step.leaseOwner == "a")
                #expect(step.leaseUntil == start + 60)
                #expect(step.attempts == 1)
                #expect(try transaction.step("S1") == step)
                let renewed = try transaction.renew(step, now: start + 30, leaseSeconds: 60)
                #expect(renewed.leaseUntil == start + 90)
                #expect(renewed.attempts == 1)
                try transaction.complete(step)
                #expect(try transaction.steps(subject: step.subject).map(\.status) == [.done])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func theStepThatWaitedLongestComesFirst(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.enqueue(Sample.step(1, at: start + 2))
                try transaction.enqueue(Sample.step(2, at: start + 1))
                try transaction.enqueue(Sample.step(3, kind: .understand, at: start))
                try transaction.enqueue(Sample.step(4, at: start + 100))
                func claim(_ kinds: [StepKind]) throws -> String? {
                    try transaction.claim(kinds: kinds, owner: "a", now: start + 10, leaseSeconds: 60)?.id
                }
                #expect(try claim([]) == nil)
                #expect(try claim([.read]) == "S2")
                #expect(try claim([.read, .understand]) == "S3")
                #expect(try claim([.read, .understand]) == "S1")
                #expect(try claim([.read, .understand]) == nil)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aStepOfADeadWorkerComesBackAndItsOldLeaseIsWorthNothing(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.enqueue(Sample.step(1))
                func claim(_ now: Date) throws -> Step? {
                    try transaction.claim(kinds: [.read], owner: "a", now: now, leaseSeconds: 60)
                }
                let dead = try #require(try claim(start))
                #expect(try claim(start + 59.999) == nil)
                let live = try #require(try claim(start + 60))
                #expect(live.id == dead.id)
                #expect(live.attempts == 2)
                #expect(code { try transaction.complete(dead) } == .leaseLost)
                #expect(code { _ = try transaction.renew(dead, now: start, leaseSeconds: 60) } == .leaseLost)
                #expect(code { try transaction.retry(dead, availableAt: start, error: "x") } == .leaseLost)
                #expect(code { try transaction.park(dead, error: "x") } == .leaseLost)
                try transaction.complete(live)
                #expect(code { try transaction.complete(live) } == .leaseLost)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aFailedStepIsTriedAgainLaterOrGivenUp(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.enqueue(Sample.step(1))
                func claim(_ now: Date) throws -> Step? {
                    try transaction.claim(kinds: [.read], owner: "a", now: now, leaseSeconds: 60)
                }
                let first = try #require(try claim(start))
                try transaction.retry(first, availableAt: start + 10, error: "The reader died.")
                #expect(try claim(start + 9) == nil)
                let second = try #require(try claim(start + 10))
                #expect(second.lastError == "The reader died.")
                try transaction.park(second, error: "The reader died twice.")
                #expect(try claim(start + 1000) == nil)
                let parked = try #require(try transaction.step("S1"))
                #expect(parked.status == .parked)
                #expect(parked.lastError == "The reader died twice.")
                #expect(parked.leaseOwner == nil)
                #expect(parked.leaseUntil == nil)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func manyClaimantsOnTwoHandlesNeverGetTheSameStep(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            let stores = [test.store, try await test.another()]
            try await test.store.write { transaction in
                for number in 0..<60 { try transaction.enqueue(Sample.step(number)) }
            }
            let claimed = try await withThrowingTaskGroup(of: [String].self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        var ids: [String] = []
                        while let step = try await stores[worker % 2].write({ transaction in
                            try transaction.claim(
                                kinds: [.read], owner: "worker \(worker)", now: start, leaseSeconds: 60)
                        }) {
                            try await stores[(worker + 1) % 2].write { try $0.complete(step) }
                            ids.append(step.id)
                        }
                        return ids
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.count == 60)
            #expect(Set(claimed).count == 60)
            #expect(try await test.store.read { try $0.stepCounts() } == [.read: [.done: 60]])
        }
    }
}
