import Actions
import Documents
import Foundation
import Records
import TestSupport
import Testing

/// A ledger that fails, hangs and lies at random, and people who send things twice.
@Suite struct LedgerFaultsTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func event(_ id: String, _ type: EventType, approval: Int, at seconds: Double) -> MailroomEvent {
        MailroomEvent(
            id: id, type: type, time: Self.start + seconds,
            data: .approval(
                ApprovalEventData(
                    approvalID: "A\(approval)", kind: "refund", amount: Money(cents: Int64(100 + approval)),
                    contentSHA256: "ab", status: type == .approvalApproved ? "approved" : "withdrawn",
                    requestedBy: "bo", correlationID: "C")))
    }

    /// Sends until it is delivered or will never be; what was delivered is now and then sent once more.
    private func send(_ message: OutgoingMessage, _ connector: any Connector, again: Bool) async -> Bool {
        for _ in 0..<20 {
            guard case .delivered = await connector.send(message) else { continue }
            if again { _ = await connector.send(message) }
            return true
        }
        return false
    }

    @Test func whateverTheLedgerDoesWhatStandsIsPostedOnceAndTheRestIsTakenBack() async throws {
        var generator = SeededGenerator(seed: 41)
        let moods = (0..<120).map { _ in
            [LedgerServer.Mood.honest, .honest, .failing, .lying, .silent, .refusing].randomElement(using: &generator)
                ?? .honest
        }
        let server = try await LedgerServer(moods)
        let folder = try TemporaryFolder()
        let store = try await Store.open(folder: folder.url)
        let accounts = AccountMapping(rows: [PostingAccounts(kind: "refund", debit: "2100", credit: "1010")])
        let endpoint = Endpoint(
            url: try #require(URL(string: server.url)), privateAddresses: .allow, timeoutSeconds: 0.1)
        let connector = LedgerConnector(
            name: "ledger", way: .http(endpoint, nil), writer: PostingWriter(accounts: accounts)
        ).connected(to: store, binder: nil)
        var standing = 0
        for number in 0..<60 {
            let approved = try await store.message(
                event("E\(number)", .approvalApproved, approval: number, at: 0), connector)
            let isSent = Int.random(in: 0..<5, using: &generator) > 0
            if isSent {
                #expect(await send(approved, connector, again: Bool.random(using: &generator)))
            }
            guard Bool.random(using: &generator) else {
                standing += isSent ? 100 + number : 0
                continue
            }
            let withdrawn = try await store.message(
                event("W\(number)", .approvalWithdrawn, approval: number, at: 1), connector)
            #expect(await send(withdrawn, connector, again: Bool.random(using: &generator)))
        }
        #expect(server.balances == ["2100": standing, "1010": -standing])
        #expect(Set(server.keys).count == server.keys.count)
        let postings = try await store.read { try $0.postings(limit: 1000) }
        #expect(Set(postings.map(\.key)) == Set(server.keys))
        #expect(postings.allSatisfy { $0.status == .posted })
        try await server.listener.stop()
    }
}
