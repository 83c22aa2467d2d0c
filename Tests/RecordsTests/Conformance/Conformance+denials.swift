import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Denials {
        private static let today = CalendarDate(year: 2026, month: 5, day: 1)?.dayNumber ?? 0
        private static let order = DenialOrder(
            perThousandDollars: 1, dollarsMax: 5_000, perDayNearerDeadline: 2, deadlineDays: 30, today: today)

        private static func denial(
            _ id: String, of document: String, cents: Int64, inDays days: Int? = nil, payer: String = "Acme Health",
            category: String = "bundling"
        ) -> DenialRecord {
            let deadline = days.flatMap { CalendarDate(dayNumber: today + $0) }
            return DenialRecord(
                id: id, documentID: document, ordinal: 1, place: "claims[0].service_lines[1]", claimPlace: "claims[0]",
                category: category, scenario: "not_separately_payable", rootCause: "coding", isAppealable: true,
                confidence: 0.9, grounds: ["CO-97"], codes: ["CO-97"], amountAtStake: Money(cents: cents),
                payerName: payer, payerKey: payer.lowercased(), deadline: deadline,
                deadlineSource: deadline.map { _ in "paper" }, recordedAt: start)
        }

        private static func work(_ id: String, of document: String) -> WorkItem {
            WorkItem(
                id: id, kind: "appeal", documentID: document, place: "claims[0]", openedBy: "user:ana", openedAt: start,
                dueDate: CalendarDate(year: 2026, month: 5, day: 4), amountAtStake: Money(cents: 5), correlationID: "C1"
            )
        }

        private static func list(
            _ transaction: Transaction, _ filter: DenialFilter = DenialFilter(), within reach: Reach = .everything
        ) throws -> [String] {
            try transaction.denials(filter, within: reach, hidingChecksOf: "user:ana", order: order, limit: 9).map {
                $0.denial.id
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func theOrderIsOfDollarsAndDays(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                // Points: 5 (more dollars count no more), 6 (3 days nearer), 1, 120 (long past), 0.
                try transaction.addDenial(Self.denial("A", of: "D1", cents: 9_000_000))
                try transaction.addDenial(Self.denial("B", of: "D1", cents: 0, inDays: 27, payer: "Beta"))
                try transaction.addDenial(Self.denial("C", of: "D2", cents: 100_000, inDays: 90))
                try transaction.addDenial(Self.denial("D", of: "D2", cents: 0, inDays: -4000, category: "coding"))
                try transaction.addDenial(Self.denial("E", of: "D3", cents: 0))
                #expect(try Self.list(transaction) == ["D", "B", "A", "C", "E"])
                #expect(try Self.list(transaction, DenialFilter(payerKey: "beta")) == ["B"])
                #expect(try Self.list(transaction, DenialFilter(category: "coding")) == ["D"])
                #expect(try Self.list(transaction, within: Reach(facilities: ["north"])) == [])
                let first = try #require(
                    try transaction.denials(
                        within: .everything, hidingChecksOf: "", order: Self.order, offset: 1, limit: 1
                    ).first?.denial)
                #expect(first == Self.denial("B", of: "D1", cents: 0, inDays: 27, payer: "Beta"))
                let counts = try transaction.denialCountsByCategory(within: .everything)
                #expect(counts.map(\.name) == ["bundling", "coding"] && counts.map(\.count) == [4, 1])
                #expect(counts.first?.amountAtStake == Money(cents: 9_100_000))
                let payers = try transaction.denialCountsByPayer(within: .everything, limit: 1)
                #expect(payers.map(\.payerName) == ["Acme Health"] && payers.map(\.count) == [4])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func whatIsWithdrawnOrDoneIsListedNoMore(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                try transaction.addDenial(Self.denial("A", of: "D1", cents: 5))
                try transaction.addDenial(Self.denial("B", of: "D2", cents: 4))
                #expect(try transaction.addWork(Self.work("W1", of: "D1")))
                #expect(try !transaction.addWork(Self.work("W2", of: "D1")), "one at a time")
                var work = try #require(try transaction.work("W1"))
                (work.status, work.holder) = (.taken, "user:ana")
                work = try transaction.updateWork(work)
                #expect(throws: RecordsError.self) { try transaction.updateWork(Self.work("W1", of: "D1")) }
                #expect(try Self.list(transaction) == ["A", "B"])
                (work.status, work.holder, work.outcome) = (.closed, nil, "won")
                (work.closedBy, work.closedAt) = ("user:ana", start)
                let done = try transaction.updateWork(work)
                #expect(try transaction.work("W1") == done)
                #expect(done.version == 3)
                #expect(try Self.list(transaction) == ["B"])
                #expect(try Self.list(transaction, DenialFilter(isAll: true)) == ["A", "B"])
                #expect(try transaction.workCounts() == [.closed: 1])
                #expect(try transaction.addWork(Self.work("W3", of: "D1")), "another once it is done")
                #expect(
                    try transaction.work([.open], within: .everything, hidingChecksOf: "", limit: 9).map(\.id) == ["W3"]
                )
                #expect(try transaction.work("W3", within: Reach(facilities: ["north"])) == nil)
                #expect(try transaction.withdrawDenials(ofDocument: "D2", at: start) == 1)
                #expect(try transaction.withdrawDenials(ofDocument: "D2", at: start) == 0)
                #expect(try transaction.denial("B", within: .everything) == nil)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aNumberOutlastsTheNextImport(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            func claim(_ payer: String, month: Int) -> AccountClaim {
                AccountClaim(payerName: payer, serviceStart: CalendarDate(year: 2026, month: month, day: 6))
            }
            let account = PatientAccount(
                accountNumber: "10001", patientName: "DOE, JANE",
                claims: [claim("Acme Health", month: 5), claim("Acme Health", month: 7), claim("Beta", month: 5)])
            try await test.store.write { transaction in
                _ = try transaction.importAccounts([account], at: start)
                let number = AccountAuthorization(
                    accountNumber: "10001", authorizationNumber: "A1", documentID: "D1", payerName: "ACME  health",
                    serviceStart: CalendarDate(year: 2026, month: 5, day: 1),
                    serviceEnd: CalendarDate(year: 2026, month: 5, day: 30), writtenBy: "rules", writtenAt: start)
                try transaction.writeAuthorization(number)
                try transaction.writeAuthorization(number)
                #expect(try transaction.importAccounts([account], at: start + 1) == AccountImport(unchanged: 1))
                #expect(try transaction.authorizations(ofAccount: "10001") == [number])
                let seen = try #require(try transaction.accountWithAuthorizations("10001"))
                #expect(seen.claims.map(\.authorizationNumber) == ["A1", nil, nil])
                // One without days is the account's and no claim's.
                try transaction.writeAuthorization(
                    AccountAuthorization(
                        accountNumber: "10001", authorizationNumber: "B2", documentID: "D2", writtenBy: "user:ana",
                        writtenAt: start))
                #expect(try transaction.authorizations(ofAccount: "10001").map(\.authorizationNumber) == ["A1", "B2"])
                #expect(try transaction.accountWithAuthorizations("10001") == seen)
                #expect(try transaction.withdrawAuthorizations(ofDocument: "D2", at: start) == 1)
                #expect(try transaction.withdrawAuthorizations(ofDocument: "D1", at: start) == 1)
                #expect(try transaction.accountWithAuthorizations("10001") == account)
                // Two letters with one number: each is taken back by itself.
                for letter in ["D1", "D2"] {
                    var same = number
                    same.documentID = letter
                    try transaction.writeAuthorization(same)
                }
                #expect(try transaction.withdrawAuthorizations(ofDocument: "D2", at: start) == 1)
                #expect(try transaction.authorizations(ofAccount: "10001").map(\.documentID) == ["D1"])
            }
        }
    }
}
