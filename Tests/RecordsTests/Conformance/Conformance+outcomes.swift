import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Outcomes {
        private static func outcome(
            _ document: String, _ path: String, _ confidence: Confidence = 0.9123, isRight: Bool = true,
            isSampled: Bool = true, model: String = "M1"
        ) -> ValueOutcome {
            ValueOutcome(
                documentID: document, path: path, type: "eob", field: "payment_amount", confidence: confidence,
                isRight: isRight, isSampled: isSampled, model: model)
        }

        private static func prepared(_ engine: StoreEngine) async throws -> TestStore {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                for number in 1...2 {
                    try transaction.insertDocument(Sample.document("D\(number)", ordinal: number))
                }
            }
            return test
        }

        @Test(arguments: StoreEngine.allCases)
        func aDocumentAsDecidedIsKeptUntilItIsTaken(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            let decided = Sample.document("D1").document
            try await test.store.write { try $0.keepDecided(decided, of: "D1") }
            let taken = try await test.store.write { transaction in
                try [
                    transaction.takeDecided(of: "D1"), transaction.takeDecided(of: "D1"),
                    transaction.takeDecided(of: "D2"),
                ]
            }
            #expect(taken == [decided, nil, nil])
        }

        @Test(arguments: StoreEngine.allCases)
        func aDocumentThatIsRecalledIsSettledAnew(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            let decided = Sample.document("D1").document
            try await test.store.write { transaction in
                try transaction.keepDecided(decided, of: "D1")
                #expect(try transaction.settleDecided(of: "D1", at: start) == decided)
                #expect(try transaction.settleDecided(of: "D1", at: start) == nil)
                try transaction.record([Self.outcome("D1", "a"), Self.outcome("D2", "a")], at: start)
                try transaction.reopenDecided(of: "D1")
                #expect(try transaction.sampledOutcomes(model: "M1").map(\.documentID) == ["D2"])
                #expect(try transaction.settleDecided(of: "D1", at: start) == decided)
                try transaction.record([Self.outcome("D1", "a", isRight: false)], at: start)
                #expect(try transaction.sampledOutcomes(model: "M1").map(\.isRight) == [false, true])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func outcomesOfTheSampleComeBackByModel(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            let sampled = [
                Self.outcome("D1", "a", 1.0), Self.outcome("D1", "b", 0.0, isRight: false), Self.outcome("D2", "a"),
            ]
            try await test.store.write { transaction in
                try transaction.record(sampled.reversed(), at: start)
                try transaction.record(
                    [
                        Self.outcome("D2", "b", isSampled: false), Self.outcome("D2", "c", model: "M2"),
                        Self.outcome("D2", "d", isSampled: false, model: "M2"),
                    ], at: start)
            }
            let found = try await test.store.read { try $0.sampledOutcomes(model: "M1") }
            #expect(found == sampled)
            #expect(try await test.store.read { try $0.otherOutcomeCount(model: "M1") } == 1)
            #expect(try await test.store.read { try $0.sampledOutcomes(model: "M3") }.isEmpty)
        }

        @Test(arguments: StoreEngine.allCases)
        func aValueHasOneOutcome(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { try $0.record([Self.outcome("D1", "a")], at: start) }
            let error = await #expect(throws: RecordsError.self) {
                try await test.store.write { try $0.record([Self.outcome("D1", "a", isRight: false)], at: start) }
            }
            #expect(error?.code == .duplicate)
        }
    }
}
