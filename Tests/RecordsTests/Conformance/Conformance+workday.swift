import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Workdays {
        @Test(arguments: StoreEngine.allCases)
        func aDayCountsWhatOnePersonSettledAndHowLongItTook(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                func audit(_ actor: String, _ action: String, _ subject: String, _ seconds: Double) throws {
                    try transaction.audit(
                        actor: actor, action: action, subject: subject, correlationID: "C1", at: start + seconds)
                }
                #expect(try transaction.workday(of: "user:ann", since: start).settledCount == 0)
                try audit("user:ann", "task.taken", "D0", -90)
                try audit("user:ann", "document.confirmed", "D0", -60)
                for (number, seconds) in [10.0, 40, 20].enumerated() {
                    let begin = Double(number) * 100
                    try audit("user:ann", "task.taken", "D\(number + 1)", begin)
                    try audit("user:bob", "document.viewed", "D\(number + 1)", begin)
                    try audit(
                        "user:ann", number == 1 ? "document.rejected" : "document.confirmed", "D\(number + 1)",
                        begin + seconds)
                }
                try audit("user:bob", "document.confirmed", "D9", 500)
                let day = try transaction.workday(of: "user:ann", since: start)
                #expect(day.settledCount == 3)
                #expect(day.medianSeconds == 20)
                #expect(try transaction.workday(of: "user:bob", since: start).medianSeconds == nil)
                #expect(try transaction.workday(of: "user:ann", since: start + 9999).settledCount == 0)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func theNextTaskIsToldWithoutBeingTaken(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                for number in 1...2 {
                    try transaction.insertDocument(Sample.document("D\(number)", ordinal: number))
                    try transaction.openTask(Sample.task("T\(number)", document: "D\(number)", priority: number))
                }
                #expect(try transaction.nextTask(queues: ["letters"], for: "ann", at: start)?.id == "T2")
                #expect(try transaction.waitingCount(queue: "letters", at: start) == 2)
                _ = try transaction.leaseTask("T2", owner: "ann", now: start, leaseSeconds: 60)
                #expect(try transaction.nextTask(queues: ["letters"], for: "ann", at: start)?.id == "T1")
                #expect(try transaction.waitingCount(queue: "letters", at: start) == 1)
                #expect(try transaction.waitingCount(queue: "letters", at: start + 60) == 2)
                #expect(try transaction.nextTask(queues: ["remittances"], for: "ann", at: start) == nil)
            }
        }
    }
}
