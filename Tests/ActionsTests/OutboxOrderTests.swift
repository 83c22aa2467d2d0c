import Actions
import Documents
import Foundation
import Records
import Testing

/// Steps in order and side by side, one subject in order, compensation, and what gives up.
@Suite struct OutboxOrderTests {
    private static let steps = """
          - name: all
            when: {event: org.mailroom.document.accepted.v1}
            then: [[engine, ledger], archive]
          - name: taken back
            when: {event: org.mailroom.document.recalled.v1}
            then: [engine]
        """

    @Test func aLaterStepWaitsForTheStepsBefore() async throws {
        let house = try await ActionsTestHouse(
            Self.steps, connectors: ["ledger": ScriptedConnector { $0.attempt < 2 ? failure : success }])
        let event = try await house.raise()
        try await house.sendAll()
        #expect(try await house.statuses(event) == ["engine": .delivered, "ledger": .pending, "archive": .waiting])
        house.time.advance(10)
        try await house.sendAll()
        #expect(try await house.statuses(event).values.allSatisfy { $0 == .delivered })
        #expect(try await house.delivery(event, "archive").rulesHash == house.rules.hash)
        #expect(try await house.delivery(event, "archive").rule == "all")
    }

    @Test func whatGaveUpHoldsTheNextStepAndTheNextEventBack() async throws {
        let house = try await ActionsTestHouse(
            Self.steps, connectors: ["ledger": ScriptedConnector { _ in .refused(status: 410, problem: "Gone.") }]
        )
        let (first, second) = (try await house.raise(), try await house.raise())
        let other = try await house.raise(document: "D2")
        try await house.sendAll()
        #expect(try await house.statuses(first) == ["engine": .delivered, "ledger": .parked, "archive": .waiting])
        #expect(try await house.statuses(second) == ["engine": .delivered, "ledger": .waiting, "archive": .waiting])
        #expect(try await house.statuses(other)["ledger"] == .parked, "another document is its own matter")
        let (parked, now) = (try await house.delivery(first, "ledger").id, house.time.now)
        try await house.store.write { try $0.dismissAction(parked, because: "Posted by hand.", by: "ann", at: now) }
        try await house.sendAll()
        #expect(try await house.statuses(first) == ["engine": .delivered, "ledger": .dismissed, "archive": .delivered])
        #expect(try await house.statuses(second)["ledger"] == .parked)
        let entry = try await house.store.read { try $0.auditTrail(subject: "D1") }.last { $0.actor == "ann" }
        #expect(entry?.action == "action.dismissed" && entry?.detail["problem"] == "Posted by hand.")
    }

    @Test func oneThatMayGiveUpHoldsNothingBack() async throws {
        let house = try await ActionsTestHouse(
            """
              - name: all
                when: {event: org.mailroom.document.accepted.v1}
                then: [{call: engine, gives_up: go_on}, archive]
            """, connectors: ["engine": ScriptedConnector { _ in .refused(status: 410, problem: "Gone.") }])
        let event = try await house.raise()
        try await house.sendAll()
        #expect(try await house.statuses(event) == ["engine": .parked, "archive": .delivered])
    }

    private static let compensated = """
          - name: post
            when: {event: org.mailroom.document.accepted.v1}
            then: [{call: ledger, compensate: undo}, archive]
        """

    @Test func aRecallTakesBackWhatWasDelivered() async throws {
        let house = try await ActionsTestHouse(Self.compensated)
        let accepted = try await house.raise()
        try await house.sendAll()
        let recalled = try await house.raise(.documentRecalled)
        try await house.sendAll()
        let undo = try house.connector("undo").received
        let told = try await house.delivery(accepted, "ledger").idempotencyKey
        #expect(undo.count == 1)
        let body = try #require(try JSONSerialization.jsonObject(with: undo[0].payload) as? [String: Any])
        #expect(
            body["compensates"] as? String == told && body["type"] as? String == "org.mailroom.document.recalled.v1")
        #expect(try await house.delivery(recalled, "undo").compensates == told)
        try await house.raise(.documentRecalled)
        try await house.sendAll()
        #expect(try house.connector("undo").received.count == 1, "it is taken back once")
    }

    @Test func whatWasNeverSentNeedsNoTakingBack() async throws {
        let house = try await ActionsTestHouse(Self.compensated)
        let accepted = try await house.raise()
        try await house.raise(.documentRecalled)
        try await house.sendAll()
        #expect(try await house.statuses(accepted) == ["ledger": .dismissed, "archive": .dismissed])
        for name in ["ledger", "archive", "undo"] { #expect(try house.connector(name).received.isEmpty) }
    }

    /// The receiver may have what is in hand: the recall waits for its end, and it is taken back.
    @Test func whatIsInHandIsTakenBackAfterItsEnd() async throws {
        let house = try await ActionsTestHouse(Self.compensated)
        let accepted = try await house.raise()
        let now = house.time.now
        let inHand = try await house.store.write {
            try $0.claimDelivery(of: "ledger", owner: "dead", now: now, leaseSeconds: 60)
        }
        let recalled = try await house.raise(.documentRecalled)
        try await house.sendAll()
        #expect(try await house.delivery(accepted, "ledger").id == inHand?.id)
        #expect(try await house.statuses(recalled)["undo"] == .waiting)
        house.time.advance(60)
        try await house.sendAll()
        #expect(try await house.statuses(recalled)["undo"] == .delivered)
        #expect(try house.connector("ledger").received.count == 1)
    }

    @Test func whatFailsAfterItWasTakenBackIsNotTriedAgain() async throws {
        let house = try await ActionsTestHouse(
            Self.compensated, connectors: ["ledger": ScriptedConnector { _ in failure }])
        let accepted = try await house.raise()
        let now = house.time.now
        _ = try await house.store.write {
            try $0.claimDelivery(of: "ledger", owner: "dead", now: now, leaseSeconds: 60)
        }
        try await house.raise(.documentRecalled)
        house.time.advance(60)
        try await house.sendAll()
        #expect(try await house.statuses(accepted)["ledger"] == .dismissed)
        #expect(try house.connector("undo").received.count == 1)
    }

    @Test func whatAConnectorCannotSendIsParkedAtOnceWithItsReason() async throws {
        let house = try await ActionsTestHouse(Self.steps)
        var unbalanced = ActionsExample.refundLetter
        unbalanced.type = "remittance"
        let event = try await house.raise(.documentAccepted, document: "D1", unbalanced)
        try await house.sendAll()
        let parked = try await house.delivery(event, "engine")
        #expect(parked.status == .parked && parked.lastError == "It does not balance.")
        let (now, rules) = (house.time.now, house.rules)
        await #expect(throws: RecordsError.self) {
            try await house.store.write { try $0.replayAction(parked.id, rules: rules, by: "ann", at: now) }
        }
        #expect(
            try await house.store.write {
                try $0.replayParked(of: "engine", rules: rules, limit: 9, by: "ann", at: now)
            } == 0)
    }

    @Test func whatCouldNotBeWrittenIsWrittenByTheRulesAsTheyAreNow() async throws {
        let house = try await ActionsTestHouse(Self.steps)
        var unbalanced = ActionsExample.refundLetter
        unbalanced.type = "remittance"
        let event = try await house.raise(.documentAccepted, document: "D1", unbalanced)
        let parked = try await house.delivery(event, "engine")
        let writer = ScriptedWriter()
        let (now, mended) = (house.time.now, try ActionsExample.rules().replacing(["engine": writer]))
        try await house.store.write { try $0.replayAction(parked.id, rules: mended, by: "ann", at: now) }
        let again = try await house.delivery(event, "engine")
        #expect(again.status == .pending && again.idempotencyKey == parked.idempotencyKey)
        #expect(again.payload == Data("\(event)-engine".utf8), "written once, with the delivery's own key")
        #expect(again.rulesHash == mended.hash && mended.hash != house.rules.hash)
        let entry = try await house.store.read { try $0.auditTrail(subject: "D1") }.last
        #expect(entry?.detail["written_by_rules"] == mended.hash)
    }

    @Test func whatIsLeftOfARenamedConnectorGoesToItsNewNameInOrder() async throws {
        let house = try await ActionsTestHouse(
            Self.steps, connectors: ["engine": ScriptedConnector { _ in .refused(status: 410, problem: "Gone.") }])
        let (first, second) = (try await house.raise(), try await house.raise())
        try await house.sendAll()
        let erp = LedgerConnector(
            name: "erp", way: .folder(house.store.folder), writer: PostingWriter(accounts: AccountMapping(rows: [])))
        let renamed = house.rules.replacing([
            "motor": ScriptedConnector(), "ledger": ScriptedConnector(), "erp": erp,
        ])
        let now = house.time.now
        func handOver(_ former: String, _ name: String) async throws -> Int {
            try await house.store.write {
                try $0.handOverActions(from: former, to: name, rules: renamed, by: "ann", at: now).deliveries
            }
        }
        await #expect(throws: RecordsError.self, "it is there still") { try await handOver("ledger", "motor") }
        await #expect(throws: RecordsError.self, "it is not there") { try await handOver("engine", "turbine") }
        await #expect(throws: RecordsError.self, "payments and journals alone go there") {
            try await handOver("engine", "erp")
        }
        #expect(try await house.statuses(second)["engine"] != nil, "nothing of it is kept")
        #expect(try await handOver("engine", "motor") == 2)
        #expect(try await handOver("engine", "motor") == 0, "once more changes nothing")
        #expect(try await house.statuses(first)["motor"] == .parked)
        #expect(try await house.statuses(second)["motor"] == .waiting, "behind what gave up before it")
        let entry = try await house.store.read { try $0.auditTrail(subject: "connector:engine") }.first
        #expect(entry?.detail == ["to": "motor", "deliveries": "2", "payments": "0", "journals": "0"])
    }

    @Test func aFailingConnectorIsLeftAloneAndTheOthersAreNot() async throws {
        let house = try await ActionsTestHouse(
            """
              - name: all
                when: {event: org.mailroom.document.accepted.v1}
                then: [[engine, ledger]]
            """,
            connectors: [
                "ledger": ScriptedConnector(retry: RetryPolicy(attemptsMax: 50, failuresMax: 3)) { _ in failure }
            ])
        for number in 1...20 { try await house.raise(document: "D\(number)") }
        try await house.sendAll()
        #expect(try house.connector("engine").received.count == 20)
        #expect(try house.connector("ledger").received.count == 3)
        #expect(house.breakers.states["ledger"]?.isOpen == true && house.breakers.states["engine"]?.isOpen == false)
        let untouched = try await house.store.read { try $0.deliveries(status: .pending, of: "ledger") }
        #expect(untouched.filter { $0.attempts == 0 }.count == 17, "waiting uses up no attempts")
        house.time.advance(10)
        try await house.sendAll()
        #expect(try house.connector("ledger").received.count == 4, "one call to try")
        house.breakers.reset("ledger")
        try await house.sendAll()
        #expect(try house.connector("ledger").received.count == 7)
    }

    @Test func aReceiverThatAsksForAPauseGetsIt() async throws {
        let retry = RetryPolicy(attemptsMax: 3, firstDelaySeconds: 10, factor: 1, delaySecondsMax: 100)
        for (asked, waits) in [(60.0, 60.0), (1, 10), (9999, 100)] {
            let house = try await ActionsTestHouse(
                Self.steps,
                connectors: [
                    "engine": ScriptedConnector(retry: retry) { _ in
                        .busy(status: 503, problem: "Not now.", retryAfterSeconds: asked)
                    }
                ])
            let event = try await house.raise()
            try await house.sendAll()
            #expect(try await house.delivery(event, "engine").availableAt == house.time.now + waits)
        }
    }

    @Test func aClaimLooksAtOneRowOfAHundredThousand() async throws {
        let house = try await ActionsTestHouse(Self.steps)
        let now = house.time.now
        try await house.store.write { transaction in
            for number in 0..<100_000 {
                let id = "E\(number)"
                if number % 4 == 0 {
                    try transaction.appendEvent(
                        Event(id: id, type: "x", subject: "D\(number)", time: now, correlationID: "C", data: "{}"))
                }
                try transaction.addDelivery(
                    Delivery(
                        id: "V\(number)", eventID: "E\(number / 4 * 4)", action: "engine",
                        idempotencyKey: "K\(number)", availableAt: now, payload: Data("{}".utf8)))
            }
        }
        let start = ContinuousClock.now
        try await house.store.write { transaction in
            for _ in 0..<500 {
                #expect(try transaction.dueActions(at: now) == ["engine"])
                let claimed = try #require(
                    try transaction.claimDelivery(of: "engine", owner: "a", now: now, leaseSeconds: 60))
                try transaction.deliveryDelivered(claimed, status: 200, receipt: nil, at: now)
            }
        }
        #expect(ContinuousClock.now - start < .seconds(5), "500 of them")
    }
}

private let failure = SendOutcome.failed(status: 500, problem: "The endpoint answered 500.")
private let success = SendOutcome.delivered(status: 200, receipt: "")

/// A connector that can send what another could not.
private struct ScriptedWriter: Connector {
    let retry = RetryPolicy()
    let timeoutSeconds = 5.0

    func payload(for event: MailroomEvent, key: String) throws -> Data { Data(key.utf8) }

    func send(_ message: OutgoingMessage) async -> SendOutcome { success }
}
