import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Approvals {
        private static func approval(
            _ id: String, key: String? = nil, document: String? = nil, facility: String? = nil, expires: Double? = nil
        ) -> Approval {
            Approval(
                id: id, requestKey: key ?? "key \(id)", kind: "refund", content: "{}", contentHash: "h1",
                amountCents: 100, facility: facility, documentID: document, requestedBy: "key:erp",
                involved: [.init(person: "ana", deed: "requested")], requestedAt: start,
                expiresAt: expires.map { start.addingTimeInterval($0) }, correlationID: "C1")
        }

        private static func decision(_ id: String, by person: String, content: String = "h1") -> ApprovalDecision {
            ApprovalDecision(
                id: id, approvalID: "A1", verdict: .approved, person: person, warrant: "Refund", contentHash: content,
                matrixHash: "m1", decidedAt: start)
        }

        @Test(arguments: StoreEngine.allCases)
        func whatIsAskedForTwiceIsThereOnce(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                let isNew = try transaction.addApproval(Self.approval("A1", key: "key:erp 7"))
                #expect(isNew)
                #expect(try !transaction.addApproval(Self.approval("A2", key: "key:erp 7")))
                #expect(try transaction.approval(requestKey: "key:erp 7") == Self.approval("A1", key: "key:erp 7"))
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func whoSawAnotherVersionChangesNothing(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                _ = try transaction.addApproval(Self.approval("A1"))
                var ended = Self.approval("A1")
                ended.status = .refused
                ended.endedAt = start
                ended.endedBy = "user:bo"
                ended.reason = "Paid already"
                ended = try transaction.updateApproval(ended)
                #expect(try transaction.approval("A1") == ended)
                #expect(try transaction.openApprovalCount(within: .everything) == 0)
                #expect(try transaction.endedApprovals(within: .everything, limit: 9).map(\.id) == ["A1"])
            }
            await #expect(throws: RecordsError.self) {
                try await test.store.write { _ = try $0.updateApproval(Self.approval("A1")) }
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func nobodyDecidesTwiceOnTheSame(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                _ = try transaction.addApproval(Self.approval("A1"))
                #expect(try transaction.keepMatrix("m1", text: "kinds: []", at: start))
                #expect(try !transaction.keepMatrix("m1", text: "kinds: []", at: start))
                try transaction.addDecision(Self.decision("1", by: "bo"))
                try transaction.addDecision(Self.decision("2", by: "cy"))
                try transaction.addDecision(Self.decision("3", by: "bo", content: "h2"))
                #expect(try transaction.decisions(on: ["A1", "A2"])["A1"]?.map(\.id) == ["1", "2", "3"])
            }
            for decision in [Self.decision("4", by: "bo"), Self.forThemselves] {
                await #expect(throws: RecordsError.self) {
                    try await test.store.write { try $0.addDecision(decision) }
                }
            }
        }

        private static var forThemselves: ApprovalDecision {
            var decision = decision("5", by: "di")
            decision.onBehalfOf = "di"
            decision.delegationID = "D"
            return decision
        }

        @Test(arguments: StoreEngine.allCases)
        func theMostUrgentComeFirst(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                for (id, expires) in [("A1", nil), ("A2", 90), ("A3", 30)] as [(String, Double?)] {
                    _ = try transaction.addApproval(Self.approval(id, expires: expires))
                }
                #expect(try transaction.openApprovals(limit: 9).map(\.id) == ["A3", "A2", "A1"])
                #expect(
                    try transaction.dueApprovals(at: start.addingTimeInterval(60), limit: 9).map(\.id) == ["A3"])
                #expect(try transaction.approvals(before: "A3", limit: 1).map(\.id) == ["A2"])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func whoIsLimitedSeesWhatIsWithinTheirReach(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                _ = try transaction.addApproval(Self.approval("A1", document: "D1"))
                _ = try transaction.addApproval(Self.approval("A2", facility: "north"))
                _ = try transaction.addApproval(Self.approval("A3"))
                func seen(_ reach: Reach) throws -> [String] {
                    try transaction.approvals(within: reach, limit: 9).map(\.id)
                }
                #expect(try seen(Reach(queues: ["letters"])) == ["A1"])
                #expect(try seen(Reach(queues: ["invoices"])) == [])
                #expect(try seen(Reach(facilities: ["north"])) == ["A2"])
                #expect(try seen(.everything) == ["A3", "A2", "A1"])
                #expect(try transaction.standingApprovals(ofDocument: "D1").map(\.id) == ["A1"])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aDelegationEndsWhenItIsOverOrRevoked(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            let delegation = DelegationRecord(
                id: "1", from: "ana", to: "bo", kinds: ["refund", "write_off"], limitCents: 5, startsAt: start,
                endsAt: start.addingTimeInterval(60), madeAt: start, madeBy: "key:staff")
            try await test.store.write { transaction in
                try transaction.addDelegation(delegation)
                #expect(try transaction.delegations(endingAfter: start) == [delegation])
                #expect(try transaction.delegations(endingAfter: delegation.endsAt) == [])
                #expect(try !transaction.revokeDelegation("1", of: "bo", at: start))
                #expect(try transaction.revokeDelegation("1", of: "ana", at: start))
                #expect(try transaction.delegations(endingAfter: start) == [])
            }
        }
    }
}
