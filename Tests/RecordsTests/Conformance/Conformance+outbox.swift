import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Outbox {
        @Test(arguments: StoreEngine.allCases)
        func anEventComesBackWithItsDeliveries(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.appendEvent(Sample.event("E1"))
                try transaction.appendEvent(Sample.event("E2"))
                #expect(try transaction.addDelivery(Sample.delivery("V1", event: "E1")))
                #expect(try transaction.addDelivery(Sample.delivery("V2", event: "E1")))
                var double = Sample.delivery("V3", event: "E2")
                double.idempotencyKey = "key-V1"
                #expect(try !transaction.addDelivery(double))
                #expect(try transaction.event("E1") == Sample.event("E1"))
                #expect(try transaction.events(subject: "D1").map(\.id) == ["E1", "E2"])
                #expect(try transaction.delivery("V1") == Sample.delivery("V1", event: "E1"))
                #expect(try transaction.deliveries(ofEvent: "E1").map(\.id) == ["V1", "V2"])
                #expect(try transaction.deliveries(before: "V2").map(\.id) == ["V1"])
                #expect(try transaction.deliveries(status: .parked).isEmpty)
                #expect(try transaction.deliveryCounts() == [.pending: 1, .waiting: 1])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aDeliveryIsTriedUntilItIsTaken(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.appendEvent(Sample.event("E1"))
                try transaction.addDelivery(Sample.delivery("V1", event: "E1"))
                func claim(_ now: Date) throws -> Delivery? {
                    try transaction.claimDelivery(of: "engine", owner: "a", now: now, leaseSeconds: 60)
                }
                #expect(try claim(start - 1) == nil)
                let first = try #require(try claim(start))
                #expect(first.attempts == 1)
                #expect(first.leaseUntil == start + 60)
                #expect(first.payload == Data([0, 0xFF, 0x0A]))
                try transaction.deliveryRetry(first, availableAt: start + 5, status: 503, error: "Not now.")
                #expect(try claim(start + 4) == nil)
                let dead = try #require(try claim(start + 5))
                #expect(dead.lastStatus == 503)
                #expect(dead.lastError == "Not now.")
                let live = try #require(try claim(start + 65))
                #expect(
                    code {
                        try transaction.deliveryDelivered(dead, status: 200, receipt: nil, at: start + 66)
                    } == .leaseLost)
                try transaction.deliveryDelivered(live, status: 202, receipt: "job 7", at: start + 67)
                let done = try #require(try transaction.delivery("V1"))
                #expect(done.status == .delivered)
                #expect(done.attempts == 3)
                #expect(done.lastStatus == 202)
                #expect(done.lastError == nil)
                #expect(done.receipt == "job 7")
                #expect(done.deliveredAt == start + 67)
                #expect(try claim(start + 9999) == nil)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func whatWasGivenUpCanBeReplayed(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.appendEvent(Sample.event("E1"))
                try transaction.addDelivery(Sample.delivery("V1", event: "E1"))
                func claim(_ now: Date) throws -> Delivery? {
                    try transaction.claimDelivery(of: "engine", owner: "a", now: now, leaseSeconds: 60)
                }
                #expect(code { try transaction.replay("V1", at: start) } == .wrongState)
                let first = try #require(try claim(start))
                #expect(code { try transaction.replay("V1", at: start) } == .wrongState)
                try transaction.deliveryParked(first, status: 410, error: "Gone.")
                #expect(try transaction.delivery("V1")?.status == .parked)
                try transaction.replay("V1", at: start + 100)
                #expect(try claim(start + 99) == nil)
                let second = try #require(try claim(start + 100))
                #expect(second.attempts == 1)
                #expect(second.idempotencyKey == first.idempotencyKey)
                #expect(
                    code { try transaction.deliveryParked(first, status: nil, error: "x") } == .leaseLost)
                try transaction.deliveryDelivered(second, status: 200, receipt: nil, at: start + 101)
                try transaction.replay("V1", at: start + 200)
                #expect(try transaction.delivery("V1")?.deliveredAt == nil)
                #expect(try claim(start + 200) != nil)
                #expect(code { try transaction.replay("none", at: start) } == .wrongState)
            }
        }

        /// Three events of one subject to two receivers; the second is to hear of the first event after the first receiver.
        private static func ordered(_ engine: StoreEngine) async throws -> TestStore {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                for number in 1...3 {
                    try transaction.appendEvent(Sample.event("E\(number)"))
                    try transaction.addDelivery(Sample.delivery("V\(number)", event: "E\(number)"))
                }
                var second = Sample.delivery("W1", event: "E1")
                second.action = "ledger"
                try transaction.addDelivery(second, after: ["key-V1"])
            }
            return test
        }

        private static func statuses(_ transaction: Transaction) throws -> [DeliveryStatus?] {
            try ["V1", "V2", "V3", "W1"].map { try transaction.delivery($0)?.status }
        }

        @Test(arguments: StoreEngine.allCases)
        func oneSubjectIsToldInOrderAndStepsInOrder(engine: StoreEngine) async throws {
            let test = try await Self.ordered(engine)
            try await test.store.write { transaction in
                #expect(try Self.statuses(transaction) == [.pending, .waiting, .waiting, .waiting])
                #expect(try transaction.dueActions(at: start) == ["engine"])
                let first = try #require(
                    try transaction.claimDelivery(of: "engine", owner: "a", now: start, leaseSeconds: 9))
                #expect(try transaction.claimDelivery(of: "engine", owner: "a", now: start, leaseSeconds: 9) == nil)
                try transaction.deliveryDelivered(first, status: 200, receipt: nil, at: start)
                #expect(try Self.statuses(transaction) == [.delivered, .pending, .waiting, .pending])
                #expect(try transaction.dueActions(at: start) == ["engine", "ledger"])
                #expect(try transaction.dueActions(at: start - 1) == [])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func whatGaveUpHoldsBackUntilItIsDismissed(engine: StoreEngine) async throws {
            let test = try await Self.ordered(engine)
            try await test.store.write { transaction in
                let first = try #require(
                    try transaction.claimDelivery(of: "engine", owner: "a", now: start, leaseSeconds: 9))
                try transaction.deliveryParked(first, status: 500, error: "No.")
                #expect(try Self.statuses(transaction) == [.parked, .waiting, .waiting, .waiting])
                #expect(try transaction.deliveryCountsByAction()["engine"] == [.parked: 1, .waiting: 2])
                try transaction.dismiss("V1", because: "Done by hand.")
                #expect(try Self.statuses(transaction) == [.dismissed, .pending, .waiting, .pending])
                #expect(code { try transaction.dismiss("V1", because: "x") } == .wrongState)
                try transaction.replay("V1", at: start)
                #expect(try Self.statuses(transaction) == [.pending, .waiting, .waiting, .waiting])
                #expect(try transaction.dismissAll(ofSubject: "D1", because: "Recalled.") == 4)
                #expect(try transaction.deliveryCounts() == [.dismissed: 4])
                #expect(try transaction.compensable(ofSubject: "D1").isEmpty)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func oneThatGoesOnHoldsNothingBack(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.appendEvent(Sample.event("E1"))
                var first = Sample.delivery("V1", event: "E1")
                first.goesOn = true
                first.compensateWith = "undo"
                try transaction.addDelivery(first)
                try transaction.addDelivery(Sample.delivery("V2", event: "E1"))
                let claimed = try #require(
                    try transaction.claimDelivery(of: "engine", owner: "a", now: start, leaseSeconds: 9))
                try transaction.deliveryParked(claimed, status: nil, error: "No.")
                #expect(try transaction.delivery("V2")?.status == .pending)
                #expect(try transaction.compensable(ofSubject: "D1").map(\.id) == ["V1"], "it may have got through")
                var undo = Sample.delivery("V3", event: "E1")
                undo.compensates = "key-V1"
                try transaction.addDelivery(undo)
                #expect(try transaction.compensable(ofSubject: "D1").isEmpty)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func whatDeadSendersHadInHandIsFreed(engine: StoreEngine) async throws {
            let test = try await Self.ordered(engine)
            try await test.store.write { transaction in
                _ = try transaction.claimDelivery(of: "engine", owner: "dead", now: start, leaseSeconds: 900)
                try transaction.freeDeliveries(at: start + 1)
                let again = try transaction.claimDelivery(of: "engine", owner: "b", now: start + 1, leaseSeconds: 9)
                #expect(again?.id == "V1" && again?.attempts == 2)
            }
        }
    }
}
