import Crypto
import Documents
import Foundation
package import Governance
package import Settings

extension ActionRules {
    static let defaultSource = "/mailroom"

    /// Reads and checks the rules at `path` against the types and fields that exist, and finds the addresses and
    /// secrets where the file says they are.
    package static func load(
        path: String, vocabulary: Vocabulary, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(SettingsError) -> ActionRules {
        try ActionRules(try SettingsFile(path: path), vocabulary: vocabulary, environment: environment)
    }

    /// Checks the rules written in `text`; `path` is only what errors call it.
    package init(
        text: String, path: String, vocabulary: Vocabulary, environment: [String: String]
    ) throws(SettingsError) {
        try self.init(try SettingsFile(text: text, path: path), vocabulary: vocabulary, environment: environment)
    }

    private init(
        _ file: SettingsFile<ActionsFile>, vocabulary: Vocabulary, environment: [String: String]
    ) throws(SettingsError) {
        hash = SHA256.hash(data: file.bytes).hexadecimal
        source = file.content.source ?? ActionRules.defaultSource
        var webhooks: [String: Webhook] = [:]
        var inactive: [String: String] = [:]
        for (index, entry) in file.content.webhooks.enumerated() {
            let reader = WebhookReader(
                file: file, entry: entry, place: ["webhooks", "\(index)"], environment: environment)
            guard webhooks[entry.name] == nil, inactive[entry.name] == nil else {
                throw file.error(
                    at: ["webhooks", "\(index)", "name"], "The webhook '\(entry.name)' is there twice. Rename one.")
            }
            switch try reader.read() {
            case .webhook(let webhook): webhooks[entry.name] = webhook
            case .inactive(let why): inactive[entry.name] = why
            }
        }
        self.webhooks = webhooks
        self.inactive = inactive
        let names = Set(webhooks.keys).union(inactive.keys)
        var rules: [Rule] = []
        for (index, entry) in file.content.rules.enumerated() {
            let reader = RuleReader(
                file: file, entry: entry, place: ["rules", "\(index)"], vocabulary: vocabulary, webhooks: names)
            rules.append(try reader.read())
        }
        self.rules = rules
    }
}
