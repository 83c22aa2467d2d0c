import Foundation
import Settings

/// An entry of the actions file that says where another system is called.
protocol EndpointEntry: ConnectorEntry {
    var url: String? { get }
    var urlFrom: ActionsFile.Place? { get }
    var privateAddresses: String? { get }
    var connectTimeoutSeconds: Double? { get }
    var timeoutSeconds: Double? { get }
}

/// Checks where an entry's system is, and finds its address.
struct EndpointReader<Entry: EndpointEntry> {
    enum Reading {
        case endpoint(Endpoint)
        /// The sentence that says why it cannot be called.
        case inactive(String)
    }

    /// What the entry is, for sentences: `webhook`.
    let kind: String
    let entry: Entry
    let reader: EntryReader

    func read() throws(SettingsError) -> Reading {
        let word = entry.privateAddresses ?? Webhook.PrivateAddresses.deny.rawValue
        guard let privateAddresses = Webhook.PrivateAddresses(rawValue: word) else {
            throw reader.error("private_addresses", "'private_addresses' should be allow or deny.")
        }
        let connectTimeoutSeconds = try reader.number(
            entry.connectTimeoutSeconds, "connect_timeout_seconds", 0.1...60, default: 5)
        let timeoutSeconds = try reader.number(entry.timeoutSeconds, "timeout_seconds", 0.1...300, default: 15)
        guard let address = try address() else {
            let variable = entry.urlFrom?.environment ?? ""
            return .inactive("The \(kind) '\(entry.name)' has no address: \(variable) is not set.")
        }
        return .endpoint(
            Endpoint(
                url: try url(address), privateAddresses: privateAddresses,
                connectTimeoutSeconds: connectTimeoutSeconds, timeoutSeconds: timeoutSeconds))
    }

    /// The address as written, or nil when it is left to a variable that is not set.
    private func address() throws(SettingsError) -> String? {
        switch (entry.url, entry.urlFrom) {
        case (let url?, nil): return url
        case (nil, let from?): return try reader.value(from, "url_from")
        default: throw reader.error("name", "The \(kind) '\(entry.name)' needs either 'url' or 'url_from'.")
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
}

extension EntryReader {
    /// The bearer token of `token_from`; nil where the entry has none.
    func token(_ from: ActionsFile.Place?, name: String) throws(SettingsError) -> BearerToken? {
        guard let from else { return nil }
        guard let text = try value(from, "token_from") else {
            throw error(
                "token_from", "'\(name)' has an address but no token: \(from.environment ?? "") is not set.")
        }
        guard let token = BearerToken(text) else {
            throw error(
                "token_from", "The token of '\(name)' should have letters, digits and - . _ ~ + / only (RFC 6750).")
        }
        return token
    }
}
