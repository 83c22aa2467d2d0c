import Actions
import Documents
import Foundation
import Records
import TestSupport
import Testing

@Suite struct RemittanceBatchTests {
    @Test func aDaysPaymentsOfAPayerAreOneFileInTheFolder() async throws {
        let house = try await RemittanceHouse()
        let first = try await house.accept(RemittanceExample.document("1"))
        try await house.accept(
            RemittanceExample.document("2") {
                $0.fields["payer_name"] = .one(RemittanceExample.field("Acme health insurance co."))
            })
        try await house.accept(
            RemittanceExample.document("3") { $0.fields["payer_name"] = .one(RemittanceExample.field("Zeta Mutual")) })
        #expect(try await house.sweep().isEmpty, "the day's files are closed at five")
        house.advance(hours: 6)
        let batches = try await house.sweep()
        #expect(batches.map(\.setCount) == [2, 1] && batches.map(\.controlNumber) == [1, 2])
        #expect(batches.map(\.paymentCents) == [36_000, 18_000])
        let files = try house.files()
        #expect(Set(files.keys) == ["remittances-000000001.835", "remittances-000000002.835"])
        let file = try #require(files["remittances-000000001.835"])
        #expect(RemittanceBalancer.findings(in: Data(file.utf8)) == [])
        #expect(
            file.contains("ST*835*0001~") && file.contains("ST*835*0002~") && file.contains("*ZZ*MAILROOM       *30*"))
        #expect(file.contains("N1*PR*Acme health insurance co.~"))
        let stored = try await house.store.read { try $0.remittanceBytes(batches[0].id) }
        #expect(stored == Data(file.utf8), "the store has the bytes that were dropped")
        let kept = try await house.store.read { try $0.remittanceBatches(limit: 10) }
        #expect(kept.map(\.delivery) == [.delivered, .delivered])
        let trail = try await house.store.read { try $0.auditTrail(subject: first) }.map(\.action)
        #expect(trail.contains("remittance.told"))
        #expect(try await house.sweep().isEmpty)
    }

    @Test func aFullBatchIsClosedAtOnceAndTheRestWaits() async throws {
        let house = try await RemittanceHouse()
        for number in 1...4 { try await house.accept(RemittanceExample.document("\(number)")) }
        #expect(try await house.sweep().map(\.setCount) == [3])
        #expect(try await house.store.read { try $0.waitingRemittances(of: "remittances") }.map(\.count) == [1])
    }

    @Test func whatIsRecalledBeforeItsFileLeavesTheBatch() async throws {
        let house = try await RemittanceHouse()
        let wrong = try await house.accept(RemittanceExample.document("1"))
        try await house.accept(RemittanceExample.document("2"))
        try await house.recall(wrong)
        house.advance(hours: 6)
        #expect(try await house.sweep().map(\.setCount) == [1])
        let item = try await house.store.read { try $0.remittances(ofDocument: wrong) }
        #expect(item.map(\.status) == [.withdrawn])
        #expect(try house.files().values.allSatisfy { !$0.contains("TRN*1*1*") })
    }

    @Test func aFileThatTellsOfAHeldDocumentWaitsForItsRelease() async throws {
        let house = try await RemittanceHouse()
        let doubtful = try await house.accept(RemittanceExample.document("1"))
        try await house.accept(RemittanceExample.document("2"))
        house.advance(hours: 6)
        // Written, and held before the drop took it.
        let batches = try await RemittanceBatcher(store: house.store, settings: house.settings).closeDue(at: house.now)
        #expect(batches.map(\.setCount) == [2])
        try await house.hold(doubtful)
        try await house.deliver()
        #expect(try house.files().isEmpty)
        let delivery = try #require(
            try await house.store.read { try $0.deliveries(status: .pending, of: "outgoing") }.first)
        #expect(try await house.store.read { try $0.heldDeliveries(among: [delivery.id]) } == [delivery.id])
        #expect(try await house.store.read { try $0.hold(ofDelivery: delivery.id) }?.recallID == "R1")
        try await house.release(doubtful)
        try await house.deliver()
        #expect(try house.files().count == 1)
    }

    /// The file's number is given, and others' payments are in it.
    @Test func aWrittenFileOfAHeldDocumentThatIsRecalledGoesOutAndIsTakenBackByTheNext() async throws {
        let house = try await RemittanceHouse()
        let document = try await house.accept(RemittanceExample.document("1"))
        house.advance(hours: 6)
        try await RemittanceBatcher(store: house.store, settings: house.settings).closeDue(at: house.now)
        try await house.hold(document)
        try await house.deliver()
        #expect(try house.files().isEmpty)
        try await house.release(document)
        try await house.recall(document)
        #expect(try await house.sweep().isEmpty)
        #expect(try house.files().count == 1)
        house.advance(hours: 24)
        #expect(try await house.sweep().map(\.setCount) == [1])
        #expect(try house.files()["remittances-000000002.835"]?.contains("*-180~") == true)
    }

    @Test func paymentsOfARenamedConnectorAreToldUnderItsNewName() async throws {
        let house = try await RemittanceHouse()
        let told = try await house.accept(RemittanceExample.document("1"))
        house.advance(hours: 6)
        try await house.sweep()
        let waiting = try await house.accept(RemittanceExample.document("2"))
        #expect(try await house.store.read { try $0.waitingRemittanceCounts() } == ["remittances": 1])
        let renamed = try RemittanceHouse.rules(
            RemittanceHouse.text.replacing("FOLDER", with: house.outgoing.path)
                .replacing("name: remittances", with: "name: payments")
                .replacing("then: [remittances]", with: "then: [payments]"))
        let now = house.now
        await #expect(throws: RecordsError.self, "no payment goes to a drop") {
            _ = try await house.store.write {
                try $0.handOverActions(from: "remittances", to: "outgoing", rules: renamed, by: "ann", at: now)
            }
        }
        let handed = try await house.store.write {
            try $0.handOverActions(from: "remittances", to: "payments", rules: renamed, by: "ann", at: now)
        }
        #expect(handed.payments == 2, "what waits, and what was told, so that its recall is found")
        let senders = try await house.store.read { transaction in
            try [told, waiting].flatMap { try transaction.remittances(ofDocument: $0) }
        }
        #expect(senders.map(\.sender) == ["payments", "payments"] && senders.map(\.status) == [.sent, .waiting])
    }

    @Test func whatIsRecalledAfterItsFileIsTakenBackAndToldAnewInTheNext() async throws {
        let house = try await RemittanceHouse()
        let document = try await house.accept(RemittanceExample.document("1"))
        house.advance(hours: 6)
        try await house.sweep()
        try await house.recall(document)
        let right = RemittanceExample.document("1") {
            $0.claims[0].fields["payer_claim_number"] = .one(RemittanceExample.field("C9"))
        }
        try await house.accept(right, as: document)
        house.advance(hours: 24)
        #expect(try await house.sweep().map(\.setCount) == [1])
        let file = try #require(try house.files()["remittances-000000002.835"])
        #expect(file.contains("CLP*A1*22*-250*-100**12*C1~") && file.contains("CLP*A1*1*250*100*50*12*C9~"))
        #expect(file.contains("BPR*H*0*C*NON") && RemittanceBalancer.findings(in: Data(file.utf8)) == [])
        #expect(try await house.sweep().isEmpty)
    }

    /// The reviewer takes days: what is taken back is owed until it is told anew.
    @Test func aRecallOverDaysIsCarriedForward() async throws {
        let house = try await RemittanceHouse()
        let document = try await house.accept(RemittanceExample.document("1"))
        house.advance(hours: 24)
        try await house.sweep()
        try await house.recall(document)
        #expect(try await house.sweep().isEmpty, "what is taken back waits for the day's file too")
        house.advance(hours: 24)
        try await house.sweep()
        try await house.accept(RemittanceExample.document("1"), as: document)
        house.advance(hours: 24)
        try await house.sweep()
        let files = try house.files()
        #expect(files.count == 3 && files.values.allSatisfy { RemittanceBalancer.findings(in: Data($0.utf8)) == [] })
        #expect(files["remittances-000000002.835"]?.contains("*-180~") == true)
        #expect(files["remittances-000000003.835"]?.contains("*180~") == true)
        let left = try await house.store.read {
            try $0.remittanceForwardCents(of: [document], sender: "remittances", payer: RemittanceExample.payer.key)
        }
        #expect(left == 0)
    }

    /// One payer's balance is in no file of another's.
    @Test func aPaymentThatWasAnotherPayersIsToldWhole() async throws {
        let house = try await RemittanceHouse()
        let document = try await house.accept(RemittanceExample.document("1"))
        house.advance(hours: 24)
        try await house.sweep()
        try await house.recall(document)
        try await house.accept(
            RemittanceExample.document("1") { $0.fields["payer_name"] = .one(RemittanceExample.field("Zeta Mutual")) },
            as: document)
        house.advance(hours: 24)
        #expect(try await house.sweep().map(\.paymentCents) == [0, 18_000])
        let files = try house.files()
        #expect(files["remittances-000000002.835"]?.contains("*-180~") == true)
        let right = try #require(files["remittances-000000003.835"])
        #expect(right.contains("TRN*1*1*1223456789~") && !right.contains("FB:"))
    }

    /// The receiver gets nothing taken back that it never had.
    @Test func aFileWaitsForTheOneBeforeIt() async throws {
        let house = try await RemittanceHouse()
        for number in 1...6 { try await house.accept(RemittanceExample.document("\(number)")) }
        let inTheWay = house.outgoing.appending(path: "remittances-000000001.835")
        try Data("other".utf8).write(to: inTheWay)
        #expect(try await house.sweep().map(\.setCount) == [3, 3])
        #expect(try house.files().count == 1)
        let kept = try await house.store.read { try $0.remittanceBatches(limit: 10) }
        #expect(
            kept.sorted { $0.controlNumber < $1.controlNumber }.map(\.delivery) == [.parked, .waiting])
        try FileManager.default.removeItem(at: inTheWay)
        let parked = try #require(try await house.store.read { try $0.deliveries(status: .parked) }.first)
        let now = house.now
        try await house.store.write { try $0.replay(parked.id, at: now) }
        try await house.deliver()
        #expect(try house.files().count == 2)
        #expect(
            try await house.store.read { try $0.remittanceBatches(limit: 10) }.map(\.delivery)
                == [.delivered, .delivered])
    }

    @Test func whatCannotBeReadHoldsUpNoOther() async throws {
        let house = try await RemittanceHouse()
        let document = try await house.accept(RemittanceExample.document("1"))
        let now = house.now
        try await house.store.write { transaction in
            let event = try #require(try transaction.events(subject: document).first)
            try transaction.addRemittance(
                RemittanceItem(
                    id: Identifier.make(at: now), idempotencyKey: "later", sender: "remittances", kind: .reversal,
                    documentID: document, eventID: event.id, payer: "223456789", paymentNumber: "2", content: "{}",
                    createdAt: now, correlationID: "C"))
        }
        house.advance(hours: 6)
        #expect(try await house.sweep().map(\.setCount) == [1])
        let waiting = try await house.store.read { try $0.waitingRemittances(of: "remittances") }
        #expect(waiting.map(\.count) == [1] && waiting.first?.detail?.contains("cannot be read") == true)
        let trail = try await house.store.read { try $0.auditTrail(subject: document) }.map(\.action)
        #expect(trail.filter { $0 == "remittance.kept_back" }.count == 1)
    }

    /// Payers give all their payments of nothing one number.
    @Test func paymentsOfNothingAreNoDuplicates() async throws {
        let house = try await RemittanceHouse()
        func denial(_ claim: String) -> Document {
            RemittanceExample.document("0") { document in
                document.claims = [document.claims[1]]
                document.claims[0].fields["payer_claim_number"] = .one(RemittanceExample.field(claim))
                document.claims[0].serviceLines[0]["paid_amount"] = .one(RemittanceExample.field("0.00"))
                document.claims[0].serviceLines[0]["adjustments"] = .groups([
                    RemittanceExample.adjustment("CO", "29", "180.00")
                ])
                document.fields["provider_adjustments"] = nil
                document.fields["payment_amount"] = .one(RemittanceExample.field("0.00"))
            }
        }
        try await house.accept(denial("C1"))
        try await house.accept(denial("C2"))
        try await house.accept(denial("C2"))
        #expect(try await house.store.read { try $0.deliveries(status: .parked) }.count == 1)
        house.advance(hours: 6)
        #expect(try await house.sweep().map(\.setCount) == [2])
    }

    @Test func aHeldDocumentWaits() async throws {
        let house = try await RemittanceHouse()
        let document = try await house.accept(RemittanceExample.document("1"))
        let now = house.now
        try await house.store.write { transaction in
            let recall = Recall(
                id: "R1", documentID: document, documentVersion: 1, fieldPath: "payment_amount", wrongValue: "1",
                rightValue: nil, reason: "A call", madeBy: "ann", madeAt: now, correlationID: "C")
            _ = try transaction.addRecall(recall)
            _ = try transaction.hold(DocumentHold(documentID: document, recallID: "R1", heldBy: "ann", heldAt: now))
        }
        house.advance(hours: 6)
        #expect(try await house.sweep().isEmpty)
        try await house.store.write { _ = try $0.endHold(of: document) }
        #expect(try await house.sweep().map(\.setCount) == [1])
    }

    @Test func onePaymentIsToldOnce() async throws {
        let house = try await RemittanceHouse()
        let document = try await house.accept(RemittanceExample.document("1"))
        try await house.accept(RemittanceExample.document("1"))
        let parked = try await house.store.read { try $0.deliveries(status: .parked) }
        #expect(parked.count == 1 && parked.first?.lastError?.contains(document) == true)
        house.advance(hours: 6)
        #expect(try await house.sweep().map(\.setCount) == [1])
    }

    @Test func whatCannotBeToldIsParkedWithASentence() async throws {
        let house = try await RemittanceHouse()
        try await house.accept(
            RemittanceExample.document("1") { $0.fields["payment_amount"] = .one(RemittanceExample.field("1.00")) })
        try await house.accept(
            RemittanceExample.document("2") { $0.fields["payer_name"] = .one(RemittanceExample.field("Nobody")) })
        let parked = try await house.store.read { try $0.deliveries(status: .parked) }.map(\.lastError)
        #expect(parked.contains { $0?.contains("179.00 is unexplained") == true })
        #expect(parked.contains { $0?.contains("has no payer") == true })
        house.advance(hours: 6)
        #expect(try await house.sweep().isEmpty)
    }

    /// Many sweeps at once: no payment is in two files, no number is given twice or left out.
    @Test func numbersHaveNoGapsWhoeverSweeps() async throws {
        let house = try await RemittanceHouse()
        for number in 1...20 { try await house.accept(RemittanceExample.document("\(number)")) }
        house.advance(hours: 24)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...4 { group.addTask { try await house.sweep() } }
            try await group.waitForAll()
        }
        let batches = try await house.store.read { try $0.remittanceBatches(limit: 100) }
        #expect(batches.map(\.controlNumber).sorted() == Array(1...7))
        #expect(batches.reduce(0) { $0 + $1.setCount } == 20)
        #expect(try house.files().count == 7)
    }

    @Test(arguments: [
        ("usage: T", "usage: X", "'usage' should be T"),
        ("drop: outgoing", "drop: nowhere", "There is no drop 'nowhere'"),
        ("17:00", "25:00", "'25:00' should be a time of day"), ("America/Chicago", "Nowhere", "is no time zone"),
        ("\"123456789\"", "\"12345\"", "a tax id of nine digits"), ("items: 3", "items: 0", "it should be in 1…1000"),
        ("indicator: \"12\"", "indicator: \"99\"", "should be one of"), ("id: MAILROOM", "id: \"A*B\"", "plain signs"),
        ("tax_id: \"223456789\"", "id: \"87726\"\n        tax_id: \"123456789\"", "Another payer has the tax id"),
        ("folder: FOLDER", "folder: here", "whole path"), ("folder: FOLDER", "timeout_seconds: 5", "needs either"),
    ])
    func aWrongEntryIsRefusedWithItsLine(_ right: String, _ wrong: String, _ sentence: String) throws {
        let text = RemittanceHouse.text.replacing(right, with: wrong).replacing("FOLDER", with: "/tmp")
        let error = #expect(throws: (any Error).self) { try RemittanceHouse.rules(text) }
        #expect("\(try #require(error))".contains(sentence), "\(String(describing: error))")
    }
}
