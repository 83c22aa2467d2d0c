import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Accounts {
        private static func account(_ number: String, name: String = "DOE, JANE", member: String = "A1111")
            -> PatientAccount
        {
            PatientAccount(
                accountNumber: number, patientName: name,
                patientBirthDate: CalendarDate(year: 1970, month: 2, day: 3),
                claims: [
                    AccountClaim(
                        memberID: member, serviceStart: CalendarDate(year: 2026, month: 5, day: 6),
                        chargeAmount: Money(cents: 12_345))
                ])
        }

        @Test(arguments: StoreEngine.allCases)
        func theSameAccountsOnceMoreChangeNothing(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            // More than fit into one statement.
            let accounts = (1...1001).map { Self.account("\(10_000 + $0)") }
            let first = try await test.store.write { try $0.importAccounts(accounts, at: start) }
            #expect(first == AccountImport(added: 1001))
            let second = try await test.store.write {
                try $0.importAccounts(accounts, closingOthers: true, at: start + 1)
            }
            #expect(second == AccountImport(unchanged: 1001))
            try await test.store.read { (transaction: Transaction) throws -> Void in
                #expect(try transaction.accountCount() == 1001)
                #expect(try transaction.openAccountCount() == 1001)
                #expect(try transaction.account("10007") == accounts[6])
                #expect(try transaction.account("9") == nil)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aKnownNumberReplacesWhatWasKnownAndItsKeys(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                _ = try transaction.importAccounts([Self.account("10001"), Self.account("10002")], at: start)
                let changed = Self.account("10001", name: "ROE, RICHARD", member: "B2222")
                let done = try transaction.importAccounts([changed], at: start + 1)
                #expect(done == AccountImport(changed: 1))
                let member = try #require(AccountKeys.member("A1111"))
                #expect(try transaction.accounts(having: [member]).map(\.accountNumber) == ["10002"])
                let keys = changed.keys.sorted()
                #expect(try transaction.accounts(having: keys).map(\.accountNumber) == ["10001"])
                #expect(
                    try transaction.accountCounts(of: keys + ["name NOBODY"]) == Dictionary(keys.map { ($0, 1) }) { $1 }
                )
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func whatIsNoLongerListedIsClosedAndStillFound(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                let all = (1...3).map { Self.account("1000\($0)") }
                _ = try transaction.importAccounts(all, at: start)
                let done = try transaction.importAccounts([all[0]], closingOthers: true, at: start + 1)
                #expect(done == AccountImport(unchanged: 1, closed: 2))
                #expect(try transaction.openAccountCount() == 1)
                let again = try transaction.importAccounts([all[0]], closingOthers: true, at: start + 2)
                #expect(again == AccountImport(unchanged: 1))
                let name = AccountKeys.name("JANE", "DOE")
                #expect(try transaction.accounts(having: [name]) == all)
                let reopened = try transaction.importAccounts(all, at: start + 3)
                #expect(reopened == AccountImport(changed: 2, unchanged: 1))
                #expect(try transaction.openAccountCount() == 3)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func signsThatReadingConfusesShareAKey(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                _ = try transaction.importAccounts([Self.account("0010850")], at: start)
                for printed in ["0010850", "10850", "1O85O", "IO-B50"] {
                    let key = try #require(AccountKeys.account(printed))
                    #expect(try transaction.accounts(having: [key]).count == 1, "\(printed)")
                }
                #expect(AccountKeys.account("12") == nil)
                #expect(try transaction.accounts(having: []) == [])
                #expect(try transaction.accountCounts(of: []) == [:])
            }
        }
    }
}
