import Actions
import Documents
import Foundation
import Records
import Testing

/// What a held document caused waits for its release, whatever it is told as.
@Suite struct HeldDocumentTests {
    private static let rules = """
          - name: papers
            when: {event: org.mailroom.document.accepted.v1}
            then: [archive]
          - name: refunds
            when: {event: org.mailroom.approval.approved.v1}
            then: [ledger]
          - name: work
            when: {event: org.mailroom.work.opened.v1}
            then: [engine]
        """

    private func approval(of document: String) -> EventData {
        .approval(
            ApprovalEventData(
                approvalID: "A1", kind: "refund", amount: Money(cents: 100), contentSHA256: "ab", status: "approved",
                requestedBy: "bo", documentID: document, correlationID: "C"))
    }

    private func work(of document: String) -> EventData {
        .work(WorkEventData(workID: "W1", kind: "appeal", status: "open", documentID: document, correlationID: "C"))
    }

    private func raise(_ type: EventType, _ data: EventData, in house: ActionsTestHouse) async throws -> String {
        house.time.advance(1)
        let (event, rules) = (
            MailroomEvent(id: Identifier.make(at: house.time.now), type: type, time: house.time.now, data: data),
            house.rules
        )
        try await house.store.write { _ = try $0.raise(event, rules: rules) }
        return event.id
    }

    private func hold(_ document: String, in house: ActionsTestHouse) async throws {
        house.time.advance(1)
        let now = house.time.now
        try await house.store.write { transaction in
            _ = try transaction.takeFile(
                CustodyFile(
                    sha256: "f", name: "a.pdf", mediaType: "application/pdf", size: 1, correlationID: "C", takenAt: now)
            )
            try transaction.insertDocument(
                DocumentRecord(
                    id: document, sha256: "f", ordinal: 1, status: .accepted, document: ActionsExample.refundLetter,
                    versions: Versions(model: "m", policy: "p", reader: "r"), createdAt: now, correlationID: "C"))
            _ = try transaction.addRecall(
                Recall(
                    id: "R1", documentID: document, documentVersion: 1, fieldPath: "member_id", wrongValue: "W1",
                    rightValue: nil, reason: "Misread.", madeBy: "user:sam", madeAt: now, correlationID: "C"))
            _ = try transaction.hold(
                DocumentHold(documentID: document, recallID: "R1", heldBy: "user:sam", heldAt: now))
        }
    }

    @Test func approvalsAndWorkOfItWaitToo() async throws {
        let house = try await ActionsTestHouse(Self.rules)
        let approved = try await raise(.approvalApproved, approval(of: "D1"), in: house)
        let opened = try await raise(.workOpened, work(of: "D1"), in: house)
        let accepted = try await house.raise(document: "D1")
        let other = try await house.raise(document: "D2")
        try await hold("D1", in: house)
        try await house.sendAll()
        #expect(try await house.statuses(approved) == ["ledger": .pending])
        #expect(try await house.statuses(opened) == ["engine": .pending])
        #expect(try await house.statuses(accepted) == ["archive": .pending])
        #expect(try await house.statuses(other) == ["archive": .delivered])
        try await house.store.write { _ = try $0.endHold(of: "D1") }
        try await house.sendAll()
        for (event, name) in [(approved, "ledger"), (opened, "engine"), (accepted, "archive")] {
            #expect(try await house.statuses(event) == [name: .delivered])
        }
    }

    @Test func whatWasSentOfItIsNotSentAgainMeanwhile() async throws {
        let house = try await ActionsTestHouse(Self.rules)
        let approved = try await raise(.approvalApproved, approval(of: "D1"), in: house)
        try await house.sendAll()
        try await hold("D1", in: house)
        let (id, now, rules) = (try await house.delivery(approved, "ledger").id, house.time.now, house.rules)
        let error = await #expect(throws: RecordsError.self) {
            try await house.store.write { try $0.replayAction(id, rules: rules, by: "ann", at: now) }
        }
        #expect(error?.problem.contains("held by the recall R1") == true)
    }

    @Test func openedWorkIsNotToldOnceItsDocumentIsRecalled() async throws {
        let house = try await ActionsTestHouse(Self.rules)
        let opened = try await raise(.workOpened, work(of: "D1"), in: house)
        try await house.sendAll()
        try await house.raise(.documentRecalled, document: "D1")
        let (id, now, rules) = (try await house.delivery(opened, "engine").id, house.time.now, house.rules)
        let error = await #expect(throws: RecordsError.self) {
            try await house.store.write { try $0.replayAction(id, rules: rules, by: "ann", at: now) }
        }
        #expect(error?.problem.contains("was recalled after") == true)
    }
}
