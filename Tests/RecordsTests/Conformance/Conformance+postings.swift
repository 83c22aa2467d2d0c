import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Postings {
        private static func posting(_ key: String, subject: String = "D1", reverses: String? = nil) -> Posting {
            Posting(
                key: key, connector: "ledger", subject: subject, documentID: subject, kind: "cash_posting",
                reverses: reverses, journal: "{}", total: Money(cents: 300), correlationID: "C1", sentAt: start)
        }

        private static func line(_ account: String, debit: Int64 = 0, credit: Int64 = 0) -> PostingLine {
            PostingLine(account: account, debit: Money(cents: debit), credit: Money(cents: credit), reference: "A1")
        }

        private static let lines = [line("1010", debit: 300), line("1200", credit: 100), line("1200", credit: 200)]

        @Test(arguments: StoreEngine.allCases)
        func aJournalIsKeptWithItsLinesAndItsAnswer(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                var posting = Self.posting("K1")
                try transaction.addPosting(posting, lines: Self.lines)
                #expect(try transaction.posting("K1") == posting)
                #expect(try transaction.postingLines("K1") == Self.lines)
                try transaction.settlePosting("K1", .posted, ledgerID: "J1", at: start + 1)
                (posting.status, posting.ledgerID, posting.settledAt) = (.posted, "J1", start + 1)
                #expect(try transaction.posting("K1") == posting)
                try transaction.settlePosting("K1", .refused, problem: "Too late.", at: start + 2)
                #expect(try transaction.posting("K1") == posting)
                #expect(try transaction.posting("K2") == nil)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aRefusedJournalCanBeSentAgain(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                let posting = Self.posting("K1")
                try transaction.addPosting(posting, lines: Self.lines)
                try transaction.settlePosting("K1", .refused, problem: "It is closed.", at: start + 1)
                try transaction.sendPostingAgain("K1")
                #expect(try transaction.posting("K1") == posting)
                try transaction.settlePosting("K1", .posted, ledgerID: "J1", at: start + 2)
                try transaction.sendPostingAgain("K1")
                #expect(try transaction.posting("K1")?.status == .posted)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aJournalIsTakenBackOnce(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.addPosting(Self.posting("K1"), lines: Self.lines)
                try transaction.addPosting(Self.posting("K2", reverses: "K1"), lines: Self.lines)
                #expect(try transaction.reversal(ofPosting: "K1")?.key == "K2")
                #expect(try transaction.latestPosting(ofSubject: "D1", connector: "ledger") == nil)
                try transaction.addPosting(Self.posting("K4"), lines: Self.lines)
                #expect(try transaction.latestPosting(ofSubject: "D1", connector: "ledger")?.key == "K4")
                #expect(try transaction.latestPosting(ofSubject: "D1", connector: "other") == nil)
            }
            let error = await #expect(throws: RecordsError.self) {
                try await test.store.write { transaction in
                    try transaction.addPosting(Self.posting("K3", reverses: "K1"), lines: Self.lines)
                }
            }
            #expect(error?.code == .duplicate)
        }

        @Test(arguments: StoreEngine.allCases)
        func aJournalThatDoesNotBalanceIsNotKept(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            let error = await #expect(throws: RecordsError.self) {
                try await test.store.write { transaction in
                    try transaction.addPosting(
                        Self.posting("K1"), lines: [Self.line("1", debit: 300), Self.line("2", credit: 299)])
                }
            }
            #expect(error?.code == .wrongState)
            await #expect(throws: RecordsError.self) {
                try await test.store.write { transaction in
                    try transaction.addPosting(
                        Self.posting("K1"), lines: [Self.line("1", debit: 300, credit: 300)])
                }
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func journalsAreListedTheNewestFirst(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                for number in 1...4 {
                    try transaction.addPosting(
                        Self.posting("K\(number)", subject: number == 4 ? "D2" : "D1"), lines: Self.lines)
                }
                try transaction.settlePosting("K2", .differing, ledgerID: "J", problem: "It differs.", at: start)
                #expect(try transaction.postings().map(\.key) == ["K4", "K3", "K2", "K1"])
                #expect(try transaction.postings(subject: "D1", before: "K3", limit: 1).map(\.key) == ["K2"])
                #expect(try transaction.postings(status: .differing).map(\.key) == ["K2"])
            }
        }
    }
}
