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
        let settings = try settings()
        guard let address = try address() else {
            let variable = entry.urlFrom?.environment ?? ""
            return .inactive("The webhook '\(entry.name)' has no address: \(variable) is not set.")
        }
        let webhook = Webhook(
            name: entry.name, url: try url(address), secrets: try secrets(),
            privateAddresses: settings.privateAddresses,
            connectTimeoutSeconds: settings.connectTimeoutSeconds, timeoutSeconds: settings.timeoutSeconds,
            retry: settings.retry)
        return .active(WebhookSender(webhook, source: reader.source, address: reader.address))
    }

    private func settings() throws(SettingsError) -> (
        privateAddresses: Webhook.PrivateAddresses, connectTimeoutSeconds: Double, timeoutSeconds: Double,
        retry: RetryPolicy
    ) {
        let word = entry.privateAddresses ?? Webhook.PrivateAddresses.deny.rawValue
        guard let privateAddresses = Webhook.PrivateAddresses(rawValue: word) else {
            throw reader.error("private_addresses", "'private_addresses' should be allow or deny.")
        }
        return (
            privateAddresses,
            try reader.number(entry.connectTimeoutSeconds, "connect_timeout_seconds", 0.1...60, default: 5),
            try reader.number(entry.timeoutSeconds, "timeout_seconds", 0.1...300, default: 15),
            try reader.retry(entry.retry)
        )
    }

    /// The address as written, or nil when it is left to a variable that is not set.
    private func address() throws(SettingsError) -> String? {
        switch (entry.url, entry.urlFrom) {
        case (let url?, nil): return url
        case (nil, let from?): return try reader.value(from, "url_from")
        default: throw reader.error("name", "The webhook '\(entry.name)' needs either 'url' or 'url_from'.")
        }
    }

    private func url(_ text: String) throws(SettingsError) -> URL {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            url.host()?.isEmpty == false, url.user() == nil, url.password() == nil, url.fragment() == nil
        else {
            throw reader.error(
                entry.url == nil ? "url_from" : "url",
                "The address of '\(entry.name)' should be of the form https://host/path, without name or password.")
        }
        return url
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
