import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Policies {
        private static func policy(_ number: Int, _ hash: String, _ status: PolicyStatus = .proposed) -> PolicyRecord {
            var record = PolicyRecord(
                number: number, hash: hash, base: number == 1 ? nil : "one", proposedBy: "user:ana",
                proposedAt: start + Double(number), reason: "It misses dates.", vouchedBy: "user:ana", status: status)
            if status == .inService { record.inServiceFrom = start }
            return record
        }

        @Test(arguments: StoreEngine.allCases)
        func onePolicyIsInServiceAtATime(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                #expect(try transaction.policyInService() == nil)
                #expect(try transaction.nextPolicyNumber() == 1)
                try transaction.addPolicy(Self.policy(1, "one", .inService), text: "a: 1\n", report: "")
                try transaction.addPolicy(Self.policy(2, "two"), text: "a: 2\n", report: "31 more")
                #expect(try transaction.nextPolicyNumber() == 3)
                #expect(try transaction.openPolicies().map(\.hash) == ["one", "two"])
                #expect(try transaction.policyText(2)?.text == "a: 2\n")
                #expect(try transaction.policyText(2)?.report == "31 more")
            }
            var second = Self.policy(2, "two")
            second.status = .inService
            second.inServiceFrom = start + 9
            second.settledBy = "user:bob"
            second.settledAt = start + 9
            second.settledBecause = "Agreed."
            let confirmed = second
            let tooEarly = await #expect(throws: RecordsError.self) {
                try await test.store.write { try $0.updatePolicy(confirmed) }
            }
            #expect(tooEarly?.code == .duplicate)
            try await test.store.write { transaction in
                var first = Self.policy(1, "one", .inService)
                first.status = .former
                first.inServiceUntil = start + 9
                try transaction.updatePolicy(first)
                try transaction.updatePolicy(confirmed)
                #expect(try transaction.policyInService() == confirmed)
                #expect(try transaction.policies().map(\.number) == [2, 1])
                #expect(try transaction.policies(before: 2, limit: 5) == [first])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aPolicyIsProposedOnceAtATimeAndAgainLater(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.addPolicy(Self.policy(1, "two"), text: "", report: "")
            }
            let twice = await #expect(throws: RecordsError.self) {
                try await test.store.write { try $0.addPolicy(Self.policy(2, "two"), text: "", report: "") }
            }
            #expect(twice?.code == .duplicate)
            try await test.store.write { transaction in
                var outdated = Self.policy(1, "two")
                outdated.status = .outdated
                try transaction.updatePolicy(outdated)
                try transaction.addPolicy(Self.policy(2, "two"), text: "", report: "")
                #expect(try transaction.policy(hash: "two")?.number == 2)
                #expect(code { try transaction.updatePolicy(Self.policy(7, "none")) } == .notFound)
            }
        }
    }
}
