import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Arrivals {
        @Test(arguments: StoreEngine.allCases)
        func aFileSeenAgainWhileItWaitsIsOneArrival(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.recordArrival(Sample.arrival("A1", path: "/mail/scan.pdf"))
                var again = Sample.arrival("A2", path: "/mail/scan.pdf", at: start + 5)
                again.size = 20
                again.detail = "Its end is missing."
                let recorded = try transaction.recordArrival(again)
                #expect(recorded.id == "A1")
                #expect(recorded.correlationID == "C-A1")
                #expect(recorded.size == 20)
                #expect(recorded.detail == "Its end is missing.")
                #expect(recorded.firstSeenAt == start)
                #expect(recorded.lastSeenAt == start + 5)
                #expect(try transaction.arrivals().count == 1)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aNewFileUnderASettledOnesNameIsANewArrival(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.recordArrival(Sample.arrival("A1", path: "/mail/scan.pdf"))
                try transaction.settleArrival(
                    "A1", .taken, detail: "Taken in.", sha256: Sample.sha256(), at: start + 1)
                try transaction.recordArrival(Sample.arrival("A2", path: "/mail/scan.pdf", at: start + 2))
                try transaction.recordArrival(Sample.arrival("A3"))
                try transaction.recordArrival(Sample.arrival("A4"))
                #expect(try transaction.arrivals().map(\.id) == ["A4", "A3", "A2", "A1"])
                #expect(try transaction.arrivals(verdict: .waiting, limit: 2).map(\.id) == ["A4", "A3"])
                #expect(try transaction.arrivals(source: "folder:mail", before: "A3").map(\.id) == ["A2", "A1"])
                #expect(try transaction.arrivals(sha256: Sample.sha256()).map(\.id) == ["A1"])
                #expect(try transaction.arrivalCounts() == [.waiting: 3, .taken: 1])
                #expect(try transaction.arrival("A1")?.detail == "Taken in.")
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aVerdictIsGivenOnce(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.recordArrival(Sample.arrival("A1"))
                try transaction.settleArrival("A1", .vanished, at: start)
                #expect(code { try transaction.settleArrival("A1", .taken, at: start) } == .wrongState)
                #expect(code { try transaction.settleArrival("A9", .taken, at: start) } == .wrongState)
                #expect(try transaction.arrival("A1")?.verdict == .vanished)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func whatNobodyAnswersForIsFound(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                try transaction.recordArrival(Sample.arrival("long", at: start - 3600))
                try transaction.recordArrival(Sample.arrival("short", at: start))
                try transaction.recordArrival(Sample.arrival("kept"))
                try transaction.recordArrival(Sample.arrival("lost"))
                try transaction.recordArrival(Sample.arrival("nameless"))
                try transaction.recordArrival(Sample.arrival("torn"))
                try transaction.settleArrival("kept", .taken, sha256: Sample.sha256(1), at: start)
                try transaction.settleArrival("lost", .duplicate, sha256: Sample.sha256(2), at: start)
                try transaction.settleArrival("nameless", .taken, at: start)
                try transaction.settleArrival("torn", .quarantined, detail: "It is empty.", at: start)
                let found = try transaction.unaccountedArrivals(waitingSince: start - 60)
                #expect(found.map(\.id) == ["long", "lost", "nameless"])
                #expect(try transaction.unaccountedCount(waitingSince: start - 60) == 3)
                #expect(try transaction.unaccountedCount(waitingSince: start + 60) == 4)
            }
        }
    }
}
