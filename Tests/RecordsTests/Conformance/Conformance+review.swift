import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Review {
        /// A store with documents D1…D3 in review and a task for each.
        private static func prepared(_ engine: StoreEngine) async throws -> TestStore {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                for number in 1...3 {
                    try transaction.insertDocument(Sample.document("D\(number)", ordinal: number))
                }
                try transaction.openTask(Sample.task("T1", document: "D1"))
                try transaction.openTask(Sample.task("T2", document: "D2", priority: 5))
                try transaction.openTask(Sample.task("T3", document: "D3", queue: "remittances"))
            }
            return test
        }

        @Test(arguments: StoreEngine.allCases)
        func aDocumentHasOneOpenTask(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { transaction in
                #expect(try transaction.task("T1") == Sample.task("T1", document: "D1"))
                try transaction.finishTask("T1", expecting: 1, at: start + 60)
                try transaction.openTask(Sample.task("T9", document: "D1"))
                #expect(try transaction.task(ofDocument: "D1")?.id == "T9")
                #expect(try transaction.task("T1")?.ageSeconds(at: start + 900) == 60)
                #expect(try transaction.task("T9")?.ageSeconds(at: start + 900) == 900)
            }
            let error = await #expect(throws: RecordsError.self) {
                try await test.store.write { try $0.openTask(Sample.task("T10", document: "D1")) }
            }
            #expect(error?.code == .duplicate)
        }

        @Test(arguments: StoreEngine.allCases)
        func theMostUrgentTaskOfTheQueuesComesFirst(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { transaction in
                func next(_ queues: [String], _ owner: String) throws -> String? {
                    try transaction.leaseNextTask(queues: queues, owner: owner, now: start, leaseSeconds: 60)?.id
                }
                let ofNoQueue = try next([], "ann")
                #expect(ofNoQueue == nil)
                #expect(try next(["letters"], "ann") == "T2")
                #expect(try next(["letters"], "bob") == "T1")
                #expect(try next(["letters"], "cas") == nil)
                #expect(try next(["letters", "remittances"], "cas") == "T3")
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aTaskIsHeldByOneReviewerUntilTheLeaseEnds(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { transaction in
                func lease(_ owner: String, _ now: Date) throws -> ReviewTask? {
                    try transaction.leaseTask("T1", owner: owner, now: now, leaseSeconds: 60)
                }
                let held = try #require(try lease("ann", start))
                #expect(held.version == 2)
                #expect(held.leaseUntil == start + 60)
                #expect(held.isHeld(at: start + 59))
                #expect(!held.isHeld(at: start + 60))
                #expect(try lease("bob", start + 30) == nil)
                #expect(try lease("ann", start + 30)?.leaseUntil == start + 90)
                #expect(try transaction.taskCounts(at: start + 89)["letters"] == [.open: 1, .leased: 1])
                #expect(try transaction.taskCounts(at: start + 90)["letters"] == [.open: 2])
                let taken = try #require(try lease("bob", start + 90))
                #expect(code { try transaction.releaseTask("T1", owner: "ann") } == .leaseLost)
                #expect(
                    code { try transaction.finishTask("T1", expecting: held.version, at: start) }
                        == .versionConflict)
                try transaction.releaseTask("T1", owner: "bob")
                #expect(try transaction.task("T1")?.status == .open)
                #expect(try transaction.task("T1")?.version == taken.version + 1)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aFinishedTaskStaysFinished(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { transaction in
                let held = try #require(
                    try transaction.leaseTask("T1", owner: "ann", now: start, leaseSeconds: 60))
                try transaction.finishTask("T1", expecting: held.version, at: start + 10)
                let done = try #require(try transaction.task("T1"))
                #expect(done.status == .done)
                #expect(done.doneAt == start + 10)
                #expect(done.leaseOwner == nil)
                #expect(try transaction.leaseTask("T1", owner: "ann", now: start + 99, leaseSeconds: 60) == nil)
                #expect(
                    code { try transaction.finishTask("T1", expecting: done.version, at: start) }
                        == .versionConflict)
                #expect(try transaction.taskCounts(at: start)["letters"] == [.done: 1, .open: 1])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func theListShowsWhatIsLeftWithItsDocument(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { transaction in
                try transaction.finishTask("T3", expecting: 1, at: start)
                let tasks = try transaction.tasks()
                #expect(tasks.map(\.task.id) == ["T2", "T1"])
                #expect(tasks.first?.type == "eob")
                #expect(tasks.first?.subtype == "denial")
                #expect(tasks.first?.fileName == "scan-1.pdf")
                #expect(tasks.first?.sha256 == Sample.sha256(1))
                #expect(tasks.first?.task.reasons.first?.code == "low_confidence")
                #expect(try transaction.tasks(queues: ["letters"], limit: 1).map(\.task.id) == ["T2"])
                #expect(try transaction.tasks(queues: ["remittances"]).isEmpty)
                #expect(try transaction.tasks(queues: []).isEmpty)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aTaskFollowsItsDocumentIntoAnotherQueue(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { transaction in
                let task = try #require(try transaction.task("T1"))
                let reasons = [Reason(code: "check_failed", detail: "It does not add up.")]
                try transaction.routeTask(task, to: "remittances", reasons: reasons)
                let routed = try #require(try transaction.task("T1"))
                #expect((routed.queue, routed.version) == ("remittances", 2))
                #expect(routed.reasons == reasons)
                #expect(code { try transaction.routeTask(task, to: "letters", reasons: []) } == .versionConflict)
                try transaction.finishTask("T1", expecting: 2, at: start)
                let done = try #require(try transaction.task("T1"))
                #expect(code { try transaction.routeTask(done, to: "letters", reasons: []) } == .versionConflict)
            }
        }
    }
}
