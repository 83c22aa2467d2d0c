import Actions
import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import TestSupport
import Testing

/// From an accepted paper to denials, work and its end, through the service's own ways.
@Suite struct DenialWorkTests {
    private static func fixture() async throws -> WebFixture { try await WebFixture(clock: { DeniedLetter.now }) }

    @Test func anAcceptedDenialIsRecordedWithItsAppealInOneTransaction() async throws {
        let fixture = try await Self.fixture()
        let record = try await DeniedLetter.accept(into: fixture.context)
        let denial = try #require(try await fixture.denials(of: record).first)
        #expect(denial.category == "prior_authorization" && denial.rootCause == "authorization")
        #expect(denial.amountAtStake == Money(cents: 421_000) && denial.deadline?.description == "2026-05-26")
        let work = try #require(try await fixture.work(of: record).first)
        #expect(work.kind == "appeal" && work.status == .open && work.openedBy == "rules")
        // Three working days before; the 25th is Memorial Day.
        #expect(work.dueDate?.description == "2026-05-20" && work.amountAtStake == denial.amountAtStake)
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: record.id) }
        #expect(trail.map(\.action) == ["denials.recorded", "work.opened"])
        #expect(!"\(trail.map(\.detail))".contains("Maria"))
        let event = try #require(
            try await fixture.context.store.read { try $0.events(subject: work.id) }.first)
        #expect(event.type == EventType.workOpened.rawValue)
        #expect(event.data.contains(#""due_date":"2026-05-20""#) && event.data.contains(#""status":"open""#))
    }

    @Test func aRecallTakesDenialsAndWorkAway() async throws {
        let fixture = try await Self.fixture()
        let record = try await DeniedLetter.accept(into: fixture.context)
        let context = fixture.context
        func tell(_ type: EventType) async throws {
            try await context.store.write { try context.raise(type, about: record, in: $0, at: context.clock()) }
        }
        try await tell(.documentRecalled)
        #expect(try await fixture.denials(of: record).isEmpty)
        #expect(try await fixture.work(of: record).map(\.status) == [.withdrawn])
        try await tell(.documentAccepted)
        try await tell(.documentAccepted)
        #expect(try await fixture.denials(of: record).count == 1)
        #expect(try await fixture.work(of: record).map(\.status.rawValue).sorted() == ["open", "withdrawn"])
    }

    @Test func aRequestForInformationIsDueByTheHousesDays() async throws {
        let fixture = try await Self.fixture()
        var letter = DeniedLetter.document("information_request")
        letter.fields["response_due_date"] = nil
        let record = try await DeniedLetter.accept(letter, into: fixture.context)
        let work = try #require(try await fixture.work(of: record).first)
        #expect(work.kind == "information_request" && work.deadline?.description == "2026-04-13")
        #expect(try await fixture.denials(of: record).isEmpty)
    }

    @Test func aDeadlineThatIsPastIsSaid() async throws {
        let fixture = try await Self.fixture()
        let record = try await DeniedLetter.accept(
            DeniedLetter.document("denial", ["response_due_date": "2026-03-01"]), into: fixture.context)
        let work = try #require(try await fixture.work(of: record).first)
        #expect(work.dueDate?.description == "2026-03-01")
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            #expect(try await browser.get("/work/\(work.id)").text.contains("2026-03-01, is past"))
        }
    }

    @Test func eachClaimOfARemittanceHasItsOwnAppeal() async throws {
        let fixture = try await Self.fixture()
        func field(_ text: String) -> Field { Field(value: .text(text), confidence: 0.99) }
        func line(_ reason: String, _ amount: String) -> Row {
            [
                "charge_amount": .one(field(amount)), "paid_amount": .one(field("0.00")),
                "adjustments": .groups([["reason": field(reason), "amount": field(amount)]]),
            ]
        }
        var remittance = SampleRemittance.document
        remittance.fields["payment_date"] = .one(field("2026-03-02"))
        remittance.claims = [
            Claim(fields: [:], serviceLines: [line("CO-50", "100.00"), line("CO-97", "50.00")]),
            Claim(fields: [:], serviceLines: [line("CO-18", "70.00")]),
        ]
        let record = try await DeniedLetter.accept(remittance, into: fixture.context)
        let denials = try await fixture.denials(of: record)
        #expect(denials.map(\.category) == ["medical_necessity", "bundling", "duplicate"])
        #expect(try await fixture.work(of: record).isEmpty, "no rule opens work on remittances")
        let ana = try await fixture.person("ana")
        let desk = WorkDesk(context: fixture.context)
        let first = try await desk.openAppeal(ofDenial: denials[0].id, by: ana)
        #expect(first.amountAtStake == Money(cents: 15_000) && first.deadline?.description == "2026-05-01")
        #expect(try await desk.openAppeal(ofDenial: denials[1].id, by: ana).id == first.id, "pressed on both lines")
        #expect(try await desk.openAppeal(ofDenial: denials[2].id, by: ana).place == "claims[1]")
    }

    @Test func nothingIsDoneAboutAHeldDocument() async throws {
        let fixture = try await Self.fixture()
        let record = try await DeniedLetter.accept(into: fixture.context)
        let id = try #require(try await fixture.work(of: record).first).id
        let denial = try #require(try await fixture.denials(of: record).first)
        let ana = try await fixture.person("ana")
        let desk = WorkDesk(context: fixture.context)
        let taken = try await desk.act(.take, on: id, seen: 1, by: ana)
        try await fixture.context.store.write { transaction in
            _ = try transaction.addRecall(
                Recall(
                    id: "R1", documentID: record.id, documentVersion: record.version, fieldPath: "charge_amount",
                    wrongValue: "4210.00", rightValue: nil, reason: "Misread.", madeBy: "user:sam",
                    madeAt: DeniedLetter.now, correlationID: record.correlationID))
            _ = try transaction.hold(
                DocumentHold(documentID: record.id, recallID: "R1", heldBy: "user:sam", heldAt: DeniedLetter.now))
        }
        for act in [WorkDesk.Act.take, .send, .close(.won, account: nil)] {
            await #expect(throws: ReviewError.self) { try await desk.act(act, on: id, seen: taken.version, by: ana) }
        }
        await #expect(throws: ReviewError.self) { try await desk.openAppeal(ofDenial: denial.id, by: ana) }
        try await fixture.addUser("ben")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ben")
            let page = try await browser.get("/work/\(id)").text
            #expect(page.contains("The document is held") && !page.contains("Draft of the appeal"))
            #expect(!page.contains("/packet"))
            #expect(try await browser.get("/work/\(id)/packet").status != .ok)
        }
        let given = try await desk.act(.release, on: id, seen: taken.version, by: ana)
        #expect(given.status == .open)
    }

    @Test func twoPeopleDoNotDoTheSame() async throws {
        let fixture = try await Self.fixture()
        let record = try await DeniedLetter.accept(into: fixture.context)
        let id = try #require(try await fixture.work(of: record).first).id
        let (ana, ben) = (try await fixture.person("ana"), try await fixture.person("ben"))
        let desk = WorkDesk(context: fixture.context)
        let taken = try await desk.act(.take, on: id, seen: 1, by: ana)
        await #expect(throws: ReviewError.self) { try await desk.act(.take, on: id, seen: 1, by: ben) }
        await #expect(throws: ReviewError.self) {
            try await desk.act(.close(.won, account: nil), on: id, seen: taken.version, by: ben)
        }
        let sent = try await desk.act(.send, on: id, seen: taken.version, by: ana)
        let done = try await desk.act(.close(.won, account: nil), on: id, seen: sent.version, by: ben)
        #expect(done.outcome == "won" && done.closedBy == ben.actor)
        await #expect(throws: ReviewError.self) {
            try await desk.act(.take, on: id, seen: done.version, by: ana)
        }
        let types = try await fixture.context.store.read { try $0.events(subject: id) }.map(\.type)
        #expect(types == [EventType.workOpened.rawValue, EventType.workClosed.rawValue])
    }

    @Test func anAuthorizationsNumberIsWrittenToItsAccount() async throws {
        let fixture = try await Self.fixture()
        func claim(_ month: Int) -> AccountClaim {
            AccountClaim(payerName: "Acme Health", serviceStart: CalendarDate(year: 2026, month: month, day: 6))
        }
        let accounts = [
            PatientAccount(accountNumber: "55501", patientName: "EXAMPLE, MARIA", claims: [claim(3), claim(5)]),
            PatientAccount(accountNumber: "55502", patientName: "OTHER, PETER", claims: [claim(3)]),
        ]
        try await fixture.context.store.write { _ = try $0.importAccounts(accounts, at: DeniedLetter.now) }
        var letter = DeniedLetter.document(
            "authorization_approval",
            ["authorization_number": "A7716", "service_start": "2026-03-01", "service_end": "2026-03-31"])
        letter.accountMatch = AccountMatch(accountNumber: "55501", probability: 0.99)
        let record = try await DeniedLetter.accept(letter, into: fixture.context)
        let written = try await fixture.context.store.read { try $0.accountWithAuthorizations("55501") }
        #expect(written?.claims.map(\.authorizationNumber) == ["A7716", nil])
        let work = try #require(try await fixture.work(of: record).first)
        #expect(work.status == .closed && work.outcome == "written_back")
        let events = try await fixture.context.store.read { try $0.events(subject: work.id) }
        #expect(events.map(\.type) == [EventType.workOpened.rawValue, EventType.workClosed.rawValue])
        #expect(
            events.allSatisfy { $0.data.contains(#""authorization_number":"A7716""#) && $0.documentID == record.id })

        // One without days waits for a person, who names the account; it is the account's, and of no claim by itself.
        letter.fields["service_start"] = nil
        letter.fields["service_end"] = nil
        letter.fields["authorization_number"] = .one(Field(value: .text("B8"), confidence: 0.9))
        let other = try await DeniedLetter.accept(letter, into: fixture.context, file: 1)
        let open = try #require(try await fixture.work(of: other).first)
        let ana = try await fixture.person("ana")
        let desk = WorkDesk(context: fixture.context)
        let taken = try await desk.act(.take, on: open.id, seen: 1, by: ana)
        #expect(open.status == .open)
        var sentences: Set<String> = []
        for account in ["9", "55502"] {
            do {
                try await desk.act(.close(.writtenBack, account: account), on: open.id, seen: taken.version, by: ana)
                Issue.record("Account \(account) is none of the patient's.")
            } catch let error as ReviewError {
                sentences.insert(error.description)
            }
        }
        #expect(sentences.count == 1, "whether another has the account is not told")
        try await desk.act(.close(.writtenBack, account: " 55501 "), on: open.id, seen: taken.version, by: ana)
        let numbers = try await fixture.context.store.read { try $0.authorizations(ofAccount: "55501") }
        #expect(numbers.map(\.authorizationNumber) == ["A7716", "B8"])
        let after = try await fixture.context.store.read { try $0.accountWithAuthorizations("55501") }
        #expect(after?.claims.map(\.authorizationNumber) == ["A7716", nil])
    }
}
