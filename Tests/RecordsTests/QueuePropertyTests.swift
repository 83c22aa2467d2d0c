import Foundation
import Records
import Testing

/// Random lives of steps: workers claim, finish, fail, give up, die and come back late.
@Suite struct QueuePropertyTests {
    @Test(arguments: 0..<40 as Range<UInt64>)
    func everyStepIsDoneOnceAndNoneIsLost(seed: UInt64) async throws {
        let test = try await TestStore()
        try await test.store.write { transaction in
            var life = QueueLife(seed: seed)
            for _ in 0..<life.dice.roll(20...150) { try life.happen(transaction) }
            try life.drain(transaction)
        }
    }
}

/// What a test knows of a queue, beside what the store says of it.
private struct QueueLife {
    private static let leaseSeconds = 30.0
    private static let kinds: [StepKind] = [.read, .understand]

    var dice: Dice
    private var now = start
    private var enqueued: Set<String> = []
    /// Every lease that was ever given and not ended, dead workers' too.
    private var held: [Step] = []
    /// The latest lease of each step.
    private var latest: [String: Int] = [:]
    private var done: Set<String> = []
    private var parked: Set<String> = []

    init(seed: UInt64) { dice = Dice(seed: seed) }

    mutating func happen(_ transaction: Transaction) throws {
        switch dice.roll(0...9) {
        case 0...1: try enqueue(transaction)
        case 2...4: try claim(transaction)
        case 5: try end(transaction) { step in { try transaction.complete(step) } }
        case 6:
            let wait = Double(dice.roll(0...40))
            try end(transaction) { [now] step in
                { try transaction.retry(step, availableAt: now + wait, error: "Not yet.") }
            }
        case 7 where dice.roll(0...3) == 0:
            try end(transaction) { step in { try transaction.park(step, error: "No.") } }
        case 7: try renew(transaction)
        default: now += Double(dice.roll(1...40))
        }
    }

    /// Lets the leases of the dead run out and works off what is left: each step must come to its end.
    mutating func drain(_ transaction: Transaction) throws {
        now += 1000
        while let step = try transaction.claim(kinds: Self.kinds, owner: "last", now: now, leaseSeconds: 30) {
            #expect(!done.contains(step.id) && !parked.contains(step.id))
            try transaction.complete(step)
            done.insert(step.id)
        }
        #expect(done.union(parked) == enqueued)
        for step in held where step.status == .leased {
            #expect(code { try transaction.complete(step) } == .leaseLost)
        }
        let counts = try transaction.stepCounts().values.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        #expect(counts[.done, default: 0] == done.count)
        #expect(counts[.parked, default: 0] == parked.count)
        #expect(counts[.ready] == nil && counts[.leased] == nil)
    }

    private mutating func enqueue(_ transaction: Transaction) throws {
        let (number, kind) = (dice.roll(1...12), dice.pick(Self.kinds) ?? .read)
        var step = Sample.step(number, kind: kind, at: now + Double(dice.roll(0...20)))
        step.id = "\(kind.rawValue)-\(number)"
        let isNew = try transaction.enqueue(step)
        #expect(isNew == enqueued.insert(step.id).inserted)
    }

    private mutating func claim(_ transaction: Transaction) throws {
        let owner = "worker \(dice.roll(1...2))"
        guard
            let step = try transaction.claim(
                kinds: Self.kinds, owner: owner, now: now, leaseSeconds: Self.leaseSeconds)
        else { return }
        #expect(!done.contains(step.id) && !parked.contains(step.id))
        let alive = held.filter { $0.id == step.id && $0.leaseNumber == latest[step.id] }
        #expect(alive.allSatisfy { $0.availableAt <= now }, "A step that somebody holds was given away.")
        latest[step.id] = step.leaseNumber
        held.append(step)
    }

    private mutating func renew(_ transaction: Transaction) throws {
        guard let index = held.indices.randomElement(using: &dice.generator) else { return }
        let step = held[index]
        let isLatest = latest[step.id] == step.leaseNumber
        let lost = code { held[index] = try transaction.renew(step, now: now, leaseSeconds: Self.leaseSeconds) }
        #expect(lost == (isLatest ? nil : .leaseLost))
    }

    /// Ends one of the leases, dead or alive, and checks that only the latest one counts.
    private mutating func end(_ transaction: Transaction, _ change: (Step) -> () throws -> Void) throws {
        guard let index = held.indices.randomElement(using: &dice.generator) else { return }
        let step = held.remove(at: index)
        let isLatest = latest[step.id] == step.leaseNumber
        #expect(code(change(step)) == (isLatest ? nil : .leaseLost))
        guard isLatest else { return }
        latest[step.id] = nil
        switch try transaction.step(step.id)?.status {
        case .done: done.insert(step.id)
        case .parked: parked.insert(step.id)
        case .ready: break
        case .leased, nil: Issue.record("The step \(step.id) did not change.")
        }
    }
}
