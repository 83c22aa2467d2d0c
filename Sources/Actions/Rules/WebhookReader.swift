import Foundation
import Settings

/// Checks one webhook of the actions file and finds its address and secrets.
struct WebhookReader {
    private let entry: ActionsFile.WebhookEntry
    private let reader: EntryReader

    static func read(
        _ entry: ActionsFile.WebhookEntry, _ reader: EntryReader
    ) throws(SettingsError) -> ConnectorReading {
        try WebhookReader(entry: entry, reader: reader).read()
    }

    private func read() throws(SettingsError) -> ConnectorReading {
        let retry = try reader.retry(entry.retry)
        switch try EndpointReader(kind: "webhook", entry: entry, reader: reader).read() {
        case .inactive(let why): return .inactive(why)
        case .endpoint(let endpoint):
            let webhook = Webhook(
                name: entry.name, url: endpoint.url, secrets: try secrets(),
                privateAddresses: endpoint.privateAddresses,
                connectTimeoutSeconds: endpoint.connectTimeoutSeconds, timeoutSeconds: endpoint.timeoutSeconds,
                retry: retry)
            return .active(WebhookSender(webhook, source: reader.source, address: reader.address))
        }
    }

    private func secrets() throws(SettingsError) -> [WebhookSecret] {
        let key = "secret_from"
        guard let text = try reader.value(entry.secretFrom, key) else {
            throw reader.error(
                key,
                "The webhook '\(entry.name)' has an address but no secret to sign with: \(entry.secretFrom.environment ?? "") is not set."
            )
        }
        var secrets: [WebhookSecret] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            guard let secret = WebhookSecret(String(word)) else {
                throw reader.error(
                    key,
                    "A secret of '\(entry.name)' should be whsec_ and the base 64 of 24 to 64 random bytes: echo whsec_$(openssl rand -base64 32)"
                )
            }
            secrets.append(secret)
        }
        guard !secrets.isEmpty else { throw reader.error(key, "The secret of '\(entry.name)' is empty.") }
        return secrets
    }
}
