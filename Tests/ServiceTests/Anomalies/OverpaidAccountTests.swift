import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

@Suite(.serialized) struct OverpaidAccountTests {
    /// A payer's part of what the account was charged.
    private static func payment(of payer: String, number: String, paid: String) -> Document {
        var document = AnomalyPaper.remittance(number: number, date: "2026-04-20")
        document.fields["payer_name"] = AnomalyPaper.field(payer)
        document.fields["payment_amount"] = AnomalyPaper.field(paid)
        document.claims[0].fields["paid_amount"] = AnomalyPaper.field(paid)
        document.claims[0].serviceLines[0]["paid_amount"] = AnomalyPaper.field(paid)
        document.accountMatch = AccountMatch(accountNumber: "40017723", probability: 0.99)
        return document
    }

    @Test func aCopyThatWaitsIsNoPaymentAndOneThatIsAcceptedIs() async throws {
        let fixture = try await WebFixture()
        let now = fixture.context.clock()
        let account = PatientAccount(
            accountNumber: "40017723", patientName: "EXAMPLE, MARIA",
            claims: [AccountClaim(payerName: "Harbor Point Health Plan", chargeAmount: Money(cents: 15_000))])
        try await fixture.context.store.write { _ = try $0.importAccounts([account], at: now) }
        let payments = [
            Self.payment(of: "Harbor Point Health Plan", number: "481516", paid: "80.00"),
            Self.payment(of: "Harbor Point Health Plan", number: "481516", paid: "80.00"),
            Self.payment(of: "Zenith Mutual", number: "992342", paid: "20.00"),
            Self.payment(of: "Umbrella Life", number: "777111", paid: "20.00"),
        ]
        var seeded: [(record: DocumentRecord, task: ReviewTask)] = []
        for (number, document) in payments.enumerated() {
            seeded.append(
                try await SampleLetter.seed(
                    fixture.context, document: document, bytes: SampleLetter.png + Data([UInt8(number)])))
        }
        func accept(_ former: DocumentRecord) async throws {
            var record = former
            record.status = .accepted
            try await fixture.context.store.write { [record] in _ = try $0.updateDocument(record, at: now) }
        }
        let key = try await fixture.accounts.addKey(name: "ana", role: .seniorReviewer, by: "test")
        let caller = try #require(try await fixture.accounts.caller(withKey: key))
        let desk = ReviewDesk(context: fixture.context)
        let (records, tasks) = (seeded.map(\.record), seeded.map(\.task))
        try await accept(records[0])
        for task in tasks[2...] { try await desk.take(task.id, by: caller) }
        #expect(try await desk.confirm(tasks[2].id, edits: [], seen: 1, by: caller))
        // The other scan was held for a payment of its own.
        try await accept(records[1])
        #expect(try await desk.confirm(tasks[3].id, edits: [], seen: 1, by: caller) == false)
        let id = records[3].id
        let found = try await fixture.context.store.read { try $0.anomalies(of: id) }
        #expect(found.map(\.code) == ["account_overpaid"])
        #expect(found.first?.detail.contains("was charged 150.00. Payers paid 180.00 so far") == true)
    }
}
