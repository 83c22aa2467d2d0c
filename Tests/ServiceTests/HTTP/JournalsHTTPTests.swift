import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Records
import Service
import Testing

struct JournalsHTTPTests {
    private func fixture() async throws -> WebFixture {
        let fixture = try await WebFixture()
        try await fixture.context.store.write { transaction in
            for number in 1...3 {
                let posting = Posting(
                    key: "K\(number)", connector: "ledger", subject: "D\(number)", kind: "refund",
                    journal: "{}", total: Money(cents: 123_450), correlationID: "C1",
                    sentAt: Date(timeIntervalSince1970: 1_800_000_000))
                try transaction.addPosting(
                    posting,
                    lines: [
                        PostingLine(account: "2100", debit: Money(cents: 123_450), credit: .zero, reference: "A<1>"),
                        PostingLine(account: "1010", debit: .zero, credit: Money(cents: 123_450)),
                    ])
            }
            try transaction.settlePosting(
                "K2", .posted, ledgerID: "J2", at: Date(timeIntervalSince1970: 1_800_000_001))
        }
        return fixture
    }

    private func get(_ path: String, _ fixture: WebFixture, _ headers: HTTPFields) async throws -> TestResponse {
        try await fixture.test { client in
            try await client.execute(uri: path, method: .get, headers: headers)
        }
    }

    @Test func journalsAreListedWithoutTheirLines() async throws {
        let fixture = try await fixture()
        let headers = try await fixture.keyHeader(.auditor)
        let all = try await get("/v1/journals", fixture, headers)
        let journals = try #require(try all.json()["journals"] as? [[String: Any]])
        #expect(journals.compactMap { $0["key"] as? String } == ["K3", "K2", "K1"])
        #expect(journals.allSatisfy { $0["lines"] == nil && $0["total"] as? String == "1234.50" })
        let posted = try await get("/v1/journals?status=posted", fixture, headers)
        #expect((try posted.json()["journals"] as? [[String: Any]])?.first?["ledger_id"] as? String == "J2")
        #expect(try await get("/v1/journals?status=lost", fixture, headers).status == .badRequest)
        #expect(try await get("/v1/journals", fixture, fixture.keyHeader(.reviewer, name: "ann")).status == .forbidden)
    }

    @Test func aLookAtAJournalsLinesIsOnRecord() async throws {
        let fixture = try await fixture()
        let headers = try await fixture.keyHeader(.auditor)
        let answer = try await get("/v1/journals/K1", fixture, headers)
        let lines = try #require(try answer.json()["lines"] as? [[String: String]])
        #expect(
            lines == [
                ["account": "2100", "debit": "1234.50", "credit": "0.00", "reference": "A<1>"],
                ["account": "1010", "debit": "0.00", "credit": "1234.50"],
            ])
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: "D1") }
        #expect(trail.map(\.action) == ["journal.viewed"])
        #expect(trail.first?.actor == "key:engine")
        #expect(try await get("/v1/journals/none", fixture, headers).status == .notFound)
    }
}
