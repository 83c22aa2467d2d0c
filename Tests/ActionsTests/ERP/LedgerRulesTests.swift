import Actions
import Governance
import Settings
import Testing

/// What is asked of a ledger in the file of actions: its accounts, and a way back for what it is told to post.
@Suite struct LedgerRulesTests {
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
        try Self.rules(Self.ledger + more).warnings.map(\.description)
    }

    private static func rules(_ text: String) throws -> ActionRules {
        try ActionRules(
            text: text, path: "actions.yaml", vocabulary: ActionsExample.vocabulary,
            kinds: KnownKinds(approvals: ["refund", "write_off"]), environment: ActionsExample.environment)
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

    @Test(arguments: [
        ("{kind: refund, facility: north, debit: \"1\", credit: \"2\"}", "needs a last row"),
        ("{kind: refund, debit: \"1\", credit: \"1\"}", "needs an account to debit and another to credit"),
        (
            "{kind: refund, debit: \"1\", credit: \"2\"}\n      - {kind: refund, debit: \"3\", credit: \"4\"}",
            "Move it up"
        ),
        (
            "{kind: refunds, debit: \"1\", credit: \"2\"}",
            "The kind 'refunds' is not known here. Known are cash_posting"
        ),
    ])
    func accountsAreCheckedAsAWhole(rows: String, sentence: String) {
        let text = """
            erp:
              - name: ledger
                folder: /srv/ledger
                accounts:
                  - \(rows.replacing("\n      ", with: "\n      "))
            rules: []
            """
        let error = #expect(throws: (any Error).self) { try Self.rules(text) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(sentence), "\(error.map { "\($0)" } ?? "")")
    }
}
