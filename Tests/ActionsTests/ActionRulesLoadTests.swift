import Actions
import Foundation
import Governance
import Settings
import TestSupport
import Testing
import Understanding

@Suite struct ActionRulesLoadTests {
    private func error(
        replacing old: String, with new: String, environment: [String: String] = ActionsExample.environment
    ) -> SettingsError? {
        let text = ActionsExample.text.replacing(old, with: new)
        #expect(text != ActionsExample.text)
        return refusal(text, environment: environment)
    }

    private func refusal(_ text: String, environment: [String: String]) -> SettingsError? {
        do {
            _ = try ActionsExample.rules(text, environment: environment)
            return nil
        } catch {
            return error
        }
    }

    private func webhook(_ name: String, of rules: ActionRules) throws -> Webhook {
        try #require(rules.connectors[name] as? WebhookSender).webhook
    }

    @Test func webhooksGetTheirSettingsAndDefaults() throws {
        let rules = try ActionsExample.rules()
        let engine = try webhook("engine", of: rules)
        #expect(engine.url.absoluteString == "http://127.0.0.1:9/hook")
        #expect(engine.privateAddresses == .allow)
        #expect(engine.timeoutSeconds == 2)
        #expect(engine.retry == RetryPolicy(attemptsMax: 4, firstDelaySeconds: 10))
        let archive = try webhook("archive", of: rules)
        #expect(archive.privateAddresses == .deny)
        #expect(archive.retry == RetryPolicy())
        #expect(rules.hash.count == 64)
    }

    @Test func aWebhookWithoutItsVariableIsInactive() throws {
        let rules = try ActionsExample.rules(environment: ["ENGINE_SECRET": ActionsExample.secret])
        #expect(rules.connectors.keys.sorted() == ["archive"])
        #expect(rules.inactive == ["engine": "The webhook 'engine' has no address: ENGINE_URL is not set."])
        #expect(try ActionsExample.deliveries(rules: rules).map(\.connector) == ["archive"])
    }

    @Test func addressAndSecretMayStandInFiles() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "url")
        let secret = folder.url.appending(path: "secret")
        try Data("https://engine.example/\n".utf8).write(to: url)
        try Data("\(ActionsExample.secret)\nwhsec_\(Data(repeating: 7, count: 32).base64EncodedString())\n".utf8)
            .write(to: secret)
        let text = ActionsExample.text.replacing("{environment: ENGINE_URL}", with: "{file: \(url.path)}")
            .replacing("{environment: ENGINE_SECRET}", with: "{file: \(secret.path)}")
        let webhook = try webhook("engine", of: try ActionsExample.rules(text, environment: [:]))
        #expect(webhook.url.absoluteString == "https://engine.example/")
        #expect(webhook.secrets.count == 2)
    }

    @Test func noSecretIsPrinted() throws {
        let rules = try ActionsExample.rules()
        var printed = "\(rules)"
        dump(rules, to: &printed)
        #expect(!printed.contains(ActionsExample.secret.dropFirst(6)))
        let bytes = try #require(Data(base64Encoded: String(ActionsExample.secret.dropFirst(6))))
        #expect(!printed.contains("\(bytes[0]), \(bytes[1])"))
    }

    @Test(arguments: [
        ("document.accepted.v1\n    then: [engine]", "document.shredded.v1\n    then: [engine]", "shredded", 15),
        ("types: [letter]", "types: [lettre]", "lettre", 20),
        ("subtypes: [overpayment]", "subtypes: [underpayment]", "underpayment", 21),
        ("requested_amount: {", "requested: {", "requested", 25),
        ("requested_amount: {", "claims.paid_amount: {", "claims.paid_amount", 25),
        ("{any_of: [co-197, \"45\"]}", "{at_least: 1}", "no amount", 24),
        ("at_least: 500", "at_least: plenty", "plenty", 25),
        ("then: [engine, archive]", "then: [engine, archives]", "archives", 26),
        ("name: archive", "name: engine", "twice", 9),
        ("name: archive", "name: The Archive", "cannot name", 9),
        ("url: https://archive.example/hook", "url: ftp://archive.example/hook", "https://host/path", 10),
        ("url: https://archive.example/hook", "url: https://me:word@archive.example/", "without name", 10),
        ("    url: https://archive.example/hook\n", "", "either 'url' or 'url_from'", 9),
        ("private_addresses: allow", "private_addresses: perhaps", "allow or deny", 6),
        ("timeout_seconds: 2", "timeout_seconds: 0", "0.1…300", 7),
        ("attempts: 4", "attempts: 0", "1…100", 8),
        ("first_delay_seconds: 10", "factor: 0.5", "1…100", 8),
        ("{environment: ENGINE_URL}", "{}", "either 'environment' or 'file'", 4),
        ("{environment: ENGINE_URL}", "{file: /no/such/file}", "cannot be read", 4),
        ("timeout_seconds: 2", "time_out_seconds: 2", "time_out_seconds", 7),
    ])
    func whatIsWrongIsNamedWithItsLine(old: String, new: String, words: String, line: Int) {
        let error = error(replacing: old, with: new)
        #expect(error?.problem.contains(words) == true, "\(error?.description ?? "accepted")")
        #expect(error?.line == line, "\(error?.description ?? "accepted")")
    }

    @Test(arguments: ["", "whsec_", "whsec_c2hvcnQ=", "not base 64 at all"])
    func anAddressNeedsAProperSecret(secret: String) {
        let error = refusal(
            ActionsExample.text, environment: ["ENGINE_URL": "https://engine.example/", "ENGINE_SECRET": secret])
        #expect(error?.line == 5)
        #expect(error.map { secret.isEmpty || !$0.problem.contains(secret) || secret == "whsec_" } == true)
    }

    @Test func theShippedFileSendsNothingUntilItHasAnAddress() throws {
        let config = try Installation.locate(workingDirectory: #filePath).config
        let path = config.appending(path: "actions.yaml").path
        let vocabulary = Vocabulary(
            try DocumentTypeCatalog(folder: config.appending(path: "document-types")))
        let kinds = KnownKinds(approvals: ["refund"])
        let unset = try ActionRules.load(path: path, vocabulary: vocabulary, kinds: kinds, environment: [:])
        #expect(unset.inactive.keys.sorted() == ["workflow_engine"])
        #expect(unset.plan(ActionsExample.event()).isEmpty)
        let set = try ActionRules.load(
            path: path, vocabulary: vocabulary, kinds: kinds,
            environment: [
                "MAILROOM_WEBHOOK_URL": "http://localhost:9000/", "MAILROOM_WEBHOOK_SECRET": ActionsExample.secret,
            ])
        #expect(try ActionsExample.deliveries(rules: set).map(\.connector) == ["workflow_engine"])
    }
}
