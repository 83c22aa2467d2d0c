import Actions
import Documents
import Foundation
import Records
import TestSupport
import Testing

/// What has to stand when a journal is sent: the approval, with these contents and this amount, and the document.
@Suite struct PostingCheckTests: PostingSuite {
    private let folder: TemporaryFolder
    let store: Store

    init() async throws {
        folder = try TemporaryFolder()
        store = try await Store.open(folder: folder.url.appending(path: "store"))
    }

    private func addDocument(_ status: DocumentStatus) async throws {
        try await store.write { transaction in
            _ = try transaction.takeFile(
                CustodyFile(
                    sha256: "f", name: "scan.pdf", mediaType: "application/pdf", size: 1, correlationID: "01K8ARRIVAL",
                    takenAt: Self.start))
            try transaction.insertDocument(
                DocumentRecord(
                    id: "01K8DOCUMENT", sha256: "f", ordinal: 1, status: status,
                    document: Document(type: "payer_letter", typeConfidence: 0.9, pages: [1]),
                    versions: Versions(model: "m", policy: "p", reader: "r"), createdAt: Self.start,
                    correlationID: "01K8ARRIVAL"))
        }
    }

    @Test func anApprovalThatDoesNotStandIsNotPosted() async throws {
        let server = try await LedgerServer()
        let connector = try connector(server)
        let approved = try await message(approval(), connector)
        _ = try await message(approval("01K8E2", .approvalWithdrawn, at: 5), connector)
        #expect(
            problem(await connector.send(approved))
                == "refused: The approval 01K8APPROVAL does not stand any more: it is withdrawn.")
        _ = try await message(approval("01K8E3", amount: 999, content: "cd", at: 9), connector)
        #expect(problem(await connector.send(approved)).hasPrefix("refused: The approval 01K8APPROVAL is for 9.99"))
        #expect(server.keys.isEmpty)
        #expect(try await posting() == nil)
        try await server.listener.stop()
    }

    @Test(arguments: [EventType.approvalReminded, .approvalClimbed, .approvalApprovedFirst])
    func whatIsToldOfAnOpenApprovalBlocksNoPosting(_ passing: EventType) async throws {
        let server = try await LedgerServer()
        let connector = try connector(server)
        let approved = try await message(approval(at: 5), connector)
        try await keep(approval("01K8E2", passing, at: 6))
        #expect(problem(await connector.send(approved)) == "delivered")
        #expect(server.keys == ["01K8E1-ledger"])
        try await server.listener.stop()
    }

    @Test func nothingIsPostedBecauseOfAHeldOrUnacceptedDocument() async throws {
        let server = try await LedgerServer()
        let connector = try connector(server)
        try await addDocument(.accepted)
        try await store.write { transaction in
            _ = try transaction.addRecall(
                Recall(
                    id: "01K8RECALL", documentID: "01K8DOCUMENT", documentVersion: 1, fieldPath: "payer_name",
                    wrongValue: "x", rightValue: nil, reason: "The payer called", madeBy: "user:sam",
                    madeAt: Self.start, correlationID: "01K8ARRIVAL"))
            _ = try transaction.hold(
                DocumentHold(
                    documentID: "01K8DOCUMENT", recallID: "01K8RECALL", heldBy: "user:sam", heldAt: Self.start))
        }
        let message = try await message(approval(document: "01K8DOCUMENT"), connector)
        #expect(
            problem(await connector.send(message)) == """
                refused: The document 01K8DOCUMENT is held by the recall 01K8RECALL: send this again when it is released.
                """)
        try await store.write { transaction in
            try transaction.endHold(of: "01K8DOCUMENT")
            var record = try #require(try transaction.document("01K8DOCUMENT"))
            record.status = .inReview
            try transaction.updateDocument(record, at: Self.start)
        }
        #expect(problem(await connector.send(message)).contains("is not accepted any more"))
        #expect(server.keys.isEmpty)
        try await server.listener.stop()
    }
}
