import Actions
import Governance
import Settings
import Testing

/// A ledger that is told what to post, and not what to take back.
@Suite struct LedgerWarningTests {
    private static let ledger = """
        erp:
          - name: ledger
            url: https://ledger.example/
            accounts: [{kind: refund, debit: "2100", credit: "1010"}]
        rules:
          - name: refunds
            when: {event: org.mailroom.approval.approved.v1, kinds: [refund]}
            then: [ledger]

        """

    private func warnings(_ more: String = "") throws -> [String] {
        try ActionRules(
            text: Self.ledger + more, path: "actions.yaml", vocabulary: ActionsExample.vocabulary,
            kinds: KnownKinds(approvals: ["refund", "write_off"]), environment: ActionsExample.environment
        ).warnings.map(\.description)
    }

    @Test func itIsWarnedOfWithTheLine() throws {
        let warning = try #require(try warnings().first)
        #expect(warning.contains("actions.yaml:6") && warning.contains("'refunds' has the ledger 'ledger' post"))
        #expect(warning.contains("org.mailroom.approval.withdrawn.v1"))
    }

    @Test func aCounterpartForTheSameIsEnoughAndForOthersIsNot() throws {
        func rule(_ kinds: String) -> String {
            "  - name: taken back\n    when: {event: org.mailroom.approval.withdrawn.v1\(kinds)}\n    then: [ledger]\n"
        }
        #expect(try warnings(rule("")).isEmpty)
        #expect(try warnings(rule(", kinds: [refund, write_off]")).isEmpty)
        #expect(try warnings(rule(", kinds: [write_off]")).count == 1)
    }
}
