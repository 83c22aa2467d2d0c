import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Layouts {
        private static func layout(_ id: String, _ memory: String = "{}", change: Int, at time: Date = start)
            -> LayoutRecord
        {
            LayoutRecord(id: id, type: "eob", memory: memory, learnedAt: time, change: change)
        }

        @Test(arguments: StoreEngine.allCases)
        func whatIsLearnedIsKeptForgottenAndLearnedAnew(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            let forgetting = LayoutRecord.Forgetting(at: start + 9, by: "user:ana", because: "“Wrong”")
            try await test.store.write { transaction in
                #expect(try transaction.layoutChange() == 0)
                try transaction.keepLayout(Self.layout("A", change: try transaction.beginLayoutChange(seen: 0)))
                try transaction.keepLayout(Self.layout("B", change: try transaction.beginLayoutChange()))
                #expect(try transaction.layouts(limit: 9).map(\.id) == ["B", "A"])
                let change = try transaction.beginLayoutChange(seen: 2)
                try transaction.keepLayout(Self.layout("A", "{\"a\":1}", change: change, at: start + 5))
                #expect(try transaction.layout("A") == Self.layout("A", "{\"a\":1}", change: 3))
                #expect(try transaction.layouts(changedSince: 2).map(\.id) == ["A"])
                try transaction.forgetLayout("A", forgetting, change: try transaction.beginLayoutChange())
                #expect(code { try transaction.forgetLayout("A", forgetting, change: 9) } == .notFound)
                #expect(try transaction.layout("A")?.forgotten == forgetting)
                #expect(try transaction.layouts(changedSince: 3).map(\.forgotten) == [forgetting])
                #expect(try transaction.layouts(limit: 9).map(\.id) == ["B"])
                let anew = Self.layout("A", change: try transaction.beginLayoutChange(), at: start + 20)
                try transaction.keepLayout(anew)
                #expect(try transaction.layout("A") == anew)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func whoLearnsFromAnOlderStateIsTold(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            let other = try await test.another()
            #expect(try await test.store.write { try $0.beginLayoutChange(seen: 0) } == 1)
            let error = await #expect(throws: RecordsError.self) {
                try await other.write { try $0.beginLayoutChange(seen: 0) }
            }
            #expect(error?.code == .versionConflict)
            #expect(try await other.read { try $0.layoutChange() } == 1)
        }

        @Test(arguments: StoreEngine.allCases)
        func aDocumentTeachesOnceAndWhatTaughtIsTold(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                try transaction.keepLayout(Self.layout("A", change: try transaction.beginLayoutChange()))
                #expect(try transaction.teach("A", by: "D1", confirmedBy: "user:ana", at: start))
                #expect(try !transaction.teach("A", by: "D1", confirmedBy: "user:ben", at: start + 1))
                #expect(try transaction.teach("A", by: "D2", confirmedBy: "user:ben", at: start + 2))
                #expect(try transaction.lesson(of: "D1")?.by == "user:ana")
                #expect(try transaction.lesson(of: "D3") == nil)
                let lessons = try transaction.lessons(of: "A", limit: 9)
                #expect(lessons.map(\.documentID) == ["D2", "D1"])
                #expect(lessons.first?.fileName == "scan-1.pdf")
                #expect(try transaction.lessons(of: "A", until: start + 1, limit: 9).map(\.documentID) == ["D1"])
                try transaction.forgetLayout(
                    "A", .init(at: start + 3, by: "user:ana", because: "Wrong"),
                    change: try transaction.beginLayoutChange())
                try transaction.keepLayout(
                    Self.layout("A", change: try transaction.beginLayoutChange(), at: start + 4))
                #expect(try transaction.lessons(of: "A", limit: 9).isEmpty, "what was forgotten taught nothing")
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func theLayoutThatADocumentWasReadByIsKept(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                for id in ["A", "B"] {
                    try transaction.keepLayout(Self.layout(id, change: try transaction.beginLayoutChange()))
                }
                let use = LayoutUse(memoryID: "A", valueCount: 4, at: start)
                try transaction.setLayoutUse(use, of: "D1")
                try transaction.setLayoutUse(use, of: "D2")
                try transaction.setLayoutUse(LayoutUse(memoryID: "B", valueCount: 1, at: start + 1), of: "D2")
                #expect(try transaction.layoutUse(of: "D1") == use)
                #expect(try transaction.layoutUseCounts(of: ["A", "B", "C"]) == ["A": 1, "B": 1])
                try transaction.setLayoutUse(nil, of: "D1")
                #expect(try transaction.layoutUse(of: "D1") == nil)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func documentsThatNobodyHoldsAreListed(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                _ = try transaction.leaseTask("T2", owner: "ana", now: start, leaseSeconds: 60)
                try transaction.keepLayout(Self.layout("A", change: try transaction.beginLayoutChange()))
                try transaction.setLayoutUse(LayoutUse(memoryID: "A", valueCount: 4, at: start), of: "D1")
                func open(before: String? = nil, limit: Int = 9, at now: Date = start) throws -> [OpenDocument] {
                    try transaction.openDocuments(before: before, limit: limit, at: now)
                }
                #expect(try open().map(\.id) == ["D3", "D1"])
                #expect(try open(at: start + 61).map(\.id) == ["D3", "D2", "D1"])
                #expect(try open(before: "D3", limit: 1).map(\.id) == ["D1"])
                #expect(try open().map(\.memoryID) == [nil, "A"])
                let record = try #require(try transaction.document("D3"))
                let first = try #require(try open().first)
                #expect([first.type, first.correlationID] == [record.type, record.correlationID])
                #expect(first.version == record.version)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aStepIsMadeReadyAnewWhateverBecameOfIt(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                func claim(_ now: Date) throws -> Step? {
                    try transaction.claim(kinds: [.read], owner: "a", now: now, leaseSeconds: 60)
                }
                try transaction.enqueueAgain(Sample.step(1))
                let first = try #require(try claim(start))
                var again = Sample.step(1, at: start + 5)
                again.id = "S9"
                try transaction.enqueueAgain(again)
                #expect(code { try transaction.complete(first) } == .leaseLost)
                #expect(try claim(start + 4) == nil)
                let second = try #require(try claim(start + 5))
                #expect(second.id == "S1" && second.attempts == 1)
                try transaction.complete(second)
                try transaction.enqueueAgain(again)
                #expect(try claim(start + 5)?.id == "S1")
            }
        }
    }
}
