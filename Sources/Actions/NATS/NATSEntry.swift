import Foundation
import Settings

extension ActionsFile {
    struct NATSEntry: ConnectorEntry {
        var name: String
        var url: String?
        var urlFrom: Place?
        var credentialsFile: String?
        var tokenFrom: Place?
        var certificatesFrom: Place?
        var prefix: String?
        var privateAddresses: String?
        var timeoutSeconds: Double?
        var retry: Retry?

        private enum CodingKeys: String, CodingKey {
            case name, url
            case urlFrom = "url_from"
            case credentialsFile = "credentials_file"
            case tokenFrom = "token_from"
            case certificatesFrom = "certificates_from"
            case prefix
            case privateAddresses = "private_addresses"
            case timeoutSeconds = "timeout_seconds"
            case retry
        }
    }
}

/// Checks one NATS server of the actions file and finds its address and credentials.
struct NATSReader {
    private let entry: ActionsFile.NATSEntry
    private let reader: EntryReader

    static func read(
        _ entry: ActionsFile.NATSEntry, _ reader: EntryReader
    ) throws(SettingsError) -> ConnectorReading {
        try NATSReader(entry: entry, reader: reader).read()
    }

    private func read() throws(SettingsError) -> ConnectorReading {
        let prefix = entry.prefix ?? "mailroom"
        guard prefix.wholeMatch(of: /[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*/) != nil else {
            throw reader.error("prefix", "'prefix' should be words of letters and digits with dots between them.")
        }
        let timeout = try reader.number(entry.timeoutSeconds, "timeout_seconds", 0.1...60, default: 5)
        let retry = try reader.retry(entry.retry)
        let isPrivate = try isPrivate()
        guard let address = try address() else {
            let variable = entry.urlFrom?.environment ?? ""
            return .inactive("The NATS server '\(entry.name)' has no address: \(variable) is not set.")
        }
        let server = NATSServer(
            name: entry.name, url: try url(address, isPrivate: isPrivate),
            credentialsFile: try credentialsFile(),
            token: try secret(entry.tokenFrom, "token_from"),
            certificates: try secret(entry.certificatesFrom, "certificates_from"), prefix: prefix,
            timeoutSeconds: timeout, retry: retry)
        return .active(NATSPublisher(server, source: reader.source, address: reader.address))
    }

    private func isPrivate() throws(SettingsError) -> Bool {
        guard let word = Webhook.PrivateAddresses(rawValue: entry.privateAddresses ?? "deny") else {
            throw reader.error("private_addresses", "'private_addresses' should be allow or deny.")
        }
        return word == .allow
    }

    private func address() throws(SettingsError) -> String? {
        switch (entry.url, entry.urlFrom) {
        case (let url?, nil): return url
        case (nil, let from?): return try reader.value(from, "url_from")
        default: throw reader.error("name", "The NATS server '\(entry.name)' needs either 'url' or 'url_from'.")
        }
    }

    private func url(_ text: String, isPrivate: Bool) throws(SettingsError) -> String {
        let key = entry.url == nil ? "url_from" : "url"
        guard let url = URL(string: text), ["nats", "tls"].contains(url.scheme), url.host()?.isEmpty == false,
            url.user() == nil, url.password() == nil
        else {
            throw reader.error(
                key, "The address of '\(entry.name)' should be of the form tls://host:4222, without name or password.")
        }
        guard isPrivate || url.scheme == "tls" else {
            throw reader.error(
                key,
                "nats:// sends patients' data in plain text: use tls://, or set private_addresses: allow where the server stands inside your network."
            )
        }
        return text
    }

    private func credentialsFile() throws(SettingsError) -> String? {
        if let file = entry.credentialsFile, !FileManager.default.isReadableFile(atPath: file) {
            throw reader.error("credentials_file", "The file '\(file)' cannot be read.")
        }
        return entry.credentialsFile
    }

    /// What a place holds; a place that is named and empty is a mistake.
    private func secret(_ place: ActionsFile.Place?, _ key: String) throws(SettingsError) -> String? {
        guard let place else { return nil }
        guard let value = try reader.value(place, key), !value.isEmpty else {
            throw reader.error(key, "'\(key)' of '\(entry.name)' is empty: \(place.environment ?? "") is not set.")
        }
        return value
    }
}
