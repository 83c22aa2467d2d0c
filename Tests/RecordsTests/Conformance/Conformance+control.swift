import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Control {
        private static let bases = ["eob/payment_amount"]

        /// A store with the documents D1 and D2 in review, and a round of keys for D1.
        private static func prepared(_ engine: StoreEngine) async throws -> TestStore {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                for number in 1...2 {
                    try transaction.insertDocument(Sample.document("D\(number)", ordinal: number))
                    try transaction.openTask(Sample.task("T\(number)", document: "D\(number)", priority: 3 - number))
                }
                try transaction.openKeyRound(round)
            }
            return test
        }

        private static let round = KeyRound(
            documentID: "D1", documentVersion: 1, basis: bases[0], places: ["payment_amount"], openedAt: start)

        private static func bar(_ person: String, maySettle: Bool = false) -> KeyBar {
            KeyBar(person: person, maySettle: maySettle, bases: bases)
        }

        private static func check(_ id: String, document: String = "D1", insteadOf: String = "T2") -> KnownAnswerCheck {
            KnownAnswerCheck(
                id: id, documentID: document, person: "ann", queue: "letters", insteadOf: insteadOf, answer: "{}",
                document: Sample.document("D1").document, leaseUntil: start + 60, createdAt: start)
        }

        @Test(arguments: StoreEngine.allCases)
        func whoHasKeyedADocumentIsGivenAnother(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { transaction in
                func next(_ person: String, maySettle: Bool = false) throws -> String? {
                    try transaction.nextTask(
                        queues: ["letters"], for: person, at: start, bar: Self.bar(person, maySettle: maySettle))?.id
                }
                #expect(try next("ann") == "T1")
                try transaction.addKey(.init(person: "ann", values: ["payment_amount": "1.00"]), to: Self.round)
                #expect(try next("ann") == "T2")
                #expect(try next("bob") == "T1")
                let round = try #require(try transaction.keyRound(of: "D1", version: 1, bases: Self.bases))
                #expect(round.first?.values == ["payment_amount": "1.00"])
                try transaction.addKey(.init(person: "bob", values: [:]), to: round)
                #expect(try next("cas") == "T2")
                #expect(try next("bob", maySettle: true) == "T2")
                #expect(try next("cas", maySettle: true) == "T1")
                let leased = try transaction.leaseNextTask(
                    queues: ["letters"], owner: "bob", now: start, leaseSeconds: 60, bar: Self.bar("bob"))
                #expect(leased?.id == "T2")
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func noPersonGivesBothKeysAndNoKeyIsGivenTwice(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { transaction in
                try transaction.addKey(.init(person: "ann", values: [:]), to: Self.round)
                // Who saw the round without a key comes too late for the first.
                #expect(
                    code { try transaction.addKey(.init(person: "bob", values: [:]), to: Self.round) }
                        == .versionConflict)
            }
            await #expect(throws: RecordsError.self) {
                try await test.store.write { transaction in
                    let round = try #require(try transaction.keyRound(of: "D1", version: 1, bases: Self.bases))
                    try transaction.addKey(.init(person: "ann", values: [:]), to: round)
                }
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aChangedDocumentOrPolicyHasNoKeys(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { transaction in
                #expect(try transaction.keyRound(of: "D1", version: 1, bases: ["eob/other"]) == nil)
                #expect(try transaction.keyRound(of: "D1", version: 2, bases: Self.bases) == nil)
                try transaction.addKey(.init(person: "ann", values: [:]), to: Self.round)
                let record = try #require(try transaction.document("D1"))
                try transaction.updateDocument(record, at: start)
                #expect(try transaction.keyRound(of: "D1", version: 1, bases: Self.bases) == nil)
                #expect(
                    try transaction.nextTask(queues: ["letters"], for: "ann", at: start, bar: Self.bar("ann"))?.id
                        == "T1")
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aCheckIsOnePersonsOnceForADocumentAndATask(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { transaction in
                let check = Self.check("C1")
                try transaction.openCheck(check)
                #expect(try transaction.check("C1", of: "ann") == check)
                #expect(try transaction.check("C1", of: "bob") == nil)
                #expect(try transaction.hadCheck("ann", insteadOf: "T2"))
                #expect(try transaction.openCheck(of: "ann", document: "D1")?.id == "C1")
                #expect(try transaction.openCheck(of: "ann", document: "D2") == nil)
                try transaction.renewCheck("C1", until: start + 90)
                let changed = try transaction.updateCheck(check)
                #expect(changed.version == 2)
                #expect(code { _ = try transaction.updateCheck(check) } == .versionConflict)
                try transaction.endCheck(changed, .missed, at: start + 5)
                #expect(code { try transaction.endCheck(changed, .caught, at: start) } == .versionConflict)
                #expect(try transaction.check("C1", of: "ann")?.document == nil)
                #expect(try transaction.openCheck(of: "ann") == nil)
                #expect(try transaction.checkCounts() == ["ann": [.missed: 1]])
            }
            for again in [Self.check("C2", insteadOf: "T1"), Self.check("C3", document: "D2")] {
                let error = await #expect(throws: RecordsError.self) {
                    try await test.store.write { try $0.openCheck(again) }
                }
                #expect(error?.code == .duplicate)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func settledDocumentsOfOthersAreCandidates(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { transaction in
                func candidates(_ person: String) throws -> [String] {
                    try transaction.checkCandidates(queue: "letters", for: person, limit: 9)
                }
                for number in 1...2 {
                    var record = try #require(try transaction.document("D\(number)"))
                    try transaction.keepDecided(record.document, of: record.id)
                    record.status = .accepted
                    _ = try transaction.settleDecided(of: record.id, at: start)
                    try transaction.updateDocument(record, at: start)
                    try transaction.finishTask("T\(number)", expecting: 1, at: start)
                }
                #expect(try candidates("ann").isEmpty, "No person vouched for them.")
                for (person, document) in [("bob", "D1"), ("ann", "D2")] {
                    try transaction.audit(
                        actor: person, action: "document.confirmed", subject: document, correlationID: "C1", at: start)
                }
                #expect(try candidates("ann") == ["D1"])
                #expect(try candidates("cas") == ["D2", "D1"])
                #expect(try transaction.checkCandidates(queue: "remittances", for: "cas", limit: 9).isEmpty)
                try transaction.openCheck(Self.check("C1"))
                #expect(try candidates("ann").isEmpty)
                try transaction.openTask(Sample.task("T3", document: "D1"))
                try transaction.finishTask("T3", expecting: 1, at: start)
                #expect(try candidates("cas") == ["D1", "D2"], "each once")
                let recall = Recall(
                    id: "R1", documentID: "D2", documentVersion: 2, fieldPath: "member_id", wrongValue: "W123",
                    rightValue: nil, reason: "x", madeBy: "user:sam", madeAt: start, correlationID: "C1")
                #expect(try transaction.addRecall(recall))
                try transaction.addRecalled(
                    RecalledDocument(
                        recallID: "R1", documentID: "D2", place: 0, causes: [], amountCents: nil, releasedAt: start))
                #expect(try candidates("cas") == ["D1"], "D2 may be wrong")
                let hold = DocumentHold(documentID: "D1", recallID: "R1", heldBy: "user:sam", heldAt: start)
                #expect(try transaction.hold(hold))
                #expect(try candidates("cas").isEmpty)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func theAuditSampleCountsDocumentsByTypeAndField(engine: StoreEngine) async throws {
            let test = try await Self.prepared(engine)
            try await test.store.write { transaction in
                func outcome(_ document: String, _ path: String, _ field: String, _ isRight: Bool) -> ValueOutcome {
                    ValueOutcome(
                        documentID: document, path: path, type: "eob", field: field, confidence: 0.9,
                        isRight: isRight, isSampled: true, model: "m1")
                }
                try transaction.record(
                    [
                        outcome("D1", "claims[0].paid", "claims.paid", false),
                        outcome("D1", "claims[1].paid", "claims.paid", false), outcome("D1", "payer", "payer", true),
                        outcome("D2", "claims[0].paid", "claims.paid", true),
                    ], at: start)
                #expect(
                    try transaction.sampledErrors(model: "m1") == [
                        SampledError(type: "eob", field: nil, documentCount: 2, wrongCount: 1),
                        SampledError(type: "eob", field: "claims.paid", documentCount: 2, wrongCount: 1),
                        SampledError(type: "eob", field: "payer", documentCount: 1, wrongCount: 0),
                    ])
                #expect(try transaction.sampledErrors(model: "m2").isEmpty)
            }
        }
    }
}
