import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Clocks {
        private static func clock(_ task: String, due: Date? = nil, basis: String = "P/letters") -> TaskClock {
            TaskClock(
                taskID: task, terms: [PriorityTerm(.amount, value: "12.00", points: 1.5)], basis: basis, dueAt: due)
        }

        @Test(arguments: StoreEngine.allCases)
        func aClockIsKeptAndSetsThePlaceOfItsTask(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                try transaction.keepClock(Self.clock("T2"), priority: 7)
                try transaction.keepClock(Self.clock("T3", due: start + 60), priority: -7)
                #expect(try transaction.clock(of: "T1") == nil)
                #expect(try transaction.clock(of: "T2") == Self.clock("T2"))
                #expect(try transaction.clocks(of: ["T1", "T3"]) == ["T3": Self.clock("T3", due: start + 60)])
                #expect(try transaction.clocks(of: []).isEmpty)
                #expect(try transaction.tasks().map(\.task.id) == ["T2", "T1", "T3"])
                try transaction.keepClock(Self.clock("T2", due: start + 9), priority: -9)
                #expect(try transaction.clock(of: "T2")?.dueAt == start + 9)
                #expect(try transaction.tasks().map(\.task.id) == ["T1", "T3", "T2"])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aClockOfAnotherPolicyOrQueueIsToBeSet(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                func toClock() throws -> [String] { try transaction.tasksToClock(policy: "P", limit: 9).map(\.id) }
                #expect(try toClock() == ["T1", "T2", "T3"])
                #expect(try transaction.tasksToClock(policy: "P", limit: 2).count == 2)
                try transaction.keepClock(Self.clock("T1"), priority: 0)
                try transaction.keepClock(Self.clock("T2", basis: "Q/letters"), priority: 0)
                #expect(try toClock() == ["T2", "T3"])
                #expect(try transaction.escalateTask("T1", to: "general", at: start))
                #expect(try toClock() == ["T1", "T2", "T3"])
                try transaction.finishTask("T3", expecting: 1, at: start)
                #expect(try toClock() == ["T1", "T2"])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aBreachIsNotedOnce(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                try transaction.keepClock(Self.clock("T1", due: start + 60), priority: 0)
                try transaction.keepClock(Self.clock("T2", due: start + 90), priority: 0)
                func due(_ seconds: Double) throws -> [String] {
                    try transaction.tasksToEscalate(from: [], at: start + seconds, limit: 9).map(\.id)
                }
                #expect(try due(59) == [])
                #expect(try due(60) == ["T1"])
                #expect(try due(90) == ["T1", "T2"])
                #expect(try transaction.noteBreach(of: "T1", at: start + 61))
                #expect(try !transaction.noteBreach(of: "T1", at: start + 62))
                #expect(try due(90) == ["T2"])
                try transaction.keepClock(Self.clock("T1", due: start + 60), priority: 3)
                #expect(try transaction.clock(of: "T1")?.breachedAt == start + 61, "a clock set anew stays broken")
                let ages = try transaction.queueAges(at: start + 60, soon: start + 90)
                #expect(ages.keys.sorted() == ["letters"])
                #expect(ages["letters"]?.oldestAt == start)
                #expect(ages["letters"]?.dueSoon == 1)
                #expect(ages["letters"]?.overdue == 1)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aTaskThatSomebodyHoldsIsNotMoved(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                try transaction.keepClock(Self.clock("T1", due: start), priority: 0)
                _ = try transaction.leaseTask("T1", owner: "ann", now: start, leaseSeconds: 60)
                #expect(try transaction.noteBreach(of: "T1", at: start + 1))
                func toMove(_ seconds: Double) throws -> [String] {
                    try transaction.tasksToEscalate(from: ["letters"], at: start + seconds, limit: 9).map(\.id)
                }
                #expect(try toMove(59) == [])
                #expect(try !transaction.escalateTask("T1", to: "general", at: start + 59))
                #expect(try toMove(60) == ["T1"])
                #expect(try transaction.escalateTask("T1", to: "general", at: start + 60))
                #expect(try toMove(60) == [])
                #expect(try !transaction.escalateTask("T1", to: "letters", at: start + 60), "once is enough")
                let moved = try #require(try transaction.task("T1"))
                #expect(moved.queue == "general" && moved.status == .open && moved.version == 3)
                try transaction.finishTask("T1", expecting: 3, at: start)
                #expect(try !transaction.escalateTask("T1", to: "letters", at: start + 99))
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func whatWasReadOfADocumentIsKnownWhileItIsUnchangedOrWasKept(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                var changed = try #require(try transaction.document("D1"))
                let read = changed.document
                try transaction.keepDecided(read, of: "D1")
                changed.document.fields = [:]
                for id in ["D1", "D2"] {
                    changed.id = id
                    _ = try transaction.updateDocument(changed, at: start)
                }
                var refused = try #require(try transaction.document("D3"))
                refused.status = .rejected
                _ = try transaction.updateDocument(refused, at: start)
                #expect(try transaction.settleDecided(of: "D1", at: start) == read)
                #expect(try transaction.settleDecided(of: "D1", at: start) == nil)
                let decided = try transaction.decidedDocuments(limit: 9)
                #expect(decided.map(\.id) == ["D3", "D2", "D1"])
                #expect(decided.map(\.document) == [read, nil, read])
                #expect(try transaction.decidedDocuments(limit: 1).count == 1)
                #expect(try transaction.takeDecided(of: "D1") == nil, "it was settled before")
                #expect(try transaction.decidedDocuments(limit: 9).last?.document == nil)
            }
        }
    }
}
