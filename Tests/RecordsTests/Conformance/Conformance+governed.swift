import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct GovernedTexts {
        private static func policy(
            _ number: Int, _ hash: String, _ status: GovernedStatus = .proposed, kind: GovernedKind = .policy
        ) -> GovernedRecord {
            var record = GovernedRecord(
                number: number, kind: kind, hash: hash, base: number == 1 ? nil : "one", proposedBy: "user:ana",
                proposedAt: start + Double(number), reason: "It misses dates.", vouchedBy: "user:ana", status: status)
            if status == .inService { record.inServiceFrom = start }
            return record
        }

        @Test(arguments: StoreEngine.allCases)
        func onePolicyIsInServiceAtATime(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                #expect(try transaction.governedInService(.policy) == nil)
                #expect(try transaction.nextGovernedNumber() == 1)
                try transaction.addGoverned(Self.policy(1, "one", .inService), text: "a: 1\n", report: "")
                try transaction.addGoverned(Self.policy(2, "two"), text: "a: 2\n", report: "31 more")
                #expect(try transaction.nextGovernedNumber() == 3)
                #expect(try transaction.openGoverned(.policy).map(\.hash) == ["one", "two"])
                #expect(try transaction.governedText(2)?.text == "a: 2\n")
                #expect(try transaction.governedText(2)?.report == "31 more")
            }
            var second = Self.policy(2, "two")
            second.status = .inService
            second.inServiceFrom = start + 9
            second.settledBy = "user:bob"
            second.settledAt = start + 9
            second.settledBecause = "Agreed."
            let confirmed = second
            let tooEarly = await #expect(throws: RecordsError.self) {
                try await test.store.write { try $0.updateGoverned(confirmed) }
            }
            #expect(tooEarly?.code == .duplicate)
            try await test.store.write { transaction in
                var first = Self.policy(1, "one", .inService)
                first.status = .former
                first.inServiceUntil = start + 9
                try transaction.updateGoverned(first)
                try transaction.updateGoverned(confirmed)
                #expect(try transaction.governedInService(.policy) == confirmed)
                #expect(try transaction.governed(.policy).map(\.number) == [2, 1])
                #expect(try transaction.governed(.policy, before: 2, limit: 5) == [first])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aPolicyAndAnApprovalMatrixAreInServiceBesideEachOther(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                let policy = Self.policy(1, "same", .inService)
                let matrix = Self.policy(2, "same", .inService, kind: .approvalMatrix)
                try transaction.addGoverned(policy, text: "a: 1\n", report: "")
                try transaction.addGoverned(matrix, text: "kinds: []\n", report: "")
                try transaction.addGoverned(Self.policy(3, "next", kind: .approvalMatrix), text: "", report: "")
                try transaction.addGoverned(Self.policy(4, "next"), text: "", report: "")
                #expect(try transaction.governedInService(.policy) == policy)
                #expect(try transaction.governedInService(.approvalMatrix) == matrix)
                #expect(try transaction.governed(.approvalMatrix, hash: "same") == matrix)
                #expect(try transaction.openGoverned(.approvalMatrix).map(\.number) == [2, 3])
                #expect(try transaction.governed(.policy).map(\.number) == [4, 1])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aPolicyIsProposedOnceAtATimeAndAgainLater(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.addGoverned(Self.policy(1, "two"), text: "", report: "")
            }
            let twice = await #expect(throws: RecordsError.self) {
                try await test.store.write { try $0.addGoverned(Self.policy(2, "two"), text: "", report: "") }
            }
            #expect(twice?.code == .duplicate)
            try await test.store.write { transaction in
                var outdated = Self.policy(1, "two")
                outdated.status = .outdated
                try transaction.updateGoverned(outdated)
                try transaction.addGoverned(Self.policy(2, "two"), text: "", report: "")
                #expect(try transaction.governed(.policy, hash: "two")?.number == 2)
                #expect(code { try transaction.updateGoverned(Self.policy(7, "none")) } == .notFound)
            }
        }
    }
}
