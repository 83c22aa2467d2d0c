import Foundation
import Settings

/// Checks one webhook of the actions file and finds its address and secrets.
struct WebhookReader {
    enum Reading {
        case webhook(Webhook)
        /// The sentence that says why it cannot be called.
        case inactive(String)
    }

    let file: SettingsFile<ActionsFile>
    let entry: ActionsFile.WebhookEntry
    let place: [String]
    let environment: [String: String]

    func read() throws(SettingsError) -> Reading {
        guard entry.name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil else {
            throw error("name", "'\(entry.name)' cannot name a webhook. Use lower-case letters, digits and '_'.")
        }
        let settings = try settings()
        guard let address = try address() else {
            let variable = entry.urlFrom?.environment ?? ""
            return .inactive("The webhook '\(entry.name)' has no address: \(variable) is not set.")
        }
        return .webhook(
            Webhook(
                name: entry.name, url: try url(address), secrets: try secrets(),
                privateAddresses: settings.privateAddresses,
                connectTimeoutSeconds: settings.connectTimeoutSeconds, timeoutSeconds: settings.timeoutSeconds,
                retry: settings.retry))
    }

    private func settings() throws(SettingsError) -> (
        privateAddresses: Webhook.PrivateAddresses, connectTimeoutSeconds: Double, timeoutSeconds: Double,
        retry: RetryPolicy
    ) {
        let word = entry.privateAddresses ?? Webhook.PrivateAddresses.deny.rawValue
        guard let privateAddresses = Webhook.PrivateAddresses(rawValue: word) else {
            throw error("private_addresses", "'private_addresses' should be allow or deny.")
        }
        return (
            privateAddresses,
            try number(entry.connectTimeoutSeconds, "connect_timeout_seconds", 0.1...60, default: 5),
            try number(entry.timeoutSeconds, "timeout_seconds", 0.1...300, default: 15),
            try retry()
        )
    }

    private func retry() throws(SettingsError) -> RetryPolicy {
        let standard = RetryPolicy()
        let given = entry.retry
        let attempts = given?.attempts ?? standard.attemptsMax
        guard (1...100).contains(attempts) else { throw error("retry.attempts", "'attempts' should be in 1…100.") }
        return RetryPolicy(
            attemptsMax: attempts,
            firstDelaySeconds: try number(
                given?.firstDelaySeconds, "retry.first_delay_seconds", 0.1...86_400, default: standard.firstDelaySeconds
            ),
            factor: try number(given?.factor, "retry.factor", 1...100, default: standard.factor),
            delaySecondsMax: try number(
                given?.maxDelaySeconds, "retry.max_delay_seconds", 0.1...604_800, default: standard.delaySecondsMax),
            jitter: try number(given?.jitter, "retry.jitter", 0...1, default: standard.jitter))
    }

    /// The address as written, or nil when it is left to a variable that is not set.
    private func address() throws(SettingsError) -> String? {
        switch (entry.url, entry.urlFrom) {
        case (let url?, nil): return url
        case (nil, let from?): return try value(from, "url_from")
        default: throw error("name", "The webhook '\(entry.name)' needs either 'url' or 'url_from'.")
        }
    }

    private func url(_ text: String) throws(SettingsError) -> URL {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            url.host()?.isEmpty == false, url.user() == nil, url.password() == nil, url.fragment() == nil
        else {
            throw error(
                entry.url == nil ? "url_from" : "url",
                "The address of '\(entry.name)' should be of the form https://host/path, without name or password.")
        }
        return url
    }

    private func secrets() throws(SettingsError) -> [WebhookSecret] {
        let key = "secret_from"
        guard let text = try value(entry.secretFrom, key) else {
            throw error(
                key,
                "The webhook '\(entry.name)' has an address but no secret to sign with: \(entry.secretFrom.environment ?? "") is not set."
            )
        }
        var secrets: [WebhookSecret] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            guard let secret = WebhookSecret(String(word)) else {
                throw error(
                    key,
                    "A secret of '\(entry.name)' should be whsec_ and the base 64 of 24 to 64 random bytes: echo whsec_$(openssl rand -base64 32)"
                )
            }
            secrets.append(secret)
        }
        guard !secrets.isEmpty else { throw error(key, "The secret of '\(entry.name)' is empty.") }
        return secrets
    }

    /// What the variable or the file holds, without white space around it; nil for a variable that is not set.
    private func value(_ from: ActionsFile.Place, _ key: String) throws(SettingsError) -> String? {
        switch (from.environment, from.file) {
        case (let variable?, nil):
            let value = environment[variable]?.trimmingCharacters(in: .whitespacesAndNewlines)
            return value?.isEmpty == false ? value : nil
        case (nil, let path?):
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw error(key, "The file '\(path)' cannot be read.")
            }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        default:
            throw error(key, "'\(key)' needs either 'environment' or 'file'.")
        }
    }

    private func number(
        _ value: Double?, _ key: String, _ range: ClosedRange<Double>, default fallback: Double
    ) throws(SettingsError) -> Double {
        let value = value ?? fallback
        guard range.contains(value) else {
            let words = "\(range.lowerBound.formatted())…\(range.upperBound.formatted(.number.grouping(.never)))"
            throw error(key, "'\(key)' is \(value.formatted()); it should be in \(words).")
        }
        return value
    }

    private func error(_ key: String, _ problem: String) -> SettingsError {
        file.error(at: place + key.split(separator: ".").map(String.init), problem)
    }
}
