import Foundation
import Records
import Testing

/// Random lives of deliveries: senders claim, deliver, fail, give up, die; people replay.
@Suite struct OutboxPropertyTests {
    @Test(arguments: 0..<40 as Range<UInt64>)
    func everyDeliveryIsSettledOnceForEachTimeItWasAsked(seed: UInt64) async throws {
        let test = try await TestStore()
        try await test.store.write { transaction in
            try transaction.appendEvent(Sample.event("E1"))
            var life = OutboxLife(seed: seed)
            for _ in 0..<life.dice.roll(20...150) { try life.happen(transaction) }
            try life.drain(transaction)
        }
    }
}

/// What a test knows of an outbox, beside what the store says of it.
private struct OutboxLife {
    private static let leaseSeconds = 30.0

    var dice: Dice
    private var now = start
    /// How often each delivery was asked for: by its event, and by each replay.
    private var asked: [String: Int] = [:]
    /// How often each was settled: delivered or parked.
    private var settled: [String: Int] = [:]
    private var held: [Delivery] = []
    private var latest: [String: Int] = [:]
    /// What was added for each action, in order, but for what was ever replayed.
    private var order: [String: [String]] = [:]

    init(seed: UInt64) { dice = Dice(seed: seed) }

    mutating func happen(_ transaction: Transaction) throws {
        switch dice.roll(0...11) {
        case 0...2: try add(transaction)
        case 3...5: try claim(transaction)
        case 6...7: try settle(transaction)
        case 8: try replay(transaction)
        case 9: try dismiss(transaction)
        default: now += Double(dice.roll(1...40))
        }
    }

    mutating func drain(_ transaction: Transaction) throws {
        now += 1000
        for parked in try transaction.deliveries(status: .parked, limit: .max) {
            try transaction.dismiss(parked.id, because: "Enough.")
        }
        for action in try transaction.deliveryCountsByAction().keys {
            while let delivery = try transaction.claimDelivery(of: action, owner: "last", now: now, leaseSeconds: 30) {
                try transaction.deliveryDelivered(delivery, status: 200, receipt: nil, at: now)
                settled[delivery.id, default: 0] += 1
            }
        }
        #expect(settled == asked)
        for delivery in held {
            #expect(code { try transaction.deliveryParked(delivery, status: nil, error: "x") } == .leaseLost)
        }
        let counts = try transaction.deliveryCounts()
        #expect(counts[.delivered, default: 0] + counts[.dismissed, default: 0] == asked.count)
        #expect(counts.allSatisfy { !$0.key.isOpen })
    }

    private mutating func add(_ transaction: Transaction) throws {
        var delivery = Sample.delivery("V\(dice.roll(1...16))", event: "E1", at: now + Double(dice.roll(0...20)))
        delivery.action = dice.pick(["engine", "ledger"]) ?? ""
        let isNew = try transaction.addDelivery(delivery)
        #expect(isNew == (asked[delivery.id] == nil))
        guard isNew else { return }
        asked[delivery.id] = 1
        order[delivery.action, default: []].append(delivery.id)
    }

    private mutating func claim(_ transaction: Transaction) throws {
        let owner = "sender \(dice.roll(1...2))"
        guard
            let delivery = try transaction.claimDelivery(
                of: dice.pick(["engine", "ledger"]) ?? "", owner: owner, now: now, leaseSeconds: Self.leaseSeconds)
        else { return }
        let others = order[delivery.action, default: []]
        for earlier in others.prefix(upTo: others.firstIndex(of: delivery.id) ?? 0) {
            let status = try transaction.delivery(earlier)?.status
            #expect(status == .delivered || status == .dismissed, "Something was told before what came before it.")
        }
        let alive = held.filter { $0.id == delivery.id && $0.leaseNumber == latest[delivery.id] }
        #expect(alive.allSatisfy { $0.availableAt <= now }, "A delivery that somebody holds was given away.")
        #expect(delivery.payload == Sample.delivery(delivery.id, event: "E1").payload)
        latest[delivery.id] = delivery.leaseNumber
        held.append(delivery)
    }

    /// Ends one of the leases, dead or alive, and checks that only the latest one counts.
    private mutating func settle(_ transaction: Transaction) throws {
        guard let index = held.indices.randomElement(using: &dice.generator) else { return }
        let delivery = held.remove(at: index)
        let isLatest = latest[delivery.id] == delivery.leaseNumber
        let (way, now) = (dice.roll(0...2), now)
        let lost = code {
            switch way {
            case 0: try transaction.deliveryDelivered(delivery, status: 200, receipt: "r", at: now)
            case 1: try transaction.deliveryRetry(delivery, availableAt: now + 20, status: 503, error: "Not yet.")
            default: try transaction.deliveryParked(delivery, status: 410, error: "Gone.")
            }
        }
        #expect(lost == (isLatest ? nil : .leaseLost))
        guard isLatest else { return }
        latest[delivery.id] = nil
        if way != 1 { settled[delivery.id, default: 0] += 1 }
    }

    private mutating func replay(_ transaction: Transaction) throws {
        guard let id = dice.pick(asked.keys.sorted()) else { return }
        let isSettled = settled[id] == asked[id]
        let refused = code { try transaction.replay(id, at: now) }
        #expect(refused == (isSettled ? nil : .wrongState))
        guard isSettled else { return }
        asked[id, default: 0] += 1
        // From here on it may come after what was told meanwhile.
        for action in order.keys { order[action]?.removeAll { $0 == id } }
    }

    private mutating func dismiss(_ transaction: Transaction) throws {
        guard let id = dice.pick(asked.keys.sorted()), let status = try transaction.delivery(id)?.status else { return }
        let refused = code { try transaction.dismiss(id, because: "No.") }
        #expect(refused == ([.waiting, .pending, .parked].contains(status) ? nil : .wrongState))
        if refused == nil, status != .parked { settled[id, default: 0] += 1 }
    }
}
