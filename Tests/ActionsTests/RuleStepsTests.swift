import Actions
import Documents
import Foundation
import Settings
import Testing

/// What may stand in `when` and `then`, and what events of approvals and work call for.
@Suite struct RuleStepsTests {
    private static let kinds = KnownKinds(approvals: ["refund", "write_off"], work: ["appeal"])

    private static let text = """
        webhooks:
          - {name: engine, url: "https://a.example/", secret_from: {environment: S}}
          - {name: ledger, url: "https://b.example/", secret_from: {environment: S}}
          - {name: undo, url: "https://c.example/", secret_from: {environment: S}}
        rules:
          - name: refunds
            when:
              event: org.mailroom.document.accepted.v1
              types: [letter]
            then:
              - request_approval: {kind: refund, amount: requested_amount}
              - open_work: {kind: appeal}
              - engine
          - name: approved
            when:
              event: org.mailroom.approval.approved.v1
              kinds: [refund]
              amount: {at_least: 100, at_most: 1000}
              payers: [acme]
              facilities: [north]
            then:
              - {call: [ledger], compensate: undo, gives_up: go_on}
              - [engine, undo]
        """

    private func rules(_ text: String = text) throws(SettingsError) -> ActionRules {
        try ActionRules(
            text: text, path: "actions.yaml", vocabulary: ActionsExample.vocabulary, kinds: Self.kinds,
            environment: ["S": ActionsExample.secret])
    }

    private func approval(_ change: (inout ApprovalEventData) -> Void = { _ in }) -> MailroomEvent {
        var data = ApprovalEventData(
            approvalID: "A1", kind: "refund", amount: Money(cents: 50_000), facility: "North", payerName: "ACME",
            contentSHA256: String(repeating: "0", count: 64), status: "approved", requestedBy: "user:ann",
            decidedBy: ["user:bob"], correlationID: "C1")
        change(&data)
        return MailroomEvent(
            id: "E1", type: .approvalApproved, time: Date(timeIntervalSince1970: 1_800_000_000), data: .approval(data))
    }

    @Test func ourOwnActionsArePlannedBesideCalls() throws {
        let actions = try rules().plan(ActionsExample.event())
        guard case .requestApproval(let approval) = actions[0], case .openWork(let work) = actions[1] else {
            Issue.record("Planned \(actions)")
            return
        }
        #expect(approval.kind == "refund" && approval.amount == Money("750.00") && approval.rule == "refunds")
        #expect(work.kind == "appeal")
        #expect(actions.compactMap(\.delivery).map(\.connector) == ["engine"])
        var letter = ActionsExample.refundLetter
        letter.fields["requested_amount"] = nil
        guard case .requestApproval(let without)? = try rules().plan(ActionsExample.event(letter)).first else { return }
        #expect(without.amount == nil)
    }

    @Test func stepsOfAnApprovalAreInOrderAndSideBySide() throws {
        let planned = try rules().plan(approval()).compactMap(\.delivery)
        #expect(planned.map(\.connector) == ["ledger", "engine", "undo"])
        #expect(planned.map(\.after) == [[], ["E1-ledger"], ["E1-ledger"]])
        #expect(planned[0].goesOn && planned[0].compensateWith == "undo" && !planned[1].goesOn)
        let payload = try #require(planned[0].message.payload)
        let event = try #require(try JSONSerialization.jsonObject(with: payload) as? [String: Any])
        let data = try #require(event["data"] as? [String: Any])
        #expect(event["subject"] as? String == "A1" && data["amount"] as? String == "500.00")
        #expect(data["decided_by"] as? [String] == ["user:bob"] && data["cost_centre"] == nil)
    }

    @Test func everyConditionOnAnApprovalMustHold() throws {
        let rules = try rules()
        #expect(!rules.plan(approval { $0.amount = Money(cents: 100_000) }).isEmpty)
        #expect(rules.plan(approval { $0.amount = Money(cents: 100_001) }).isEmpty)
        #expect(rules.plan(approval { $0.amount = Money(cents: -50_000) }).isEmpty)
        #expect(rules.plan(approval { $0.kind = "write_off" }).isEmpty)
        #expect(rules.plan(approval { $0.facility = nil }).isEmpty)
        #expect(rules.plan(approval { $0.payerName = "Other" }).isEmpty)
    }

    @Test func dataOfEveryKindComesBackFromItsJSON() throws {
        let work = EventData.work(
            WorkEventData(
                workID: "W1", kind: "appeal", status: "open", dueDate: CalendarDate(year: 2026, month: 3, day: 14),
                documentID: "D1", correlationID: "C1", amountAtStake: Money(cents: 5)))
        for (data, type) in [(approval().data, EventType.approvalApproved), (work, .workOpened)] {
            #expect(try EventData(json: try data.json(), of: type) == data)
        }
    }

    @Test func aSimulationSaysWhatEachRuleWouldCall() throws {
        let without = Self.text.replacing("      - engine\n", with: "      - ledger\n")
        var simulation = ActionsSimulation(inService: try rules(), proposed: try rules(without))
        for _ in 0..<3 { simulation.add(ActionsExample.event()) }
        simulation.add(approval())
        let changed = simulation.lines.filter { $0.before != $0.after }
        #expect(changed.map(\.action) == ["engine", "ledger"] && changed.allSatisfy { $0.rule == "refunds" })
        #expect(changed.map(\.before) == [3, 0] && changed.map(\.after) == [0, 3])
        #expect(simulation.eventCount == 4)
        #expect(simulation.lines.contains { $0.action == "request_approval refund" && $0.after == 3 })
    }

    @Test(arguments: [
        ("kind: refund, amount", "kind: gift, amount", "gift", 11),
        ("amount: requested_amount", "amount: payer_name", "no amount", 11),
        ("types: [letter]", "types: [letter, remittance]", "no amount", 11),
        (
            "[letter]\n    then:\n      - request_approval: {kind: refund, amount: requested_amount}",
            "[remittance]\n    then:\n      - request_approval: {kind: refund, amount: claims.paid_amount}",
            "no amount", 11
        ),
        ("open_work: {kind: appeal}", "open_work: {kind: party}", "party", 12),
        ("      - engine\n", "      - engines\n", "engines", 13),
        ("kinds: [refund]", "kinds: [gift]", "gift", 17),
        ("facilities: [north]", "types: [letter]", "events about document only", 20),
        ("at_least: 100", "at_least: 2000", "no amount is in between", 18),
        ("compensate: undo", "compensate: redo", "redo", 22),
        ("gives_up: go_on", "gives_up: maybe", "park or go_on", 22),
        ("call: [ledger], compensate", "compensate", "needs one of", 22),
        ("[engine, undo]", "[engine, redo]", "redo", 23),
    ])
    func whatIsWrongIsNamedWithItsLine(old: String, new: String, words: String, line: Int) {
        let text = Self.text.replacing(old, with: new, maxReplacements: 1)
        #expect(text != Self.text)
        let error = #expect(throws: SettingsError.self) { try rules(text) }
        #expect(error?.problem.contains(words) == true, "\(error?.description ?? "accepted")")
        #expect(error?.line == line, "\(error?.description ?? "accepted")")
    }
}
