import Actions
import Documents
import Foundation
import Logging
import Records
import TestSupport
import Testing

@Suite struct LedgerConnectorTests: PostingSuite {
    private let folder: TemporaryFolder
    let store: Store

    init() async throws {
        folder = try TemporaryFolder()
        store = try await Store.open(folder: folder.url.appending(path: "store"))
    }

    private static func rules(_ text: String) throws -> ActionRules {
        try ActionRules(
            text: text, path: "actions.yaml", vocabulary: ActionsExample.vocabulary,
            kinds: KnownKinds(approvals: ["refund"]), environment: ActionsExample.environment)
    }

    private func remittance() throws -> Document {
        var example = DrawnDocuments(seed: 31)
        return example.remittance(claimCount: 5)
    }

    @Test func anApprovedRefundIsPostedOnceAndWithdrawnToNothing() async throws {
        let server = try await LedgerServer()
        let connector = try connector(server)
        let message = try await message(approval(), connector)
        for _ in 0..<3 { #expect(problem(await connector.send(message)) == "delivered") }
        #expect(server.keys == ["01K8E1-ledger"])
        #expect(server.balances == ["2100": 123_450, "1010": -123_450])
        let posted = try #require(try await posting())
        #expect(posted.status == .posted)
        #expect(posted.ledgerID == "J1")
        let lines = try await store.read { try $0.postingLines(posted.key) }
        #expect(lines.map(\.account) == ["2100", "1010"])
        let withdrawal = try await self.message(approval("01K8E2", .approvalWithdrawn, at: 5), connector)
        for _ in 0..<2 { #expect(problem(await connector.send(withdrawal)) == "delivered") }
        #expect(server.keys == ["01K8E1-ledger", "01K8E2-ledger"])
        #expect(server.balances.values.allSatisfy { $0 == 0 })
        #expect(try await posting("01K8E2-ledger")?.reverses == "01K8E1-ledger")
        let trail = try await store.read { try $0.auditTrail(subject: "01K8APPROVAL") }.map(\.action)
        #expect(trail == ["journal.sent", "journal.posted", "journal.sent", "journal.posted"])
        #expect(problem(await connector.send(message)) == "delivered")
        #expect(server.keys.count == 2)
        try await server.listener.stop()
    }

    @Test func aRefundOfARenamedLedgerIsTakenBackUnderItsNewName() async throws {
        let server = try await LedgerServer()
        let connector = try connector(server)
        #expect(problem(await connector.send(try await message(approval(), connector))) == "delivered")
        let rules = try Self.rules(
            """
            erp:
              - name: oracle
                url: \(server.url)
                private_addresses: allow
                accounts:
                  - {kind: refund, debit: "2100", credit: "1010"}
            rules:
              - name: taken back
                when: {event: org.mailroom.approval.withdrawn.v1}
                then: [oracle]
            """
        ).connected(to: store)
        let handed = try await store.write {
            try $0.handOverActions(from: "ledger", to: "oracle", rules: rules, by: "ann", at: Self.start)
        }
        #expect(handed.journals == 1 && handed.deliveries == 0)
        let renamed = try #require(rules.connectors["oracle"])
        let withdrawal = try await message(approval("01K8E2", .approvalWithdrawn, at: 5), renamed)
        #expect(problem(await renamed.send(withdrawal)) == "delivered")
        #expect(server.keys == ["01K8E1-ledger", "01K8E2-ledger"])
        #expect(server.balances.values.allSatisfy { $0 == 0 })
        try await server.listener.stop()
    }

    @Test func aRecallTakesBackWhatWasPostedAndNotWhatTheDocumentSaysNow() async throws {
        let server = try await LedgerServer()
        let connector = try connector(server)
        var document = try remittance()
        let accepted = DrawnDocuments.event(document, id: "01K8E1")
        #expect(problem(await connector.send(try await message(accepted, connector))) == "delivered")
        #expect(server.balances.values.contains { $0 != 0 })
        document.claims.removeLast()
        document.fields["payment_amount"] = .one(ActionsExample.field("1.00"))
        let recalled = DrawnDocuments.event(document, id: "01K8E2", type: .documentRecalled)
        #expect(problem(await connector.send(try await message(recalled, connector))) == "delivered")
        #expect(server.balances.values.allSatisfy { $0 == 0 })
        try await server.listener.stop()
    }

    @Test func whatWasNeverPostedIsNotTakenBack() async throws {
        let server = try await LedgerServer()
        let connector = try connector(server)
        let message = try await message(approval("01K8E2", .approvalWithdrawn), connector)
        #expect(
            await connector.send(message)
                == .delivered(status: nil, receipt: "Nothing was posted: there is nothing to take back."))
        #expect(server.keys.isEmpty)
        try await server.listener.stop()
    }

    @Test func otherTotalsAreParkedWithBothSumsAndSettledWhenTheyAreRight() async throws {
        let server = try await LedgerServer([.lying])
        let connector = try connector(server)
        let message = try await message(approval(), connector)
        #expect(
            problem(await connector.send(message)) == """
                refused: The ledger has posted 1234.49 debit and 1234.49 credit as its journal J1, but 1234.50 and \
                1234.50 were sent: correct it there, then send this again or dismiss it.
                """)
        #expect(try await posting()?.status == .differing)
        #expect(problem(await connector.send(message)) == "delivered")
        #expect(try await posting()?.status == .posted)
        #expect(server.keys == ["01K8E1-ledger"])
        try await server.listener.stop()
    }

    @Test func afterSilenceAndFailureItIsPostedOnce() async throws {
        let server = try await LedgerServer([.failing, .silent])
        let connector = try connector(server, timeoutSeconds: 0.5)
        let message = try await message(approval(), connector)
        #expect(problem(await connector.send(message)) == "failed: The ledger answered 503.")
        #expect(problem(await connector.send(message)).hasPrefix("failed: "))
        #expect(try await posting()?.status == .sent)
        #expect(problem(await connector.send(message)) == "delivered")
        #expect(server.keys == ["01K8E1-ledger"])
        try await server.listener.stop()
    }

    @Test func aRefusalIsParkedWithTheLedgersWords() async throws {
        let server = try await LedgerServer([.refusing])
        let connector = try connector(server)
        let message = try await message(approval(), connector)
        let problem = problem(await connector.send(message))
        #expect(problem.hasPrefix("refused: The ledger answered 422. It says: "), "\(problem)")
        #expect(problem.contains("period closed for account …"), "\(problem)")
        #expect(try await posting()?.status == .refused)
        let withdrawal = try await self.message(approval("01K8E2", .approvalWithdrawn, at: 5), connector)
        #expect(self.problem(await connector.send(withdrawal)) == "delivered")
        #expect(server.keys.isEmpty)
        try await server.listener.stop()
    }

    @Test(arguments: [LedgerServer.Mood.failing, .silent, .locked])
    func whatTheLedgerMayHaveIsSentAgainBeforeItIsTakenBack(mood: LedgerServer.Mood) async throws {
        let server = try await LedgerServer([mood, .locked])
        let connector = try connector(server, timeoutSeconds: 0.5)
        let approved = try await message(approval(), connector)
        #expect(problem(await connector.send(approved)) != "delivered")
        #expect(try await posting()?.status == .sent)
        let withdrawal = try await message(approval("01K8E2", .approvalWithdrawn, at: 5), connector)
        let refused = problem(await connector.send(withdrawal))
        #expect(refused.hasPrefix("refused: The journal 01K8E1-ledger, which this takes back, was sent again first"))
        #expect(try await posting("01K8E2-ledger") == nil)
        for _ in 0..<2 { #expect(problem(await connector.send(withdrawal)) == "delivered") }
        #expect(server.keys == ["01K8E1-ledger", "01K8E2-ledger"])
        #expect(server.balances.values.allSatisfy { $0 == 0 })
        #expect(try await posting()?.status == .posted)
        try await server.listener.stop()
    }

    @Test func aRefusalAfterSilenceDoesNotSayThatNothingWasPosted() async throws {
        let server = try await LedgerServer([.silent, .refusing])
        let connector = try connector(server, timeoutSeconds: 0.5)
        let approved = try await message(approval(), connector)
        #expect(problem(await connector.send(approved)).hasPrefix("failed: "))
        let refused = problem(await connector.send(approved))
        #expect(refused.hasPrefix("refused: The ledger answered 422."), "\(refused)")
        #expect(refused.contains("It may have the journal all the same"), "\(refused)")
        #expect(try await posting()?.status == .sent)
        let withdrawal = try await message(approval("01K8E2", .approvalWithdrawn, at: 5), connector)
        #expect(problem(await connector.send(withdrawal)) == "delivered")
        #expect(server.keys == ["01K8E1-ledger", "01K8E2-ledger"])
        #expect(server.balances.values.allSatisfy { $0 == 0 })
        try await server.listener.stop()
    }

    @Test func aRefusedJournalThatIsSentAgainMayBePosted() async throws {
        let server = try await LedgerServer([.refusing, .silent])
        let connector = try connector(server, timeoutSeconds: 0.5)
        let approved = try await message(approval(), connector)
        #expect(problem(await connector.send(approved)).hasPrefix("refused: "))
        #expect(try await posting()?.status == .refused)
        #expect(problem(await connector.send(approved)).hasPrefix("failed: "))
        #expect(try await posting()?.status == .sent)
        let withdrawal = try await message(approval("01K8E2", .approvalWithdrawn, at: 5), connector)
        #expect(problem(await connector.send(withdrawal)) == "delivered")
        #expect(server.keys == ["01K8E1-ledger", "01K8E2-ledger"])
        #expect(server.balances.values.allSatisfy { $0 == 0 })
        try await server.listener.stop()
    }

    @Test func aFolderGetsAWholeFileForEachJournal() async throws {
        let drop = folder.url.appending(path: "drop")
        let connector = connector(.folder(drop))
        let event = DrawnDocuments.event(try remittance(), id: "01K8E1")
        let message = try await message(event, connector)
        #expect(problem(await connector.send(message)).hasPrefix("failed: "), "The folder is not there.")
        try FileManager.default.createDirectory(at: drop, withIntermediateDirectories: true)
        for _ in 0..<2 {
            guard case .delivered(_, let receipt) = await connector.send(message) else {
                Issue.record("The journal was not written.")
                return
            }
            #expect(receipt.hasPrefix("Written as 01K8E1-ledger.csv: "), "\(receipt)")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: drop.path).filter { !$0.hasPrefix(".") }
        #expect(names == ["01K8E1-ledger.csv"])
        guard case .post(let journal) = try PostingOrder(json: message.payload) else {
            Issue.record("The order is no posting.")
            return
        }
        #expect(try Data(contentsOf: drop.appending(path: names[0])) == JournalCSV(journal).bytes)
        #expect(try await posting()?.ledgerID == "01K8E1-ledger.csv")
    }

    @Test func anotherFileOfThatNameIsNotReplaced() async throws {
        let drop = folder.url.appending(path: "drop")
        try FileManager.default.createDirectory(at: drop, withIntermediateDirectories: true)
        let other = drop.appending(path: "01K8E1-ledger.csv")
        try Data("other".utf8).write(to: other)
        let connector = connector(.folder(drop))
        let message = try await message(approval(), connector)
        #expect(problem(await connector.send(message)).hasPrefix("refused: "))
        #expect(try Data(contentsOf: other) == Data("other".utf8))
        #expect(try await posting()?.status == .sent)
    }

    @Test func theOutboxPostsWhatTheRulesCallFor() async throws {
        let server = try await LedgerServer()
        let rules = try Self.rules(
            """
            erp:
              - name: ledger
                url: \(server.url)
                private_addresses: allow
                accounts:
                  - {kind: refund, debit: "2100", credit: "1010"}
            rules:
              - name: refunds
                when: {event: org.mailroom.approval.approved.v1}
                then: [ledger]
            """
        ).connected(to: store)
        let event = approval(amount: 100)
        try await store.write { _ = try $0.raise(event, rules: rules) }
        let outbox = Outbox(
            store: store, connectors: rules.connectors, owner: "test",
            clock: OutboxClock(
                now: { Self.start }, sleep: { try await Task.sleep(for: .seconds($0)) }, chance: { 0.5 }),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(try await outbox.deliverNext())
        #expect(try await !outbox.deliverNext())
        #expect(server.balances == ["2100": 100, "1010": -100])
        let delivery = try #require(try await store.read { try $0.deliveries(ofEvent: event.id) }.first)
        #expect(delivery.status == .delivered)
        #expect(delivery.receipt == "Journal J1: 1.00 debit, 1.00 credit.")
        try await server.listener.stop()
    }
}
