import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Recalls {
        private static func recall(_ id: String, version: Int = 1) -> Recall {
            Recall(
                id: id, documentID: "D1", documentVersion: version, fieldPath: "member_id", wrongValue: "W123",
                rightValue: nil, reason: "The payer called", madeBy: "user:sam", madeAt: start, correlationID: "C1")
        }

        private static func listed(_ document: String, _ causes: [String], place: Int) -> RecalledDocument {
            RecalledDocument(
                recallID: "R1", documentID: document, place: place, causes: causes, amountCents: 100, releasedAt: start)
        }

        private static func recalling(_ engine: StoreEngine) async throws -> TestStore {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                #expect(try transaction.addRecall(recall("R1")))
                try transaction.addRecalled(listed("D1", [], place: 0))
                try transaction.addRecalled(listed("D2", ["model", "file"], place: 2))
                try transaction.addRecalled(listed("D3", ["layout", "model"], place: 1))
                try transaction.addRecalled(listed("D3", ["file"], place: 9))
            }
            return test
        }

        @Test(arguments: StoreEngine.allCases)
        func aValueIsRecalledOnce(engine: StoreEngine) async throws {
            let test = try await Self.recalling(engine)
            try await test.store.write { transaction in
                #expect(try !transaction.addRecall(Self.recall("R2")))
                #expect(try transaction.addRecall(Self.recall("R3", version: 2)))
                #expect(try transaction.recall(ofDocument: "D1", version: 1, fieldPath: "member_id")?.id == "R1")
                let cause = Recall.Cause(name: "layout", why: "It was read there.", count: 1)
                try transaction.listRecall("R1", causes: [cause])
                #expect(try transaction.recall("R1")?.status == .listed)
                #expect(try transaction.recall("R1")?.causes == [cause])
                #expect(try transaction.recalls(limit: 9).map(\.id) == ["R3", "R1"])
                #expect(try transaction.recalled(by: "R1", limit: 9).map(\.documentID) == ["D1", "D3", "D2"])
                #expect(try transaction.recalled(by: "R1", offset: 1, limit: 1).first?.causes == ["layout", "model"])
                #expect(try transaction.recalledCents(by: "R1") == 300)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func anOrderIsTakenOnceByOneWorker(engine: StoreEngine) async throws {
            let test = try await Self.recalling(engine)
            try await test.store.write { transaction in
                #expect(try transaction.orderRecalled(by: "R1", .cause("model"), .hold, orderedBy: "user:sam") == 2)
                #expect(try transaction.takeOrdered(by: "R1", at: start)?.documentID == "D2")
                let last = try #require(try transaction.takeOrdered(by: "R1", at: start))
                #expect(last.documentID == "D3" && last.action == .hold && last.orderedBy == "user:sam")
                #expect(try transaction.takeOrdered(by: "R1", at: start) == nil)
                try transaction.refuseRecalled(last, because: "It is held already.")
                let hold = DocumentHold(documentID: "D2", recallID: "R1", heldBy: "user:sam", heldAt: start)
                #expect(try transaction.hold(hold))
                #expect(try transaction.recalledCounts(of: ["R1"]) == ["R1": [.listed: 1, .done: 1, .refused: 1]])
                #expect(
                    try transaction.orderRecalled(
                        by: "R1", .documents(["D2", "D3", "D9"]), .hold, orderedBy: "user:sam") == 1,
                    "what is carried out already stays")
                #expect(
                    try transaction.orderRecalled(by: "R1", .documents(["D2"]), .release, orderedBy: "user:sam") == 1)
                #expect(try transaction.takeOrdered(by: "R1", at: start)?.action == .release)
                #expect(
                    try transaction.orderRecalled(by: "R1", .documents(["D2"]), .release, orderedBy: "user:sam") == 1,
                    "it is held still")
                #expect(try transaction.takeOrdered(by: "R1", at: start)?.action == .release)
                #expect(try transaction.endHold(of: "D2"))
                #expect(
                    try transaction.orderRecalled(by: "R1", .documents(["D2"]), .release, orderedBy: "user:sam") == 0)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func whatWaitsToBeSentOfAHeldDocumentWaits(engine: StoreEngine) async throws {
            let test = try await Self.recalling(engine)
            try await test.store.write { transaction in
                try transaction.appendEvent(Sample.event("E1"))
                try transaction.addDelivery(Sample.delivery("V1", event: "E1"))
                #expect(
                    try transaction.hold(
                        DocumentHold(documentID: "D1", recallID: "R1", heldBy: "user:sam", heldAt: start + 1)))
                #expect(
                    try !transaction.hold(
                        DocumentHold(documentID: "D1", recallID: "R3", heldBy: "user:sam", heldAt: start + 2)))
                func claim() throws -> Delivery? {
                    try transaction.claimDelivery(of: "engine", owner: "o", now: start + 9, leaseSeconds: 5)
                }
                #expect(try claim() == nil)
                var told = Sample.event("E2")
                told.time = start + 1
                try transaction.appendEvent(told)
                try transaction.addDelivery(Sample.delivery("V2", event: "E2"))
                let claimed = try #require(try claim())
                #expect(claimed.id == "V2", "that it is held is told")
                #expect(try transaction.held(among: ["D1", "D2"]) == ["D1"])
                #expect(try transaction.endHold(of: "D1"))
                #expect(try !transaction.endHold(of: "D1"))
                #expect(
                    try transaction.dismissAll(ofSubject: "D1", because: "Recalled.") == 1, "not what is in hand")
                #expect(try transaction.delivery("V1")?.status == .dismissed)
                try transaction.deliveryDelivered(claimed, status: 200, receipt: nil, at: start)
                #expect(try transaction.isFollowed(Sample.event("E1"), by: told.type))
                #expect(try !transaction.isFollowed(told, by: told.type))
                let ahead = Sample.event("E9")
                #expect(
                    try transaction.isFollowed(ahead, by: told.type), "by its time, though another process named it")
                #expect(try claim() == nil)
            }
        }
    }
}
